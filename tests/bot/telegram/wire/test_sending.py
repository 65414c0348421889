"""The pace of sending, and calls made again."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.telegram.wire.sending import PATIENCE_S, Courier, Pace, ResultLost, Undelivered


class Clock:
    """Time that passes when it is waited for, and at once."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        until = self.now + seconds
        await asyncio.sleep(0)
        self.now = max(self.now, until)


def test_a_chat_gets_a_burst_then_one_a_second() -> None:
    clock = Clock()
    pace = Pace(clock)
    waits = [pace.book(1) for _ in range(7)]
    assert waits[:3] == [0, 0, 0]
    assert all(waits[number] - waits[number - 3] >= 3 for number in range(3, 7)), waits
    assert pace.book(2) == 0


def test_a_group_gets_twenty_a_minute_and_all_chats_thirty_a_second() -> None:
    clock = Clock()
    pace = Pace(clock)
    waits = [pace.book(-1) for _ in range(21)]
    assert waits[19] < 60 <= waits[20]
    crowd = Pace(clock)
    moments = sorted(crowd.book_overall() for _ in range(90))
    for moment in moments:
        assert sum(moment <= other < moment + 1 for other in moments) <= 30


def test_a_chat_that_must_wait_takes_no_moment_of_the_others_ahead() -> None:
    clock = Clock()
    pace = Pace(clock)
    assert [pace.book(1) for _ in range(9)][-1] > 5
    assert [pace.book(chat) + pace.book_overall() for chat in range(2, 30)] == [0] * 28


def test_a_chat_that_is_held_is_held_alone() -> None:
    clock = Clock()
    pace = Pace(clock)
    pace.hold(1, 6)
    assert pace.held(1) == 6
    assert pace.held(2) <= 0
    clock.now += 7
    assert pace.held(1) <= 0


def carried(endpoint: str, *outcomes: Any) -> tuple[Any, int]:
    """What a call comes to whose tries end so, and how many there were."""
    left = list(outcomes)

    async def call() -> Any:
        outcome = left.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def run() -> Any:
        clock = Clock()
        courier = Courier(clock, clock.sleep)
        return await courier.process_request(call, (), {}, endpoint, {"chat_id": 1}, None)

    try:
        return asyncio.run(run()), len(outcomes) - len(left)
    except TelegramError as error:
        return error, len(outcomes) - len(left)


def test_what_nobody_reads_is_tried_four_times() -> None:
    assert carried("getMe", NetworkError("x"), RetryAfter(0), 7) == (7, 3)
    error, tries = carried("getMe", *(NetworkError(str(number)) for number in range(5)))
    assert (error.message, tries) == ("3", 4)


class Outage:
    """A network that is broken until a moment, and what was tried of each chat and when."""

    def __init__(self, clock: Clock, seconds: float, broken: Callable[[], Exception]) -> None:
        self.clock, self.until, self.broken = clock, clock.now + seconds, broken
        self.tries: list[tuple[int, float]] = []
        self.sent: list[str] = []
        self.owed: list[bool] = []
        self.courier = Courier(clock, clock.sleep)
        self.courier.probes_by(self._probe)

    async def send(self, chat: int, text: str, endpoint: str = "sendMessage") -> None:
        async def call() -> None:
            self.tries.append((chat, self.clock.now - 100))
            self.owed.append(self.courier.owes)
            if self.clock.now < self.until:
                raise self.broken()
            self.sent.append(text)

        await self.courier.process_request(call, (), {}, endpoint, {"chat_id": chat}, None)

    async def _probe(self) -> None:
        if self.clock.now < self.until:
            raise NetworkError("broken, too")


@pytest.mark.parametrize("seconds", [5, 20, 60, 300])
@pytest.mark.parametrize("endpoint", ["sendMessage", "editMessageText"])
def test_a_message_outlives_an_outage(seconds: float, endpoint: str) -> None:
    outage = Outage(Clock(), seconds, lambda: NetworkError("500"))
    asyncio.run(outage.send(1, "an answer", endpoint))
    assert outage.sent == ["an answer"]
    moments = [moment for _, moment in outage.tries]
    # At most the longest pause, with its jitter, after the network is back.
    assert seconds <= moments[-1] <= seconds + 8
    assert len(moments) < 12 + seconds / 4
    assert not outage.courier.owes


