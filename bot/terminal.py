"""The door from rendered answers to standard output."""

import shutil
import sys

from rich.console import Console, RenderableType

from bot.answer import Answer
from bot.render_terminal import answer_lines

# What a pipe or a file gets, where no terminal has a width.
_PIPE_WIDTH = 80


def console() -> Console:
    """Standard output; colour only in a terminal and without NO_COLOR."""
    columns = shutil.get_terminal_size((_PIPE_WIDTH, 24)).columns
    return Console(file=sys.stdout, width=columns, highlight=False, markup=False, emoji=False)


def print_answer(answer: Answer) -> None:
    """Print an answer and an empty line."""
    output = console()
    output.print(answer_lines(answer, output.width))
    output.print()


def print_lines(lines: RenderableType) -> None:
    """Print something that is not an answer."""
    console().print(lines)
