"""Calls to Telegram: at the pace that it allows, again where they fail, each chat on its own."""

import asyncio
import random
import time
import weakref
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Coroutine
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

from bot.telegram.incoming import STALE_S

# core.telegram.org/bots/faq: one message a second in a chat, short bursts let through; twenty a
# minute in a group; thirty a second overall. An answer, its continuation and a notice are such
# a burst.
_IN_A_CHAT, _CHAT_PERIOD_S = 3, 3.15
_IN_A_GROUP, _GROUP_PERIOD_S = 20, 60.0
_OVERALL, _OVERALL_PERIOD_S = 28, 1.0
_MOST_CHATS = 10_000
# Three further tries within half a minute: each waits at most the read timeout of the requests.
_TRIES = 4
# What a person is to read is tried for longer, with pauses that grow to the longest: for as long
# as a question is answered at all.
PATIENCE_S = float(STALE_S)
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.4, 6.0
# Pauses double; where another try may make a copy of a message that arrived, they grow faster.
_GROWTH, _GROWTH_OF_COPIES = 2.0, 4.0
_COUNTED = frozenset({"sendMessage", "editMessageText", "editMessageReplyMarkup"})
# What is worth nothing a little later: typing is shown for seconds, and a press or an inline query
# can be answered for some fifteen.
_ONCE = frozenset({"sendChatAction"})
_FLEETING = frozenset({"answerCallbackQuery", "answerInlineQuery", *_ONCE})
_FLEETING_S = 10.0
# Telegram says when to come again; so often in a row it has never been seen to say so.
_MOST_WAITS = 20
_FINAL = (BadRequest, ChatMigrated, Forbidden)
_PASSING = (Conflict, InvalidToken, NetworkError)
# What python-telegram-bot gives as the cause of its error where no request has left.
_UNSENT = frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout"})


Call = Callable[[], Awaitable[Any]]


class ResultLost(TelegramError):
    """Telegram has done the work, but what it answered cannot be read."""


