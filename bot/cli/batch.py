"""One file or many into the library: each by itself, what went wrong, and the sum of it."""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from bot.cli import progress
from bot.cli.options import open_pincite, settings
from bot.rendering.mending import told
from bot.rendering.saying import say
from corpus.errors import BadMetadata, Stopped, UnreadableReport

if TYPE_CHECKING:
    from bot.assemble import Pincite
    from corpus.intake import Loaded
    from corpus.report import Report
    from embeddings.adding import Added

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
    """A file to add: its path or address, where it is, its bytes where they are at hand.

    `given` is what is stated of it: with the command, and by the place it was fetched from.
    """

    name: str
    path: Path
    given: Mapping[str, str]
    content: bytes


def add_files(context: click.Context, names: Sequence[str], wishes: Wishes) -> int:
    """Add what the names stand for; returns the exit status, 1 where one of several failed.

    Raises PinciteError for what concerns all of them, and for what is wrong with a single one.
    """
    from corpus.readers.folder import files_of

    addresses = [name for name in names if name.lower().startswith(_WEB)]
    found = files_of(name for name in names if name not in addresses)
    sources: list[Path | str] = [*addresses, *found.files]
    if len(sources) > 1 and (wrong := [name for name in _OF_ONE if name in wishes.given]):
        raise BadMetadata(
            f"--{wrong[0]} says something of one report, and there are {len(sources)} files; add "
            "that one by itself, or write it in a TOML file beside each."
        )
    batch = _Batch(context, wishes, len(sources), _bytes_of(found.files))
    if [str(source) for source in sources] == list(names) and len(names) == 1:
        batch.add(sources[0])
        return 0
    status = batch.add_each(sources)
    for ending, count in sorted(found.left.items()):
        say(f"Left alone: {count} {ending or 'nameless'} file{'s' * (count > 1)}.")
    return status


def _bytes_of(files: Sequence[Path]) -> int:
    return sum(path.stat().st_size for path in files if path.is_file())


