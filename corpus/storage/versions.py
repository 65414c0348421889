"""Every version of every report: what stood where, also where it does not any more."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.passage import Passage
from corpus.report import Report
from corpus.storage.database import Database, columns
from corpus.storage.rows import REPORT_COLUMNS, passage_from_row, report_from_row


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A passage with its number in the library, and whether its version is the report's newest."""

    number: int
    passage: Passage
    version: int
    current: bool


class Versions:
    """The reports of a library's file in all their versions. Close it.

    Raises LibraryFault where the file cannot be read, on opening and from every method.
    """

    def __init__(self, path: Path) -> None:
        self._db = Database(path)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def reports(self) -> list[Report]:
        """Every report in its newest version."""
        rows = self._db.rows(
            f"SELECT {columns('r', REPORT_COLUMNS)} FROM reports r WHERE r.current ORDER BY r.id"
        )
        return [report_from_row(row) for row in rows]

    def numbers(self) -> list[int]:
        """The numbers of all passages of all versions, ascending."""
        rows = self._db.rows("SELECT number_in_library FROM passages ORDER BY number_in_library")
        return [row[0] for row in rows]

    def standing(self, numbers: Sequence[int]) -> dict[int, Standing]:
        """Passages by their numbers; one that is gone is left out."""
        with self._db.reading():
            rows = list(
                self._db.rows_by_parts(
                    "SELECT * FROM passages WHERE number_in_library IN ({marks})", numbers
                )
            )
            reports = {
                (row["id"], row["version"]): (report_from_row(row), bool(row["current"]))
                for row in self._db.rows_by_parts(
                    f"SELECT {columns('r', REPORT_COLUMNS)}, r.version, r.current FROM reports r"
                    " WHERE r.id IN ({marks})",
                    list({row["report_id"] for row in rows}),
                )
            }
        found = {}
        for row in rows:
            report, current = reports[row["report_id"], row["version"]]
            number = row["number_in_library"]
            found[number] = Standing(
                number=number,
                passage=passage_from_row(row, report),
                version=row["version"],
                current=current,
            )
        return found

    def text(self, report_id: str, version: int) -> str:
        """What a version of a report says, in which its passages' places are counted.

        Empty where there is no such version.
        """
        row = self._db.row(
            "SELECT text FROM texts WHERE report_id = ? AND version = ?", (report_id, version)
        )
        return str(row["text"]) if row else ""

    def with_id(self, passage_id: str) -> list[int]:
        """The numbers of the passages with a permanent id, one a version that has it."""
        rows = self._db.rows(
            "SELECT number_in_library FROM passages WHERE passage_id = ?", (passage_id,)
        )
        return [row[0] for row in rows]

    def of_reports(self, ids: Sequence[str]) -> list[int]:
        """The numbers of all passages of these reports, of every version, ascending."""
        rows = self._db.rows_by_parts(
            "SELECT number_in_library FROM passages WHERE report_id IN ({marks})", ids
        )
        return sorted(row[0] for row in rows)
