"""A library's file as it lies on its disk: whether it can be written to, and how it is opened.

SQLite reads a file in WAL mode only where it can put two files beside it. On a medium that cannot
be written to, and on a full one, it is told that nobody changes the file (`immutable`), and whether
that is so is looked at after each use.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import LibraryFault

# Another process adds a report in milliseconds: its encoding is done before its transaction.
WAIT_FOR_OTHERS_S = 30.0
# The first byte of an extended code is the code.
_NO_ROOM = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)


class LibraryFile:
    """A SQLite file, which need not be there yet."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.is_writable = True
        if path.is_file() and path.stat().st_size:
            self.is_writable = self._can_be_written()
        # What others committed and did not bring into the file yet; SQLite needs a writable
        # folder for it, or the third file, too.
        log = path.resolve().with_name(f"{path.resolve().name}-wal")
        self._is_alone = not (log.exists() and log.stat().st_size)
        self._opened_as = None if self.is_writable else self._state()

    def _can_be_written(self) -> bool:
        """Whether SQLite can put beside the file what it needs; not so on a full disk, either."""
        real = self.path.resolve()
        if not all(os.access(one, os.W_OK) for one in (real, real.parent)):
            return False
        try:
            with contextlib.closing(self.connect()) as connection:
                connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
        except sqlite3.OperationalError as error:
            return error.sqlite_errorcode & 0xFF not in _NO_ROOM
        except sqlite3.DatabaseError:
            pass  # what is wrong with it is told where it is used
        return True

    def connect(self) -> sqlite3.Connection:
        """A connection; raises sqlite3.Error."""
        how = "" if self.is_writable else "?mode=ro&immutable=1" if self._is_alone else "?mode=ro"
        return sqlite3.connect(
            f"{self.path.absolute().as_uri()}{how}",
            timeout=WAIT_FOR_OTHERS_S,
            isolation_level=None,
            check_same_thread=False,
            uri=True,
        )

    @contextlib.contextmanager
    def unchanged(self) -> Iterator[None]:
        """Raise LibraryFault at the end where a file that is only read was changed by others."""
        if self.is_writable or not self._is_alone:
            yield
            return
        try:
            yield
        finally:  # what was read of two states may look like damage
            if self._state() != self._opened_as:
                raise LibraryFault(f"{self.path} was changed while it was read; open it again.")

    def _state(self) -> tuple[int, int, int]:
        found = self.path.stat()
        return found.st_ino, found.st_size, found.st_mtime_ns