class Undelivered(TelegramError):
    """A message was tried for PATIENCE_S, and may not have arrived."""


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
        """Take the next free moment of a chat; returns the seconds until then.

        `book_overall` comes after it has passed: a moment of all chats that is taken ahead for
        one that must wait would make every other wait for it.
        """
        now = self._now()
        if chat not in self._chats:
            self._chats[chat] = [Window(most=_IN_A_CHAT, period_s=_CHAT_PERIOD_S)]
            if chat < 0:
                self._chats[chat].append(Window(most=_IN_A_GROUP, period_s=_GROUP_PERIOD_S))
        self._chats.move_to_end(chat)
        windows = self._chats[chat]
        moment = max(window.next(now) for window in windows)
        for window in windows:
            window.take(moment)
        while len(self._chats) > _MOST_CHATS:
            self._chats.popitem(last=False)
        return moment - now

    def book_overall(self) -> float:
        """Take the next free moment of all chats; returns the seconds until then."""
        now = self._now()
        moment = self._all.next(now)
        self._all.take(moment)
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

    Messages and edits of one chat go one after the other, in the order they were given, and each
    is tried again for PATIENCE_S; so an answer outlives an outage. What becomes of a message whose
    send fails, in three kinds:

    - Telegram answered with an error's status, or no connection came about: it was not sent, and
      is sent again. One message.
    - Telegram answered that it is done, and only that answer cannot be read: ResultLost, and it
      is not sent again. One message.
    - The connection broke after the request left: nobody can know. It is sent again, since two
      messages are better than none, but not before a call that changes nothing (`probe`) has got
      through: while the network is broken no further copy is risked. Two messages at most for one
      such loss or one such outage; each further loss of a send alone, with the network sound
      before it, may add one, after a pause four times as long as the one before.

    `now` counts seconds and `sleep` waits for some.
    """

    def __init__(
        self,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._now, self._sleep = now, sleep
        self._pace = Pace(now)
        self._probe: Callable[[], Awaitable[object]] = _no_probe
        # A chat has a lock for as long as something is on its way there.
        self._chats: weakref.WeakValueDictionary[int, asyncio.Lock] = weakref.WeakValueDictionary()
        self._in_trouble = 0

    def probes_by(self, probe: Callable[[], Awaitable[object]]) -> None:
        """What to call to see whether Telegram is reachable."""
        self._probe = probe

    @property
    def owes(self) -> bool:
        """Whether a message is kept that failed and will be tried again."""
        return self._in_trouble > 0

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
        """Make a call; raises Undelivered, ResultLost, and the last TelegramError of others."""
        chat = _chat(data)

        async def call() -> Any:
            return await callback(*args, **kwargs)

        if chat is None or endpoint not in _COUNTED:
            return await self._carry(call, endpoint, chat)
        async with self._chats.setdefault(chat, asyncio.Lock()):
            return await self._deliver(call, endpoint, chat)

    async def _carry(self, call: Call, endpoint: str, chat: int | None) -> Any:
        """Make a call that nobody reads, a few times at most."""
        tries, waits = (1 if endpoint in _ONCE else _TRIES), _MOST_WAITS
        while True:
            try:
                return await call()
            except RetryAfter as error:
                waits -= 1
                if not waits or (endpoint in _FLEETING and _seconds(error) > _FLEETING_S):
                    raise
                await self._wait(_seconds(error), chat)
            except _FINAL:
                raise
            except TelegramError:
                tries -= 1
                if not tries:
                    raise
                await self._pause(_TRIES - 1 - tries, _GROWTH)

    async def _deliver(self, call: Call, endpoint: str, chat: int) -> Any:
        """Send or edit a message, for as long as it is worth reading or the token is taken."""
        failures = copies = refusals = 0
        until = self._now() + PATIENCE_S
        try:
            while True:
                await self._turn(chat)
                try:
                    return await call()
                except RetryAfter as error:
                    if self._now() + _seconds(error) > until:
                        raise Undelivered(endpoint) from error
                    await self._wait(_seconds(error), chat)
                except TelegramError as error:
                    _raise_if_final(error, endpoint)
                    refusals += isinstance(error, InvalidToken)
                    if refusals == _TRIES:
                        raise
                    if self._now() > until:
                        raise Undelivered(endpoint) from error
                    self._in_trouble += not failures
                    failures += 1
                    if endpoint == "sendMessage" and _may_be_done(error):
                        await self._pause(copies, _GROWTH_OF_COPIES)
                        await self._until_sound(until)
                        copies += 1
                    else:
                        await self._pause(failures - 1, _GROWTH, _LONGEST_PAUSE_S)
        finally:
            self._in_trouble -= failures > 0

    async def _until_sound(self, until: float) -> None:
        """Wait until Telegram can be reached, or a moment has passed."""
        failures = 0
        while self._now() < until:
            try:
                await self._probe()
            except TelegramError:
                await self._pause(failures, _GROWTH, _LONGEST_PAUSE_S)
                failures += 1
            else:
                return

    async def _pause(self, failures: int, growth: float, longest_s: float = PATIENCE_S) -> None:
        """Wait after a failure, longer after each; not at the same moment as others do."""
        jitter = random.uniform(0.75, 1.25)  # noqa: S311
        await self._sleep(jitter * min(_FIRST_PAUSE_S * growth**failures, longest_s))

    async def _wait(self, seconds: float, chat: int | None) -> None:
        """Wait as long as Telegram asks, and leave the chat alone meanwhile."""
        if chat is not None:
            self._pace.hold(chat, seconds)
        await self._sleep(seconds)

    async def _turn(self, chat: int) -> None:
        await self._sleep(self._pace.book(chat))
        await self._sleep(self._pace.held(chat))
        await self._sleep(self._pace.book_overall())


async def _no_probe() -> None:
    pass


def _raise_if_final(error: TelegramError, endpoint: str) -> None:
    """Raise an error where trying again does not help."""
    if isinstance(error, _FINAL):
        raise error
    if not isinstance(error, _PASSING):
        raise ResultLost(endpoint) from error


def _may_be_done(error: TelegramError) -> bool:
    """Whether a request may have been done although it failed: it left, and nothing came back."""
    cause = error.__cause__
    came_back = cause is None or isinstance(cause, TelegramError)
    return not came_back and type(cause).__name__ not in _UNSENT


def _chat(data: dict[str, Any]) -> int | None:
    chat = data.get("chat_id")
    return chat if isinstance(chat, int) else None


def _seconds(error: RetryAfter) -> float:
    asked = error.retry_after
    return float(asked) if isinstance(asked, int) else asked.total_seconds()
