"""Standard input, output and error, whatever the caller made of them."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def standard_streams() -> Iterator[None]:
    """Let the three be there and take any character; in the end, be done with them.

    One that the caller closed reads and writes nothing. The file that stands for it takes the
    lowest descriptor that is free, which is the closed one's: else the next file opened would, and
    what a library prints would go into that.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nothing = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115  to the end
            setattr(sys, name, nothing)
        if hasattr(stream := getattr(sys, name), "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        yield
    finally:
        _drop_what_nobody_takes()


def _drop_what_nobody_takes() -> None:
    """Close an output that still holds what it could not write.

    Otherwise the interpreter tries again as it ends, complains, and makes the status 120.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            with contextlib.suppress(OSError):
                stream.close()
