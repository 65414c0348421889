"""The local chat."""

import sys

from bot.answering import coverage
from bot.assemble import Pincite
from bot.render_terminal import coverage_sentence
from bot.terminal import print_answer
from corpus.errors import WrongUse

_PASSAGES = 3
_LEAVE = frozenset({"/quit", "quit", "exit"})


def converse(pincite: Pincite) -> None:
    """Read questions and answer them until the person leaves."""
    interactive = sys.stdin.isatty()
    if interactive:
        print(coverage_sentence(coverage(pincite.active())))
        print("Ask a question. /quit or Ctrl-D leaves.\n")
    pincite.retriever  # noqa: B018  loads what the first question needs
    while (line := _line(interactive)) is not None and line.strip() not in _LEAVE:
        if line.strip():
            try:
                print_answer(pincite.ask(line, k=_PASSAGES))
            except WrongUse as error:
                print(error, "\n")


def _line(interactive: bool) -> str | None:
    try:
        return input("> " if interactive else "")
    except EOFError:
        return None
