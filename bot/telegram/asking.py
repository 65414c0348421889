"""A person's line: the reply to it after the talk so far, and the message that says it."""

import time
from collections.abc import Sequence
from dataclasses import replace

from bot.answering.answer import Answer
from bot.conversation.reply import (
    Citations,
    EndOfReport,
    Further,
    Neighbouring,
    NoMore,
    Notice,
    SmallTalkAnswered,
)
from bot.conversation.several import questions
from bot.conversation.small_talk import SmallTalkKind
from bot.telegram.desk import Desk
from bot.telegram.incoming import Sender
from bot.telegram.messages.notices import notice_rows, notice_text, refusal_text
from bot.telegram.messages.rendering import passage_drafts, text_drafts
from bot.telegram.messages.view import View
from bot.telegram.state import Shown, new_key
from corpus.citing.citations import cite
from corpus.citing.styles import NAMES, Style, cited, style_named
from corpus.errors import BadQuestion, InstallationFault, NotInLibrary, WrongUse
from corpus.passage import Passage
from embeddings.hit import Hit

# The default model reads 256 word pieces; more than half of that is no question but a text.
LONGEST_QUESTION = 500
_OF_THE_LAST_ANSWER = Further | NoMore | Neighbouring | EndOfReport | Citations


async def hear(desk: Desk, sender: Sender, text: str, *, edited: bool, repeated: bool) -> None:
    """Answer a line; an edited one in the message that answered it before."""
    say = desk.say(sender)
    desk.talk(sender)
    if not text.strip():
        await desk.send_text(sender, say("ask_how"))
    elif len(text) > LONGEST_QUESTION:
        desk.counts.count("too_long")
        await desk.send_text(sender, say("too_long", count=len(text), most=LONGEST_QUESTION))
    else:
        several = questions(text)
        for question in several.asked:
            # One message was answered by one, which alone can be edited.
            edits, repeats = edited and several.is_one, repeated or not several.is_one
            await _reply(desk, sender, question, edited=edits, repeated=repeats)
        if several.left:
            await desk.send_text(sender, say("only_three", questions=" ".join(several.left)))


async def _reply(desk: Desk, sender: Sender, text: str, *, edited: bool, repeated: bool) -> None:
    began, talk = time.monotonic(), desk.talk(sender)
    earlier = talk.asked_in(sender.message) if edited else None
    before = earlier.before if earlier else talk.conversation
    async with desk.typing(sender):
        try:
            said, after = await desk.engine.reply(text, before)
            if earlier and isinstance(said, _OF_THE_LAST_ANSWER):
                # What was shown last is meant, and not what was before the question.
                said, after = await desk.engine.reply(text, talk.conversation)
        except (BadQuestion, NotInLibrary) as error:
            await desk.send_text(sender, refusal_text(error, desk.say(sender)))
            return
    if not isinstance(said, Notice):  # which leaves a talk as it is, whatever was edited
        talk.conversation = after
    if isinstance(said, Answer):
        view = _view(desk, sender, said, after.ranked or (), repeated=repeated)
        shown = talk.show(view, asked_in=sender.message, before=before)
        await _show(desk, sender, shown, earlier)
        desk.counts.count(str(said.verdict))
        desk.counts.answered_in(time.monotonic() - began)
    else:
        await _say(desk, sender, said)


async def as_typed(desk: Desk, sender: Sender, asked: Shown) -> None:
    """Answer a question again, every word as typed, in a message of its own."""
    talk = desk.talk(sender)
    try:
        said, talk.conversation = await desk.engine.as_typed(asked.view.answer, asked.before)
    except (BadQuestion, NotInLibrary) as error:
        await desk.send_text(sender, refusal_text(error, desk.say(sender)))
        return
    view = _view(desk, sender, said, talk.conversation.ranked or (), repeated=True)
    await desk.show(sender, talk.show(view, asked_in=None, before=asked.before))


def _view(desk: Desk, sender: Sender, said: Answer, left: Sequence[Hit], *, repeated: bool) -> View:
    """An answer with what is left to show after it."""
    answer = replace(said, hits=(*said.hits, *left))
    view = View(key=new_key(), answer=answer, repeated=repeated)
    return replace(view, link=private_link(desk, view.passage)) if sender.in_group else view


