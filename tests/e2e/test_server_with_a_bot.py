"""The emulated server before a real bot process, polling and webhook."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from telegram_server import Fault, TelegramServer, draw

pytest.importorskip("telegram")

_ECHO_BOT = Path(__file__).with_name("echo_bot.py")


@contextmanager
def running_bot(server: TelegramServer, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, str(_ECHO_BOT), server.url, server.token, *arguments],
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        assert process.wait(20) == 0


@pytest.fixture(scope="module")
def server() -> Iterator[TelegramServer]:
    with TelegramServer() as server:
        with running_bot(server):
            server.wait_for_call("deleteWebhook")
            yield server
        server.check()


@pytest.fixture(autouse=True)
def _without_flood(server: TelegramServer) -> None:
    server.set_flood(None)


def test_a_question_is_answered_with_quotation_and_buttons(server: TelegramServer) -> None:
    chat = server.private(server.person(1001, "Alice", "es"))
    said = chat.says("¿Qué dice 😀 esto?")
    answer = chat.wait_for_answer()
    assert answer.text == "¿Qué dice 😀 esto?\nechoed"
    assert answer.marked("expandable_blockquote") == ["¿Qué dice 😀 esto?"]
    assert answer.reply_to == said.id
    assert answer.buttons == ["more", "copy", "page"]
    assert answer.copied("copy") == "copied words"
    assert answer.url("page") == "https://www.example.org/page"
    assert chat.actions == ["typing"]


def test_a_press_is_answered_and_edits_the_message(server: TelegramServer) -> None:
    chat = server.private(server.person(1002))
    chat.says("hello")
    answer = chat.wait_for_answer()
    assert answer.press("more").wait_for_answer()["text"] == "you pressed more"
    answer.wait_for_edit()
    assert answer.text == "edited after more"
    assert answer.buttons == []
    assert answer.edits[0].text == "hello\nechoed"


def test_an_edited_question_reaches_the_bot(server: TelegramServer) -> None:
    chat = server.private(server.person(1003))
    said = chat.says("first")
    chat.wait_for_answer()
    said.edit("second")
    assert chat.wait_for_answer().text == "second\nechoed"
    said.delete()
    assert said.id not in [message.id for message in chat.messages]


def test_a_deep_link_starts_the_bot_with_its_parameter(server: TelegramServer) -> None:
    chat = server.follow(server.person(1004), "https://t.me/pincite_bot?start=a-b_9")
    assert chat.wait_for_answer().text == "started with ['a-b_9']"


def test_media_and_forwards_arrive(server: TelegramServer) -> None:
    chat = server.private(server.person(1005))
    for kind in ("photo", "voice", "sticker", "document", "location", "contact"):
        chat.sends(kind)
        assert chat.wait_for_answer().text == "no text\nechoed"
    chat.forwards("somebody's words")
    assert chat.wait_for_answer().text == "somebody's words\nechoed"


def test_privacy_mode_hides_what_is_not_for_the_bot(server: TelegramServer) -> None:
    alice, bob = server.person(1006), server.person(1007, "Bob")
    group = server.group("Researchers", alice, bob)
    group.says("good morning", by=alice)
    group.says("@pincite_bot what now", by=alice)
    group.says("/start", by=bob)
    group.says("/start@other_bot", by=bob)
    group.stays_silent(0.5)
    group.says("/start@pincite_bot now", by=alice)
    answer = group.wait_for_answer()
    assert answer.text == "started with ['now']"
    group.says("a reply", by=bob, reply_to=answer)
    assert group.wait_for_answer().text == "a reply\nechoed"
    group.says("/start", by=bob)
    assert group.wait_for_answer().text == "started with []"
    group.says("another bot speaks", by=server.person(1099, "Robot", is_bot=True))
    group.says("/start", by=bob)
    group.says("still nothing", by=bob)
    group.stays_silent(0.5)


def test_an_administrator_sees_all_and_a_removed_bot_nothing(server: TelegramServer) -> None:
    alice = server.person(1008)
    group = server.group("Team", alice, with_bot=False)
    group.adds_bot(alice)
    group.wait_for_answer()
    group.promotes_bot(alice)
    said = group.says("/clean", by=alice)
    said.wait_for_deletion()
    group.says("seen", by=alice)
    assert group.wait_for_answer().text == "seen\nechoed"
    group.removes_bot(alice)
    group.says("/start@pincite_bot", by=alice)
    group.stays_silent(0.5)


def test_inline_results_are_sent_and_cached(server: TelegramServer) -> None:
    alice, bob = server.person(1009), server.person(1010)
    asked = server.inline(alice, "camps")
    (result,) = asked.wait_for_results()
    assert result["input_message_content"]["message_text"] == "passage about camps"
    sent = asked.chooses(0, server.private(bob))
    assert sent.text == "passage about camps"
    again = server.inline(bob, "camps")
    assert again.from_cache
    assert again.wait_for_results(0) == [result]
    assert not server.inline(bob, "other").from_cache


def test_a_blocked_bot_cannot_write(server: TelegramServer) -> None:
    chat = server.private(server.person(1011))
    chat.says("hello")
    answer = chat.wait_for_answer()
    chat.blocks_bot()
    pressed = answer.press("more")
    chat.stays_silent(0.5)
    assert pressed.answers
    assert server.calls("editMessageText")[-1].status == 403
    chat.says("again")
    assert chat.wait_for_answer().text == "again\nechoed"


def test_duplicated_updates_are_delivered_twice(server: TelegramServer) -> None:
    chat = server.private(server.person(1012))
    server.duplicate()
    chat.says("once")
    chat.wait_for_answer()
    chat.wait_for_answer()
    chat.stays_silent(0.5)


def test_a_poisoned_update_comes_again_and_again(server: TelegramServer) -> None:
    server.wait_until_idle()
    before = len(server.calls("getUpdates"))
    server.poison()
    server.wait_for_call("getUpdates", before + 4)
    assert server.pending_updates[0]["message"]["text"] == "unreadable"
    server.world.updates.pending.clear()


@pytest.mark.parametrize("fault", [Fault.DROP_AFTER, Fault.CUT_BODY, Fault.TRUNCATED_JSON])
def test_a_lost_answer_leaves_the_message_sent(server: TelegramServer, fault: Fault) -> None:
    chat = server.private(server.person(1013))
    server.fail("sendMessage", fault)
    chat.says(f"lost {fault.name}")
    assert f"lost {fault.name}" in chat.wait_for_answer().text
    assert server.calls("sendMessage")[-1].fault == fault.name


@pytest.mark.parametrize(
    "fault", [Fault.DROP_BEFORE, Fault.SERVER_ERROR, Fault.BAD_GATEWAY, Fault.TOO_MANY_REQUESTS]
)
def test_a_refusal_leaves_nothing_sent(server: TelegramServer, fault: Fault) -> None:
    chat = server.private(server.person(1014))
    server.fail("sendMessage", fault)
    chat.says("nothing comes")
    chat.stays_silent(0.5)
    assert server.calls("sendMessage")[-1].fault == fault.name
    chat.says("all is well")
    assert chat.wait_for_answer().text == "all is well\nechoed"


def test_the_picture_shows_the_chat(server: TelegramServer) -> None:
    chat = server.private(server.person(1015))
    chat.says("a < b & c")
    answer = chat.wait_for_answer()
    page = draw(posting.message for posting in chat.messages)
    assert 'class="quote folded"><span>a &lt; b &amp; c</span></span>echoed' in page
    assert all(f">{label}<" in page for label in answer.buttons)
    assert "http" not in page.replace('"http', "")


def test_a_killed_bot_is_followed_by_another() -> None:
    with TelegramServer(flood=None) as server:
        chat = server.private(server.person(1017))
        first = subprocess.Popen([sys.executable, str(_ECHO_BOT), server.url, server.token])
        server.wait_for_call("deleteWebhook")
        server.fail("sendMessage", Fault.HANG)
        chat.says("is lost")
        while not server.calls("sendMessage"):
            time.sleep(0.01)
        first.kill()
        first.wait()
        chat.says("waits for the next")
        with running_bot(server):
            assert chat.wait_for_answer().text == "waits for the next\nechoed"
        assert server.pending_updates == []


def test_updates_come_by_webhook_with_the_secret() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with TelegramServer() as server:
        server.route_webhook("https://bot.example.org", f"http://127.0.0.1:{port}")
        with running_bot(server, str(port)):
            assert server.wait_for_call("setWebhook").status == 200
            chat = server.private(server.person(1016))
            for word in ("one", "two"):
                chat.says(word)
                assert chat.wait_for_answer().text == f"{word}\nechoed"
            server.wait_until_idle()
            assert not server.calls("getUpdates")
        server.check()
