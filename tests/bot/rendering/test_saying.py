"""One way to say anything, and one way to write a file."""

import io
import re
import sys
from pathlib import Path

import pytest
from rich.control import Control
from rich.table import Table

from bot.cli.progress import display
from bot.rendering.saying import say
from bot.rendering.screen import console

ROOT = Path(__file__).resolve().parents[3]
STRANGE = "a\x9b31mb\u202ec\U000e0041"


def lines_with(pattern: str, *but: str) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for room in ("bot", "corpus", "embeddings")
        for path in sorted((ROOT / room).rglob("*.py"))
        # The commands that make the reader are not for the people who ask.
        if "training" not in path.parts
        if str(path.relative_to(ROOT)) not in but
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(pattern, line)
    ]


def test_nothing_is_said_in_another_way():
    ways = r"click\.s?echo|(?<![\w.])print\(|sys\.std(out|err)\.write|Console\((file|stderr)="
    assert lines_with(ways, "bot/rendering/saying.py") == []


def test_no_file_of_a_person_is_written_in_another_way():
    ways = r"\.write_(text|bytes)\(|open\([^)]*\"w|mkstemp|NamedTemporaryFile"
    # What lies in the cache or in a folder that is itself put in place by one rename.
    own = (
        "embeddings/local/index.py",
        "embeddings/local/index_files.py",
        "embeddings/local/dense.py",
        "embeddings/encoders/onnx_graph.py",
    )
    assert lines_with(ways, "corpus/writing.py", "embeddings/encoders/onnx_encoder.py", *own) == []


@pytest.mark.parametrize("err", [False, True])
def test_a_line_is_printable(capsys, err):
    say(STRANGE, err=err)
    assert capsys.readouterr()[err] == "a�31mb�c�\n"


def test_a_stream_that_is_closed_takes_nothing(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    say("words")


def test_what_is_laid_out_is_printable_and_its_styles_act(monkeypatch):
    monkeypatch.setattr(sys, "stdout", out := io.StringIO())
    out.isatty = lambda: True
    monkeypatch.setenv("TERM", "xterm-256color")
    output = console()
    table = Table(STRANGE)
    table.add_row(STRANGE, style="bold")
    output.print(table)
    output.control(Control.home())
    assert "\x1b[1m" in out.getvalue()
    assert "\x1b[H" in out.getvalue()
    assert not set(out.getvalue()) & set("\x9b\u202e\U000e0041")


def test_the_title_of_what_takes_time_is_printable(monkeypatch):
    monkeypatch.setattr(sys, "stderr", err := io.StringIO())
    err.isatty = lambda: True
    monkeypatch.setenv("TERM", "xterm-256color")
    with display(f"Encoding [bold]{STRANGE}", 3) as progress:
        progress(1)
    assert "Encoding [bold]a�31mb�c�" in err.getvalue()
    assert "\u202e" not in err.getvalue()
