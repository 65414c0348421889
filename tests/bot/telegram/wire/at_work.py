"""Lanes at work, for tests: updates of people, what runs and what has ended."""

import asyncio
import datetime

from telegram import CallbackQuery, Chat, InlineQuery, Message, Update, User

from bot.telegram.wire.fairness import Lanes

NOW = datetime.datetime(2026, 1, 31, tzinfo=datetime.UTC)


def user(number):
    return User(id=number, first_name="N", is_bot=False)


def line(number, person, text="Which wells ran dry?", **where):
    message = Message(
        message_id=number,
        date=NOW,
        chat=Chat(id=person, type=Chat.PRIVATE),
        from_user=user(person),
        text=text,
    )
    return Update(number, **{where.pop("as_", "message"): message})


def inline(number, person):
    return Update(number, inline_query=InlineQuery(str(number), user(person), "wells", ""))


def press(number, person):
    return Update(number, callback_query=CallbackQuery(str(number), user(person), "c", data="m"))


def of_nobody(number):
    return Update(number)


class Work:
    """The lanes at work: what has begun and ended; each update runs until it is let go."""

    def __init__(self):
        self.lanes = Lanes()
        self.begun: list[int] = []
        self.ended: list[int] = []
        self.busy: list[int] = []
        self.full: list[list[int]] = []
        self.beside: list[int] = []
        self._gates: dict[int, asyncio.Event] = {}
        self._failing: set[int] = set()
        self.tasks: dict[int, asyncio.Task] = {}

        async def tell_busy(update):
            self.busy.append(update.update_id)

        async def tell_full(updates, beside):
            self.full.append([update.update_id for update in updates])
            self.beside.append(beside)

        self.lanes.told(busy=tell_busy, full=tell_full)

    async def send(self, *updates):
        for update in updates:
            handled = self._handle(update.update_id)
            task = asyncio.create_task(self.lanes.process_update(update, handled))
            self.tasks.setdefault(update.update_id, task)
            await settled()

    async def let_go(self, *numbers, failing=False):
        for number in numbers:
            if failing:
                self._failing.add(number)
            self._gates[number].set()
            await settled()

    async def _handle(self, number):
        self.begun.append(number)
        gate = self._gates[number] = asyncio.Event()
        await gate.wait()
        if number in self._failing:
            raise RuntimeError(number)
        self.ended.append(number)

    @property
    def running(self):
        return [number for number in self.begun if not self.tasks[number].done()]

    async def close(self):
        """Let everything end; what waits in vain is cancelled."""
        while self.running:
            await self.let_go(*self.running)
        for task in self.tasks.values():
            task.cancel()
        await asyncio.gather(*self.tasks.values(), return_exceptions=True)


async def settled():
    for _ in range(8):
        await asyncio.sleep(0)


def at_work(story):
    """A test as a story told to lanes at work."""

    def test():
        async def tell():
            work = Work()
            try:
                await story(work)
            finally:
                await work.close()

        asyncio.run(tell())

    test.__name__, test.__doc__ = story.__name__, story.__doc__
    return test
