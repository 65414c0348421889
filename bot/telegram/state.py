"""What is remembered of a talk: in memory, for half an hour, under names that mean nothing outside.

A talk is keyed by HMAC-SHA256 of the numbers of its chat and its person with a key made at start.
"""

import hmac
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.conversation.moves import EMPTY, Conversation
from bot.telegram.messages.view import View

REMEMBERED_S = 30 * 60
# Whose buttons a person goes back to; of what is older they say so. Of ten minutes with 200 people
# memory ended 6 % over the first minute's, 1 % over the fifth's (tests/bench/crowd.py).
_MOST_VIEWS = 10
# A talk of one view takes some 10 kB, most of it for the hits (tests/bench/remembering.py): 100 MB.
_MOST_TALKS, _MOST_VIEWS_IN_ALL = 5_000, 10_000
_MOST_MESSAGES = 400


@dataclass(slots=True, kw_only=True, eq=False)
class Shown:
    """A view that stands in a chat: its messages, the question's, and the talk before it.

    `rated` holds what was said of it and kept: the passage's id and the judgement.
    """

    view: View
    asked_in: int | None
    before: Conversation
    messages: list[int] = field(default_factory=list)
    edited_at: float = 0.0
    rated: set[tuple[str, str]] = field(default_factory=set)


@dataclass(slots=True, kw_only=True, eq=False)
class Talk:
    """What is remembered of one person in one chat."""

    conversation: Conversation = EMPTY
    language: str | None = None
    may_store: bool | None = None
    views: OrderedDict[str, Shown] = field(default_factory=OrderedDict)
    messages: OrderedDict[int, None] = field(default_factory=OrderedDict)
    album: str | None = None
    touched: float = 0.0

    def show(self, view: View, *, asked_in: int | None, before: Conversation) -> Shown:
        """Remember a view under its key."""
        shown = self.views[view.key] = Shown(view=view, asked_in=asked_in, before=before)
        while len(self.views) > _MOST_VIEWS:
            self.views.popitem(last=False)
        return shown

    def last(self) -> Shown | None:
        """What was shown last."""
        return next(reversed(self.views.values()), None)

    def asked_in(self, message: int) -> Shown | None:
        """What was shown for the question in a message."""
        found = (shown for shown in reversed(self.views.values()) if shown.asked_in == message)
        return next(found, None)

    def saw(self, message: int | None) -> None:
        """Remember the number of a message, for the day it is to be deleted."""
        if message is not None:
            self.messages[message] = None
            while len(self.messages) > _MOST_MESSAGES:
                self.messages.popitem(last=False)


class Talks:
    """All talks of the last half hour."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._key = secrets.token_bytes(32)
        self._now = now
        self._talks: OrderedDict[bytes, Talk] = OrderedDict()

    def name(self, chat: int, person: int) -> bytes:
        """The name that a person in a chat has here."""
        return hmac.digest(self._key, f"{chat}:{person}".encode(), "sha256")

    def of(self, chat: int, person: int) -> Talk:
        """The talk of a person in a chat, begun where there is none."""
        self.expire()
        name = self.name(chat, person)
        talk = self._talks.setdefault(name, Talk())
        talk.touched = self._now()
        self._talks.move_to_end(name)
        while len(self._talks) > _MOST_TALKS:
            self._talks.popitem(last=False)
        return talk

    def is_shown(self, key: str) -> bool:
        """Whether anybody's talk shows a view of this key."""
        self.expire()
        return any(key in talk.views for talk in self._talks.values())

    def forget(self, chat: int, person: int) -> None:
        """Let go of a talk."""
        self._talks.pop(self.name(chat, person), None)

    def expire(self) -> None:
        """Let go of every talk that nothing was said in for half an hour."""
        oldest = self._now() - REMEMBERED_S
        while self._talks and next(iter(self._talks.values())).touched < oldest:
            self._talks.popitem(last=False)

    def shrink(self) -> None:
        """Let go of the talks silent longest, as far as all of them hold too many views."""
        beyond = sum(len(talk.views) for talk in self._talks.values()) - _MOST_VIEWS_IN_ALL
        while beyond > 0:
            _, talk = self._talks.popitem(last=False)
            beyond -= len(talk.views)


def new_key() -> str:
    """A key for a view: 48 bits, so that nobody meets another's by guessing."""
    return secrets.token_urlsafe(6)
