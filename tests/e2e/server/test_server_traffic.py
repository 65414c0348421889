"""How the emulated server talks: polling, webhooks, flood control, faults, the journal."""

import http.client
import json
import socketserver
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from raw_calls import Answer, call, done, entity, refused
from telegram_server import Conversation, Fault, FloodLimits, TelegramServer


def test_tokens_methods_and_paths(server: TelegramServer) -> None:
    assert done(call(server, "getMe"))["username"] == "pincite_bot"
    assert done(call(server, "GETME"))["id"] == server.bot.id
    refused(call(server, "getMe", token="1:wrong"), 401, "Unauthorized")
    refused(call(server, "inventMessage"), 404, "method not found")
    assert any("inventMessage" in complaint for complaint in server.complaints())


def test_polling_offsets_limits_and_kinds(server: TelegramServer) -> None:
    chat = server.private(server.person(5004))
    for word in "abc":
        chat.says(word)
    first, second, third = done(call(server, "getUpdates"))
    assert second["update_id"] == first["update_id"] + 1
    assert done(call(server, "getUpdates", offset=second["update_id"], limit=1)) == [second]
    assert server.pending_updates == [second, third]
    assert done(call(server, "getUpdates", offset=-1)) == [third]
    after = third["update_id"] + 1
    done(call(server, "getUpdates", offset=after, timeout=0, allowed_updates=["callback_query"]))
    chat.says("not wanted")
    assert server.pending_updates == []


def test_long_polls_wait_and_conflict(server: TelegramServer) -> None:
    answers: list[Answer] = []

    def poll() -> None:
        answers.append(call(server, "getUpdates", timeout=30))

    first = threading.Thread(target=poll)
    first.start()
    while not server.calls("getUpdates"):
        time.sleep(0.01)
    second = threading.Thread(target=poll)
    second.start()
    first.join()
    refused(answers.pop(), 409, "terminated by other getUpdates")
    server.private(server.person(5005)).says("now")
    second.join()
    (update,) = done(answers.pop())
    assert update["message"]["text"] == "now"


def test_flood_control(server: TelegramServer, chat: Conversation, send: Any) -> None:
    server.set_flood(FloodLimits(burst_in_a_chat=2))
    number = done(send("1"))["message_id"]
    done(send("2"))
    answer = send("3")
    refused(answer, 429, "Too Many Requests: retry after 1")
    assert answer[1]["parameters"] == {"retry_after": 1}
    edit = call(server, "editMessageText", chat_id=chat.id, message_id=number, text="e")
    assert edit[0] == 429
    server.advance(1)
    done(send("3"))
    group = server.group("Group", server.person(5006))
    for text in range(20):
        server.advance(1)
        done(call(server, "sendMessage", chat_id=group.id, text=str(text)))
    server.advance(1)
    assert call(server, "sendMessage", chat_id=group.id, text="x")[1]["parameters"] == {
        "retry_after": 40
    }
    server.set_flood(FloodLimits(burst_in_a_chat=99))
    server.advance(2)
    statuses = [send(str(text))[0] for text in range(31)]
    assert statuses.count(200) == 30
    assert statuses[-1] == 429


def test_faults(server: TelegramServer, chat: Conversation, send: Any) -> None:
    for fault, status in (
        (Fault.SERVER_ERROR, 500),
        (Fault.UNAUTHORIZED, 401),
        (Fault.NOT_FOUND, 404),
        (Fault.CONFLICT, 409),
    ):
        server.fail("sendMessage", fault)
        assert send("nothing")[0] == status
    server.fail("sendMessage", Fault.TOO_MANY_REQUESTS, seconds=7)
    assert send("nothing")[1]["parameters"] == {"retry_after": 7}
    server.fail("sendMessage", Fault.DROP_BEFORE, times=2, skip=1)
    done(send("something"))
    for _ in range(2):
        with pytest.raises(ConnectionError):
            send("nothing")
    server.fail("*", Fault.HANG, seconds=0.2)
    with pytest.raises(ConnectionError):
        send("nothing")
    assert [posting.text for posting in chat.answers] == ["something"]
    for fault, error in (
        (Fault.DROP_AFTER, ConnectionError),
        (Fault.HANG_AFTER, ConnectionError),
        (Fault.CUT_BODY, http.client.IncompleteRead),
        (Fault.TRUNCATED_JSON, json.JSONDecodeError),
    ):
        server.fail("sendMessage", fault, seconds=0.1)
        with pytest.raises(error):
            send(fault.name)
        assert chat.answers[-1].text == fault.name
    server.fail("sendMessage", Fault.BAD_GATEWAY, times=None)
    with pytest.raises(json.JSONDecodeError):
        send("nothing")
    server.heal()
    done(send("well again"))
    assert [r.fault for r in server.calls("sendMessage")][-2:] == ["BAD_GATEWAY", None]


