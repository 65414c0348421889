"""The tables of a library's file: recognised, made, brought up from an older version's."""

import contextlib
import errno
import os
import sqlite3
import time
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from corpus.errors import LibraryFault
from corpus.remedy import Remedy
from corpus.storage.library_file import WAIT_FOR_OTHERS_S, LibraryFile
from corpus.writing import replacing

SCHEMA_VERSION = 4
# Those that every version has.
_TABLES = {"settings", "reports", "passages", "encodings", "removed"}
_BETWEEN_TRIES_S = 0.02
# A passage's encoding takes some 50 kB: pages of 4 kB, SQLite's own, are read half as fast.
_PAGE_BYTES = 16_384
# 16 MB: between two steps a copy can be stopped.
_COPIED_TOGETHER = 1_000


class _ChangedMeanwhileError(Exception):
    """Another process brought the file up."""


def prepare(file: LibraryFile, connection: sqlite3.Connection) -> None:
    """Make the tables of a new file, or those that an older one lacks.

    Raises LibraryFault, and changes nothing, for a file of something else or of a newer Pincite,
    and for an older one that cannot be written to.
    """
    patience = time.monotonic() + WAIT_FOR_OTHERS_S
    while (version := _recognised(file, connection)) < SCHEMA_VERSION:
        try:
            if version:
                _keep_older(file, connection, version)
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


def copy(connection: sqlite3.Connection, target: Path) -> None:
    """Copy what a connection reads at this moment into an empty file; OSError where it is full."""
    begins = not connection.in_transaction
    if begins:
        connection.execute("BEGIN")
    try:
        connection.execute("SELECT 1 FROM sqlite_schema").fetchone()  # from here on it is kept
        with contextlib.closing(sqlite3.connect(target)) as other:
            connection.backup(other, pages=_COPIED_TOGETHER)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from None
        raise
    finally:
        if begins and connection.in_transaction:
            connection.rollback()


def _recognised(file: LibraryFile, connection: sqlite3.Connection) -> int:
    """The schema of a library, 0 of a file that is still empty; raises LibraryFault."""
    with _one_moment(connection):
        version = _schema_version(connection)
        (owner,) = connection.execute("PRAGMA application_id").fetchone()
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    if not tables and (version, owner) == (0, 0):
        return 0
    if not tables >= _TABLES:
        raise LibraryFault(
            f"{file.path} is a database of something else and no library; nothing in it was "
            "changed",
            Remedy.CHOOSE_LIBRARY,
        )
    if version > SCHEMA_VERSION:
        raise LibraryFault(
            f"{file.path} was made by another version of Pincite (schema {version}, this one reads "
            f"{SCHEMA_VERSION})",
            Remedy.UPGRADE,
        )
    if version < 1 or owner:
        raise LibraryFault(
            f"{file.path} is damaged: it says that it has schema {version} and is of application "
            f"{owner}, which no Pincite writes",
            Remedy.PUT_BACK,
            folder=file.path.parent,
        )
    if version < SCHEMA_VERSION and not file.is_writable:
        raise LibraryFault(
            f"{file.path} was made by an older version of Pincite (schema {version}, this one "
            f"reads {SCHEMA_VERSION}) and cannot be brought up where it cannot be written to",
            Remedy.COPY_LIBRARY,
        )
    return version


@contextlib.contextmanager
def _one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.rollback()


def _keep_older(file: LibraryFile, connection: sqlite3.Connection, version: int) -> None:
    """Copy the file as an older Pincite made it, before it is changed."""
    kept = file.path.with_name(f"{file.path.stem}-of-schema-{version}{file.path.suffix}")
    try:
        with replacing(kept, private=True) as made:
            copy(connection, made)
            with contextlib.closing(sqlite3.connect(made)) as other:
                if _schema_version(other) != version:
                    raise _ChangedMeanwhileError
                finding = other.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if finding != "ok":
                raise sqlite3.DatabaseError(finding)
    except _ChangedMeanwhileError:
        return  # by another process, which kept it
    except OSError as error:
        raise LibraryFault(
            f"the library {file.path} is to be brought up from schema {version}, and no copy of it "
            f"can be kept before ({error.strerror})",
            Remedy.MAKE_ROOM,
        ) from None


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


def _schema_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
