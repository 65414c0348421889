"""Whose turn it is: every person has a lane of their own, so that nobody waits for another."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.telegram.incoming import person_of, waits_for_nothing

# One question runs and one waits; of those behind them a person is told that they will take a
# moment. Eight at once are a pasted list; of what is beyond, so many are named when the others are
# answered, and the rest is a flood.
MOST_WAITING = 8
MOST_NAMED = 10
# Far above what people ask at once; each is refused at once where its lane is full.
_AT_ONCE = 4_096
# Telegram sends an update again within seconds or, after a crash, the last hundred.
_REMEMBERED_UPDATES = 4_096

Busy = Callable[[Update], Awaitable[None]]
# The first MOST_NAMED of the updates that found no room, and how many more there were.
Full = Callable[[Sequence[Update], int], Awaitable[None]]


async def _tell_nobody(*_: object) -> None:
    pass


@dataclass(slots=True, eq=False)
class _Lane:
    busy: bool = False
    told_busy: bool = False
    waiting: deque[asyncio.Future[bool]] = field(default_factory=deque)
    refused: list[Update] = field(default_factory=list)
    refused_beside: int = 0


class Lanes(BaseUpdateProcessor):
    """Handles the updates of one person one after the other and those of all side by side.

    An update that comes a second time is dropped.
    """

    __slots__ = ("_busy", "_full", "_lanes", "_seen")

    def __init__(self) -> None:
        super().__init__(_AT_ONCE)
        self._busy: Busy = _tell_nobody
        self._full: Full = _tell_nobody
        self._lanes: dict[int, _Lane] = {}
        self._seen: OrderedDict[int, None] = OrderedDict()

    def told(self, *, busy: Busy, full: Full) -> None:
        """What to await for the first update that finds one running and one waiting, and for those
        that found no room, once the others are answered.
        """
        self._busy, self._full = busy, full

    async def initialize(self) -> None:
        """Nothing is needed."""

    async def shutdown(self) -> None:
        """Nothing is held."""

    def drop_waiting(self, person: int) -> int:
        """Let go of what a person has waiting, or sent in vain; returns how many waited."""
        lane = self._lanes.get(person)
        dropped = 0
        if lane:
            lane.refused, lane.refused_beside = [], 0
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
            await self._hand_on(person, lane)

    async def _turn(self, lane: _Lane, update: Update) -> bool:
        """Wait for the lane; False where there is no room, or the person dropped the update."""
        if not lane.busy:
            lane.busy = True
            return True
        if len(lane.waiting) >= MOST_WAITING:
            if len(lane.refused) < MOST_NAMED:
                lane.refused.append(update)
            else:
                lane.refused_beside += 1
            return False
        future = asyncio.get_running_loop().create_future()
        lane.waiting.append(future)
        if len(lane.waiting) > 1 and not lane.told_busy:
            lane.told_busy = True
            await self._busy(update)
        return bool(await future)

    async def _hand_on(self, person: int, lane: _Lane) -> None:
        try:
            while lane.refused and not lane.waiting:
                refused, beside = lane.refused, lane.refused_beside
                lane.refused, lane.refused_beside = [], 0
                await self._full(refused, beside)
        finally:
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
