"""Trouble of other kinds than one failing call: outages, floods, strange updates, restarts."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from beside import beside
from running import RunningBot, running_bot, start_bot, wait_until_started
from telegram_server import Conversation, Fault, TelegramServer

FLED = "How many people fled to Kell in 2021?"


@pytest.fixture
def chat(server: TelegramServer, chat: Conversation) -> Iterator[Conversation]:
    """The chat, in which the bot still answers at the end."""
    yield chat
    server.heal()
    chat.says("thanks")
    assert "You are welcome" in chat.wait_for_answer(20).text


def test_an_outage_costs_one_copy_at_most(server: TelegramServer, chat: Conversation) -> None:
    """Every call is done and its response lost, for a while; the bot's polls go on."""
    server.fail("sendMessage", Fault.DROP_AFTER)
    server.fail("getMe", Fault.DROP_AFTER, times=3)
    chat.says(FLED)
    assert "217" in chat.wait_for_answer(30).text
    assert "217" in chat.wait_for_answer(30).text
    chat.stays_silent(1)
    probes = [call for call in server.calls("getMe") if call.fault]
    sends = [
        call for call in server.calls("sendMessage") if call.arguments["chat_id"] == str(chat.id)
    ]
    assert len(probes) == 3
    assert sends[0].number < probes[0].number < probes[-1].number < sends[1].number


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
    assert "217" in chat.wait_for_answer(15).text
    server.wait_until_idle()
    assert "kumquat" not in bot.said


def test_somebody_who_blocks_the_bot_costs_nothing(chat: Conversation, bot: RunningBot) -> None:
    chat.says(FLED)
    answer = chat.wait_for_answer()
    chat.blocks_bot()
    errors = bot.said.count("error ")
    answer.press("More").wait_for_answer()
    chat.stays_silent(0.5)
    assert bot.said.count("error ") == errors


@beside
def test_a_message_that_fails_again_and_again_is_told(library: Path, folder: Path) -> None:
    """Each kind of trouble in a chat of its own, three in a row at most."""
    with TelegramServer() as server, running_bot(server, library, folder / "log"):
        series = ((Fault.DROP_BEFORE, 3, 1), (Fault.SERVER_ERROR, 3, 1), (Fault.DROP_AFTER, 2, 3))
        chats = [server.private(server.person(number)) for number in range(1, 4)]
        for chat, (fault, times, _) in zip(chats, series, strict=True):
            server.fail("sendMessage", fault, chat=chat.id, times=times)
            chat.says(FLED)
        for chat, (_, _, answers) in zip(chats, series, strict=True):
            for _ in range(answers):
                assert "217" in chat.wait_for_answer(30).text
        for chat in chats:
            chat.stays_silent(1)
        server.check()


OUTAGE_S = 6.0


@beside
def test_answers_outlive_an_outage_in_their_order(library: Path, folder: Path) -> None:
    """Errors for one person and broken connections for another, whose polls and probes go on."""
    with TelegramServer() as server, running_bot(server, library, folder / "log"):
        chats = [server.private(server.person(number)) for number in (1, 2)]
        for chat, fault in zip(chats, (Fault.SERVER_ERROR, Fault.DROP_BEFORE), strict=True):
            server.fail("sendMessage", fault, chat=chat.id, times=None)
            chat.says(FLED)
            chat.says("What is the brannik?")
        time.sleep(OUTAGE_S)
        assert not any(chat.answers for chat in chats)
        server.heal()
        for chat in chats:
            assert "217" in chat.wait_for_answer(30).text
            assert "register of standing" in chat.wait_for_answer(30).text
        for chat in chats:
            chat.stays_silent(0.5)
        server.check()


@beside
def test_of_twelve_lines_those_that_found_no_room_are_named(library: Path, folder: Path) -> None:
    with TelegramServer() as server, running_bot(server, library, folder / "log"):
        chat = server.private(server.person(1))
        server.fail("sendMessage", Fault.TOO_MANY_REQUESTS, chat=chat.id, seconds=1)
        for number in range(1, 13):
            chat.says(f"What is said about valley {number}?")
        texts = [chat.wait_for_answer(30).text for _ in range(11)]
        assert texts[-1].splitlines()[1:] == [
            f"• What is said about valley {number}?" for number in (10, 11, 12)
        ]
        assert sum("One moment" in text for text in texts) == 1
        chat.stays_silent(0.5)


@beside
def test_flood_in_one_chat_is_no_wait_for_another(library: Path, folder: Path) -> None:
    with TelegramServer() as server, running_bot(server, library, folder / "log"):
        chat, other = (server.private(server.person(number)) for number in (1, 2))
        server.fail("sendMessage", Fault.TOO_MANY_REQUESTS, seconds=6)
        chat.says(FLED)
        server.wait_for_call("sendMessage")
        other.says(FLED)
        assert "217" in other.wait_for_answer(5).text
        assert not chat.answers
        assert "217" in chat.wait_for_answer(30).text


@beside
def test_a_rejected_token_is_one_sentence(library: Path, folder: Path) -> None:
    with TelegramServer() as server:
        bot = start_bot(server, library, folder / "log", token=f"7012345678:{'B' * 35}")
        assert bot.process.wait(60) == 2
        (line,) = bot.said.splitlines()
        assert line.startswith("pincite: Telegram rejects the token")
        assert "B" * 35 not in line


@beside
def test_a_stop_finishes_the_answer_under_way(library: Path, folder: Path) -> None:
    with TelegramServer() as server:
        asker = server.private(server.person(1))
        with running_bot(server, library, folder / "log") as bot:
            server.fail("sendMessage", Fault.TOO_MANY_REQUESTS, seconds=3)
            asker.says(FLED)
            server.wait_for_call("sendMessage")
            bot.process.terminate()
            assert "217" in asker.wait_for_answer(15).text


@beside
def test_a_killed_bot_is_followed_by_another_that_answers_once(library: Path, folder: Path) -> None:
    """The question under way is answered by the next bot, or is lost with the first where Telegram
    had been told that it was got; the one that waited is answered once.
    """
    with TelegramServer() as server:
        asker = server.private(server.person(1))
        first = start_bot(server, library, folder / "log")
        wait_until_started(first)
        server.fail("sendMessage", Fault.HANG, seconds=2)
        asker.says(FLED)
        server.wait_for_call("sendChatAction")
        first.process.kill()
        first.process.wait()
        asker.says("What is the brannik?")
        with running_bot(server, library, folder / "second"):
            asker.wait_for_answer(30)
            while not any("register of standing" in posting.text for posting in asker.answers):
                asker.wait_for_answer(30)
            time.sleep(1)
            assert len(asker.answers) <= 2


@beside
def test_two_bots_on_one_token_do_not_both_stay_silent(library: Path, folder: Path) -> None:
    """A person is answered all the same; one of the two may give up."""
    with TelegramServer() as server, running_bot(server, library, folder / "log"):
        second = start_bot(server, library, folder / "second")
        try:
            wait_until_started(second)
            asker = server.private(server.person(1))
            asker.says(FLED)
            assert "217" in asker.wait_for_answer(30).text
        finally:
            second.process.terminate()
            status = second.process.wait(40)
        assert status in (0, 1)
