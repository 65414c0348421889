"""Folders in which something is made before it takes its place, and which no killed process leaves.

Whoever makes one holds a lock on it until it is gone. One that nobody holds is what a killed
process left, and whoever comes by next deletes it. Where the system has no such locks, one that
nothing changed in for an hour counts as left.
"""

import contextlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_PREFIX = ".pincite-"
# No step of a build takes so long, and the tick of a folder's time is at most a few seconds.
_ABANDONED_S = 3600.0


@contextlib.contextmanager
def aside(parent: Path) -> Iterator[Path]:
    """An empty folder in `parent` that its owner alone can read, gone at the end; raises OSError.

    What killed processes left in `parent` goes, too.
    """
    sweep(parent)
    with contextlib.ExitStack() as held:
        folder = _made(parent, held)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def sweep(parent: Path) -> None:
    """Delete what killed processes left in a folder, where it can be."""
    for folder in parent.glob(f"{_PREFIX}*"):
        with contextlib.ExitStack() as held, contextlib.suppress(OSError):
            if folder.is_dir() and _is_left(folder, held):
                shutil.rmtree(folder, ignore_errors=True)


def _made(parent: Path, held: contextlib.ExitStack) -> Path:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
        if sys.platform != "win32":
            with contextlib.suppress(OSError):  # a file system without locks, or swept already
                fcntl.flock(_opened(folder, held), fcntl.LOCK_SH)
        if folder.exists():  # else somebody swept it before it was locked
            return folder


def _is_left(folder: Path, held: contextlib.ExitStack) -> bool:
    """Whether nobody is at a folder any more; raises OSError where somebody is."""
    if sys.platform != "win32":
        fcntl.flock(_opened(folder, held), fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return time.time() - folder.stat().st_mtime > _ABANDONED_S


def _opened(folder: Path, held: contextlib.ExitStack) -> int:
    handle = os.open(folder, os.O_RDONLY)
    held.callback(os.close, handle)
    return handle
