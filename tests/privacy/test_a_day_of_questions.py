"""No question is kept: not in a file, a log, an argument list, an environment, a core dump."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect
import pytest
from telegram_server import TOKEN, Fault, TelegramServer
from webhooks import PUBLIC, free_port

from tests.privacy.watching import ROOT, Watched

# One for each way to ask, so that a find tells which way it came.
CANARIES = {
    "an argument": "zyzzyva",
    "standard input": "quagmarl",
    "a piped chat": "frumenty",
    "a chat": "gallimaufry",
    "a chat with its history": "oxymel",
    "a draft": "kumquat",
    "a draft's name": "pelargonium",
    "telegram by polling": "sesquipedal",
    "telegram by webhook": "xanthippe",
    "what cannot be read": "brindlewick",
}
PROMPT = r"\x1b\[\?2004h.*?36;1m[^\x1b]*> "


def asked(way: str) -> str:
    return f"Who is {CANARIES[way]} in the camps of 2021?"


@contextmanager
def chatting(watched: Watched) -> Iterator[Callable[[str], None]]:
    """A chat in a terminal of its own: what types a line and waits until it is answered."""
    child = pexpect.spawn(
        sys.executable,
        ["-m", "bot", "chat"],
        env=watched.environment,
        cwd=watched.folder / "here",
        encoding="utf-8",
        timeout=60,
        dimensions=(40, 80),
    )
    child.delaybeforesend = None
    child.expect(PROMPT)

    def say(line: str) -> None:
        child.send(line + "\r")
        child.expect(PROMPT)

    yield say
    child.send("\x04")
    child.expect(pexpect.EOF)
    child.close()


def asks_a_bot(watched: Watched, server: TelegramServer, way: str, *options: str) -> None:
    """Ask a bot, and look at what other accounts of the machine can read of its process."""
    with watched.bot(server, *options, PINCITE_DEBUG="1") as bot:
        server.poison(CANARIES["what cannot be read"])
        server.fail("sendMessage", Fault.SERVER_ERROR)
        chat = server.private(server.person(987_654_321_012, CANARIES[way]))
        chat.says(asked(way))
        chat.wait_for_answer(30)
        for name in ("cmdline", "comm", "status"):
            content = Path(f"/proc/{bot.process.pid}/{name}").read_text("utf-8")
            assert CANARIES[way] not in content
            assert server.token not in content


@pytest.fixture(scope="module")
def day(watch: Callable[..., Watched]) -> Watched:
    """A folder after a day of questions, one each way, with everything as it is by default."""
    watched = watch()
    watched.run("ask", asked("an argument"))
    watched.run("ask", "-", "--json", "--explain", stdin=asked("standard input"))
    watched.run("chat", stdin=asked("a piped chat") + "\nmore\n/explain\n")
    with chatting(watched) as say:
        say(asked("a chat"))
    # Long enough to be a quotation.
    draft = f"“{CANARIES['a draft']} was seen by many in the camps” (digest, para. 1)."
    watched.run("verify", "-", stdin=draft)
    # Read by a process of its own.
    name = CANARIES["a draft's name"] + ".pdf"
    named = watched.folder / "here" / name
    shutil.copyfile(ROOT / "tests" / "data" / "annual" / "annual-typst.pdf", named)
    watched.run("verify", name)
    named.unlink()
    with TelegramServer() as server:
        asks_a_bot(watched, server, "telegram by polling")
    port = free_port()
    with TelegramServer() as server:
        server.route_webhook(PUBLIC, f"http://127.0.0.1:{port}")
        options = ("--webhook", f"{PUBLIC}/hook", "--listen", f"127.0.0.1:{port}")
        asks_a_bot(watched, server, "telegram by webhook", *options)
    return watched


@pytest.mark.parametrize("way", [way for way in CANARIES if way != "a chat with its history"])
def test_a_question_is_in_no_file(day, way):
    assert day.holding(CANARIES[way]) == set()


def test_the_token_is_in_no_file_and_no_log(day):
    assert "INFO started" in (day.folder / "here" / "log").read_text("utf-8")
    assert day.holding(TOKEN) == set()
    assert day.holding(TOKEN.partition(":")[2]) == set()


def test_the_search_for_it_finds_what_is_there(day):
    """Of words that are in the library, and of a file that is named for one."""
    assert day.holding("kwanliso") >= {"home/.local/share/pincite/library.sqlite"}
    assert day.holding("library.sqlite")


def test_a_question_is_in_no_list_of_arguments_and_no_environment_of_a_process(day):
    assert day.did("process")
    for started in (*day.did("process"), *day.did("process", bots=True)):
        for word in CANARIES.values():
            assert word not in started


def test_no_command_opened_a_connection_or_asked_for_a_name(day):
    assert day.did("connection") == []
    assert day.did("name") == []


def test_the_bot_spoke_to_one_host(day):
    connected = day.did("connection", bots=True)
    assert connected
    assert all("'127.0.0.1'" in one for one in connected)
    assert all("127.0.0.1" in one for one in day.did("name", bots=True))


def test_nothing_stays_in_the_temporary_folder_or_where_the_person_stands(day):
    assert list((day.folder / "temporary").iterdir()) == []
    assert {path.name for path in (day.folder / "here").iterdir()} <= {"log"}


def test_what_is_written_lies_in_two_folders(day):
    """The cache is the other; nothing is in the home beside the library: no history, no id."""
    outside = {
        path
        for path in (day.folder / "home").rglob("*")
        if path.is_file() and not path.is_relative_to(day.library)
    }
    assert outside == set()
    assert {path.name for path in day.cache.iterdir()} == {"pincite"}
    assert {path.suffix for path in (day.cache / "pincite").iterdir()} == {".graph"}


def test_the_history_that_a_person_wants_is_one_file_until_it_is_forgotten(day):
    way = "a chat with its history"
    with chatting(day) as say:
        say("/history on")
        say(asked(way))
        assert day.holding(CANARIES[way]) == {"home/.local/share/pincite/typed.jsonl"}
        say("/forget")
        assert day.holding(CANARIES[way]) == set()
        say(asked(way))
        say("/history off")
        assert day.holding(CANARIES[way]) == set()


def test_a_process_that_dies_leaves_no_core(watch):
    watched = watch()
    # As a system does that keeps them.
    allowed = ["sh", "-c", 'ulimit -c unlimited; exec "$@"', "sh"]
    process = subprocess.Popen(
        [*allowed, sys.executable, "-m", "bot", "chat"],
        env=watched.environment,
        cwd=watched.folder / "here",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    process.stdin.write("What is songbun?\n")
    process.stdin.flush()
    assert process.stdout.readline()
    limits = Path(f"/proc/{process.pid}/limits").read_text("utf-8")
    (core,) = [line for line in limits.splitlines() if line.startswith("Max core file size")]
    assert core.split()[4] == "0"
    process.send_signal(signal.SIGSEGV)
    process.communicate()
    assert process.returncode == -signal.SIGSEGV
    assert list((watched.folder / "here").iterdir()) == []