def test_webhooks_are_checked(server: TelegramServer) -> None:
    def hook(url: str, **fields: Any) -> Answer:
        return call(server, "setWebhook", url=url, **fields)

    refused(hook("http://bot.example.org/hook"), 400, "HTTPS URL must be provided")
    refused(hook("https://bot.example.org:9999/hook"), 400, "only on ports")
    refused(hook("https://bot.example.org/hook"), 400, "Failed to resolve host")
    refused(hook("nonsense"), 400, "invalid webhook URL")
    server.route_webhook("https://bot.example.org", "unix:/nowhere")
    refused(hook("https://bot.example.org/h", secret_token="a b"), 400, "unallowed characters")
    done(hook("https://bot.example.org/hook", secret_token="a_b-1", max_connections=5))
    info = done(call(server, "getWebhookInfo"))
    assert (info["url"], info["max_connections"]) == ("https://bot.example.org/hook", 5)
    refused(call(server, "getUpdates"), 409, "while webhook is active")
    server.private(server.person(5007)).says("waits")
    done(call(server, "deleteWebhook", drop_pending_updates=True))
    assert done(call(server, "getUpdates")) == []


class Hook(BaseHTTPRequestHandler):
    """Refuses the first post and takes the others."""

    posts: ClassVar[list[tuple[str | None, Any]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.posts.append((self.headers["X-Telegram-Bot-Api-Secret-Token"], json.loads(body)))
        self.send_response(200 if len(self.posts) > 1 else 500)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.mark.parametrize("over", ["loopback", "unix"])
def test_a_webhook_that_fails_is_tried_again(
    server: TelegramServer, tmp_path: Path, over: str
) -> None:
    Hook.posts.clear()
    if over == "unix":
        target = f"unix:{tmp_path / 'hook'}"
        hook: socketserver.BaseServer = socketserver.UnixStreamServer(str(tmp_path / "hook"), Hook)
    else:
        hook = HTTPServer(("127.0.0.1", 0), Hook)
        target = f"http://127.0.0.1:{hook.server_port}"
    with hook:
        thread = threading.Thread(target=hook.serve_forever)
        thread.start()
        server.route_webhook("https://bot.example.org", target)
        done(call(server, "setWebhook", url="https://bot.example.org/h", secret_token="s"))
        server.private(server.person(5008)).says("posted")
        server.wait_until_idle()
        hook.shutdown()
        thread.join()
    assert [secret for secret, _ in Hook.posts] == ["s", "s"]
    assert Hook.posts[0] == Hook.posts[1]
    assert "500" in done(call(server, "getWebhookInfo"))["last_error_message"]


def test_requests_are_held_against_the_schema(
    server: TelegramServer, chat: Conversation, send: Any
) -> None:
    pytest.importorskip("aiogram", reason="the independent schema is needed")
    done(send("good", entities=[entity("bold", 0, 4)]))
    server.check()
    done(send("x", link_preview_options={"is_disabled": True, "shiny": True}))
    call(server, "sendMessage", chat_id=chat.id)
    complaints = "\n".join(server.complaints())
    assert "unknown field link_preview_options.shiny" in complaints
    assert "text: Field required" in complaints
