"""Calls to Telegram: at the pace that it allows, again where they fail, each chat on its own."""

import asyncio
import random
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import BaseRateLimiter

# core.telegram.org/bots/faq: one message a second in a chat, short bursts let through; twenty a
# minute in a group; thirty a second overall. An answer, its continuation and a notice are such
# a burst.
_IN_A_CHAT, _CHAT_PERIOD_S = 3, 3.15
_IN_A_GROUP, _GROUP_PERIOD_S = 20, 60.0
_OVERALL, _OVERALL_PERIOD_S = 28, 1.0
_MOST_CHATS = 10_000
# Three further tries within half a minute: each waits at most the read timeout of the requests.
_TRIES = 4
_FIRST_PAUSE_S = 0.4
_COUNTED = frozenset({"sendMessage", "editMessageText", "editMessageReplyMarkup"})
_ONCE = frozenset({"sendChatAction"})
_FINAL = (BadRequest, ChatMigrated, Forbidden)
_PASSING = (Conflict, InvalidToken, NetworkError)


class ResultLost(TelegramError):
    """Telegram has done the work, but what it answered cannot be read."""


@dataclass(slots=True, kw_only=True)
class Window:
    """At most so many within so many seconds."""

    most: int
    period_s: float
    moments: deque[float] = field(default_factory=deque)

    def next(self, moment: float) -> float:
        """The first free moment from this one on."""
        if len(self.moments) < self.most:
            return moment
        return max(moment, self.moments[-self.most] + self.period_s)

    def take(self, moment: float) -> None:
        """Count one at a moment."""
        self.moments.append(moment)
        while len(self.moments) > self.most:
            self.moments.popleft()


class Pace:
    """When a chat may be written to next."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._chats: OrderedDict[int, list[Window]] = OrderedDict()
        self._held: dict[int, float] = {}
        self._all = Window(most=_OVERALL, period_s=_OVERALL_PERIOD_S)

    def book(self, chat: int) -> float:
        """Take the next free moment of a chat; returns the seconds until then."""
        now = self._now()
        if chat not in self._chats:
            self._chats[chat] = [Window(most=_IN_A_CHAT, period_s=_CHAT_PERIOD_S)]
            if chat < 0:
                self._chats[chat].append(Window(most=_IN_A_GROUP, period_s=_GROUP_PERIOD_S))
        self._chats.move_to_end(chat)
        windows = [*self._chats[chat], self._all]
        moment = max(window.next(now) for window in windows)
        for window in windows:
            window.take(moment)
        while len(self._chats) > _MOST_CHATS:
            self._chats.popitem(last=False)
        return moment - now

    def hold(self, chat: int, seconds: float) -> None:
        """Leave a chat alone for so long, as Telegram asked."""
        now = self._now()
        self._held = {other: until for other, until in self._held.items() if until > now}
        self._held[chat] = now + seconds

    def held(self, chat: int) -> float:
        """Seconds for which a chat is to be left alone."""
        return self._held.get(chat, 0.0) - self._now()


class Courier(BaseRateLimiter[int]):
    """Carries every call of the bot but getUpdates.

    A send whose connection broke may have been done: it is tried again all the same, since two
    messages are better than none. Where Telegram says that it is done and only the answer cannot
    be read, ResultLost is raised instead.
    """

    def __init__(self) -> None:
        self._pace = Pace()

    async def initialize(self) -> None:
        """Nothing is needed."""

    async def shutdown(self) -> None:
        """Nothing is held."""

    async def process_request(  # noqa: PLR0917  the interface's
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,  # noqa: ARG002
    ) -> Any:
        """Make a call; raises the last TelegramError where all tries fail."""
        chat = _chat(data)
        tries = 1 if endpoint in _ONCE else _TRIES
        for number in range(1, tries + 1):
            if chat is not None and endpoint in _COUNTED:
                await self._turn(chat)
            try:
                return await callback(*args, **kwargs)
            except TelegramError as error:
                if number == tries:
                    raise
                pause = self._pause(error, endpoint, chat, number)
            await asyncio.sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _pause(self, error: TelegramError, endpoint: str, chat: int | None, number: int) -> float:
        """Seconds to wait after an error; raises it where trying again does not help."""
        if isinstance(error, RetryAfter):
            if chat is not None:
                self._pace.hold(chat, _seconds(error))
            return _seconds(error)
        if isinstance(error, _FINAL):
            raise error
        if endpoint in _COUNTED and not isinstance(error, _PASSING):
            raise ResultLost(endpoint) from error
        jitter = random.uniform(0.75, 1.25)  # noqa: S311
        return _FIRST_PAUSE_S * jitter * 2.0 ** (number - 1)

    async def _turn(self, chat: int) -> None:
        await asyncio.sleep(self._pace.book(chat))
        await asyncio.sleep(self._pace.held(chat))


def _chat(data: dict[str, Any]) -> int | None:
    chat = data.get("chat_id")
    return chat if isinstance(chat, int) else None


def _seconds(error: RetryAfter) -> float:
    asked = error.retry_after
    return float(asked) if isinstance(asked, int) else asked.total_seconds()
