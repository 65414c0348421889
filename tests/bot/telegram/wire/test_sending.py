"""The pace of sending, and calls made again."""

import asyncio
from typing import Any

import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.telegram.wire import sending
from bot.telegram.wire.sending import Courier, Pace, ResultLost


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


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
        return await Courier().process_request(call, (), {}, endpoint, {"chat_id": 1}, None)

    try:
        return asyncio.run(run()), len(outcomes) - len(left)
    except TelegramError as error:
        return error, len(outcomes) - len(left)


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "_FIRST_PAUSE_S", 0.0)


def test_what_passes_is_tried_again_up_to_four_times() -> None:
    assert carried("sendMessage", NetworkError("x"), RetryAfter(0), 7) == (7, 3)
    error, tries = carried("sendMessage", *(NetworkError(str(number)) for number in range(5)))
    assert (error.message, tries) == ("3", 4)


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
        ("sendMessage", Lost(), 1),
        ("sendMessage", ConnectError(), 0),
        ("sendMessage", None, 0),
        ("sendMessage", TelegramError("502 with a page"), 0),
        ("editMessageText", Lost(), 0),
    ],
)
def test_a_message_that_may_be_sent_is_sent_again_only_into_a_sound_network(
    endpoint: str, cause: Exception | None, probed: int
) -> None:
    probes = []
    tries = [failed(cause), 7]

    async def probe() -> None:
        probes.append(len(tries))
        raise NetworkError("broken, too")

    async def call() -> Any:
        outcome = tries.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def run() -> Any:
        courier = Courier()
        courier.probes_by(probe)
        return await courier.process_request(call, (), {}, endpoint, {"chat_id": 1}, None)

    assert asyncio.run(run()) == 7
    assert probes == [1] * probed


def test_telegrams_waits_are_no_tries() -> None:
    assert carried("deleteMessages", *[RetryAfter(0)] * 9, 7) == (7, 10)
    error, tries = carried("answerCallbackQuery", RetryAfter(60), 7)
    assert isinstance(error, RetryAfter)
    assert tries == 1


def test_typing_is_tried_once() -> None:
    assert carried("sendChatAction", NetworkError("x"), 7)[1] == 1
