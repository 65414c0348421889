"""The library: one folder, one SQLite file. The truth.

A report enters in one transaction or not at all. Every change raises the `generation`, which the
derived search index is stamped with.
"""

import datetime
import functools
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from corpus.aside import sweep
from corpus.errors import LibraryFault, NotInLibrary
from corpus.passage import Passage
from corpus.remedy import Remedy
from corpus.report import Report
from corpus.scope import EVERYTHING, Scope, Shelved, named
from corpus.storage import accounting, changing, encodings, proving, resolving, shelf
from corpus.storage.backing_up import back_up
from corpus.storage.database import Database
from corpus.storage.entries import ENTRIES, Entry, Outcome, Resolved, entry_of
from corpus.storage.examining import Examined, examine, mend
from corpus.storage.resolving import History, Tombstone
from corpus.storage.rows import (
    UNREADABLE,
    passage_from_row,
    report_from_row,
)
from corpus.storage.stored_encoding import StoredEncoding

FILE_NAME = "library.sqlite"
# What a library was before it was brought up to a newer schema.
OLDER_COPIES = "library-of-schema-*.sqlite"
# What others put beside it of a library that is in use; a new one begins without.
MADE_BESIDE = (
    "index",
    "quotations-*",
    "examples.json",
    "typed.jsonl",
    "feedback",
    "verdict.json",
    "library.sqlite-wal",
    OLDER_COPIES,
)
_Given = ParamSpec("_Given")
_Read = TypeVar("_Read")


def _at_one_moment(
    method: Callable[Concatenate["Library", _Given], _Read],
) -> Callable[Concatenate["Library", _Given], _Read]:
    """A method that reads several times, and whose readings have to fit each other.

    What damage left of a row may be nothing that a report or a passage is made of.
    """

    @functools.wraps(method)
    def read(library: "Library", /, *args: _Given.args, **kwargs: _Given.kwargs) -> _Read:
        try:
            with library.reading():
                return method(library, *args, **kwargs)
        except UNREADABLE as error:
            raise LibraryFault(
                f"{library.path} is damaged: what it holds cannot be read ({error})",
                Remedy.EXAMINE,
            ) from None

    return read


