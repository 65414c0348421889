"""Updates that Telegram posts to us, behind a web server that speaks TLS.

Tornado reads a body only up to the limit; one that announces more is refused before it is read.
"""

import asyncio
import hmac
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from telegram import Update
from telegram.ext import ExtBot
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets, bind_unix_socket
from tornado.web import Application, RequestHandler

from bot.telegram.wire.polling import read_or_empty
from corpus.errors import WrongUse
from corpus.stated import read_json

_LONGEST_BODY = 1 << 20
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  a header's name
_DEFAULT_PATH = "/telegram"
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """The public address that Telegram posts to, and where we listen for it.

    `listen` is `127.0.0.1:PORT` or `unix:PATH`. Raises WrongUse for any other.
    """

    url: str
    listen: str

    def __post_init__(self) -> None:
        if urlsplit(self.url).scheme not in ("http", "https"):
            raise WrongUse(f"the webhook {self.url!r} is no web address; give https://HOST/PATH.")
        host, _, port = self.listen.rpartition(":")
        if self.listen.startswith("unix:"):
            return
        if host.strip("[]") not in _LOOPBACK or not port.isdecimal():
            raise WrongUse(
                f"the webhook's {self.listen!r} is not on this computer alone; give "
                "127.0.0.1:PORT or unix:PATH, with a web server that speaks TLS in front."
            )

    @property
    def path(self) -> str:
        """The path that Telegram posts to."""
        return urlsplit(self.url).path.rstrip("/") or _DEFAULT_PATH

    @property
    def public_url(self) -> str:
        """The whole address that Telegram is told."""
        return urlsplit(self.url)._replace(path=self.path).geturl()

    def sockets(self) -> list[socket.socket]:
        """The open sockets; raises WrongUse where they cannot be opened."""
        try:
            if self.listen.startswith("unix:"):
                # The group of the web server may write to it.
                return [bind_unix_socket(self.listen.removeprefix("unix:"), mode=0o660)]
            host, _, port = self.listen.rpartition(":")
            return bind_sockets(int(port), host.strip("[]"))
        except OSError as error:
            raise WrongUse(
                f"the webhook cannot listen at {self.listen!r} ({error.strerror}); give another."
            ) from None

    def close(self) -> None:
        """Take the file of a unix socket away."""
        if self.listen.startswith("unix:"):
            Path(self.listen.removeprefix("unix:")).unlink(missing_ok=True)


Put = Callable[[Update], Awaitable[None]]


def serve(webhook: Webhook, secret: str, bot: ExtBot[int], put: Put) -> HTTPServer:
    """Listen for updates that carry the secret and put them where they are handled."""

    class Handler(RequestHandler):
        def initialize(self) -> None:
            self.set_header("Server", "pincite")

        async def post(self) -> None:
            given = self.request.headers.get(_SECRET_HEADER, "")
            if not hmac.compare_digest(given.encode(), secret.encode()):
                self.set_status(403)
                return
            try:
                content: Any = read_json(self.request.body)
            except ValueError:
                self.set_status(400)
                return
            if isinstance(content, dict):
                update = Update.de_json(read_or_empty(content), bot)
                if update is not None:
                    await put(update)

        def log_exception(self, *_: object) -> None:
            """Say nothing of what was posted."""

        def write_error(self, status_code: int, **_: object) -> None:
            self.set_status(status_code)
            self.finish()

    application = Application([(webhook.path, Handler)], log_function=lambda _: None)
    server = HTTPServer(application, max_body_size=_LONGEST_BODY, max_buffer_size=_LONGEST_BODY)
    server.add_sockets(webhook.sockets())
    return server


async def stop(server: HTTPServer, webhook: Webhook) -> None:
    """Listen no more; requests under way are finished."""
    server.stop()
    await asyncio.wait_for(server.close_all_connections(), 5)
    webhook.close()
