"""The library: one folder, one SQLite file. The truth.

A report enters in one transaction or not at all. Every change raises the `generation`, which the
derived search index is stamped with.
"""

import datetime
import functools
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import fields
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from corpus.errors import LibraryFault, NotInLibrary
from corpus.passage import Passage
from corpus.remedy import Remedy
from corpus.report import Report
from corpus.scope import EVERYTHING, Scope, Shelved, named
from corpus.storage import proving, resolving, shelf
from corpus.storage.database import Database, Value, columns
from corpus.storage.entries import ENTRIES, Entry, Outcome, Resolved, entry_of
from corpus.storage.resolving import History, Tombstone
from corpus.storage.rows import (
    PASSAGE_COLUMNS,
    REPORT_COLUMNS,
    passage_from_row,
    passage_to_row,
    report_from_row,
    report_to_row,
)
from corpus.storage.stored_encoding import StoredEncoding

FILE_NAME = "library.sqlite"
# CROSS makes SQLite take the passages first: with many of them it took every encoding instead.
_PASSAGES_ENCODED = "FROM passages p CROSS JOIN encodings e ON e.model = ? AND e.key = p.key"
_Given = ParamSpec("_Given")
_Read = TypeVar("_Read")
ENCODING_COLUMNS = tuple(field.name for field in fields(StoredEncoding))


def _at_one_moment(
    method: Callable[Concatenate["Library", _Given], _Read],
) -> Callable[Concatenate["Library", _Given], _Read]:
    """A method that reads several times, and whose readings have to fit each other."""

    @functools.wraps(method)
    def read(library: "Library", /, *args: _Given.args, **kwargs: _Given.kwargs) -> _Read:
        with library.reading():
            return method(library, *args, **kwargs)

    return read