def test_pauses_grow_and_differ_between_messages() -> None:
    outages = [Outage(Clock(), 20, lambda: NetworkError("500")) for _ in range(2)]
    for outage in outages:
        asyncio.run(outage.send(1, "an answer"))
    first, other = ([moment for _, moment in outage.tries] for outage in outages)
    assert first[2] - first[1] < first[4] - first[3]
    assert first[1:] != other[1:]


def test_the_messages_of_a_chat_keep_their_order_and_other_chats_do_not_wait() -> None:
    outage = Outage(Clock(), 30, lambda: NetworkError("500"))

    async def story() -> None:
        sends = [outage.send(1, text) for text in ("first", "second", "third")]
        await asyncio.gather(*sends, outage.send(2, "elsewhere"))

    asyncio.run(story())
    assert [text for text in outage.sent if text != "elsewhere"] == ["first", "second", "third"]
    begun = [chat for chat, _ in outage.tries]
    assert begun.index(2) == 1


def test_what_telegram_does_not_take_in_ten_minutes_is_given_up() -> None:
    outage = Outage(Clock(), PATIENCE_S * 2, lambda: NetworkError("500"))
    with pytest.raises(Undelivered):
        asyncio.run(outage.send(1, "an answer"))
    assert outage.owed == [False] + [True] * (len(outage.tries) - 1)
    assert not outage.courier.owes
    assert PATIENCE_S < outage.tries[-1][1] < PATIENCE_S + 10


def test_a_wait_longer_than_the_patience_is_not_waited_for() -> None:
    error, tries = carried("sendMessage", RetryAfter(30), RetryAfter(int(PATIENCE_S)), 7)
    assert isinstance(error, Undelivered)
    assert tries == 2


def test_a_token_that_is_refused_four_times_is_refused() -> None:
    error, tries = carried("sendMessage", *[InvalidToken("x")] * 9)
    assert isinstance(error, InvalidToken)
    assert tries == 4


@pytest.mark.parametrize("error", [BadRequest("x"), Forbidden("x")])
def test_what_does_not_pass_is_not(error: TelegramError) -> None:
    assert carried("sendMessage", error, 7) == (error, 1)


def test_a_send_that_is_done_is_not_done_again() -> None:
    error, tries = carried("sendMessage", TelegramError("Invalid server response"), 7)
    assert isinstance(error, ResultLost)
    assert tries == 1
    assert carried("getMe", TelegramError("Invalid server response"), 7) == (7, 2)


class Lost(Exception):
    """Stands for a connection that broke after the request left."""


class ConnectError(Exception):
    """Stands for a connection that did not come about; told apart by its name."""


def failed(cause: Exception | None) -> NetworkError:
    error = NetworkError("x")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("endpoint", "cause", "probed"),
    [
        ("sendMessage", Lost(), True),
        ("sendMessage", ConnectError(), False),
        ("sendMessage", None, False),
        ("sendMessage", TelegramError("502 with a page"), False),
        ("editMessageText", Lost(), False),
    ],
)
def test_a_message_that_may_be_sent_is_sent_again_only_into_a_sound_network(
    endpoint: str, cause: Exception | None, probed: bool
) -> None:
    outage = Outage(Clock(), 60, lambda: failed(cause))
    asyncio.run(outage.send(1, "an answer", endpoint))
    assert outage.sent == ["an answer"]
    assert (len(outage.tries) == 2) is probed


def test_a_message_that_alone_is_lost_again_and_again_is_seldom_copied() -> None:
    outage = Outage(Clock(), 60, lambda: failed(Lost()))
    outage.courier.probes_by(_sound)
    asyncio.run(outage.send(1, "an answer"))
    assert len(outage.tries) <= 6


async def _sound() -> None:
    pass


def test_telegrams_waits_are_no_tries() -> None:
    assert carried("deleteMessages", *[RetryAfter(0)] * 9, 7) == (7, 10)
    error, tries = carried("answerCallbackQuery", RetryAfter(60), 7)
    assert isinstance(error, RetryAfter)
    assert tries == 1


def test_typing_is_tried_once() -> None:
    assert carried("sendChatAction", NetworkError("x"), 7)[1] == 1
