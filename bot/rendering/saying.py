"""The one way to say a line on standard output or standard error."""

import sys

from bot.rendering.printable import printable


def say(text: str, *, err: bool = False) -> None:
    """Say a text and end its line; nothing in it acts on a terminal."""
    stream = sys.stderr if err else sys.stdout
    if stream is not None:  # as it is where a caller closed it
        stream.write(f"{printable(text)}\n")
        stream.flush()
