"""Right or wrong: kept with the person's consent, and never without."""

from bot.measuring.feedback import FeedbackStore, Said
from bot.telegram.desk import Desk
from bot.telegram.incoming import Sender
from bot.telegram.messages.styled import button
from bot.telegram.state import Shown, Talk

SAID = {"right": Said.RIGHT, "wrong": Said.WRONG_PASSAGE}


async def rate(desk: Desk, sender: Sender, talk: Talk, shown: Shown, kind: str) -> str | None:
    """Keep a judgement, or ask first whether it may be kept; returns what to show for it."""
    say = desk.say(sender)
    if talk.may_store is None:
        data = f"{shown.view.key}:{kind}"
        row = (
            button(say("consent_yes"), f"consent:{data}:yes"),
            button(say("consent_no"), f"consent:{data}:no"),
        )
        await desk.send_text(sender, say("consent"), (row,))
        return None
    passage = shown.view.passage
    if not talk.may_store or passage is None:
        return say("not_rated")
    answer, judged = shown.view.answer, (passage.id, kind)
    if judged in shown.rated:
        return say("rated")
    shown.rated.add(judged)
    await desk.engine.run(
        lambda: FeedbackStore(desk.engine.folder).record(
            answer.searched, passage.id, SAID[kind], consented=True
        )
    )
    desk.counts.count(f"rated_{kind}")
    return say("rated")


async def decide(desk: Desk, sender: Sender, talk: Talk, shown: Shown, argument: str) -> str | None:
    """Take a consent or its refusal, and the judgement that it was asked for."""
    kind, _, answer = argument.partition(":")
    talk.may_store = answer == "yes"
    await desk.edit_text(sender, desk.say(sender)("rated" if talk.may_store else "not_rated"))
    return await rate(desk, sender, talk, shown, kind)
