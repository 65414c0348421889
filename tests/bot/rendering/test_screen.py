"""What is laid out: as wide as the terminal, coloured only there, and never markup of a report."""

import io
import sys

import pytest
from rich.table import Table
from rich.text import Text

from bot.rendering.screen import console, print_lines


class Terminal(io.StringIO):
    def isatty(self):
        return True


def written(monkeypatch, stream, lines, **environment):
    monkeypatch.setenv("TERM", "xterm-256color")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdout", stream)
    print_lines(lines)
    return stream.getvalue()


RED = Text("wells", style="bold red")


@pytest.mark.parametrize(
    ("stream", "environment", "coloured"),
    [
        (Terminal, {}, True),
        (Terminal, {"NO_COLOR": "1"}, False),
        (io.StringIO, {}, False),
    ],
)
def test_only_a_terminal_that_wants_it_gets_colour(monkeypatch, stream, environment, coloured):
    text = written(monkeypatch, stream(), RED, **environment)
    assert ("\x1b[1;31m" in text) is coloured
    assert "wells" in text


@pytest.mark.parametrize("columns", [40, 72])
def test_a_pipe_gets_the_width_that_the_person_set(monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    assert console().width == columns


@pytest.mark.parametrize(
    "text", ["[bold]wells[/bold]", ":smile: wells", "[link=https://x.org]a[/link]", "[/]"]
)
def test_what_a_report_says_is_no_markup_and_no_picture(monkeypatch, text):
    assert written(monkeypatch, io.StringIO(), text) == f"{text}\n"


def test_a_cell_of_a_table_cannot_act_on_the_terminal(monkeypatch):
    table = Table("name\x1b[2J")
    table.add_row("\u202ewells\x07")
    text = written(monkeypatch, Terminal(), table, NO_COLOR="1")
    assert "\x1b[2J" not in text
    assert not set(text) & set("\u202e\x07")


def test_what_is_told_aside_goes_to_standard_error(capsys):
    console(err=True).print("aside")
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "aside\n")
