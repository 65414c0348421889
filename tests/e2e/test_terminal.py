"""Answers in a real terminal: its width, its colours, none where none are wanted."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest
from rich.cells import cell_len

QUESTION = "How many people fled to the South in 2021?"
# What `ask` ends with where no reader has read, as in most tests.
PERHAPS = 3
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def terminal(library, *arguments, columns=80, **environment):
    return pexpect.spawn(
        sys.executable,
        ["-m", "bot", *arguments, "--library", str(library)],
        dimensions=(40, columns),
        encoding="utf-8",
        timeout=60,
        env={
            **os.environ,
            "TERM": "xterm-256color",
            "PYTHONPATH": ":".join(path for path in sys.path if path),
            **environment,
        },
    )


def shown(process):
    process.expect(pexpect.EOF)
    process.close()
    return process.before.replace("\r\n", "\n")


@pytest.mark.parametrize("columns", [60, 160])
def test_an_answer_fits_its_terminal(with_page, columns):
    process = terminal(with_page, "ask", QUESTION, columns=columns)
    text = shown(process)
    assert process.exitstatus == PERHAPS
    assert "\x1b[" in text
    bare = ESCAPES.sub("", text)
    assert "63 people" in bare
    assert max(cell_len(line) for line in bare.splitlines()) <= columns
    assert "digest of" in " ".join(bare.split())


def test_an_interrupted_addition_goes_on_from_there(with_page, own_copy, tmp_path):
    library, path = own_copy(with_page), tmp_path / "long.txt"
    words = "the wells of the valley ran dry and nobody came to see why it was so"
    path.write_text("\n\n".join(f"Well {n}: {words}." for n in range(900)), encoding="utf-8")
    process = terminal(library, "add", str(path))
    process.expect(r"(\d+)/900\S* \d+/s \S*\d:\d\d:\d\d")
    while int(process.match[1]) < 300:
        process.expect(r"(\d+)/900")
    process.sendintr()
    assert "stopped before all was encoded; the same command goes on" in shown(process)
    assert process.exitstatus == 130
    again = terminal(library, "add", str(path), columns=200)
    newly = re.search(r"900 passages, (\d+) newly encoded", ESCAPES.sub("", shown(again)))
    assert newly
    assert 0 < int(newly[1]) <= 900 - 256
    assert again.exitstatus == 0


def test_what_takes_time_shows_how_far_it_is(with_page, own_copy, tmp_path):
    path = tmp_path / "long.txt"
    path.write_text("\n\n".join(f"Well {n} ran dry." for n in range(60)), encoding="utf-8")
    process = terminal(own_copy(with_page), "add", str(path))
    process.expect("Encoding")
    process.expect("/60")
    assert ": 60 passages." in ESCAPES.sub("", shown(process))
    assert process.exitstatus == 0


def test_no_colour_where_none_is_wanted(with_page):
    text = shown(terminal(with_page, "ask", QUESTION, NO_COLOR="1"))
    assert "63 people" in ESCAPES.sub("", text)
    assert not re.search(r"\x1b\[[0-9;]*(3[0-7]|4[0-7]|9[0-7]|38|48)[0-9;]*m", text)
    plain = shown(terminal(with_page, "ask", QUESTION, TERM="dumb"))
    assert "\x1b" not in plain


def test_a_talk(with_page):
    process = terminal(with_page, "chat")
    process.expect("> ")
    assert "Norland" in process.before
    process.sendline(QUESTION)
    process.expect("63 people")
    process.sendline("/quit")
    shown(process)
    assert process.exitstatus == 0


def test_a_talk_that_is_left_by_a_key(with_page):
    process = terminal(with_page, "chat")
    process.expect("> ")
    process.sendeof()
    shown(process)
    assert process.exitstatus == 0


def test_an_interrupted_question_shows_no_traceback(with_page):
    process = terminal(with_page, "ask", "-")
    process.sendline(QUESTION)
    process.expect("63 people")
    process.sendintr()
    text = shown(process)
    assert "Traceback" not in text
    assert process.exitstatus == 130


def ended(library, *arguments, closing="", buffered=True, **streams):
    """`pincite` in a process of its own; without a buffer a write fails where it is made."""
    environment = {
        **os.environ,
        "PYTHONPATH": ":".join(path for path in sys.path if path),
        "PYTHONUNBUFFERED": "" if buffered else "1",
    }
    words = [sys.executable, "-m", "bot", *arguments, "--library", str(library)]
    command = f"{shlex.join(words)} {closing}"
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    return subprocess.run(
        command, shell=True, input=QUESTION, text=True, env=environment, check=False, **streams
    )


@pytest.fixture
def full():
    path = Path("/dev/full")
    if not path.exists():
        pytest.skip("needs a device that is always full, such as Linux has")
    with path.open("w", encoding="utf-8") as opened:
        yield opened


@pytest.mark.parametrize("buffered", [True, False])
@pytest.mark.parametrize("arguments", [["list"], ["ask", QUESTION]])
def test_an_output_that_takes_nothing_is_one_sentence(with_page, full, arguments, buffered):
    ran = ended(with_page, *arguments, buffered=buffered, stdout=full)
    assert ran.returncode == 1
    assert ran.stderr.startswith("pincite: the output cannot be read or written")
    assert len(ran.stderr.splitlines()) == 1


@pytest.mark.parametrize("arguments", [["show", "none"], ["show"], ["ask", "why?", "-k", "0"]])
def test_a_failure_that_cannot_be_told_keeps_its_status(with_page, full, arguments):
    assert ended(with_page, *arguments, stdout=full, stderr=full).returncode == 2


def test_an_output_whose_reader_has_gone_gets_no_complaint(with_page):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as gone:
        ran = ended(with_page, "list", stdout=gone)
    assert (ran.returncode, ran.stderr) == (1, "")


@pytest.mark.parametrize(("closing", "status"), [("<&-", 0), (">&-", PERHAPS), ("<&- >&-", 0)])
def test_a_stream_that_is_closed_reads_and_takes_nothing(with_page, closing, status):
    ran = ended(with_page, "ask", "-", closing=closing)
    assert (ran.returncode, ran.stdout, ran.stderr) == (status, "", "")


def test_an_answer_comes_where_errors_cannot(with_page):
    ran = ended(with_page, "ask", "-", closing="2>&-")
    assert ran.returncode == PERHAPS
    assert "63 people" in ran.stdout
