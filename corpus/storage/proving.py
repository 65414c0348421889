"""What is shown is what was stored: a passage held against its report's text and its seal.

A seal is the SHA-256 of a passage's words, its place and all that it is cited with, taken when it
was stored. It finds damage, not forgery: who can write the library can write a seal.
"""

from corpus.errors import LibraryFault, NotInLibrary
from corpus.passage import Passage
from corpus.remedy import Remedy
from corpus.storage.database import Database, columns
from corpus.storage.rows import PASSAGE_COLUMNS, REPORT_COLUMNS, passage_from_row, report_to_row

_SEALED = [name for name in PASSAGE_COLUMNS if name not in ("version", "key")]
_SEAL = f"sha256_of({columns('r', REPORT_COLUMNS)}, {columns('p', _SEALED)})"
_OF_ITS_REPORT = "JOIN reports r ON r.id = p.report_id AND r.version = p.version"
_OF_ITS_TEXT = "JOIN texts t ON t.report_id = p.report_id AND t.version = p.version"
_IN_ITS_TEXT = "substr(t.text, p.start + 1, p.stop - p.start) IS p.source"


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
    raise LibraryFault(
        f"{database.path} is damaged: what it holds of “{title}” is not what was stored",
        Remedy.ADD_AGAIN,
        report=name,
    )


def damage(database: Database) -> str | None:
    """What is wrong with the library's file, None where nothing is; reads all of it."""
    finding = database.row("PRAGMA integrity_check(1)")
    if finding and finding[0] != "ok":
        return str(finding[0])
    return unproven(database)


def unproven(database: Database) -> str | None:
    """Which passage is not what was stored, None where all are; reads all of them."""
    row = database.row(
        f"SELECT p.passage_id FROM passages p LEFT {_OF_ITS_TEXT} WHERE NOT {_IN_ITS_TEXT} LIMIT 1"
    )
    if row:
        return f"passage {row[0]} is not what its report says there"
    row = database.row(
        f"SELECT p.passage_id FROM passages p {_OF_ITS_REPORT} WHERE p.seal IS NOT {_SEAL} LIMIT 1"
    )
    return f"passage {row[0]}, or what it is cited with, is not what was stored" if row else None