async def _show(desk: Desk, sender: Sender, shown: Shown, earlier: Shown | None) -> None:
    """Show an answer; in the messages that showed an `earlier` form of it."""
    in_place_of = None
    if earlier and earlier.messages:
        shown.messages, shown.edited_at = earlier.messages, earlier.edited_at
        in_place_of = earlier.messages[0]
    await desk.show(sender, shown, in_place_of=in_place_of)


async def _say(
    desk: Desk, sender: Sender, said: Further | Neighbouring | Citations | Notice
) -> None:
    """Say what is no answer to a question, in a message of its own."""
    match said:
        case Further() | Neighbouring():
            await _show_onwards(desk, sender, said)
        case Citations(passages=passages):
            await _cite(desk, sender, passages)
        case SmallTalkAnswered(kind=SmallTalkKind.HELP, examples=examples):
            await help_text(desk, sender, examples)
        case _:
            say = desk.say(sender)
            rows = () if sender.in_group else notice_rows(said, say)
            await desk.send_text(sender, notice_text(said, say), rows)


async def _show_onwards(desk: Desk, sender: Sender, said: Further | Neighbouring) -> None:
    talk = desk.talk(sender)
    last = talk.last()
    if last is not None:
        if isinstance(said, Further):
            view = onwards(desk, last.view, said, talk.conversation.ranked or ())
        else:
            view = replace(last.view, near=said.passage)
        view = replace(view, key=new_key())
        await desk.show(sender, talk.show(view, asked_in=None, before=last.before))
    elif isinstance(said, Neighbouring):  # of a passage that a link opened
        for draft in passage_drafts(said.passage, desk.say(sender), superseded=False):
            await desk.send(sender, draft)


def onwards(desk: Desk, view: View, said: Further, left: Sequence[Hit]) -> View:
    """The view of an answer's next passage, with what is left to show after it."""
    seen = view.answer.hits[: view.position + 1]
    answer = replace(
        view.answer, hits=(*seen, *said.hits, *left), scope=said.scope or view.answer.scope
    )
    moved = replace(view, answer=answer, position=view.position + 1, near=None)
    return replace(moved, link=private_link(desk, moved.passage)) if view.link else moved


def private_link(desk: Desk, passage: Passage | None) -> str:
    """The address that opens the private chat with the bot, and there a passage."""
    chat = f"https://t.me/{desk.bot.username}"
    return f"{chat}?start={passage.id}" if passage else chat


async def more(desk: Desk, sender: Sender) -> None:
    """Show the next passage of the last answer in a message of its own."""
    talk = desk.talk(sender)
    try:
        said, talk.conversation = await desk.engine.more(talk.conversation)
    except (BadQuestion, NotInLibrary) as error:
        await desk.send_text(sender, refusal_text(error, desk.say(sender)))
        return
    await _say(desk, sender, said)


async def sources(desk: Desk, sender: Sender) -> None:
    """Send the full citations of all that was shown."""
    await _cite(desk, sender, desk.talk(sender).conversation.passages)


async def _cite(desk: Desk, sender: Sender, passages: Sequence[Passage]) -> None:
    say = desk.say(sender)
    if not passages:
        await desk.send_text(sender, say("no_sources"))
        return
    cited = [f"{number}. {cite(passage)}" for number, passage in enumerate(passages, 1)]
    for draft in text_drafts([say("sources"), *cited]):
        await desk.send(sender, draft)


async def cite_in_style(desk: Desk, sender: Sender, name: str) -> None:
    """Send the citation of the passage in focus, in the style of a name or in our own."""
    say, passage = desk.say(sender), desk.talk(sender).conversation.focus
    if passage is None:
        await desk.send_text(sender, say("no_sources"))
        return
    try:
        style = style_named(name or Style.NOTE)
        text = await desk.engine.run(lambda: cited(passage, style))
    except WrongUse:
        await desk.send_text(sender, say("no_style", styles=", ".join(NAMES)))
        return
    except InstallationFault:
        await desk.send_text(sender, say("style_lacking", style=name))
        return
    for draft in text_drafts([text]):
        await desk.send(sender, draft)


async def help_text(desk: Desk, sender: Sender, examples: Sequence[str]) -> None:
    """Say how to ask."""
    example = examples[0] if examples else "What is said about freedom of expression?"
    key = "help_group" if sender.in_group else "help"
    text = desk.say(sender)(key, example=example, bot=desk.bot.username)
    await desk.send_text(sender, text)
