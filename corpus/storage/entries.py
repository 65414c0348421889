"""What the library says of a report, of adding one, and of a passage by its permanent id."""

import datetime
import enum
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.passage import Passage
from corpus.report import Report
from corpus.storage.database import Row, columns
from corpus.storage.rows import REPORT_COLUMNS, report_from_row


class Outcome(enum.Enum):
    """What adding a report did."""

    ADDED = "added"
    NEW_VERSION = "new version"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A report as the library holds it.

    `aside_for` is the id of the report for whose sake this digest steps aside from answers.
    """

    report: Report
    version: int
    added: datetime.date
    passages: int
    aside_for: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A passage found by its permanent id; `superseded` where a newer version lacks it."""

    passage: Passage
    version: int
    superseded: bool


ENTRIES = (
    f"SELECT {columns('r', REPORT_COLUMNS)}, r.version, r.added,"
    " (SELECT count(*) FROM passages p"
    "  WHERE p.report_id = r.id AND p.version = r.version) AS passages FROM reports r"
)


def entry_of(row: Row, aside: Mapping[str, str]) -> Entry:
    """The entry of a row of ENTRIES; `aside` are the digests that step aside, and for whom."""
    return Entry(
        report=report_from_row(row),
        version=row["version"],
        added=datetime.date.fromisoformat(row["added"]),
        passages=row["passages"],
        aside_for=aside.get(row["id"]),
    )
