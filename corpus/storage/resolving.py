"""What the library held under a passage's permanent id, in every version of its report."""

import datetime
from dataclasses import dataclass

from corpus.errors import NotInLibrary
from corpus.passage import Passage
from corpus.remedy import Remedy
from corpus.storage.database import Database, columns
from corpus.storage.rows import REPORT_COLUMNS, passage_from_row, report_from_row


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A passage as one version of its report had it, cited from `since` to `until`.

    Both are days; `until` is None of the version that answers come from.
    """

    passage: Passage
    version: int
    since: datetime.date
    until: datetime.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The editions of a passage, oldest first, and what the report says now.

    `now` are the passages of the version that answers come from, in order, `version` is its
    number.
    """

    editions: tuple[Edition, ...]
    version: int
    now: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """A passage whose report was removed: that it was there, without its words."""

    passage_id: str
    report_id: str
    removed: datetime.date


def history(database: Database, passage_id: str) -> History | Tombstone:
    """All that is known of a passage; raises NotInLibrary where it never was here."""
    rows = database.rows(
        "SELECT * FROM passages WHERE passage_id = ? ORDER BY version", (passage_id,)
    )
    if not rows:
        return _tombstone(database, passage_id)
    report_id = rows[0]["report_id"]
    versions = {
        row["version"]: row
        for row in database.rows(
            f"SELECT {columns('r', REPORT_COLUMNS)}, r.version, r.added FROM reports r"
            " WHERE r.id = ? ORDER BY r.version",
            (report_id,),
        )
    }
    added = {
        version: datetime.date.fromisoformat(row["added"]) for version, row in versions.items()
    }
    newest = max(versions)
    current = report_from_row(versions[newest])
    now = database.rows(
        "SELECT * FROM passages WHERE report_id = ? AND version = ? ORDER BY number_in_library",
        (report_id, newest),
    )
    return History(
        editions=tuple(
            Edition(
                passage=passage_from_row(row, report_from_row(versions[row["version"]])),
                version=row["version"],
                since=added[row["version"]],
                until=added.get(row["version"] + 1),
            )
            for row in rows
        ),
        version=newest,
        now=tuple(passage_from_row(row, current) for row in now),
    )


def _tombstone(database: Database, passage_id: str) -> Tombstone:
    row = database.row("SELECT * FROM tombstones WHERE passage_id = ?", (passage_id,))
    if row is None:
        raise NotInLibrary(f"nothing in the library has the id {passage_id!r}", Remedy.LIST_REPORTS)
    return Tombstone(
        passage_id=passage_id,
        report_id=row["report_id"],
        removed=datetime.date.fromisoformat(row["removed"]),
    )
