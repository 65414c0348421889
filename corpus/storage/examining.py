"""The whole of a library's file examined: what each part of it is, and what is wrong with it."""

import contextlib
import hashlib
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from corpus.errors import LibraryFault
from corpus.passage import Passage
from corpus.storage import accounting
from corpus.storage.database import Database, Row, columns
from corpus.storage.proving import unproven
from corpus.storage.rows import (
    REPORT_COLUMNS,
    UNREADABLE,
    passage_from_row,
    report_from_row,
    vector_key,
)

_TOGETHER = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A part that was examined, and what is wrong with it, None where nothing is.

    `mendable`: it can be made anew from what is sound.
    """

    part: str
    wrong: str | None = None
    mendable: bool = False


def examined(part: str, look: Callable[[], str | None], *, mendable: bool = False) -> Examined:
    """What a look at a part finds wrong; a part that cannot be read is wrong, too."""
    try:
        return Examined(part=part, wrong=look(), mendable=mendable)
    except LibraryFault as error:
        return Examined(part=part, wrong=error.wrong, mendable=mendable)


def examine(database: Database) -> Iterator[Examined]:
    """Every part of the file, one after the other; reads all of it."""
    yield _file(database)
    yield examined("reports", lambda: accounting.check(database))
    yield examined("passages", lambda: unproven(database))
    yield examined("ids", lambda: _ids(database))
    yield examined("names of encodings", lambda: _keys(database), mendable=True)
    yield examined("files that were added", lambda: _originals(database))


def mend(database: Database) -> None:
    """Make anew what SQLite and the names of encodings derive from reports and passages."""
    database.change("REINDEX")
    with database.transaction():
        for number, key in list(_wrong_keys(database)):
            statement = "UPDATE passages SET key = ? WHERE number_in_library = ?"
            database.change(statement, (key, number))


def _file(database: Database) -> Examined:
    """What SQLite says of its file; its own indexes can be made anew."""
    try:
        found = [str(row[0]) for row in database.rows("PRAGMA integrity_check(3)")]
    except LibraryFault as error:
        found = [error.wrong]
    if found == ["ok"]:
        return Examined(part="file")
    mendable = all(" index " in line for line in found)
    return Examined(part="file", wrong="; ".join(found), mendable=mendable)


def _passages(database: Database) -> Iterator[tuple[Row, Passage | None]]:
    """Every passage of every version as it is stored and as it is read, None where it cannot be."""
    reports = {}
    for row in database.rows(f"SELECT {columns('r', REPORT_COLUMNS)}, r.version FROM reports r"):
        with contextlib.suppress(*UNREADABLE):
            reports[row["id"], row["version"]] = report_from_row(row)
    last = -1
    while rows := database.rows(
        "SELECT * FROM passages WHERE number_in_library > ? ORDER BY number_in_library LIMIT ?",
        (last, _TOGETHER),
    ):
        for row in rows:
            passage = None
            with contextlib.suppress(*UNREADABLE):
                passage = passage_from_row(row, reports[row["report_id"], row["version"]])
            yield row, passage
        last = rows[-1]["number_in_library"]


def _ids(database: Database) -> str | None:
    wrong = [
        row
        for row, passage in _passages(database)
        if not passage or passage.id != row["passage_id"]
    ]
    return (
        f"{len(wrong)} do not name their passages, as {wrong[0]['passage_id']}" if wrong else None
    )


def _keys(database: Database) -> str | None:
    wrong = len(list(_wrong_keys(database)))
    return f"{wrong} passages have those of other texts" if wrong else None


def _wrong_keys(database: Database) -> Iterator[tuple[int, bytes]]:
    """The number of each passage whose encoding is another text's, and the name of its own."""
    for row, passage in _passages(database):
        if passage and (key := vector_key(passage.searched)) != row["key"]:
            yield row["number_in_library"], key


def _originals(database: Database) -> str | None:
    wrong = []
    for (name,) in database.rows("SELECT sha256 FROM originals"):
        row = database.row("SELECT content FROM originals WHERE sha256 = ?", (name,))
        try:
            found = hashlib.sha256(zlib.decompress(row["content"] if row else b"")).hexdigest()
        except (zlib.error, TypeError):
            found = None
        if found != name:
            wrong.append(name)
    return (
        f"{len(wrong)} are not what was added, as that with the SHA-256 {wrong[0]}"
        if wrong
        else None
    )