class Library:
    """A folder of reports. Use as a context manager, or close it.

    Opening creates the folder where it is missing. Raises LibraryFault where it cannot be read or
    written, on opening and from every method. One instance serves several threads: each reads
    what the others have finished, and waits for its turn to write.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / FILE_NAME
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryFault(
                f"the library folder {folder} cannot be made ({error.strerror})",
                Remedy.CHOOSE_LIBRARY,
            ) from None
        self._db = Database(self.path)
        self._shelf: tuple[int, tuple[Shelved, ...]] = (-1, ())

    def __enter__(self) -> "Library":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def reading(self) -> AbstractContextManager[None]:
        """All that this thread reads inside is of one moment, whatever others change meanwhile.

        Nothing can be changed inside.
        """
        return self._db.reading()

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
        with self._db.transaction():
            self._put_setting("model", model)
            self._db.change("DELETE FROM encodings WHERE model <> ?", (model,))
            self._raise_generation()

    @_at_one_moment
    def entries(self) -> list[Entry]:
        """The current version of every report, by title."""
        aside = shelf.aside(self._db)
        rows = self._db.rows(f"{ENTRIES} WHERE r.current ORDER BY r.title, r.id")
        return [entry_of(row, aside) for row in rows]

    @_at_one_moment
    def entry(self, report_id: str) -> Entry:
        """The entry of a report; raises NotInLibrary."""
        row = self._db.row(f"{ENTRIES} WHERE r.current AND r.id = ?", (report_id,))
        if row is not None:
            return entry_of(row, shelf.aside(self._db))
        known = [row["id"] for row in self._db.rows("SELECT id FROM reports WHERE current")]
        raise NotInLibrary(
            f"no report in the library has the id {report_id!r}; the ids are: "
            f"{named(sorted(known)) or 'none yet'}."
        )

    @_at_one_moment
    def active(self) -> tuple[Shelved, ...]:
        """The reports that answers come from, by title: no digest that steps aside."""
        generation = self.generation
        if self._shelf[0] != generation:
            self._shelf = (generation, shelf.reports(self._db))
        return self._shelf[1]

    def holding(self, sha256: str) -> list[Report]:
        """The current reports whose file has this SHA-256, by their ids.

        Several where a file was parted into countries.
        """
        rows = self._db.rows(
            f"SELECT {columns('r', REPORT_COLUMNS)} FROM reports r"
            " WHERE r.current AND r.sha256 = ? ORDER BY r.id",
            (sha256,),
        )
        return [report_from_row(row) for row in rows]

    def extraction(self, report_id: str, version: int) -> str | None:
        """How the reading of a report's file went, as JSON; None where that was not kept."""
        row = self._db.row(
            "SELECT extraction FROM extractions WHERE report_id = ? AND version = ?",
            (report_id, version),
        )
        return str(row["extraction"]) if row else None

    def original(self, sha256: str) -> bytes | None:
        """The file that has this SHA-256, None where it was not kept."""
        row = self._db.row("SELECT content FROM originals WHERE sha256 = ?", (sha256,))
        return zlib.decompress(row["content"]) if row else None

    def was_removed(self, report_id: str) -> bool:
        """Whether the person removed this report and did not add it again."""
        return self._db.row("SELECT 1 FROM removed WHERE id = ?", (report_id,)) is not None

    def add(
        self,
        report: Report,
        text: str,
        passages: Sequence[Passage],
        *,
        today: datetime.date,
        extraction: str | None = None,
        original: bytes | None = None,
    ) -> tuple[Outcome, int]:
        """Put a report in, or a new version of it, in one transaction.

        With how the reading of its file went, as JSON, and with the file itself, where these are
        given. Returns what it did and the version. The same file with the same metadata changes
        nothing.
        """
        with self._db.transaction():
            row = self._db.row(
                f"SELECT {columns('r', REPORT_COLUMNS)}, r.version FROM reports r"
                " WHERE r.id = ? AND r.current",
                (report.id,),
            )
            if row and report_from_row(row) == report:
                return Outcome.UNCHANGED, int(row["version"])
            version = (row["version"] if row else 0) + 1
            self._db.change("UPDATE reports SET current = 0 WHERE id = ?", (report.id,))
            values: dict[str, Value] = {
                **report_to_row(report),
                "version": version,
                "current": 1,
                "added": str(today),
            }
            self._db.insert("reports", tuple(values), [tuple(values.values())])
            of_text = ("report_id", "version", "text")
            self._db.insert("texts", of_text, [(report.id, version, text)])
            if extraction is not None:
                of_extraction = ("report_id", "version", "extraction")
                self._db.insert("extractions", of_extraction, [(report.id, version, extraction)])
            if original is not None and self.original(report.sha256) is None:
                kept = (report.sha256, zlib.compress(original))
                self._db.insert("originals", ("sha256", "content"), [kept])
            rows = [passage_to_row(passage, version) for passage in passages]
            self._db.insert("passages", PASSAGE_COLUMNS, rows)
            proving.seal(self._db, report.id, version)
            self._db.change("DELETE FROM removed WHERE id = ?", (report.id,))
            self._raise_generation()
        return (Outcome.NEW_VERSION if row else Outcome.ADDED), version

    def remove(self, report_id: str) -> int:
        """Take a report out, all its versions; returns how many. Raises NotInLibrary."""
        with self._db.transaction():
            self.entry(report_id)
            keys = self._db.rows(
                "SELECT DISTINCT key FROM passages WHERE report_id = ?", (report_id,)
            )
            self._db.change(
                "INSERT OR REPLACE INTO tombstones SELECT passage_id, report_id,"
                " date('now', 'localtime') FROM passages WHERE report_id = ?",
                (report_id,),
            )
            removed = self._db.change("DELETE FROM reports WHERE id = ?", (report_id,))
            self._db.change(
                "DELETE FROM originals WHERE sha256 NOT IN (SELECT sha256 FROM reports)"
            )
            self._db.change("INSERT OR REPLACE INTO removed VALUES (?)", (report_id,))
            self._db.change_by_parts(
                "DELETE FROM encodings WHERE key IN ({marks})"
                " AND key NOT IN (SELECT key FROM passages WHERE key = encodings.key)",
                [row["key"] for row in keys],
            )
            self._raise_generation()
        return removed

    def wipe_log(self) -> bool:
        """Keep nothing of what was removed beside the library's file; see Database.wipe_log."""
        return self._db.wipe_log()

    @_at_one_moment
    def numbers(self, scope: Scope = EVERYTHING) -> list[int]:
        """Numbers in the library, ascending, of the passages in scope that answers may come from.

        These are the current versions' passages, without the digests that step aside. Raises
        NotInLibrary where the scope names something that no passage has.
        """
        return shelf.numbers(self._db, self.active(), scope)

    @_at_one_moment
    def count(self) -> int:
        """How many passages answers may come from."""
        return shelf.count(self._db, self.active())

    @_at_one_moment
    def sections(self) -> list[tuple[str, tuple[str, ...]]]:
        """The section paths that answers may come from, each with its report's id, in order."""
        return list(shelf.sections(self._db, self.active()))

    def press_years(self) -> list[int]:
        """The years of the dated publications that current reports list."""
        return shelf.press_years(self._db)

    @_at_one_moment
    def passages(self, numbers: Sequence[int]) -> dict[int, Passage]:
        """Passages by their numbers in the library."""
        rows = list(
            self._db.rows_by_parts(
                "SELECT * FROM passages WHERE number_in_library IN ({marks})", numbers
            )
        )
        reports = {
            (row["id"], row["version"]): report_from_row(row)
            for row in self._db.rows_by_parts(
                f"SELECT {columns('r', REPORT_COLUMNS)}, r.version FROM reports r"
                " WHERE r.id IN ({marks})",
                list({row["report_id"] for row in rows}),
            )
        }
        return {
            row["number_in_library"]: passage_from_row(
                row, reports[row["report_id"], row["version"]]
            )
            for row in rows
        }

    @_at_one_moment
    def all_passages(self, report_id: str) -> list[Passage]:
        """The passages of a report's current version in order; raises NotInLibrary."""
        version = self.entry(report_id).version
        rows = self._db.rows(
            "SELECT * FROM passages WHERE report_id = ? AND version = ? ORDER BY number_in_library",
            (report_id, version),
        )
        report = self._report(report_id, version)
        return [passage_from_row(row, report) for row in rows]

    @_at_one_moment
    def resolve(self, passage_id: str) -> Resolved:
        """A passage by its permanent id, in the newest version that has it.

        Raises NotInLibrary, and LibraryFault where it is not what was stored.
        """
        row = self._db.row(
            "SELECT p.*, r.current FROM passages p JOIN reports r"
            " ON r.id = p.report_id AND r.version = p.version"
            " WHERE p.passage_id = ? ORDER BY p.version DESC LIMIT 1",
            (passage_id,),
        )
        if row is None:
            raise NotInLibrary(
                f"nothing in the library has the id {passage_id!r}", Remedy.LIST_REPORTS
            )
        passage = passage_from_row(row, self._report(row["report_id"], row["version"]))
        proving.prove(self._db, passage)
        return Resolved(
            passage=passage,
            version=row["version"],
            superseded=not row["current"],
        )

    @_at_one_moment
    def history(self, passage_id: str) -> History | Tombstone:
        """All that the library ever held under a passage's permanent id; raises NotInLibrary."""
        return resolving.history(self._db, passage_id)

    @_at_one_moment
    def encoded(self, model: str, keys: Sequence[bytes]) -> set[bytes]:
        """Those of the keys that `model` has encoded."""
        rows = self._db.rows_by_parts(
            "SELECT key FROM encodings WHERE model = ? AND key IN ({marks})", keys, model
        )
        return {row["key"] for row in rows}

    def store_encodings(self, model: str, encodings: Mapping[bytes, StoredEncoding]) -> None:
        """Keep what `model` made of texts, by their keys."""
        rows = [
            (model, key, *(getattr(stored, name) for name in ENCODING_COLUMNS))
            for key, stored in encodings.items()
        ]
        with self._db.transaction():
            self._db.insert("encodings", ("model", "key", *ENCODING_COLUMNS), rows, replace=True)

    def vectors(self, model: str, numbers: Sequence[int]) -> Iterator[tuple[bytes, bytes]]:
        """Vector and word pieces that `model` made of each of these passages, by number."""
        for row in self._db.rows_by_parts(
            f"SELECT e.vector, e.pieces {_PASSAGES_ENCODED}"
            " WHERE p.number_in_library IN ({marks}) ORDER BY p.number_in_library",
            sorted(numbers),
            model,
        ):
            yield row["vector"], row["pieces"]

    @_at_one_moment
    def encodings(self, model: str, numbers: Sequence[int]) -> dict[int, StoredEncoding]:
        """What `model` made of these passages, by their numbers."""
        rows = self._db.rows_by_parts(
            f"SELECT p.number_in_library, {columns('e', ENCODING_COLUMNS)} {_PASSAGES_ENCODED}"
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

    @_at_one_moment
    def prove(self, passage: Passage) -> None:
        """Raise LibraryFault unless this is what was stored, NotInLibrary where it is gone."""
        proving.prove(self._db, passage)

    @_at_one_moment
    def damage(self) -> str | None:
        """What is wrong with the file, None where nothing is; reads all of it."""
        return proving.damage(self._db)

    def _report(self, report_id: str, version: int) -> Report:
        row = self._db.row(
            f"SELECT {columns('r', REPORT_COLUMNS)} FROM reports r"
            " WHERE r.id = ? AND r.version = ?",
            (report_id, version),
        )
        assert row is not None  # a passage has its report: the schema sees to it
        return report_from_row(row)

    def _setting(self, name: str) -> str | None:
        row = self._db.row("SELECT value FROM settings WHERE name = ?", (name,))
        return str(row["value"]) if row else None

    def _put_setting(self, name: str, value: str) -> None:
        self._db.change("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    def _raise_generation(self) -> None:
        self._put_setting("generation", str(self.generation + 1))
