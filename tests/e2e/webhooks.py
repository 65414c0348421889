"""Where a webhook listens in the tests."""

import socket

PUBLIC = "https://bot.example.org"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port
