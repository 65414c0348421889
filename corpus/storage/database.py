"""The library's file: the one door to sqlite3, and what every use of it may raise."""

import contextlib
import errno
import os
import sqlite3
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from importlib import resources
from pathlib import Path

from corpus.errors import LibraryFault
from corpus.private import make_file, narrow
from corpus.remedy import Remedy
from corpus.storage.digests import AGGREGATES, FUNCTIONS, Value
from corpus.writing import replacing

SCHEMA_VERSION = 4
# Another process adds a report in milliseconds: its encoding is done before its transaction.
_WAIT_FOR_OTHERS_S = 30.0
_BETWEEN_TRIES_S = 0.02
# SQLite may be built with as few as 999 variables a statement.
_SQL_VARIABLES = 500
# A passage's encoding takes some 50 kB: pages of 4 kB, SQLite's own, are read half as fast.
_PAGE_BYTES = 16_384
# 16 MB: between two steps a copy can be stopped.
_COPIED_TOGETHER = 1_000

Row = sqlite3.Row


class _ChangedMeanwhileError(Exception):
    """Another process brought the file up."""


class _OfThread(threading.local):
    """The connection that a thread's transaction runs on, None outside of one."""

    connection: sqlite3.Connection | None = None


class Database:
    """A SQLite file with the library's tables. One instance serves several threads.

    No two of them are on one connection at once: so none sees what another has not finished, and
    none's failing takes back what another did. Opening makes the file where it is missing. Raises
    LibraryFault where it cannot be read or written, on opening and from every method.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._of_thread = _OfThread()
        self._lock = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._is_closed = False
        make_file(path)
        for suffix in ("", "-wal", "-shm"):
            narrow(path.with_name(f"{path.name}{suffix}"))
        try:
            with self._connection() as connection:
                self._prepare(connection)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file; a thread that is at it lets go when it is done."""
        with self._lock:
            self._is_closed = True
        while self._idle:
            self._idle.pop().close()

    def rows(self, statement: str, values: Collection[Value] = ()) -> list[Row]:
        """All rows of a statement."""
        with self._connection() as connection:
            return connection.execute(statement, tuple(values)).fetchall()

    def row(self, statement: str, values: Collection[Value] = ()) -> Row | None:
        """The first row of a statement, None where there is none."""
        return next(iter(self.rows(statement, values)), None)

    def rows_by_parts(
        self,
        statement: str,
        values: Sequence[int] | Sequence[str] | Sequence[bytes],
        *before: str,
    ) -> Iterator[Row]:
        """The rows of a statement with any number of {marks}, a part of the values at a time."""
        for start in range(0, len(values), _SQL_VARIABLES):
            part = values[start : start + _SQL_VARIABLES]
            yield from self.rows(statement.replace("{marks}", marks(part)), (*before, *part))

    def insert(
        self,
        table: str,
        names: Sequence[str],
        rows: Iterable[Sequence[Value]],
        *,
        replace: bool = False,
    ) -> None:
        """Put rows into a table, in place of those with the same key where `replace`."""
        verb = "INSERT OR REPLACE" if replace else "INSERT"
        statement = f"{verb} INTO {table} ({', '.join(names)}) VALUES ({marks(names)})"
        with self._connection() as connection:
            connection.executemany(statement, rows)

    def change(self, statement: str, values: Collection[Value] = ()) -> int:
        """Run a statement that changes rows; returns how many."""
        with self._connection() as connection:
            return connection.execute(statement, tuple(values)).rowcount

    def change_by_parts(self, statement: str, values: Sequence[bytes]) -> None:
        """Run a statement with any number of {marks} that changes rows, a part at a time."""
        for start in range(0, len(values), _SQL_VARIABLES):
            part = values[start : start + _SQL_VARIABLES]
            self.change(statement.replace("{marks}", marks(part)), part)

    def copy_to(self, target: Path) -> None:
        """Copy all that is committed, of one moment, into an empty file while others write."""
        with self.reading(), self._connection() as connection:
            _copy(connection, target)

    def wipe_log(self) -> bool:
        """Empty the write-ahead log, which holds what was written before a deletion.

        False where another goes on reading that; then SQLite empties it when the last one ends.
        """
        with self._connection() as connection:
            (is_busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not is_busy

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All that happens inside, or nothing of it; waits for another's to end.

        Not inside another transaction of the same thread.
        """
        assert self._of_thread.connection is None, "a transaction inside another"
        with self._begun("BEGIN IMMEDIATE"):
            yield

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """All that is read inside is of one moment, whatever others change meanwhile."""
        if self._of_thread.connection is not None:
            yield  # part of the transaction that is under way
            return
        with self._begun("BEGIN"):
            yield

    @contextlib.contextmanager
    def _begun(self, begin: str) -> Iterator[None]:
        with self._connection() as connection:
            connection.execute(begin)
            self._of_thread.connection = connection
            try:
                yield
                connection.execute("COMMIT")
            finally:
                self._of_thread.connection = None

    @contextlib.contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """That of this thread's transaction, else one that no other thread has meanwhile."""
        with self._faults():
            if self._of_thread.connection is not None:
                yield self._of_thread.connection
                return
            connection = self._taken()
            try:
                yield connection
            finally:
                self._give_back(connection)

    def _taken(self) -> sqlite3.Connection:
        with self._lock:
            if self._is_closed:
                raise LibraryFault(f"the library {self.path} was closed; open it again.")
            if self._idle:
                return self._idle.pop()
        connection = sqlite3.connect(
            self.path, timeout=_WAIT_FOR_OTHERS_S, isolation_level=None, check_same_thread=False
        )
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        # What is deleted is overwritten, also where SQLite was built not to, and nothing that is
        # read or changed passes through a temporary folder.
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        for name, function in FUNCTIONS.items():
            connection.create_function(name, -1, function, deterministic=True)
        for name, aggregate in AGGREGATES.items():
            connection.create_aggregate(name, -1, aggregate)
        return connection

    def _give_back(self, connection: sqlite3.Connection) -> None:
        """Take back what was not committed, and keep the connection for another."""
        if connection.in_transaction:
            connection.rollback()
        with self._lock:
            if not self._is_closed:
                self._idle.append(connection)
                return
        connection.close()

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Make the tables of a new file, or those that an older one lacks; refuse a newer one."""
        patience = time.monotonic() + _WAIT_FOR_OTHERS_S
        while (version := _schema_version(connection)) < SCHEMA_VERSION:
            try:
                if version:
                    self._keep_older(connection, version)
                _change_schema(connection, version)
            except sqlite3.OperationalError as error:
                # Another process does so at this moment: SQLite does not wait for a lock
                # while it changes the journal.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                busy = error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
                done = _schema_version(connection) > version
                if time.monotonic() > patience or not (busy or done):
                    raise
                time.sleep(_BETWEEN_TRIES_S)
        if _schema_version(connection) != SCHEMA_VERSION:
            raise LibraryFault(
                f"{self.path} was made by another version of Pincite (schema "
                f"{_schema_version(connection)}, this one reads {SCHEMA_VERSION})",
                Remedy.UPGRADE,
            )

    def _keep_older(self, connection: sqlite3.Connection, version: int) -> None:
        """Copy the file as an older Pincite made it, before it is changed."""
        kept = self.path.with_name(f"{self.path.stem}-of-schema-{version}{self.path.suffix}")
        try:
            with replacing(kept, private=True) as aside:
                _copy(connection, aside)
                with contextlib.closing(sqlite3.connect(aside)) as copy:
                    if _schema_version(copy) != version:
                        raise _ChangedMeanwhileError
                    finding = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
                if finding != "ok":
                    raise sqlite3.DatabaseError(finding)
        except _ChangedMeanwhileError:
            return  # by another process, which kept it
        except OSError as error:
            raise LibraryFault(
                f"the library {self.path} is to be brought up from schema {version}, and no copy "
                f"of it can be kept before ({error.strerror})",
                Remedy.MAKE_ROOM,
            ) from None

    @contextlib.contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise LibraryFault(
                f"the library {self.path} cannot be used ({error})", Remedy.MAKE_ROOM
            ) from None
        except sqlite3.DatabaseError as error:
            raise LibraryFault(
                f"the library {self.path} is damaged ({error}); put back a copy of the file, or "
                "move its folder away and add the reports again."
            ) from None


def columns(table: str, names: Sequence[str]) -> str:
    """Names of columns of a table, for a statement."""
    return ", ".join(f"{table}.{name}" for name in names)


def marks(values: Collection[object]) -> str:
    """A question mark for each value, for a statement."""
    return ", ".join("?" * len(values))


def _change_schema(connection: sqlite3.Connection, version: int) -> None:
    """From nothing to the tables of today, or from one version to the next."""
    name, after = ("schema.sql", SCHEMA_VERSION)
    if version:
        name, after = f"schema-{version}-to-{version + 1}.sql", version + 1
    else:
        connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
        connection.execute("PRAGMA journal_mode = WAL")
    script = (resources.files("corpus.storage") / name).read_text(encoding="utf-8")
    connection.executescript(f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {after}; COMMIT;")


def _copy(connection: sqlite3.Connection, target: Path) -> None:
    """Copy what a connection reads at this moment into an empty file; OSError where it is full."""
    begins = not connection.in_transaction
    if begins:
        connection.execute("BEGIN")
    try:
        connection.execute("SELECT 1 FROM sqlite_schema").fetchone()  # from here on it is kept
        with contextlib.closing(sqlite3.connect(target)) as copy:
            connection.backup(copy, pages=_COPIED_TOGETHER)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from None
        raise
    finally:
        if begins:
            connection.execute("ROLLBACK")


def _schema_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
