"""A chat so far, what a turn of it says, and what a turn is answered from."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.answering.answer import Answer
from bot.chat.commands import Call
from bot.chat.notices import MENDED_IN_CHAT, notice_text
from bot.chat.showing import Lines, note
from bot.chat.transcript import Turn
from bot.conversation.moves import EMPTY, Conversation
from bot.conversation.reply import NothingAsked, Source
from corpus.errors import WrongUse
from corpus.passage import Passage
from corpus.scope import Shelved
from corpus.storage.library import Library
from embeddings.hit import Hit

NOTHING_YET = notice_text(NothingAsked())


class Shelf(Source, Protocol):
    """What a chat is answered from, and the library that it stands in."""

    @property
    def library(self) -> Library:
        """The library."""
        ...

    def active(self) -> Sequence[Shelved]:
        """The reports that answers come from."""
        ...


class Effect(enum.Enum):
    """What the front end does after a turn, besides showing it."""

    NONE = enum.auto()
    LEAVE = enum.auto()
    FORGET = enum.auto()
    KEEP_HISTORY = enum.auto()
    DROP_HISTORY = enum.auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A chat so far; `hits` are those shown for the last question, in order.

    `asked_to_keep` is the judgement that waits for the person's yes, `may_keep` whether they said
    it in this chat.
    """

    conversation: Conversation = EMPTY
    answer: Answer | None = None
    hits: tuple[Hit, ...] = ()
    turns: tuple[Turn, ...] = ()
    asked_to_keep: Call | None = None
    may_keep: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a turn says; `copied` goes to the clipboard, `next_line` into the next prompt."""

    lines: Lines
    copied: str = ""
    next_line: str = ""
    effect: Effect = Effect.NONE


Result = tuple[Said, Talk]


def shown_passage(number: str, talk: Talk) -> Passage:
    """The passage shown under a number, without one that last looked at; raises WrongUse."""
    passages, focus = talk.conversation.passages, talk.conversation.focus
    if focus is None:
        raise WrongUse(NOTHING_YET)
    if not number:
        return focus
    places = [str(place) for place in range(1, len(passages) + 1)]
    if number not in places:
        raise WrongUse(f"no passage {number} was shown; give a number from 1 to {len(passages)}.")
    return passages[places.index(number)]


def noted(text: str, width: int) -> Said:
    """A note that quotes nothing."""
    return Said(lines=note(text, width, "yellow"))


def sentence(error: WrongUse) -> str:
    """What is wrong and what mends it in a chat, as a sentence of its own."""
    text = error.sentence(MENDED_IN_CHAT)
    return text[:1].upper() + text[1:]
