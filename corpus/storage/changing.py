"""What changes the reports of a library; in a transaction, with their seals and the account."""

import datetime
import zlib
from collections.abc import Sequence

from corpus.passage import Passage
from corpus.report import Report
from corpus.storage import accounting, proving
from corpus.storage.database import Database
from corpus.storage.digests import Value
from corpus.storage.entries import Outcome
from corpus.storage.rows import PASSAGE_COLUMNS, passage_to_row, report_from_row, report_to_row


def put(
    database: Database,
    report: Report,
    text: str,
    passages: Sequence[Passage],
    *,
    today: datetime.date,
    extraction: str | None,
    original: bytes | None,
) -> tuple[Outcome, int]:
    """Put a report in, or a new version of it; returns what that did and the version.

    Raises LibraryFault where a version that is held is not what was stored.
    """
    held = accounting.reports(database, "r.id = ?", (report.id,))
    row = next((row for row in held if row["current"]), None)
    if row and report_from_row(row) == report:
        return Outcome.UNCHANGED, int(row["version"])
    version = (row["version"] if row else 0) + 1
    with accounting.accounted(database, report.id):
        database.change("UPDATE reports SET current = 0 WHERE id = ?", (report.id,))
        values: dict[str, Value] = {
            **report_to_row(report),
            "version": version,
            "current": 1,
            "added": str(today),
        }
        database.insert("reports", tuple(values), [tuple(values.values())])
        of_version = (report.id, version)
        database.insert("texts", ("report_id", "version", "text"), [(*of_version, text)])
        if extraction is not None:
            names = ("report_id", "version", "extraction")
            database.insert("extractions", names, [(*of_version, extraction)])
        if original is not None:
            kept = (report.sha256, zlib.compress(original))
            database.insert("originals", ("sha256", "content"), [kept], replace=True)
        rows = [passage_to_row(passage, version) for passage in passages]
        database.insert("passages", PASSAGE_COLUMNS, rows)
        proving.seal(database, *of_version)
        accounting.seal(database, *of_version)
        database.change("DELETE FROM removed WHERE id = ?", (report.id,))
    return (Outcome.NEW_VERSION if row else Outcome.ADDED), version


def take_out(database: Database, report_id: str) -> int:
    """Take a report out, all its versions; returns how many, none where it is not there."""
    if database.row("SELECT 1 FROM reports WHERE id = ?", (report_id,)) is None:
        return 0
    with accounting.accounted(database, report_id):
        keys = database.rows("SELECT DISTINCT key FROM passages WHERE report_id = ?", (report_id,))
        database.change(
            "INSERT OR REPLACE INTO tombstones SELECT passage_id, report_id,"
            " date('now', 'localtime') FROM passages WHERE report_id = ?",
            (report_id,),
        )
        removed = database.change("DELETE FROM reports WHERE id = ?", (report_id,))
        database.change("DELETE FROM originals WHERE sha256 NOT IN (SELECT sha256 FROM reports)")
        database.change("INSERT OR REPLACE INTO removed VALUES (?)", (report_id,))
        database.change_by_parts(
            "DELETE FROM encodings WHERE key IN ({marks})"
            " AND key NOT IN (SELECT key FROM passages WHERE key = encodings.key)",
            [row["key"] for row in keys],
        )
    return removed
