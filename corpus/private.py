"""What is for its owner's eyes alone, whatever the umask says."""

import contextlib
import os
from pathlib import Path

_OF_OTHERS = 0o077


def make_file(path: Path) -> None:
    """Make an empty file that its owner alone can use, where there is none.

    One that is there is not opened: closing it would let go of SQLite's locks on it.
    """
    with contextlib.suppress(OSError):  # who uses it says why it cannot be
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def narrow(path: Path) -> None:
    """Take from all others what they may do with a file, or with a folder and all in it.

    What is missing, or belongs to another account, stays as it is. Windows has no such modes.
    """
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        mode = path.lstat().st_mode
        if not path.is_symlink() and mode & _OF_OTHERS:
            path.chmod(mode & 0o700)
        if path.is_dir() and not path.is_symlink():
            for inside in path.iterdir():
                narrow(inside)
