"""Whose a file is: what somebody else can write to may say what they like."""

import os
import sys
from pathlib import Path


def distrusted(path: Path) -> str | None:
    """Why a file or a folder that is there cannot be relied on, None where it can.

    Everything is relied on where the system has no owners of this kind. A group that has the
    number of its user is that user's own.
    """
    if sys.platform == "win32":
        return None
    found = path.stat()
    if found.st_uid not in (os.geteuid(), 0) and os.geteuid() != 0:
        return f"{path} belongs to somebody else"
    of_group = found.st_mode & 0o020 and found.st_gid != found.st_uid
    return f"others can write to {path}" if found.st_mode & 0o002 or of_group else None


def take_back(path: Path) -> None:
    """Let nobody but the owner write to a file or a folder; raises OSError."""
    path.chmod(path.stat().st_mode & ~0o022)
