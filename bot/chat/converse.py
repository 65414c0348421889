"""The local chat: a line in, a reply out, until the person leaves."""

import sys
from typing import TYPE_CHECKING

from rich.console import Group

from bot.chat.talk import Effect, Talk
from bot.chat.turns import respond
from bot.rendering.screen import console

if TYPE_CHECKING:
    from bot.assemble import Pincite


def converse(pincite: "Pincite") -> None:
    """Chat in a terminal; answer line by line, and plainly, where there is none."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        from bot.chat.terminal import converse_in_terminal

        converse_in_terminal(pincite)
    else:
        _converse_plainly(pincite)


def _converse_plainly(pincite: "Pincite") -> None:
    talk = Talk()
    for line in sys.stdin:
        if not line.strip():
            continue
        output = console()
        said, talk = respond(line.strip(), talk, pincite, output.width)
        if said.effect is Effect.LEAVE:
            break
        output.print(Group(*said.lines))
        output.print()
        output.file.flush()
