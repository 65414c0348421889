"""When the bot's process leaves by itself: Telegram is lost, and nobody waits for an answer."""

import asyncio
from types import SimpleNamespace

import pytest
from telegram.error import NetworkError

from bot.telegram import application
from bot.telegram.application import _watch
from bot.telegram.state import Talks
from bot.telegram.wire.polling import SILENT_S, Pulse
from bot.telegram.wire.sending import Courier

DESK = SimpleNamespace(talks=Talks())


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture(autouse=True)
def _watched_often(monkeypatch):
    monkeypatch.setattr(application, "_WATCH_S", 0.001)


def silent():
    """The pulse of a Telegram that has sent nothing for too long."""
    clock = Clock()
    pulse = Pulse(clock)
    clock.now += SILENT_S + 1
    return pulse


async def leaves(pulse, courier, stop):
    """Whether the watch ends by itself within some rounds."""
    watching = asyncio.create_task(_watch(stop, pulse, courier, DESK, polls=True))
    await asyncio.sleep(0.05)
    stop.set()
    ended = watching.done()
    await watching
    return ended


def test_it_leaves_where_telegram_is_silent():
    async def story():
        return await leaves(silent(), Courier(), asyncio.Event())

    assert asyncio.run(story())


def test_it_stays_while_telegram_is_heard():
    async def story():
        return await leaves(Pulse(), Courier(), asyncio.Event())

    assert not asyncio.run(story())


@pytest.mark.parametrize("refused", [False, True])
def test_it_stays_while_an_answer_is_owed_unless_the_token_is_refused(refused):
    async def story():
        broken = asyncio.Event()

        async def sleep(seconds):
            if seconds > 0:
                await broken.wait()

        async def send():
            if not broken.is_set():
                raise NetworkError("500")

        courier, pulse = Courier(sleep=sleep), silent()
        pulse.refused = refused
        sending = asyncio.create_task(
            courier.process_request(send, (), {}, "sendMessage", {"chat_id": 1}, None)
        )
        left = await leaves(pulse, courier, asyncio.Event())
        broken.set()
        await sending
        return left

    assert asyncio.run(story()) is refused
