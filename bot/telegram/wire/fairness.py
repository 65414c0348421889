"""Whose turn it is: every person has a lane of their own, so that nobody waits for another."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.telegram.incoming import person_of, waits_for_nothing

# One question runs and one waits; of those behind them a person is told that they will take a
# moment. Eight at once are a pasted list; more is a flood and is told to come again.
MOST_WAITING = 8
# Far above what people ask at once; each is refused at once where its lane is full.
_AT_ONCE = 4_096
# Telegram sends an update again within seconds or, after a crash, the last hundred.
_REMEMBERED_UPDATES = 4_096

Told = Callable[[Update], Awaitable[None]]


async def _tell_nobody(_: Update) -> None:
    pass


@dataclass(slots=True, eq=False)
class _Lane:
    busy: bool = False
    told_busy: bool = False
    told_full: bool = False
    waiting: deque[asyncio.Future[bool]] = field(default_factory=deque)


class Lanes(BaseUpdateProcessor):
    """Handles the updates of one person one after the other and those of all side by side.

    An update that comes a second time is dropped.
    """

    __slots__ = ("_busy", "_full", "_lanes", "_seen")

    def __init__(self) -> None:
        super().__init__(_AT_ONCE)
        self._busy: Told = _tell_nobody
        self._full: Told = _tell_nobody
        self._lanes: dict[int, _Lane] = {}
        self._seen: OrderedDict[int, None] = OrderedDict()

    def told(self, *, busy: Told, full: Told) -> None:
        """What to await for the first update that finds one running and one waiting, and for the
        first that finds no room.
        """
        self._busy, self._full = busy, full

    async def initialize(self) -> None:
        """Nothing is needed."""

    async def shutdown(self) -> None:
        """Nothing is held."""

    def drop_waiting(self, person: int) -> int:
        """Let go of what a person has waiting; returns how many."""
        lane = self._lanes.get(person)
        dropped = 0
        while lane and lane.waiting:
            future = lane.waiting.popleft()
            if not future.done():
                future.set_result(False)
                dropped += 1
        return dropped

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle an update when its person's turn comes."""
        assert isinstance(update, Update)
        assert isinstance(coroutine, Coroutine)
        if self._is_repeated(update.update_id):
            coroutine.close()
            return
        person = person_of(update)
        if person is None or waits_for_nothing(update):
            await coroutine
            return
        lane = self._lanes.setdefault(person, _Lane())
        if not await self._turn(lane, update):
            coroutine.close()
            return
        try:
            await coroutine
        finally:
            self._hand_on(person, lane)

    async def _turn(self, lane: _Lane, update: Update) -> bool:
        """Wait for the lane; False where there is no room, or the person dropped the update."""
        if not lane.busy:
            lane.busy = True
            return True
        if len(lane.waiting) >= MOST_WAITING:
            if not lane.told_full:
                lane.told_full = True
                await self._full(update)
            return False
        future = asyncio.get_running_loop().create_future()
        lane.waiting.append(future)
        if len(lane.waiting) > 1 and not lane.told_busy:
            lane.told_busy = True
            await self._busy(update)
        return bool(await future)

    def _hand_on(self, person: int, lane: _Lane) -> None:
        if lane.waiting:
            lane.waiting.popleft().set_result(True)
        else:
            lane.busy = False
            self._lanes.pop(person, None)

    def _is_repeated(self, number: int) -> bool:
        repeated = number in self._seen
        self._seen[number] = None
        while len(self._seen) > _REMEMBERED_UPDATES:
            self._seen.popitem(last=False)
        return repeated
