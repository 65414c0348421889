"""The chat in a pseudo-terminal: keys, paste, resize, clipboard, history, a cancelled answer."""

import base64
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07]*\x07|[=>78])")
# A prompt turns bracketed paste on, so that a line drawn again is none.
PROMPT = r"\x1b\[\?2004h.*?36;1m([^\x1b]*)> "
UP, TAB, CTRL_C, CTRL_D = "\x1b[A", "\t", "\x03", "\x04"
PASTE = "\x1b[200~{}\x1b[201~"


class Terminal:
    """A chat in a terminal of its own."""

    def __init__(self, library: Path, columns: int = 80) -> None:
        environment = {**os.environ, "TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1"}
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "bot", "chat", "--library", str(library)],
            env=environment,
            encoding="utf-8",
            dimensions=(40, columns),
            timeout=60,
        )
        self.child.delaybeforesend = None

    def until(self, pattern: str) -> str:
        """What is shown until a pattern comes."""
        self.child.expect(pattern)
        return ESCAPE.sub("", self.child.before + self.child.after)

    def prompt(self) -> str:
        """What is shown until the next prompt."""
        return self.until(PROMPT)

    def say(self, text: str) -> str:
        """Type a line; what is shown until the next prompt."""
        self.child.send(text + "\r")
        return self.prompt()

    def leave(self) -> int:
        self.child.send(CTRL_D)
        self.child.expect(pexpect.EOF)
        self.child.close()
        return self.child.exitstatus


@pytest.fixture
def terminal(prepared: Path, own_copy: Callable[[Path], Path]) -> Iterator[Callable[..., Terminal]]:
    library = own_copy(prepared)
    opened: list[Terminal] = []

    def start(columns: int = 80) -> Terminal:
        opened.append(Terminal(library, columns))
        return opened[-1]

    start.library = library
    yield start
    for one in opened:
        one.child.close(force=True)


def test_first_screen_has_questions_that_are_answered(terminal) -> None:
    (terminal.library / "examples.json").unlink(missing_ok=True)
    first = terminal()
    first.prompt()
    shown = first.until("For example:.*?" + PROMPT)
    questions = re.findall(r"^  (.+\?)\r?$", shown, re.MULTILINE)
    assert len(questions) == 3
    assert "passage" in first.say(questions[0])
    assert first.leave() == 0

    second = terminal()
    lines = second.prompt().strip().splitlines()[:-1]
    assert [line.strip() for line in lines if line.strip().endswith("?")] == questions
    assert len(lines) <= 8
    assert any("51 passages, 2021" in line for line in lines)
    assert any("/help" in line and "Ctrl-D" in line for line in lines)
    assert any("in memory only" in line for line in lines)
    assert second.leave() == 0


def test_ctrl_c_cancels_the_line(terminal) -> None:
    chat = terminal()
    chat.prompt()
    chat.child.send("half a quest")
    chat.until("quest")
    chat.child.send(CTRL_C)
    chat.prompt()
    chat.child.send(CTRL_C)
    assert "Ctrl-D or /quit leaves." in chat.prompt()
    assert "Songbun" in chat.say("What is songbun?")
    assert chat.leave() == 0


def test_ctrl_c_gives_up_an_answer(terminal) -> None:
    """What the index consists of stands in a pipe that nobody writes to: an endless answer."""
    warm = terminal()
    warm.prompt()
    warm.say("What is songbun?")
    warm.leave()
    (manifest,) = terminal.library.glob("index/*/manifest.json")
    manifest.unlink()
    os.mkfifo(manifest)

    chat = terminal()
    chat.prompt()
    chat.child.send("How many people fled to the South in 2021?\r")
    chat.until("Looking")
    chat.child.send(CTRL_C)
    assert "Cancelled." in chat.prompt()
    writer = os.open(manifest, os.O_WRONLY)
    manifest.unlink()
    os.close(writer)  # the index is found damaged, and built anew
    assert "Songbun" in chat.say("What is songbun?")
    assert "Nothing comes before" not in chat.say("more")
    chat.child.send("/explain\r")
    assert "fled" not in chat.prompt()
    assert chat.leave() == 0


