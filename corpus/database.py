"""The library's file: the one door to sqlite3, and what every use of it may raise."""

import contextlib
import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from importlib import resources
from pathlib import Path

from corpus.errors import LibraryFault

SCHEMA_VERSION = 2
# Another process adds a report in milliseconds: its encoding is done before its transaction.
_WAIT_FOR_OTHERS_S = 30.0
_BETWEEN_TRIES_S = 0.02
# SQLite may be built with as few as 999 variables a statement.
_SQL_VARIABLES = 500
# A passage's encoding takes some 50 kB: pages of 4 kB, SQLite's own, are read half as fast.
_PAGE_BYTES = 16_384

Row = sqlite3.Row
Value = str | int | bytes | None


class Database:
    """A SQLite file with the library's tables. One instance may serve several threads.

    Opening makes the file where it is missing. Raises LibraryFault where it cannot be read or
    written, on opening and from every method.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._faults():
            self._connection = sqlite3.connect(
                path, timeout=_WAIT_FOR_OTHERS_S, isolation_level=None, check_same_thread=False
            )
            self._connection.row_factory = sqlite3.Row
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._prepare()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def rows(self, statement: str, values: Collection[Value] = ()) -> list[Row]:
        """All rows of a statement."""
        with self._faults():
            return self._connection.execute(statement, tuple(values)).fetchall()

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
        with self._faults():
            self._connection.executemany(statement, rows)

    def change(self, statement: str, values: Collection[Value] = ()) -> int:
        """Run a statement that changes rows; returns how many."""
        with self._faults():
            return self._connection.execute(statement, tuple(values)).rowcount

    def change_by_parts(self, statement: str, values: Sequence[bytes]) -> None:
        """Run a statement with any number of {marks} that changes rows, a part at a time."""
        for start in range(0, len(values), _SQL_VARIABLES):
            part = values[start : start + _SQL_VARIABLES]
            self.change(statement.replace("{marks}", marks(part)), part)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All that happens inside, or nothing of it."""
        with self._faults():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _prepare(self) -> None:
        """Make the tables of a new file, or those that an older one lacks; refuse a newer one."""
        patience = time.monotonic() + _WAIT_FOR_OTHERS_S
        while (version := self._schema_version()) < SCHEMA_VERSION:
            try:
                self._change_schema(version)
            except sqlite3.OperationalError as error:
                # Another process does so at this moment: SQLite does not wait for a lock
                # while it changes the journal.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                busy = error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
                done = self._schema_version() > version
                if time.monotonic() > patience or not (busy or done):
                    raise
                time.sleep(_BETWEEN_TRIES_S)
        if self._schema_version() != SCHEMA_VERSION:
            raise LibraryFault(
                f"{self.path} was made by another version of Pincite (schema "
                f"{self._schema_version()}, this one reads {SCHEMA_VERSION}); upgrade Pincite, or "
                "choose another --library."
            )

    def _change_schema(self, version: int) -> None:
        """From nothing to the tables of today, or from one version to the next."""
        name, after = ("schema.sql", SCHEMA_VERSION)
        if version:
            name, after = f"schema-{version}-to-{version + 1}.sql", version + 1
        else:
            self._connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
            self._connection.execute("PRAGMA journal_mode = WAL")
        script = (resources.files("corpus") / name).read_text(encoding="utf-8")
        self._connection.executescript(
            f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {after}; COMMIT;"
        )

    def _schema_version(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    @contextlib.contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise LibraryFault(
                f"the library {self.path} cannot be used ({error}); check that its folder can be "
                "written to and has room, or choose another with --library."
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
