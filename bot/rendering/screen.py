"""The one way to show what is laid out: lines, tables, answers, and what takes time."""

import shutil
import sys
from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.segment import Segment

from bot.answering.answer import Answer
from bot.rendering.answers import answer_lines, question_lines
from bot.rendering.printable import printable
from corpus.citing.styles import Style

# What a pipe or a file gets, where no terminal has a width.
_PIPE_WIDTH = 80


class _Screen(Console):
    """A console on which styles act, and no text."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """What is shown of something, piece by piece."""
        for segment in super().render(renderable, options):
            if segment.control:
                yield segment
            else:
                yield Segment(printable(segment.text), segment.style)


def console(*, err: bool = False) -> Console:
    """Standard output or standard error; colour only in a terminal and without NO_COLOR."""
    columns = shutil.get_terminal_size((_PIPE_WIDTH, 24)).columns
    return _Screen(
        file=sys.stderr if err else sys.stdout,
        width=None if err else columns,
        highlight=False,
        markup=False,
        emoji=False,
    )


def print_answer(answer: Answer, style: Style = Style.NOTE) -> None:
    """Print an answer, cited in a style, and an empty line."""
    output = console()
    output.print(Group(*answer_lines(answer, output.width, style)))
    output.print()


def print_question(question: str) -> None:
    """Print one of several questions of a line over its answer."""
    output = console()
    output.print(Group(*question_lines(question, output.width)))


def print_lines(lines: RenderableType) -> None:
    """Print something that is not an answer."""
    console().print(lines)
