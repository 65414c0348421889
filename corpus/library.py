"""The library: one folder, one SQLite file. The truth; the only door to sqlite3.

A report enters in one transaction or not at all. Every change raises the `generation`, which the
derived search index is stamped with.
"""

import contextlib
import datetime
import enum
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from importlib import resources
from pathlib import Path

from corpus.encoding import StoredEncoding
from corpus.errors import LibraryFault, NotInLibrary
from corpus.passage import Passage
from corpus.report import Report
from corpus.rows import (
    PASSAGE_COLUMNS,
    REPORT_COLUMNS,
    passage_from_row,
    passage_to_row,
    report_from_row,
    report_to_row,
)
from corpus.scope import EVERYTHING, Scope

FILE_NAME = "library.sqlite"
SCHEMA_VERSION = 1
# Another process adds a report in milliseconds: its encoding is done before its transaction.
_WAIT_FOR_OTHERS_S = 30.0
# SQLite may be built with as few as 999 variables a statement.
_SQL_VARIABLES = 500
ENCODING_COLUMNS = tuple(field.name for field in fields(StoredEncoding))


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


class Library:
    """A folder of reports. Use as a context manager, or close it.

    Opening creates the folder where it is missing. Raises LibraryFault where it cannot be read or
    written, on opening and from every method. One instance may serve several threads.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / FILE_NAME
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryFault(
                f"the library folder {folder} cannot be made ({error.strerror}); "
                "choose another with --library."
            ) from None
        with self._faults():
            self._db = sqlite3.connect(
                self.path,
                timeout=_WAIT_FOR_OTHERS_S,
                isolation_level=None,
                check_same_thread=False,
            )
            self._db.row_factory = sqlite3.Row
            self._db.execute("PRAGMA foreign_keys = ON")
            self._prepare()

    def __enter__(self) -> "Library":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    @property
    def generation(self) -> int:
        """Raised by every change to what the library holds."""
        return int(self._setting("generation") or 0)

    @property
    def model(self) -> str | None:
        """Identity of the model that the library is encoded with, None before the first."""
        return self._setting("model")

    def set_model(self, model: str) -> None:
        """Make `model` the one that the library is encoded with; encodings of others go."""
        with self._change():
            self._put_setting("model", model)
            self._db.execute("DELETE FROM encodings WHERE model <> ?", (model,))

    def entries(self) -> list[Entry]:
        """The current version of every report, by title."""
        with self._faults():
            rows = self._db.execute(
                f"SELECT {_columns('r', REPORT_COLUMNS)}, r.version, r.added,"
                " (SELECT count(*) FROM passages p"
                "  WHERE p.report_id = r.id AND p.version = r.version) AS passages"
                " FROM reports r WHERE r.current ORDER BY r.title, r.id"
            ).fetchall()
        reports = [report_from_row(row) for row in rows]
        return [
            Entry(
                report=report,
                version=row["version"],
                added=datetime.date.fromisoformat(row["added"]),
                passages=row["passages"],
                aside_for=next((other.id for other in reports if report.digests(other)), None),
            )
            for report, row in zip(reports, rows, strict=True)
        ]

    def entry(self, report_id: str) -> Entry:
        """The entry of a report; raises NotInLibrary."""
        entries = self.entries()
        for entry in entries:
            if entry.report.id == report_id:
                return entry
        known = ", ".join(entry.report.id for entry in entries) or "none yet"
        raise NotInLibrary(
            f"no report in the library has the id {report_id!r}; the ids are: {known}."
        )

    def holding(self, sha256: str) -> Report | None:
        """The current report whose file has this SHA-256, None where there is none."""
        with self._faults():
            row = self._db.execute(
                f"SELECT {_columns('r', REPORT_COLUMNS)} FROM reports r"
                " WHERE r.current AND r.sha256 = ?",
                (sha256,),
            ).fetchone()
        return report_from_row(row) if row else None

    def was_removed(self, report_id: str) -> bool:
        """Whether the person removed this report and did not add it again."""
        with self._faults():
            found = self._db.execute("SELECT 1 FROM removed WHERE id = ?", (report_id,))
            return found.fetchone() is not None

    def add(
        self, report: Report, text: str, passages: Sequence[Passage], *, today: datetime.date
    ) -> tuple[Outcome, int]:
        """Put a report in, or a new version of it, in one transaction.

        Returns what it did and the version. The same file with the same metadata changes nothing.
        """
        with self._change() as changes:
            row = self._db.execute(
                f"SELECT {_columns('r', REPORT_COLUMNS)}, r.version FROM reports r"
                " WHERE r.id = ? AND r.current",
                (report.id,),
            ).fetchone()
            if row and report_from_row(row) == report:
                changes.none()
                return Outcome.UNCHANGED, int(row["version"])
            version = (row["version"] if row else 0) + 1
            self._db.execute("UPDATE reports SET current = 0 WHERE id = ?", (report.id,))
            values = {
                **report_to_row(report),
                "version": version,
                "current": 1,
                "added": str(today),
                "text": text,
            }
            self._insert("reports", tuple(values), [tuple(values.values())])
            rows = [passage_to_row(passage, version) for passage in passages]
            self._insert("passages", PASSAGE_COLUMNS, rows)
            self._db.execute("DELETE FROM removed WHERE id = ?", (report.id,))
            return (Outcome.NEW_VERSION if row else Outcome.ADDED), version

    def remove(self, report_id: str) -> int:
        """Take a report out, all its versions; returns how many. Raises NotInLibrary."""
        self.entry(report_id)
        with self._change():
            removed = self._db.execute("DELETE FROM reports WHERE id = ?", (report_id,)).rowcount
            self._db.execute("INSERT OR REPLACE INTO removed VALUES (?)", (report_id,))
            self._db.execute(
                "DELETE FROM encodings WHERE key NOT IN (SELECT key FROM passages)",
            )
            return removed

    def numbers(self, scope: Scope = EVERYTHING) -> list[int]:
        """Numbers in the library of the passages within a scope that answers may come from.

        These are the current versions' passages, without the digests that step aside. Raises
        NotInLibrary where the scope names something that no passage has.
        """
        active = [entry.report for entry in self.entries() if entry.aside_for is None]
        reports = {report.id: report for report in scope.reports(active)}
        with self._faults():
            rows = self._db.execute(
                "SELECT p.number_in_library, p.report_id, p.section, p.press_date"
                " FROM passages p JOIN reports r ON r.id = p.report_id AND r.version = p.version"
                f" WHERE r.current AND r.id IN ({_marks(reports)}) ORDER BY 1",
                list(reports),
            ).fetchall()
        sections = {section for _, _, section, _ in rows if scope.holds_section(section)}
        numbers = [
            number
            for number, report_id, section, date in rows
            if section in sections and scope.holds_year(reports[report_id], date)
        ]
        if not numbers and not scope.is_everything:
            raise NotInLibrary(_nothing_in(scope, active))
        return numbers

    def passages(self, numbers: Sequence[int]) -> dict[int, Passage]:
        """Passages by their numbers in the library."""
        found: dict[int, Passage] = {}
        reports: dict[tuple[str, int], Report] = {}
        for row in self._by_parts(
            "SELECT * FROM passages WHERE number_in_library IN ({marks})", numbers
        ):
            name = (row["report_id"], row["version"])
            if name not in reports:
                reports[name] = self._report(*name)
            found[row["number_in_library"]] = passage_from_row(row, reports[name])
        return found

    def all_passages(self, report_id: str) -> list[Passage]:
        """The passages of a report's current version in order; raises NotInLibrary."""
        version = self.entry(report_id).version
        with self._faults():
            rows = self._db.execute(
                "SELECT * FROM passages WHERE report_id = ? AND version = ?"
                " ORDER BY number_in_library",
                (report_id, version),
            ).fetchall()
        report = self._report(report_id, version)
        return [passage_from_row(row, report) for row in rows]

    def resolve(self, passage_id: str) -> Resolved:
        """A passage by its permanent id, in the newest version that has it.

        Raises NotInLibrary.
        """
        with self._faults():
            row = self._db.execute(
                "SELECT p.*, r.current FROM passages p JOIN reports r"
                " ON r.id = p.report_id AND r.version = p.version"
                " WHERE p.passage_id = ? ORDER BY p.version DESC LIMIT 1",
                (passage_id,),
            ).fetchone()
        if row is None:
            raise NotInLibrary(
                f"nothing in the library has the id {passage_id!r}; `pincite list` lists the "
                "reports, and every answer names its passage's id."
            )
        report = self._report(row["report_id"], row["version"])
        return Resolved(
            passage=passage_from_row(row, report),
            version=row["version"],
            superseded=not row["current"],
        )

    def encoded(self, model: str, keys: Sequence[bytes]) -> set[bytes]:
        """Those of the keys that `model` has encoded."""
        rows = self._by_parts(
            "SELECT key FROM encodings WHERE model = ? AND key IN ({marks})", keys, model
        )
        return {row["key"] for row in rows}

    def store_encodings(self, model: str, encodings: Mapping[bytes, StoredEncoding]) -> None:
        """Keep what `model` made of texts, by their keys."""
        with self._faults():
            self._db.execute("BEGIN IMMEDIATE")
            rows = [
                (model, key, *(getattr(stored, name) for name in ENCODING_COLUMNS))
                for key, stored in encodings.items()
            ]
            self._insert("encodings", ("model", "key", *ENCODING_COLUMNS), rows, replace=True)
            self._db.execute("COMMIT")

    def vectors(self, model: str, numbers: Sequence[int]) -> Iterator[tuple[bytes, bytes]]:
        """Vector and word pieces that `model` made of each of these passages, by number."""
        for row in self._by_parts(
            "SELECT e.vector, e.pieces FROM passages p"
            " JOIN encodings e ON e.model = ? AND e.key = p.key"
            " WHERE p.number_in_library IN ({marks}) ORDER BY p.number_in_library",
            sorted(numbers),
            model,
        ):
            yield row["vector"], row["pieces"]

    def encodings(self, model: str, numbers: Sequence[int]) -> dict[int, StoredEncoding]:
        """What `model` made of these passages, by their numbers."""
        rows = self._by_parts(
            f"SELECT p.number_in_library, {_columns('e', ENCODING_COLUMNS)} FROM passages p"
            " JOIN encodings e ON e.model = ? AND e.key = p.key"
            " WHERE p.number_in_library IN ({marks})",
            numbers,
            model,
        )
        return {
            row["number_in_library"]: StoredEncoding(
                **{name: row[name] for name in ENCODING_COLUMNS}
            )
            for row in rows
        }

    def _by_parts(
        self, statement: str, values: Sequence[int] | Sequence[bytes], *before: str
    ) -> Iterator[sqlite3.Row]:
        """The rows of a statement with many {marks}, a part of the values at a time."""
        for start in range(0, len(values), _SQL_VARIABLES):
            part = values[start : start + _SQL_VARIABLES]
            with self._faults():
                filled = statement.replace("{marks}", _marks(part))
                rows = self._db.execute(filled, (*before, *part)).fetchall()
            yield from rows

    def damage(self) -> str | None:
        """What is wrong with the file, None where nothing is; reads all of it."""
        with self._faults():
            for (finding,) in self._db.execute("PRAGMA integrity_check(1)"):
                if finding != "ok":
                    return str(finding)
            rows = self._db.execute(
                "SELECT p.passage_id FROM passages p JOIN reports r"
                " ON r.id = p.report_id AND r.version = p.version"
                " WHERE substr(r.text, p.start + 1, p.stop - p.start) <> p.source LIMIT 1"
            ).fetchone()
        return f"passage {rows[0]} is not what its report says there" if rows else None

    def _report(self, report_id: str, version: int) -> Report:
        with self._faults():
            row = self._db.execute(
                f"SELECT {_columns('r', REPORT_COLUMNS)} FROM reports r"
                " WHERE r.id = ? AND r.version = ?",
                (report_id, version),
            ).fetchone()
        return report_from_row(row)

    def _insert(
        self,
        table: str,
        columns: Sequence[str],
        rows: Iterable[Sequence[object]],
        *,
        replace: bool = False,
    ) -> None:
        verb = "INSERT OR REPLACE" if replace else "INSERT"
        names, marks = ", ".join(columns), _marks(columns)
        self._db.executemany(f"{verb} INTO {table} ({names}) VALUES ({marks})", rows)

    def _setting(self, name: str) -> str | None:
        with self._faults():
            row = self._db.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return str(row["value"]) if row else None

    def _put_setting(self, name: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    def _prepare(self) -> None:
        """Make the tables of a new file; refuse one that a newer Pincite made."""
        version = self._schema_version()
        if version == 0:
            self._db.execute("PRAGMA journal_mode = WAL")
            script = (resources.files("corpus") / "schema.sql").read_text(encoding="utf-8")
            try:
                self._db.executescript(
                    f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
                )
            except sqlite3.OperationalError:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                if not self._schema_version():  # else another process was quicker
                    raise
            version = self._schema_version()
        if version != SCHEMA_VERSION:
            raise LibraryFault(
                f"{self.path} was made by another version of Pincite (schema {version}, this one "
                f"reads {SCHEMA_VERSION}); upgrade Pincite, or choose another --library."
            )

    def _schema_version(self) -> int:
        return int(self._db.execute("PRAGMA user_version").fetchone()[0])

    @contextlib.contextmanager
    def _change(self) -> Iterator["_Changes"]:
        """One transaction, which raises the generation unless told that nothing changed."""
        changes = _Changes()
        with self._faults():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield changes
                if changes.any:
                    self._put_setting("generation", str(self.generation + 1))
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

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


class _Changes:
    any = True

    def none(self) -> None:
        self.any = False


def _nothing_in(scope: Scope, reports: Sequence[Report]) -> str:
    if scope.section is not None:
        return (
            f"no passage that answers come from stands in a section {scope.section!r} with these "
            "filters; `pincite show ID` lists a report's sections."
        )
    periods = sorted({str(report.period) for report in reports if report.period})
    return (
        f"nothing that answers come from covers the year {scope.year} with these filters; the "
        f"reports cover: {', '.join(periods) or 'not stated'}."
    )


def _columns(table: str, names: Sequence[str]) -> str:
    return ", ".join(f"{table}.{name}" for name in names)


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))
