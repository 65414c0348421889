"""Trouble: each fault on each method that the bot calls, lost polling, restarts.

The rule: exactly one answer (two at most after a lost response), told within 30 s, alive
afterwards, or gone with a status other than zero within 60 s where it must be.
"""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import RunningBot, running_bot, start_bot, wait_until_started
from telegram_server import TOKEN, Conversation, Fault, TelegramServer

FLED = "How many people fled to the South in 2021?"
PASSING = (
    Fault.TOO_MANY_REQUESTS,
    Fault.SERVER_ERROR,
    Fault.BAD_GATEWAY,
    Fault.UNAUTHORIZED,
    Fault.NOT_FOUND,
    Fault.CONFLICT,
    Fault.DROP_BEFORE,
    Fault.HANG,
)
LOST = (Fault.DROP_AFTER, Fault.CUT_BODY, Fault.TRUNCATED_JSON, Fault.HANG_AFTER)
EVERY = (*PASSING, *LOST)


@pytest.fixture(autouse=True)
def _healed(server: TelegramServer, chat: Conversation) -> Iterator[None]:
    yield
    server.heal()
    chat.says("thanks")
    assert "You are welcome" in chat.wait_for_answer(20).text


@pytest.mark.parametrize("fault", EVERY)
def test_a_send_that_fails_is_told_once_or_twice(
    server: TelegramServer, chat: Conversation, fault: Fault
) -> None:
    server.fail("sendMessage", fault)
    chat.says(FLED)
    assert "63" in chat.wait_for_answer(30).text
    if fault in LOST and fault is not Fault.TRUNCATED_JSON:
        assert "63" in chat.wait_for_answer(30).text
    chat.stays_silent(0.4)


@pytest.mark.parametrize("fault", [Fault.DROP_BEFORE])
def test_a_send_that_fails_three_times_is_told(
    server: TelegramServer, chat: Conversation, fault: Fault
) -> None:
    server.fail("sendMessage", fault, times=3)
    chat.says(FLED)
    assert "63" in chat.wait_for_answer(30).text
    chat.stays_silent(0.4)


@pytest.mark.parametrize("fault", [Fault.TOO_MANY_REQUESTS, Fault.BAD_GATEWAY, *LOST[:-1]])
def test_an_edit_that_fails_is_made(
    server: TelegramServer, chat: Conversation, fault: Fault
) -> None:
    chat.says(FLED)
    answer = chat.wait_for_answer()
    server.fail("editMessageText", fault)
    answer.press("More")
    answer.wait_for_text("Passage 2 of 5", 30)
    chat.stays_silent(0.2)


@pytest.mark.parametrize("method", ["answerCallbackQuery", "sendChatAction"])
@pytest.mark.parametrize("fault", [Fault.UNAUTHORIZED, Fault.DROP_BEFORE, Fault.TRUNCATED_JSON])
def test_what_accompanies_an_answer_may_fail(
    server: TelegramServer, chat: Conversation, method: str, fault: Fault
) -> None:
    server.fail(method, fault)
    chat.says(FLED)
    answer = chat.wait_for_answer(30)
    answer.press("More")
    answer.wait_for_text("Passage 2 of 5", 30)
    chat.stays_silent(0.2)


@pytest.mark.parametrize("fault", [Fault.SERVER_ERROR, Fault.DROP_AFTER, Fault.TRUNCATED_JSON])
def test_a_deletion_that_fails_is_made(
    server: TelegramServer, chat: Conversation, fault: Fault
) -> None:
    said = chat.says("/forget")
    asked = chat.wait_for_answer()
    server.fail("deleteMessages", fault)
    asked.press("Yes, delete")
    said.wait_for_deletion(30)
    assert "Not deletable by me" in chat.wait_for_answer(30).text


@pytest.mark.parametrize(
    "fault",
    [
        Fault.SERVER_ERROR,
        Fault.BAD_GATEWAY,
        Fault.TOO_MANY_REQUESTS,
        Fault.CONFLICT,
        Fault.DROP_BEFORE,
        Fault.TRUNCATED_JSON,
        Fault.DROP_AFTER,
    ],
)
def test_a_poll_that_fails_loses_nothing(
    server: TelegramServer, chat: Conversation, fault: Fault
) -> None:
    server.fail("getUpdates", fault)
    chat.says(FLED)
    assert "63" in chat.wait_for_answer(30).text
    chat.stays_silent(0.4)


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


def test_a_token_refused_while_running_ends_the_process(
    library: Path, tmp_path: Path, chat: Conversation
) -> None:
    with TelegramServer() as other:
        bot = start_bot(other, library, tmp_path / "log")
        wait_until_started(bot)
        other.fail("getUpdates", Fault.NOT_FOUND, times=None)
        other.private(other.person(1)).says("/help")
        assert bot.process.wait(60) == 1
        assert TOKEN not in bot.said
        assert "Telegram refused the bot" in bot.said.splitlines()[-1]


def test_a_start_survives_passing_trouble(
    library: Path, tmp_path: Path, chat: Conversation
) -> None:
    with TelegramServer() as other:
        for method in ("getMe", "deleteWebhook", "setMyCommands"):
            other.fail(method, Fault.BAD_GATEWAY)
            other.fail(method, Fault.DROP_BEFORE)
        with running_bot(other, library, tmp_path / "log"):
            asker = other.private(other.person(1))
            asker.says("/help")
            asker.wait_for_answer()


def test_a_rejected_token_is_one_sentence(
    library: Path, tmp_path: Path, chat: Conversation
) -> None:
    with TelegramServer() as other:
        bot = start_bot(other, library, tmp_path / "log", token=f"7012345678:{'B' * 35}")
        assert bot.process.wait(60) == 2
        (line,) = bot.said.splitlines()
        assert line.startswith("pincite: Telegram rejects the token")
        assert "B" * 35 not in line


def test_a_stop_finishes_the_answer_under_way(
    library: Path, tmp_path: Path, chat: Conversation
) -> None:
    with TelegramServer() as other:
        asker = other.private(other.person(1))
        with running_bot(other, library, tmp_path / "log") as bot:
            other.fail("sendMessage", Fault.TOO_MANY_REQUESTS, seconds=3)
            asker.says(FLED)
            other.wait_for_call("sendMessage")
            bot.process.terminate()
            assert "63" in asker.wait_for_answer(15).text


def test_a_killed_bot_is_followed_by_another_that_answers_once(
    library: Path, tmp_path: Path, chat: Conversation
) -> None:
    with TelegramServer() as other:
        asker = other.private(other.person(1))
        first = start_bot(other, library, tmp_path / "first")
        wait_until_started(first)
        other.fail("sendMessage", Fault.HANG, seconds=2)
        asker.says(FLED)
        other.wait_for_call("sendChatAction")
        first.process.kill()
        first.process.wait()
        asker.says("What is songbun?")
        with running_bot(other, library, tmp_path / "second"):
            texts = [asker.wait_for_answer(20).text]
            time.sleep(1)
            texts += [posting.text for posting in asker.answers[1:]]
            assert 1 <= len(texts) <= 2


def test_two_bots_on_one_token_do_not_both_stay_silent(
    library: Path, tmp_path: Path, chat: Conversation
) -> None:
    with TelegramServer() as other, running_bot(other, library, tmp_path / "first"):
        second = start_bot(other, library, tmp_path / "second")
        try:
            wait_until_started(second)
            asker = other.private(other.person(1))
            asker.says(FLED)
            assert "63" in asker.wait_for_answer(30).text
        finally:
            second.process.terminate()
            with_status = second.process.wait(40)
        assert with_status in (0, 1)
