"""A turn of a chat: what a line does and says, from the talk so far. Draws nothing itself."""

from dataclasses import replace

from rich.text import Text

from bot.answering.answer import Answer
from bot.chat.commands import Mistyped, parse
from bot.chat.doing import COMMANDS
from bot.chat.judging import YES_OR_NO, consented
from bot.chat.showing import Lines, note, reply_lines
from bot.chat.talk import (
    Result,
    Said,
    Shelf,
    Talk,
    noted,
    sentence,
)
from bot.chat.transcript import Turn
from bot.conversation.moves import Conversation
from bot.conversation.reply import Further, Reply, as_typed, reply
from bot.conversation.several import questions
from bot.conversation.small_talk import plain
from bot.rendering.answers import question_lines
from bot.rendering.reasons import left_unread
from corpus.errors import WrongUse
from embeddings.judging.verdict import Verdict

_REST = "/context shows the paragraph and those around it."
_HINT = "/more, /context, /open 2 and /cite go on from here; /help lists all commands."


def respond(line: str, talk: Talk, shelf: Shelf, width: int) -> Result:
    """What a line says in a terminal of `width` columns, and the talk after it.

    Raises Fault where something is broken; a wrong use is said.
    """
    if talk.asked_to_keep and plain(line) in YES_OR_NO:
        return consented(plain(line), talk.asked_to_keep, talk, shelf, width)
    talk = replace(talk, asked_to_keep=None)
    call = parse(line)
    try:
        if isinstance(call, Mistyped):
            return _mistyped(call, width), talk
        if call is None or call.name == "more":
            return _talked("more" if call else line, talk, shelf, width)
        if call.name == "asis":
            return _as_typed(line, talk, shelf, width)
        return COMMANDS[call.name](call, talk, shelf, width)
    except WrongUse as error:
        return noted(sentence(error), width), talk


def _talked(line: str, talk: Talk, shelf: Shelf, width: int) -> Result:
    """What is said to each question of a line, in order, and the talk after the last."""
    several = questions(line)
    lines: Lines = []
    for question in several.asked:
        replied = reply(question, talk.conversation, shelf)
        said, talk = _told(question, replied, talk, width)
        lines += [Text()] if lines else []
        lines += [] if several.is_one else question_lines(question, width)
        lines += said
    if several.left:
        lines += [Text(), *note(left_unread(several.left), width, "yellow")]
    return Said(lines=lines), talk


def _as_typed(line: str, talk: Talk, shelf: Shelf, width: int) -> Result:
    """The last question once more, each of its words as it was typed."""
    if talk.answer is None or not talk.answer.changes:
        raise WrongUse("nothing of the last question was read otherwise than it was typed.")
    replied = as_typed(talk.answer, talk.conversation, shelf)
    lines, talk = _told(line, replied, talk, width)
    return Said(lines=lines), talk


def _told(
    line: str, replied: tuple[Reply, Conversation], talk: Talk, width: int
) -> tuple[Lines, Talk]:
    said, conversation = replied
    lines = reply_lines(said, width)
    if isinstance(said, Answer):
        if said.verdict is Verdict.CLOSEST:
            lines += [Text(), *note(_REST, width)]
        elif talk.answer is None and said.verdict in (Verdict.ANSWERED, Verdict.PERHAPS):
            lines += [Text(), *note(_HINT, width)]
        talk = replace(talk, answer=said, hits=said.hits)
    elif isinstance(said, Further):
        talk = replace(talk, hits=(*talk.hits, *said.hits))
    turns = (*talk.turns, Turn(line=line, reply=said))
    return lines, replace(talk, conversation=conversation, turns=turns)


def _mistyped(call: Mistyped, width: int) -> Said:
    meant = f" Did you mean {call.nearest}?" if call.nearest else ""
    said = noted(f"There is no {call.name}.{meant} /help lists the commands.", width)
    return replace(said, next_line=call.nearest)