class Library:
    """A folder of reports. Use as a context manager, or close it.

    Opening creates the folder where it is missing, and the file unless it was lost. Raises
    LibraryFault where it cannot be read or written, on opening and from every method. One instance
    serves several threads: each reads what the others have finished, and waits for its turn to
    write.
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
        sweep(folder)
        self._check_not_lost()
        self._db = Database(self.path)
        self._shelf: tuple[int, tuple[Shelved, ...]] = (-1, ())

    def _check_not_lost(self) -> None:
        """Raise LibraryFault where the file is missing or empty beside what was made of it."""
        if self.path.is_dir() or (self.path.exists() and self.path.stat().st_size):
            return
        left = sorted(found.name for name in MADE_BESIDE for found in self.folder.glob(name))
        if left:
            state = "empty" if self.path.exists() else "missing"
            raise LibraryFault(
                f"{self.path} is {state}, and {', '.join(left)} beside it was made of a library",
                Remedy.PUT_BACK,
                folder=self.folder,
            )

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
    def is_writable(self) -> bool:
        """Whether anything can be changed; where nothing can, what is there can be asked."""
        return self._db.is_writable

    @property
    def generation(self) -> int:
        """Raised by every change to what the library holds."""
        kept = self._setting("generation") or "0"
        if not kept.isdecimal():
            raise LibraryFault(
                f"{self.path} is damaged: its generation is {kept!r}", Remedy.EXAMINE
            )
        return int(kept)

    @property
    def contents(self) -> str:
        """Stands for all that can be searched and cited: two that hold other things differ."""
        return accounting.contents(self._db)

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
        accounting.check(self._db)
        aside = shelf.aside(self._db)
        rows = self._db.rows(f"{ENTRIES} WHERE r.current ORDER BY r.title, r.id")
        return [entry_of(row, aside) for row in rows]

    @_at_one_moment
    def entry(self, report_id: str) -> Entry:
        """The entry of a report; raises NotInLibrary."""
        row = self._db.row(f"{ENTRIES} WHERE r.current AND r.id = ?", (report_id,))
        if row is not None:
            return entry_of(row, shelf.aside(self._db))
        raise self._unknown(report_id)

    @_at_one_moment
    def active(self) -> tuple[Shelved, ...]:
        """The reports that answers come from, by title: no digest that steps aside."""
        generation = self.generation
        if self._shelf[0] != generation:
            accounting.check(self._db)
            self._shelf = (generation, shelf.reports(self._db))
        return self._shelf[1]

    def holding(self, sha256: str) -> list[Report]:
        """The current reports whose file has this SHA-256, by their ids.

        Several where a file was parted into countries.
        """
        rows = accounting.reports(self._db, "r.current AND r.sha256 = ? ORDER BY r.id", (sha256,))
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
            outcome, version = changing.put(
                self._db,
                report,
                text,
                passages,
                today=today,
                extraction=extraction,
                original=original,
            )
            if outcome is not Outcome.UNCHANGED:
                self._raise_generation()
        return outcome, version

    def remove(self, report_id: str) -> int:
        """Take a report out, all its versions; returns how many. Raises NotInLibrary."""
        with self._db.transaction():
            if (removed := changing.take_out(self._db, report_id)) == 0:
                raise self._unknown(report_id)
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
    def editions(self) -> list[tuple[bytes, list[int]]]:
        """The digest and the numbers of every version's passages; see corpus.storage.shelf."""
        return shelf.editions(self._db)

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
        """Passages by their numbers; raises LibraryFault where one is not what was stored."""
        found = proving.read(self._db, numbers)
        return {row["number_in_library"]: passage for row, passage in found}

    @_at_one_moment
    def all_passages(self, report_id: str) -> list[Passage]:
        """The passages of a report's current version in order; raises NotInLibrary."""
        return proving.read_version(self._db, report_id, self.entry(report_id).version)

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
        """All that the library ever held under a passage's permanent id; raises as `resolve`."""
        found = resolving.history(self._db, passage_id)
        if isinstance(found, History):
            for passage in (*(edition.passage for edition in found.editions), *found.now):
                proving.prove(self._db, passage)
        return found

    @_at_one_moment
    def encoded(self, model: str, keys: Sequence[bytes]) -> set[bytes]:
        """Those of the keys that `model` has encoded."""
        return encodings.known(self._db, model, keys)

    def store_encodings(self, model: str, made: Mapping[bytes, StoredEncoding]) -> None:
        """Keep what `model` made of texts, by their keys."""
        with self._db.transaction():
            encodings.store(self._db, model, made)

    def vectors(self, model: str, numbers: Sequence[int]) -> Iterator[tuple[bytes, bytes]]:
        """Vector and word pieces that `model` made of each of these passages, by number."""
        return encodings.vectors(self._db, model, numbers)

    @_at_one_moment
    def encodings(self, model: str, numbers: Sequence[int]) -> dict[int, StoredEncoding]:
        """What `model` made of these passages, by their numbers."""
        return encodings.read(self._db, model, numbers)

    def models(self) -> set[str]:
        """The models whose encodings are kept."""
        return encodings.models(self._db)

    def drop_damaged_encodings(self, model: str) -> int:
        """Drop the encodings that are not what was stored; returns how many. Reads all."""
        return encodings.drop_damaged(self._db, model)

    @_at_one_moment
    def prove(self, passage: Passage) -> None:
        """Raise LibraryFault unless this is what was stored, NotInLibrary where it is gone."""
        proving.prove(self._db, passage)

    @_at_one_moment
    def damage(self) -> str | None:
        """What is wrong with the file, None where nothing is; reads all of it."""
        return proving.damage(self._db)

    @_at_one_moment
    def examined(self) -> Iterator[Examined]:
        """Every part of the file, and what is wrong with it; reads all of it."""
        return iter(list(examine(self._db)))

    def mend(self) -> None:
        """Make anew what is derived within the file; see corpus.storage.examining."""
        mend(self._db)

    def back_up(self, target: Path) -> None:
        """Copy the library's file; see corpus.storage.backing_up."""
        back_up(self._db, target)

    def _report(self, report_id: str, version: int) -> Report:
        (row,) = accounting.reports(self._db, f"r.id = ? AND r.version = {version}", (report_id,))
        return report_from_row(row)

    def _unknown(self, report_id: str) -> NotInLibrary:
        known = [row["id"] for row in self._db.rows("SELECT id FROM reports WHERE current")]
        return NotInLibrary(
            f"no report in the library has the id {report_id!r}; the ids are: "
            f"{named(sorted(known)) or 'none yet'}."
        )

    def _setting(self, name: str) -> str | None:
        row = self._db.row("SELECT value FROM settings WHERE name = ?", (name,))
        return str(row["value"]) if row else None

    def _put_setting(self, name: str, value: str) -> None:
        self._db.change("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    def _raise_generation(self) -> None:
        self._put_setting("generation", str(self.generation + 1))
