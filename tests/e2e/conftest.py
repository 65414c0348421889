"""What the end-to-end tests share: the library that the bot answers from, and the bot."""

import ctypes
import fcntl
import socket
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from beside import Begun
from fault_cases import Cases
from running import RunningBot, running_bot
from telegram_server import Conversation, TelegramServer, schema

# From <sched.h>, <bits/ioctls.h> and <net/if.h> of Linux.
_CLONE_NEWNET, _SIOCSIFFLAGS, _IFF_UP = 0x40000000, 0x8914, 1


@pytest.fixture(autouse=True, scope="session")
def alone() -> Iterator[bool]:
    """A network namespace with nothing but loopback, for this thread and all that it starts.

    False where the system does not allow it; then the tests run in the network as it is.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "unshare"):
        yield False
        return
    with Path("/proc/thread-self/ns/net").open("rb") as before:
        if libc.unshare(_CLONE_NEWNET):
            yield False
            return
        with socket.socket() as any_socket:
            raised = struct.pack("16sh22x", b"lo", _IFF_UP)
            fcntl.ioctl(any_socket, _SIOCSIFFLAGS, raised)
        yield True
        libc.setns(before.fileno(), _CLONE_NEWNET)


@pytest.fixture(scope="session")
def library(with_invented: Path) -> Path:
    """The library that the bot answers from."""
    return with_invented


@pytest.fixture(scope="session")
def cases(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cases]:
    """The cases of each fault on each method."""
    cases = Cases(library, tmp_path_factory.mktemp("faults"))
    yield cases
    cases.close()


@pytest.fixture(scope="session")
def begun(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Begun]:
    """The work of the tests that run beside the others."""
    begun = Begun(request, tmp_path_factory.mktemp("beside"))
    yield begun
    begun.close()


@pytest.fixture(autouse=True, scope="session")
def begun_early(request: pytest.FixtureRequest, alone: bool) -> list[Cases | Begun]:
    """Where those are to be looked at, they begin with the first test of all."""
    schema.load()
    wanted = {name for item in request.session.items for name in getattr(item, "fixturenames", ())}
    return [request.getfixturevalue(name) for name in ("cases", "begun") if name in wanted]


@pytest.fixture(scope="session")
def server() -> Iterator[TelegramServer]:
    with TelegramServer() as server:
        yield server
        server.check()


@pytest.fixture(scope="session")
def bot(
    server: TelegramServer, library: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningBot]:
    log = tmp_path_factory.mktemp("bot") / "log"
    with running_bot(server, library, log, "--inline") as bot:
        server.wait_for_call("setMyCommands", 8)
        yield bot


@pytest.fixture
def chat(server: TelegramServer, bot: RunningBot, people: Iterator[int]) -> Conversation:
    """The chat of a person who has not been here before."""
    server.set_flood(None)
    return server.private(server.person(next(people)))


@pytest.fixture(scope="session")
def people() -> Iterator[int]:
    """Numbers of people."""
    return iter(range(20_001, 30_000))
