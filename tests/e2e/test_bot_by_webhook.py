"""Updates by webhook: on loopback, on a unix socket, and behind Debian's nginx."""

import http.client
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from beside import beside
from proxies import socks_proxy
from running import RunningBot, running_bot
from telegram_server import Conversation, TelegramServer
from webhooks import PUBLIC, free_port

FLED = "How many people fled to Kell in 2021?"
SECRET = "X-Telegram-Bot-Api-Secret-Token"


def is_answered(server: TelegramServer, number: int) -> Conversation:
    chat = server.private(server.person(number))
    for _ in range(2):
        chat.says(FLED)
        assert "217" in chat.wait_for_answer(15).text
    assert not server.calls("getUpdates")
    return chat


def post(port: int, body: bytes | int, **headers: str) -> int:
    """The status for a POST; a number as body announces so many bytes and sends none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    size = str(body if isinstance(body, int) else len(body))
    connection.putrequest("POST", "/hook")
    for name, value in {"Content-Length": size, **headers}.items():
        connection.putheader(name, value)
    connection.endheaders(None if isinstance(body, int) else body)
    try:
        return connection.getresponse().status
    except (http.client.RemoteDisconnected, ConnectionError):
        return 0
    finally:
        connection.close()


def refuses_strangers(bot: RunningBot, port: int) -> None:
    before_mb = bot.memory_mb
    assert post(port, b"{}") == 403
    assert post(port, b"{}", **{SECRET: "guessed"}) == 403
    for _ in range(3):
        assert post(port, 90 << 20) in (0, 400, 413)
    assert bot.memory_mb < before_mb + 5


@beside
def test_by_loopback(library: Path, folder: Path) -> None:
    port = free_port()
    with TelegramServer() as server, socks_proxy() as (proxy, reached):
        server.route_webhook(PUBLIC, f"http://127.0.0.1:{port}")
        options = ("--webhook", f"{PUBLIC}/hook", "--listen", f"127.0.0.1:{port}")
        options += ("--proxy", proxy)
        with running_bot(server, library, folder / "log", *options) as bot:
            set_hook = server.wait_for_call("setWebhook")
            assert server.token not in str(set_hook.arguments["url"])
            is_answered(server, 1)
            refuses_strangers(bot, port)
            server.poison("kumquat")
            is_answered(server, 2)
        assert "kumquat" not in bot.said
        assert set(reached) == {server.url.removeprefix("http://")}
        server.check()


@contextmanager
def nginx(folder: Path, port: int, target: Path) -> Iterator[None]:
    """Debian's nginx in front of a unix socket, without TLS, which the server stands in for."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.skip("nginx is not installed")
    configuration = folder / "nginx.conf"
    places = "".join(
        f"{name}_temp_path {folder}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if Path("/root").owner() == Path("/proc/self").owner() else ""
    configuration.write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/errors; {user} events {{}}"
        f"http {{ access_log off; {places} server {{ listen 127.0.0.1:{port};"
        f"client_max_body_size 1m; location / {{ proxy_pass http://unix:{target}:; }} }} }}",
        encoding="utf-8",
    )
    process = subprocess.Popen([program, "-c", str(configuration), "-p", str(folder)])
    try:
        until = time.monotonic() + 10
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(10)


@beside
def test_by_a_unix_socket_behind_nginx(library: Path, folder: Path) -> None:
    port, target = free_port(), folder / "hook"
    with TelegramServer() as server, nginx(folder, port, target):
        server.route_webhook(PUBLIC, f"http://127.0.0.1:{port}")
        options = ("--webhook", f"{PUBLIC}/hook", "--listen", f"unix:{target}")
        with running_bot(server, library, folder / "log", *options) as bot:
            is_answered(server, 1)
            refuses_strangers(bot, port)
        assert not target.exists()
        server.check()
