"""The account of what a library holds: whether its list of reports is what was stored.

Each version of a report is sealed with SHA-256: its fields, whether answers come from it, and what
its passages are. The account is the sum of these seals, so that a report that is added or removed
changes it at no cost that grows with the library (Bellare and Micciancio 1997), and so that it
stays wrong where a row was lost, whatever is added after. It finds damage, not forgery.
"""

import contextlib
from collections.abc import Iterator, Sequence

from corpus.errors import LibraryFault
from corpus.remedy import Remedy
from corpus.storage.database import Database, Row, columns
from corpus.storage.digests import added, hexadecimal
from corpus.storage.rows import REPORT_COLUMNS

_SETTING = "contents"
_OF = "FROM passages p WHERE p.report_id = reports.id AND p.version = reports.version"
# An aggregate of no rows may be none.
_DIGESTS = {
    "passages": f"(SELECT coalesce(digest_of(p.number_in_library, p.seal), x'') {_OF})",
    "sections": f"(SELECT coalesce(digest_of(p.number_in_library, p.section), x'') {_OF})",
    "press": "(SELECT coalesce(digest_of(p.number_in_library, p.press_date || p.source), x'')"
    f" {_OF} AND p.press_date IS NOT NULL)",
}
_SEALED = (*REPORT_COLUMNS, "version", "current", "added", *_DIGESTS)
_SEAL = f"sha256_of({columns('r', _SEALED)})"
_HELD = (
    f"SELECT {columns('r', REPORT_COLUMNS)}, r.version, r.current, r.added, r.sections, r.press,"
    f" r.passages, r.seal, {_SEAL} AS made FROM reports r"
)
_REMOVED = "SELECT sha256_of('removed', id) AS seal FROM removed"


def contents(database: Database) -> str:
    """The account, in hexadecimal: what holds the same reports and passages has the same."""
    row = database.row("SELECT value FROM settings WHERE name = ?", (_SETTING,))
    return str(row["value"]) if row else hexadecimal(0)


def seal(database: Database, report_id: str, version: int) -> None:
    """Take down what the passages of a version are, as they stand, sealed."""
    database.change(
        f"UPDATE reports SET {', '.join(f'{name} = {of}' for name, of in _DIGESTS.items())}"
        " WHERE id = ? AND version = ?",
        (report_id, version),
    )


@contextlib.contextmanager
def accounted(database: Database, report_id: str) -> Iterator[None]:
    """Keep the account while a report and its versions change inside; in a transaction."""
    before = _sum(database, report_id)
    yield
    database.change(f"UPDATE reports AS r SET seal = {_SEAL} WHERE id = ?", (report_id,))
    try:
        total = int(contents(database), 16) + int(_sum(database, report_id), 16) - int(before, 16)
    except ValueError:
        raise _misstated(database) from None
    database.change("INSERT OR REPLACE INTO settings VALUES (?, ?)", (_SETTING, hexadecimal(total)))


def reports(database: Database, where: str, values: Sequence[str] = ()) -> list[Row]:
    """Rows of reports, with REPORT_COLUMNS and what is sealed with them.

    Raises LibraryFault where one of them is not what was stored.
    """
    rows = database.rows(f"{_HELD} WHERE {where}", values)
    for row in rows:
        if row["seal"] != row["made"]:
            raise damaged(database, row["id"], row["title"])
    return rows


def check(database: Database) -> None:
    """Raise LibraryFault unless the list of reports is what was stored; reads all of it."""
    held = database.row(f"SELECT sum_of(r.seal), total(r.seal IS NOT {_SEAL}) FROM reports r")
    assert held is not None  # of no rows, too, there is one
    total, wrong = held
    if wrong:
        reports(database, f"r.seal IS NOT {_SEAL}")
    removed = added(row["seal"] for row in database.rows(_REMOVED))
    if hexadecimal(int(total or "0", 16) + int(removed, 16)) != contents(database):
        raise _misstated(database)


def damaged(database: Database, report_id: str, title: str) -> LibraryFault:
    """That what a library holds of a report is not what was stored."""
    return LibraryFault(
        f"{database.path} is damaged: what it holds of “{title}” is not what was stored",
        Remedy.ADD_AGAIN,
        report=report_id,
    )


def _misstated(database: Database) -> LibraryFault:
    return LibraryFault(
        f"{database.path} is damaged: its list of reports is not what was stored", Remedy.EXAMINE
    )


def _sum(database: Database, report_id: str) -> str:
    return added(
        row["seal"]
        for row in (
            *database.rows("SELECT seal FROM reports WHERE id = ?", (report_id,)),
            *database.rows(f"{_REMOVED} WHERE id = ?", (report_id,)),
        )
    )