def test_completion_filters_and_a_mistyped_command(terminal) -> None:
    chat = terminal()
    chat.prompt()
    chat.child.send("/cou")
    chat.until("answer from reports on this country only")  # the menu
    chat.child.send(TAB + "nor")
    chat.until("North.{1,4}Korea")  # the menu of what can follow
    chat.child.send(TAB + "\r")
    assert "Only North Korea" in chat.prompt()
    assert chat.child.match[1] == "North Korea "
    assert "Did you mean /year 2021?" in chat.say("/yaer 2021")
    chat.child.send("\r")  # the proposal stands in the line
    assert "Only North Korea, 2021" in chat.prompt()
    assert chat.child.match[1] == "North Korea, 2021 "
    assert "No filter" in chat.say("/all")
    assert chat.leave() == 0


def test_pasted_lines_are_one_question(terminal) -> None:
    chat = terminal()
    chat.prompt()
    chat.child.send(PASTE.format("What is\nsongbun\nin North Korea?"))
    pasted = chat.until(r"Korea\?")
    assert "Songbun" not in pasted
    assert chat.say("").count("passage ") == 1
    assert chat.leave() == 0


def test_answers_follow_the_width_of_the_terminal(terminal) -> None:
    chat = terminal(columns=200)
    chat.prompt()
    wide = chat.say("What is songbun?").splitlines()
    assert 80 < max(map(len, wide)) <= 200
    chat.child.setwinsize(40, 40)
    chat.until("36;1m> ")
    chat.child.send("What is songbun?\r")
    narrow = chat.until("passage [0-9a-f]{16}.*?" + PROMPT).splitlines()
    assert max(len(line) for line in narrow[2:]) <= 40
    assert any(line.startswith("┆ ") for line in narrow)
    assert chat.leave() == 0


def test_citation_goes_to_the_clipboard(terminal) -> None:
    chat = terminal()
    chat.prompt()
    chat.say("What is songbun?")
    chat.child.send("/cite 1\r")
    chat.child.expect(r"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07")
    copied = base64.b64decode(chat.child.match[1]).decode()
    assert copied.startswith("Pincite’s digest of Amnesty International")
    assert "free choice of employment”, para. 1" in copied
    assert "Copied to the clipboard" in chat.prompt()
    assert chat.leave() == 0


def test_typed_lines_stay_in_memory_unless_the_person_says_otherwise(terminal) -> None:
    kept = terminal.library / "typed.jsonl"
    first = terminal()
    first.prompt()
    first.say("Who may leave the country?")
    first.child.send(UP)
    first.until("Who may leave")
    first.child.send(CTRL_C)
    first.prompt()
    assert first.leave() == 0
    assert not any(b"may leave the" in file.read_bytes() for file in _written(terminal.library))

    second = terminal()
    second.prompt()
    second.child.send(UP)
    second.say("/history on")
    second.say("How many camps are there?")
    assert second.leave() == 0
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600

    third = terminal()
    assert "kept for the next time" in third.prompt()
    third.child.send(UP)
    third.until("How many camps")
    third.child.send(CTRL_C)
    third.prompt()
    third.say("/history off")
    assert not kept.exists()
    assert third.leave() == 0


def test_forgetting_clears_screen_history_and_talk(terminal) -> None:
    chat = terminal()
    chat.prompt()
    chat.say("What is songbun?")
    chat.child.send("/forget\r")
    chat.child.expect_exact("\x1b[2J\x1b[3J")
    chat.prompt()
    chat.child.send(UP)
    assert "Nothing comes before this" in chat.say("more")
    assert chat.leave() == 0


@pytest.mark.parametrize("arguments", [["--help"], ["ask", "What is songbun?"]])
def test_only_the_chat_loads_the_line_editor(arguments: list[str], prepared: Path) -> None:
    program = (
        "import sys\n"
        f"sys.argv = {['pincite', *arguments]!r}\n"
        "from bot.cli.main import main\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n"
        "    assert end.code in (None, 0, 3), end.code\n"
        "    assert 'prompt_toolkit' not in sys.modules"
    )
    environment = {**os.environ, "PINCITE_LIBRARY": str(prepared)}
    ran = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


def _written(library: Path) -> list[Path]:
    return [path for path in library.rglob("*") if path.is_file()]
