"""What is shown is what was stored: a passage held against its report's text and its seal.

A seal is the SHA-256 of a passage's words, its place and all that it is cited with, taken when it
was stored. It finds damage, not forgery: who can write the library can write a seal.
"""

from collections.abc import Sequence

from corpus.errors import NotInLibrary
from corpus.passage import Passage
from corpus.storage import accounting
from corpus.storage.database import Database, Row, columns
from corpus.storage.rows import (
    PASSAGE_COLUMNS,
    REPORT_COLUMNS,
    passage_from_row,
    report_from_row,
    report_to_row,
)

_SEALED = [name for name in PASSAGE_COLUMNS if name != "version"]
_SEAL = f"sha256_of({columns('r', REPORT_COLUMNS)}, {columns('p', _SEALED)})"
_OF_ITS_REPORT = "JOIN reports r ON r.id = p.report_id AND r.version = p.version"
_OF_ITS_TEXT = "JOIN texts t ON t.report_id = p.report_id AND t.version = p.version"
_IN_ITS_TEXT = "substr(t.text, p.start + 1, p.stop - p.start) IS p.source"


_PROVEN = (
    f"SELECT p.*, p.seal IS {_SEAL} AS is_sound, r.current,"
    " coalesce(r.title, p.report_id) AS title"
    f" FROM passages p LEFT {_OF_ITS_REPORT}"
)


def read(database: Database, numbers: Sequence[int]) -> list[tuple[Row, Passage]]:
    """Passages by their numbers in the library, each as its seal says.

    With their rows, which say whether their version is the `current` one. That their words are the
    report's is not looked at: `prove` does, before they are shown. Raises LibraryFault where one
    is not what was stored.
    """
    rows = database.rows_by_parts(f"{_PROVEN} WHERE p.number_in_library IN ({{marks}})", numbers)
    return _proven(database, list(rows))


def read_version(database: Database, report_id: str, version: int) -> list[Passage]:
    """The passages of a version of a report, in order; raises as `read` does."""
    found = f"{_PROVEN} WHERE p.report_id = ? AND p.version = ? ORDER BY p.number_in_library"
    rows = database.rows(found, (report_id, version))
    return [passage for _, passage in _proven(database, rows)]


def _proven(database: Database, rows: Sequence[Row]) -> list[tuple[Row, Passage]]:
    for row in rows:
        if not row["is_sound"]:
            raise accounting.damaged(database, row["report_id"], row["title"])
    reports = {
        (row["id"], row["version"]): report_from_row(row)
        for row in database.rows_by_parts(
            f"SELECT {columns('r', REPORT_COLUMNS)}, r.version FROM reports r"
            " WHERE r.id IN ({marks})",
            list({row["report_id"] for row in rows}),
        )
    }
    return [(row, passage_from_row(row, reports[row["report_id"], row["version"]])) for row in rows]


def seal(database: Database, report_id: str, version: int) -> None:
    """Seal the passages of a version as they stand."""
    database.change(
        f"UPDATE passages AS p SET seal = (SELECT {_SEAL} FROM reports r"
        " WHERE r.id = p.report_id AND r.version = p.version)"
        " WHERE p.report_id = ? AND p.version = ?",
        (report_id, version),
    )


def prove(database: Database, passage: Passage) -> None:
    """Raise LibraryFault unless a version of the report holds this passage, whole and sealed.

    Raises NotInLibrary where the report was removed since the passage was read.
    """
    report = report_to_row(passage.report)
    rows = database.rows(
        f"SELECT p.* FROM passages p {_OF_ITS_REPORT} {_OF_ITS_TEXT}"
        f" WHERE p.passage_id = ? AND {_IN_ITS_TEXT} AND p.seal IS {_SEAL}"
        f" AND {' AND '.join(f'r.{name} IS ?' for name in report)}",
        (passage.id, *report.values()),
    )
    if any(passage_from_row(row, passage.report) == passage for row in rows):
        return
    title, name = passage.report.title, passage.report.id
    if database.row("SELECT 1 FROM reports WHERE id = ?", (name,)) is None:
        raise NotInLibrary(f"“{title}” was removed from the library meanwhile; ask again.")
    raise accounting.damaged(database, name, title)


def damage(database: Database) -> str | None:
    """What is wrong with the library's file, None where nothing is; reads all of it."""
    finding = database.row("PRAGMA integrity_check(1)")
    if finding and finding[0] != "ok":
        return str(finding[0])
    return unproven(database)


def unproven(database: Database) -> str | None:
    """Which passage is not what was stored, None where all are; reads all of them."""
    row = database.row(
        f"SELECT p.passage_id, p.report_id FROM passages p LEFT {_OF_ITS_TEXT}"
        f" WHERE NOT coalesce({_IN_ITS_TEXT}, FALSE) LIMIT 1"
    )
    if row:
        return f"passage {row[0]} of {row[1]} is not what its report says there"
    row = database.row(
        f"SELECT p.passage_id, p.report_id FROM passages p LEFT {_OF_ITS_REPORT}"
        f" WHERE p.seal IS NOT {_SEAL} LIMIT 1"
    )
    if row:
        return f"passage {row[0]} of {row[1]}, or what it is cited with, is not what was stored"
    return None
