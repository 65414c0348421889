"""Trouble of other kinds than one failing call: outages, floods, strange updates, restarts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from running import RunningBot, start_bot
from telegram_server import Conversation, Fault, TelegramServer

FLED = "How many people fled to the South in 2021?"


@pytest.fixture(autouse=True)
def _healed(server: TelegramServer, chat: Conversation) -> Iterator[None]:
    yield
    server.heal()
    chat.says("thanks")
    assert "You are welcome" in chat.wait_for_answer(20).text


@pytest.mark.parametrize("fault", [Fault.DROP_BEFORE, Fault.SERVER_ERROR])
def test_a_send_that_fails_three_times_is_told(
    server: TelegramServer, chat: Conversation, fault: Fault
) -> None:
    server.fail("sendMessage", fault, times=3)
    chat.says(FLED)
    assert "63" in chat.wait_for_answer(30).text
    chat.stays_silent(0.4)


def test_an_outage_costs_one_copy_at_most(server: TelegramServer, chat: Conversation) -> None:
    """Every call is done and its response lost, for a while; the bot's polls go on."""
    server.fail("sendMessage", Fault.DROP_AFTER)
    server.fail("getMe", Fault.DROP_AFTER, times=3)
    chat.says(FLED)
    assert "63" in chat.wait_for_answer(30).text
    assert "63" in chat.wait_for_answer(30).text
    chat.stays_silent(1)
    probes = [call for call in server.calls("getMe") if call.fault]
    sends = [
        call for call in server.calls("sendMessage") if call.arguments["chat_id"] == str(chat.id)
    ]
    assert len(probes) == 3
    assert sends[0].number < probes[0].number < probes[-1].number < sends[1].number


def test_lost_responses_in_a_row_never_leave_a_question_unanswered(
    server: TelegramServer, chat: Conversation
) -> None:
    server.fail("sendMessage", Fault.DROP_AFTER, times=2)
    chat.says(FLED)
    assert [("63" in chat.wait_for_answer(30).text) for _ in range(3)] == [True] * 3
    server.fail("sendMessage", Fault.DROP_BEFORE, times=2)
    chat.says(FLED)
    assert "63" in chat.wait_for_answer(30).text
    chat.stays_silent(1)


STRANGE: dict[str, dict[str, Any]] = {
    "channel_post": {
        "message_id": 5,
        "date": 1,
        "chat": {"id": -1001, "type": "channel", "title": "News"},
        "sender_chat": {"id": -1001, "type": "channel", "title": "News"},
        "text": FLED,
    },
    "business_message": {
        "message_id": 6,
        "date": 1,
        "business_connection_id": "b",
        "chat": {"id": 7, "type": "private", "first_name": "A"},
        "from": {"id": 7, "is_bot": False, "first_name": "A"},
        "text": FLED,
    },
    "poll": {"id": "5", "question": "q", "options": [], "is_closed": "maybe"},
    "message_of_the_future": {"what": {"nobody": "knows"}},
    "message": {"message_id": "9", "date": "soon", "chat": {"id": "x", "type": "planet"}},
    "callback_query": {"id": "77", "from": {"id": 1, "is_bot": False, "first_name": "A"}},
    "my_chat_member": {"chat": {"id": 1}},
}


def test_updates_of_other_kinds_are_passed_over(
    server: TelegramServer, chat: Conversation, bot: RunningBot
) -> None:
    sent = len(server.calls("sendMessage"))
    for kind, payload in STRANGE.items():
        server.deliver(kind, payload)
    chat.says("thanks")
    chat.wait_for_answer()
    assert len(server.calls("sendMessage")) == sent + 1
    assert bot.process.poll() is None


def test_an_unreadable_update_is_passed_over(
    server: TelegramServer, chat: Conversation, bot: RunningBot
) -> None:
    server.poison("kumquat-canary")
    chat.says(FLED)
    assert "63" in chat.wait_for_answer(15).text
    server.wait_until_idle()
    assert "kumquat" not in bot.said


def test_flood_in_one_chat_is_no_wait_for_another(
    server: TelegramServer, chat: Conversation, people: Iterator[int]
) -> None:
    server.fail("sendMessage", Fault.TOO_MANY_REQUESTS, seconds=6)
    chat.says(FLED)
    server.wait_for_call("sendMessage", len(server.calls("sendMessage")) + 1)
    other = server.private(server.person(next(people)))
    other.says(FLED)
    assert "63" in other.wait_for_answer(2).text
    assert "63" in chat.wait_for_answer(15).text


def test_somebody_who_blocks_the_bot_costs_nothing(chat: Conversation, bot: RunningBot) -> None:
    chat.says(FLED)
    answer = chat.wait_for_answer()
    chat.blocks_bot()
    errors = bot.said.count("error ")
    answer.press("More").wait_for_answer()
    chat.stays_silent(0.5)
    assert bot.said.count("error ") == errors


def test_a_rejected_token_is_one_sentence(
    library: Path, tmp_path: Path, chat: Conversation
) -> None:
    with TelegramServer() as other:
        bot = start_bot(other, library, tmp_path / "log", token=f"7012345678:{'B' * 35}")
        assert bot.process.wait(60) == 2
        (line,) = bot.said.splitlines()
        assert line.startswith("pincite: Telegram rejects the token")
        assert "B" * 35 not in line