class _Batch:
    """The files of one command, how far it is with them, and what became of them."""

    def __init__(self, context: click.Context, wishes: Wishes, count: int, size: int) -> None:
        self._context = context
        self._wishes = wishes
        self._count = count
        self._size = size
        self._done = 0
        self._at = 0
        self._begun = time.monotonic()
        self._opened: Pincite | None = None
        self._sums: Counter[str] = Counter()

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
                if isinstance(source, Path) and source.is_file():
                    self._done += source.stat().st_size
        except (KeyboardInterrupt, Stopped):
            self._say_sum(len(sources), failed)
            raise Stopped(
                "stopped; what was added stays, and the same command goes on from there."
            ) from None
        self._say_sum(len(sources), failed)
        return 1 if failed else 0

    def add(self, source: Path | str) -> None:
        """Read one file and add it, or show what would be; raises PinciteError."""
        from corpus.intake import is_unchanged, of_content, sha256_of, were_parted

        wishes = self._wishes
        with self._display(f"Reading {source}", None):
            fetched = self._source(source)
        held = self._held(sha256_of(fetched.content))
        parts = were_parted(held)
        same = not wishes.guessing and (parts or not wishes.by_country)
        if same and is_unchanged(fetched.path, fetched.content, fetched.given, held):
            self._say_unchanged(held)
            return
        with self._display(f"Reading {source}", None):
            whole = of_content(
                fetched.path,
                fetched.content,
                fetched.given,
                name=fetched.name,
                guessing=wishes.guessing,
            )
        several = whole.by_country() if wishes.by_country or parts else [whole]
        if wishes.dry_run:
            self._show(whole)
        else:
            self._add(fetched.name, whole, several)

    def _source(self, source: Path | str) -> _Source:
        given = self._wishes.given
        if isinstance(source, str):
            from corpus.readers.web.fetching import fetch

            page = fetch(source, allow_private=self._wishes.allow_private)
            return _Source(
                name=source,
                path=_path_of(page.address, page.suffix),
                given={"url": page.address, **given},
                content=page.content,
            )
        from corpus.readers.file import file_bytes

        return _Source(name=str(source), path=source, given=given, content=file_bytes(source))

    def _held(self, sha256: str) -> "list[Report]":
        """What the library holds of these bytes; a library that is not there is not begun."""
        from corpus.storage.library import FILE_NAME, Library

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

    def _add(self, name: str, whole: "Loaded", several: "Sequence[Loaded]") -> None:
        from bot.rendering.reading import warning_lines
        from bot.rendering.reports import added_lines, part_line

        added = self._pincite.adding.add_all(several)
        for one in added:
            self._sums[one.outcome.value] += 1
        if self._wishes.as_json:
            self._say_object(several)
            return
        if len(several) > 1:
            for one, part in zip(added, several, strict=True):
                say(part_line(one, part.passages))
            lines = warning_lines(whole.document, name, parted=True)
        else:
            lines = added_lines(added[0], self._pincite.library.entries())
            lines += warning_lines(whole.document, name) if _is_new(added[0]) else []
        for line in lines:
            say(line)
        if self._wishes.reports:
            self._say_reports(several)

    def _show(self, whole: "Loaded") -> None:
        """What adding the file would do: its outline, and the countries that it would cut."""
        from bot.rendering.reading import country_lines, warning_lines
        from bot.rendering.reports import dry_lines

        parts = whole.by_country()
        if self._wishes.as_json:
            self._say_object(parts if self._wishes.by_country else [whole])
            return
        for line in dry_lines(whole.report, whole.passages):
            say(line)
        by_name = {part.country: part.passages for part in parts if part.country}
        entries = zip(whole.document.entries, by_name.values(), strict=True) if by_name else ()
        for line in country_lines(list(entries)):
            say(line)
        for line in warning_lines(whole.document, str(whole.path)):
            say(line)
        if self._wishes.reports:
            self._say_reports([whole])

    def _say_reports(self, several: "Sequence[Loaded]") -> None:
        from bot.rendering.reading import extraction_lines

        for loaded in several:
            if len(several) > 1:
                say(f"\n{loaded.report.id}")
            for line in extraction_lines(loaded.document.extraction, loaded.passages):
                say(line)

    def _say_object(self, several: "Sequence[Loaded]") -> None:
        from bot.rendering.printable import printable_json
        from bot.rendering.reading import extraction_object, guesses_object

        for loaded in several:
            document = loaded.document
            more = guesses_object(document.guesses, document.entries)
            about = {"file": str(loaded.path), "report_id": loaded.report.id, **more}
            say(printable_json(extraction_object(document.extraction, loaded.passages, **about)))

    def _say_unchanged(self, held: "Sequence[Report]") -> None:
        self._sums["unchanged"] += len(held)
        from bot.rendering.reports import unchanged_line

        if not self._wishes.as_json:
            for report in held:
                say(unchanged_line(report))

    def _say_sum(self, count: int, failed: Sequence[str]) -> None:
        if self._wishes.as_json:
            return
        sums = [f"{number} {what}" for what, number in self._sums.items()]
        sums += [f"{len(failed)} failed"] if failed else []
        say(f"{count} files: {', '.join(sums) or 'nothing added'}.")
        for name in failed:
            say(f"Failed: {name}")

    def _display(
        self, title: str, steps: int | None
    ) -> AbstractContextManager[Callable[[int], None]]:
        """The progress of a step, of many files with how many there are and the time left."""
        if self._count > 1:
            title = f"{self._at} of {self._count}{self._left()}: {title}"
        return progress.display(title, steps)

    def _left(self) -> str:
        """About how long the rest will take, by the bytes of files that are done."""
        if not self._done:
            return ""
        seconds = (time.monotonic() - self._begun) * (self._size - self._done) / self._done
        return f", about {max(round(seconds / 60), 1)} min left"


def _path_of(address: str, suffix: str) -> Path:
    """A path that names what was fetched: its host and its place there, with the ending it has."""
    parts = urlsplit(address)
    path = Path(f"{parts.netloc}{parts.path}".rstrip("/"))
    return path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)


def _is_new(added: "Added") -> bool:
    return added.outcome.value != "unchanged"
