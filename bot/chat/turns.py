"""A turn of a chat: what a line does and says, from the talk so far. Draws nothing itself."""

from dataclasses import replace

from rich.text import Text

from bot.answering.answer import Answer
from bot.chat.commands import Mistyped, parse
from bot.chat.doing import COMMANDS
from bot.chat.judging import YES_OR_NO, consented
from bot.chat.showing import (
    note,
    reply_lines,
)
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
from bot.conversation.small_talk import plain
from corpus.errors import WrongUse
from embeddings.judging.verdict import Verdict

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
            line = "more" if call else line
            return _talked(line, reply(line, talk.conversation, shelf), talk, width)
        if call.name == "asis":
            return _talked(line, _as_typed(talk, shelf), talk, width)
        return COMMANDS[call.name](call, talk, shelf, width)
    except WrongUse as error:
        return noted(sentence(error), width), talk


def _as_typed(talk: Talk, shelf: Shelf) -> tuple[Reply, Conversation]:
    if talk.answer is None or not talk.answer.changes:
        raise WrongUse("nothing of the last question was read otherwise than it was typed.")
    return as_typed(talk.answer, talk.conversation, shelf)


def _talked(line: str, replied: tuple[Reply, Conversation], talk: Talk, width: int) -> Result:
    said, conversation = replied
    lines = reply_lines(said, width)
    if isinstance(said, Answer):
        if talk.answer is None and said.verdict in (Verdict.ANSWERED, Verdict.PERHAPS):
            lines += [Text(), *note(_HINT, width)]
        talk = replace(talk, answer=said, hits=said.hits)
    elif isinstance(said, Further):
        talk = replace(talk, hits=(*talk.hits, *said.hits))
    turns = (*talk.turns, Turn(line=line, reply=said))
    return Said(lines=lines), replace(talk, conversation=conversation, turns=turns)


def _mistyped(call: Mistyped, width: int) -> Said:
    meant = f" Did you mean {call.nearest}?" if call.nearest else ""
    said = noted(f"There is no {call.name}.{meant} /help lists the commands.", width)
    return replace(said, next_line=call.nearest)
