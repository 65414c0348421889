"""Prometheus's text on loopback, where the one who runs the bot asks for it."""

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from bot.telegram.wire.counts import Counts
from corpus.errors import WrongUse


def serve(counts: Counts, port: int) -> HTTPServer:
    """Serve `/metrics` on 127.0.0.1; raises WrongUse where the port is taken."""

    class Handler(RequestHandler):
        def get(self) -> None:
            self.set_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
            self.write(counts.prometheus())

    try:
        sockets = bind_sockets(port, "127.0.0.1")
    except OSError as error:
        raise WrongUse(
            f"metrics cannot be served on port {port} ({error.strerror}); give another."
        ) from None
    server = HTTPServer(Application([("/metrics", Handler)], log_function=lambda _: None))
    server.add_sockets(sockets)
    return server
