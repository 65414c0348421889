"""A person's line: what it asks after the talk so far, and the message that answers."""

import time
import unicodedata
from dataclasses import replace

from bot.conversation.moves import (
    Ask,
    Conversation,
    More,
    Neighbour,
    SmallTalk,
    Sources,
    focused,
    interpret,
    neighbour,
    remember,
    shown_more,
)
from bot.telegram.desk import Desk
from bot.telegram.incoming import Sender
from bot.telegram.messages.rendering import View, passage_drafts, text_drafts
from bot.telegram.state import Shown, Talk, new_key
from corpus.citing.citations import cite
from corpus.errors import BadQuestion, NotInLibrary
from corpus.passage import Passage

# The default model reads 256 word pieces; more than half of that is no question but a text.
LONGEST_QUESTION = 500


async def hear(desk: Desk, sender: Sender, text: str, *, edited: bool, repeated: bool) -> None:
    """Answer a line; an edited one in the message that answered it before."""
    say, talk = desk.say(sender), desk.talk(sender)
    if not text.strip():
        await desk.send_text(sender, say("ask_how"))
    elif len(text) > LONGEST_QUESTION:
        desk.counts.count("too_long")
        await desk.send_text(sender, say("too_long", count=len(text), most=LONGEST_QUESTION))
    elif not is_readable(text):
        desk.counts.count("unreadable_script")
        languages = say("reading_languages")
        await desk.send_text(sender, say("unreadable_script", languages=languages))
    else:
        earlier = talk.asked_in(sender.message) if edited else None
        before = earlier.before if earlier else talk.conversation
        match interpret(text, before):
            case Ask() as ask:
                asked = _Asked(text=text, ask=ask, before=before, repeated=repeated)
                await _answer(desk, sender, talk, asked, earlier)
            case More():
                await more(desk, sender)
            case Neighbour(step=step):
                await near(desk, sender, step)
            case Sources():
                await sources(desk, sender)
            case SmallTalk(kind="help"):
                await help_text(desk, sender)
            case SmallTalk(kind=kind):
                await desk.send_text(sender, say(kind))
            case _:
                await desk.send_text(sender, say("nothing_before"))


class _Asked:
    """A question with what it was asked after."""

    __slots__ = ("ask", "before", "repeated", "text")

    def __init__(self, *, text: str, ask: Ask, before: Conversation, repeated: bool) -> None:
        self.text, self.ask, self.before, self.repeated = text, ask, before, repeated


async def _answer(
    desk: Desk, sender: Sender, talk: Talk, asked: _Asked, earlier: Shown | None
) -> None:
    """Answer a question; in the messages that showed an `earlier` form of it."""
    began, say = time.monotonic(), desk.say(sender)
    async with desk.typing(sender):
        try:
            answer = await desk.engine.ask(asked.ask, asked.text)
        except NotInLibrary:
            why = "empty_library" if asked.ask.scope.is_everything else "nothing_in_filter"
            await desk.send_text(sender, say(why))
            return
        except BadQuestion:
            await desk.send_text(sender, say("no_words"))
            return
    view = View(key=new_key(), answer=answer, repeated=asked.repeated)
    if sender.in_group:
        view = replace(view, link=private_link(desk, view.passage))
    shown = talk.show(view, asked_in=sender.message, before=asked.before)
    passages = [view.passage] if view.passage is not None else []
    talk.conversation = remember(asked.before, asked.ask, passages)
    in_place_of = None
    if earlier and earlier.messages:
        shown.messages, shown.edited_at = earlier.messages, earlier.edited_at
        in_place_of = earlier.messages[0]
    await desk.show(sender, shown, in_place_of=in_place_of)
    desk.counts.count(str(answer.verdict))
    desk.counts.answered_in(time.monotonic() - began)


def private_link(desk: Desk, passage: Passage | None) -> str:
    """The address that opens the private chat with the bot, and there a passage."""
    chat = f"https://t.me/{desk.bot.username}"
    return f"{chat}?start={passage.id}" if passage else chat


async def more(desk: Desk, sender: Sender) -> None:
    """Show the next passage of the last answer in a message of its own."""
    talk = desk.talk(sender)
    last = talk.last()
    onwards = await next_passage(desk, last.view) if last else None
    if last is None or onwards is None or onwards.passage is None:
        await desk.send_text(sender, desk.say(sender)("no_more"))
        return
    talk.conversation = shown_more(talk.conversation, [onwards.passage])
    view = replace(onwards, key=new_key())
    await desk.show(sender, talk.show(view, asked_in=None, before=last.before))


async def next_passage(desk: Desk, view: View) -> View | None:
    """The view of the next passage of an answer, None after the last.

    What the library does not answer from any more is left out.
    """
    place = view.position + 1
    if view.passage is None:
        return None
    shown, ranked = view.answer.hits[:place], view.answer.hits[place:]
    hits = (*shown, *await desk.engine.standing(ranked))
    if place == len(hits):
        return None
    return replace(view, answer=replace(view.answer, hits=hits), position=place, near=None)


async def near(desk: Desk, sender: Sender, step: int) -> None:
    """Show the paragraph before or after the one last looked at in a message of its own."""
    talk = desk.talk(sender)
    passage = await step_from(desk, talk.conversation, step)
    if passage is None:
        await desk.send_text(sender, desk.say(sender)("no_neighbour"))
        return
    talk.conversation = focused(talk.conversation, passage)
    last = talk.last()
    if last is None:
        for draft in passage_drafts(passage, desk.say(sender), superseded=False):
            await desk.send(sender, draft)
        return
    view = replace(last.view, key=new_key(), near=passage)
    await desk.show(sender, talk.show(view, asked_in=None, before=last.before))


async def step_from(desk: Desk, conversation: Conversation, step: int) -> Passage | None:
    """The paragraph `step` after the one in focus, None where there is none."""
    if conversation.focus is None:
        return None
    try:
        report = await desk.engine.neighbours(conversation.focus)
    except NotInLibrary:
        return None
    return neighbour(conversation, step, report)


async def sources(desk: Desk, sender: Sender) -> None:
    """Send the full citations of all that was shown."""
    say, passages = desk.say(sender), desk.talk(sender).conversation.passages
    if not passages:
        await desk.send_text(sender, say("no_sources"))
        return
    cited = [f"{number}. {cite(passage)}" for number, passage in enumerate(passages, 1)]
    for draft in text_drafts([say("sources"), *cited]):
        await desk.send(sender, draft)


async def help_text(desk: Desk, sender: Sender) -> None:
    """Say how to ask."""
    examples = await desk.examples()
    example = examples[0] if examples else "What is said about freedom of expression?"
    key = "help_group" if sender.in_group else "help"
    text = desk.say(sender)(key, example=example, bot=desk.bot.username)
    await desk.send_text(sender, text)


def is_readable(text: str) -> bool:
    """Whether at least half of the letters are of the Latin script, which the model knows."""
    letters = [character for character in text if character.isalpha()]
    latin = sum(unicodedata.name(character, "").startswith("LATIN") for character in letters)
    return not letters or 2 * latin >= len(letters)
