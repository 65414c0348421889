"""The buttons: what their data say, and what a press does."""

import asyncio
import contextlib
from dataclasses import replace

from telegram.error import TelegramError

from bot.conversation.moves import focused
from bot.conversation.reply import Further, Neighbouring, Notice
from bot.telegram import asking, commands
from bot.telegram.desk import Desk
from bot.telegram.incoming import Press, Sender
from bot.telegram.messages.catalogue import LANGUAGES
from bot.telegram.messages.keyboards import example_name
from bot.telegram.messages.notices import notice_text
from bot.telegram.messages.view import View
from bot.telegram.rating import SAID, decide, rate
from bot.telegram.state import Shown

# Telegram keeps both sides' messages deletable for 48 hours; the numbers of messages run over all
# private chats of a bot, so a stretch before the button reaches back a while, and those of other
# chats in it are passed over.
_REACH_BACK = 1_000


async def press(desk: Desk, pressed: Press) -> None:
    """Do what a button says."""
    kind, _, rest = pressed.data.partition(":")
    match kind:
        case "q":
            await _example(desk, pressed, rest)
        case "t":
            await _topic(desk, pressed, rest)
        case "f":
            await _acknowledge(pressed)
            name, _, value = rest.partition(":")
            await commands.set_filter(desk, pressed.sender, name, value)
        case "l" if rest in LANGUAGES:
            await _acknowledge(pressed)
            await commands.set_language(desk, pressed.sender, rest)
        case "forget":
            await _acknowledge(pressed)
            await _forget(desk, pressed.sender, rest == "yes")
        case "more" | "near" | "back" | "rate" | "consent" | "asis":
            await _with_view(desk, pressed, kind, rest)
        case _:
            await _acknowledge(pressed, desk.say(pressed.sender)("expired"))


async def _example(desk: Desk, pressed: Press, name: str) -> None:
    examples = await desk.engine.offered()
    question = next((example for example in examples if example_name(example) == name), None)
    if question is None:
        await _acknowledge(pressed, desk.say(pressed.sender)("expired"))
        return
    await _acknowledge(pressed)
    await asking.hear(desk, pressed.sender, question, edited=False, repeated=True)


async def _topic(desk: Desk, pressed: Press, name: str) -> None:
    topics = await desk.engine.topics()
    topic = next((topic for topic in topics if example_name(topic) == name), None)
    if topic is None:
        await _acknowledge(pressed, desk.say(pressed.sender)("expired"))
        return
    await _acknowledge(pressed)
    question = f"Tell me about {topic}"
    await asking.hear(desk, pressed.sender, question, edited=False, repeated=True)


async def _acknowledge(pressed: Press, text: str | None = None) -> None:
    """Answer the press, at best: a press older than some seconds cannot be answered any more."""
    with contextlib.suppress(TelegramError):
        await pressed.query.answer(text, show_alert=text is not None)


async def _with_view(desk: Desk, pressed: Press, kind: str, rest: str) -> None:
    key, _, argument = rest.partition(":")
    pressed = _as_asker(desk, pressed, key)
    talk, say = desk.talk(pressed.sender), desk.say(pressed.sender)
    shown = talk.views.get(key)
    if shown is None:
        why = "only_asker" if desk.talks.is_shown(key) else "expired"
        await _acknowledge(pressed, say(why))
        return
    match kind:
        case "asis":
            await _acknowledge(pressed)
            await asking.as_typed(desk, pressed.sender, shown)
        case "rate" if argument in SAID:
            await _acknowledge(pressed, await rate(desk, pressed.sender, talk, shown, argument))
        case "consent" if argument.partition(":")[0] in SAID:
            await _acknowledge(pressed, await decide(desk, pressed.sender, talk, shown, argument))
        case "more" | "near" | "back":
            await _move(desk, pressed, shown, kind, argument)
        case _:
            await _acknowledge(pressed, say("expired"))


def _as_asker(desk: Desk, pressed: Press, key: str) -> Press:
    """A press on what an administrator asked in the group's name, who presses in their own."""
    as_group = replace(pressed.sender, person=pressed.sender.chat)
    if key in desk.talk(pressed.sender).views or key not in desk.talk(as_group).views:
        return pressed
    return replace(pressed, sender=as_group)


async def _move(desk: Desk, pressed: Press, shown: Shown, kind: str, argument: str) -> None:
    """Let the answer's message show another passage."""
    if kind == "back":
        moved: View | Notice = replace(shown.view, near=None)
    elif kind == "near":
        moved = await _nearby(desk, pressed.sender, shown, -1 if argument == "-1" else 1)
    else:
        moved = await _next(desk, pressed.sender, shown)
    if not isinstance(moved, View):
        await _acknowledge(pressed, notice_text(moved, desk.say(pressed.sender)))
        return
    shown.view = moved
    acknowledged = asyncio.create_task(_acknowledge(pressed))
    await desk.show(pressed.sender, shown, in_place_of=pressed.sender.message)
    await acknowledged


async def _nearby(desk: Desk, sender: Sender, shown: Shown, step: int) -> View | Notice:
    talk, view = desk.talk(sender), shown.view
    focus = focused(talk.conversation, view.passage) if view.passage else talk.conversation
    said, after = await desk.engine.neighbouring(step, focus)
    if not isinstance(said, Neighbouring):
        return said
    talk.conversation = after
    return replace(view, near=said.passage, repeated=False)


async def _next(desk: Desk, sender: Sender, shown: Shown) -> View | Notice:
    """The next passage of this answer; the talk goes on from there where it is the last one."""
    talk, view = desk.talk(sender), shown.view
    kept = talk.conversation.ranked
    said, after = await desk.engine.more(replace(talk.conversation, ranked=view.left))
    if not isinstance(said, Further):
        return said
    goes_on = shown is talk.last() and kept is not None
    talk.conversation = after if goes_on else replace(after, ranked=kept)
    return asking.onwards(desk, view, said, after.ranked or ())


async def _forget(desk: Desk, sender: Sender, confirmed: bool) -> None:
    say = desk.say(sender)
    if not confirmed:
        await desk.send_text(sender, say("forget_kept"))
        return
    talk = desk.talk(sender)
    language, remembered = talk.language, set(talk.messages)
    stretch = range(max(1, sender.message - _REACH_BACK), sender.message + 1)
    desk.talks.forget(sender.chat, sender.person)
    await desk.delete(sender.chat, sorted(remembered.union(stretch), reverse=True))
    await desk.send_text(replace(sender, language=language or sender.language), say("forget_done"))
    desk.talks.forget(sender.chat, sender.person)
