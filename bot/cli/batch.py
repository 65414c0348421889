"""One file or many into the library, each by itself; what goes wrong with one stops no other."""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from bot.cli import progress
from bot.cli.options import open_pincite, settings
from bot.cli.telling import Telling
from bot.rendering.mending import told
from bot.rendering.saying import say
from corpus.errors import BadMetadata, Stopped, UnreadableReport
from corpus.intake import is_unchanged, of_content, sha256_of, were_parted
from corpus.readers.file import file_bytes
from corpus.readers.folder import Found, files_of
from corpus.report import Report
from corpus.storage.library import FILE_NAME, Library

if TYPE_CHECKING:
    from bot.assemble import Pincite

# What can be said of one report only.
_OF_ONE = ("id", "title", "url")
_WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a person wants done with the files that they name."""

    given: Mapping[str, str]
    by_country: bool
    guessing: bool
    dry_run: bool
    reports: bool
    as_json: bool
    allow_private: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """A file to add: as it was named, a path that names it, what is stated of it, its bytes."""

    name: str
    path: Path
    given: Mapping[str, str]
    content: bytes


def add_files(context: click.Context, names: Sequence[str], wishes: Wishes) -> int:
    """Add what the names stand for; returns the exit status, 1 where one of several failed.

    Raises PinciteError for what concerns all of them, and for what is wrong with a single one.
    """
    addresses = [name for name in names if name.lower().startswith(_WEB)]
    found = files_of(name for name in names if name not in addresses)
    sources: list[Path | str] = [*addresses, *found.files]
    if len(sources) > 1 and (wrong := [name for name in _OF_ONE if name in wishes.given]):
        raise BadMetadata(
            f"--{wrong[0]} says something of one report, and there are {len(sources)} files; add "
            "that one by itself, or write it in a TOML file beside each."
        )
    batch = _Batch(context, wishes, found, len(sources))
    if len(names) == 1 and sources in ([names[0]], [Path(names[0])]):
        batch.add(sources[0])
        return 0
    return batch.add_each(sources)


class _Batch:
    """The files of one command, and how far it is with them."""

    def __init__(self, context: click.Context, wishes: Wishes, found: Found, count: int) -> None:
        self._context = context
        self._wishes = wishes
        self._found = found
        self._sizes = {path: path.stat().st_size for path in found.files if path.is_file()}
        self._count = count
        self._at = 0
        self._done = 0
        self._begun = time.monotonic()
        self._opened: Pincite | None = None
        self._telling = Telling(reports=wishes.reports, as_json=wishes.as_json)

    def add_each(self, sources: Sequence[Path | str]) -> int:
        """Add every one, going on past those that cannot be; say the sum; the exit status."""
        failed: list[str] = []
        try:
            for number, source in enumerate(sources, 1):
                self._at = number
                try:
                    self.add(source)
                except (UnreadableReport, BadMetadata) as error:
                    failed.append(str(source))
                    say(f"pincite: {told(error)}", err=True)
                self._done += self._sizes.get(Path(source), 0)
        except (KeyboardInterrupt, Stopped):
            raise Stopped(
                "stopped; what was added stays, and the same command goes on from there."
            ) from None
        finally:
            self._telling.sum_up(len(sources), failed, self._found)
        return 1 if failed else 0

    def add(self, source: Path | str) -> None:
        """Read one file and add it, or show what would be; raises PinciteError."""
        wishes = self._wishes
        with self._display(f"Reading {source}", None):
            file = self._source(source)
            held = self._held(sha256_of(file.content))
            parted = were_parted(held)
            same = not wishes.guessing and (parted or not wishes.by_country)
            same = same and is_unchanged(file.path, file.content, file.given, held)
            if same and not (wishes.dry_run or wishes.reports):
                self._telling.unchanged(held, parted=parted)
                return
            whole = of_content(
                file.path, file.content, file.given, name=file.name, guessing=wishes.guessing
            )
            divides = wishes.by_country or parted or wishes.dry_run
            parts = whole.by_country() if divides else [whole]
        if wishes.dry_run:
            if known := whole.among(held):
                whole = whole.known_as(known)
            cut = parted or wishes.by_country
            self._telling.would_add(file.name, whole, parts, parted=cut, held=same)
            return
        try:
            added = self._pincite.adding.add_all(parts)
        except (KeyboardInterrupt, Stopped):
            # What was stored before it was stopped stays, though the index lacks it yet.
            library = self._pincite.library
            stored = [one for one in library.holding(sha256_of(file.content)) if one not in held]
            self._telling.stored([library.entry(one.id) for one in stored])
            raise
        sought = wishes.by_country
        entries = self._pincite.library.entries()
        self._telling.added(file.name, whole, parts, added, entries, sought=sought)
        if len(parts) > 1:
            ids = {one.report.id for one in added}
            self._telling.left_whole([report for report in held if report.id not in ids])

    def _source(self, source: Path | str) -> _Source:
        given = self._wishes.given
        if isinstance(source, Path):
            content = file_bytes(source)
            return _Source(name=str(source), path=source, given=given, content=content)
        from corpus.readers.web.fetching import fetch

        page = fetch(source, allow_private=self._wishes.allow_private)
        return _Source(
            name=page.address,
            path=_path_of(page.address, page.suffix),
            given={"url": page.address, **given},
            content=page.content,
        )

    def _held(self, sha256: str) -> list[Report]:
        """What the library holds of these bytes; a library that is not there is not begun."""
        folder = settings(self._context).library
        if not (folder / FILE_NAME).exists():
            return []
        if self._wishes.dry_run:
            with Library(folder) as library:
                return library.holding(sha256)
        return self._pincite.library.holding(sha256)

    @property
    def _pincite(self) -> "Pincite":
        if self._opened is None:
            self._opened = open_pincite(self._context, display=self._display)
        return self._opened

    def _display(
        self, title: str, steps: int | None
    ) -> AbstractContextManager[Callable[[int], None]]:
        """The progress of a step, of many files with how many there are and the time left."""
        if self._count > 1:
            title = f"{self._at} of {self._count}{self._time_left()}: {title}"
        return progress.display(title, steps)

    def _time_left(self) -> str:
        """About how long the rest will take, by the bytes of the files that are done."""
        if not self._done:
            return ""
        rest = sum(self._sizes.values()) - self._done
        minutes = (time.monotonic() - self._begun) * rest / self._done / 60
        return f", about {max(round(minutes), 1)} min left"


def _path_of(address: str, suffix: str) -> Path:
    """A path that names what was fetched: its host and its place there, with the ending it has."""
    parts = urlsplit(address)
    path = Path(f"{parts.netloc}{parts.path}".rstrip("/"))
    return path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)
