"""What adding files says: of each, of how it was read, and of all together."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.rendering.printable import printable_json
from bot.rendering.reading import (
    country_lines,
    extraction_lines,
    extraction_object,
    guesses_object,
    warning_lines,
)
from bot.rendering.reports import (
    added_lines,
    dry_lines,
    part_line,
    unchanged_line,
    unchanged_parts_line,
)
from bot.rendering.saying import say
from corpus.readers.folder import Found
from corpus.report import Report
from corpus.storage.entries import Entry, Outcome

if TYPE_CHECKING:
    from corpus.intake import Loaded
    from embeddings.adding import Added

_UNPARTED = "No entries of several countries were found in it, so it is one report."


class Telling:
    """Says what becomes of files, in words or, where it was asked for, as objects of JSON."""

    def __init__(self, *, reports: bool, as_json: bool) -> None:
        self._reports = reports
        self._as_json = as_json
        self._sums: Counter[Outcome] = Counter()

    def added(
        self,
        name: str,
        whole: "Loaded",
        parts: "Sequence[Loaded]",
        added: "Sequence[Added]",
        entries: Sequence[Entry],
        *,
        sought: bool,
    ) -> None:
        """That a file, so named, was added, as one report or in the parts that were `sought`."""
        self._sums.update(one.outcome for one in added)
        if self._as_json:
            self._say_objects(parts)
            return
        if len(parts) > 1:
            lines = [part_line(one, part.passages) for one, part in zip(added, parts, strict=True)]
        else:
            lines = [*added_lines(added[0], entries), *([_UNPARTED] if sought else [])]
        if any(one.outcome is not Outcome.UNCHANGED for one in added):
            parted = len(parts) > 1
            lines += warning_lines(whole.document, name, added[0].report, parted=parted)
        say("\n".join(lines))
        self._say_reports(parts)

    def would_add(
        self,
        name: str,
        whole: "Loaded",
        parts: "Sequence[Loaded]",
        *,
        parted: bool,
        held: bool,
    ) -> None:
        """What adding a file would do: its outline, and the countries that it would be cut into.

        That it can be cut is not said where it is `parted` anyway; `held` says that the library
        has it as it is.
        """
        if self._as_json:
            self._say_objects([whole])
            return
        lines = dry_lines(whole.report, whole.passages, held=held)
        of_countries = [part.passages for part in parts if part.country]
        if parted and not whole.document.entries:
            lines.append(_UNPARTED)
        lines += country_lines([*zip(whole.document.entries, of_countries, strict=bool(parts[1:]))])
        lines += warning_lines(whole.document, name, whole.report, parted=parted)
        say("\n".join(lines))
        self._say_reports([whole])

    def left_whole(self, reports: Sequence[Report]) -> None:
        """That reports hold a file that is now in parts, too."""
        if self._as_json:
            return
        for report in reports:
            say(
                f"{report.id} still holds all of it as one report, so answers may come twice: "
                f"pincite remove {report.id}"
            )

    def unchanged(self, held: Sequence[Report], *, parted: bool) -> None:
        """That reports, or the parts of one file, are in the library as they are."""
        self._sums[Outcome.UNCHANGED] += len(held)
        if not self._as_json:
            lines = [unchanged_parts_line(held)] if parted else map(unchanged_line, held)
            say("\n".join(lines))

    def stored(self, entries: Sequence[Entry]) -> None:
        """Count reports that were stored and then not told of, since the person stopped it."""
        self._sums.update(
            Outcome.ADDED if entry.version == 1 else Outcome.NEW_VERSION for entry in entries
        )

    def sum_up(self, files: int, failed: Sequence[str], found: Found) -> None:
        """What became of all files that were found, which failed, and what was not read."""
        if self._as_json:
            return
        sums = [f"{number} {what.value}" for what, number in self._sums.items()]
        sums += [f"{len(failed)} failed"] if failed else []
        lines = [f"{files} file{'s' * (files != 1)}: {', '.join(sums) or 'nothing added'}."]
        lines += [f"Failed: {name}" for name in failed]
        lines += [
            f"Left alone: {count} {ending or 'nameless'} file{'s' * (count > 1)}."
            for ending, count in sorted(found.left.items())
        ]
        lines += [
            f"Left alone: {path}, which tells of its folder; to add it all the same, name it."
            for path in found.about
        ]
        say("\n".join(lines))

    def _say_reports(self, parts: "Sequence[Loaded]") -> None:
        if not self._reports:
            return
        for part in parts:
            head = [f"\n{part.report.id}"] if len(parts) > 1 else []
            say("\n".join([*head, *extraction_lines(part.document.extraction, part.passages)]))

    def _say_objects(self, parts: "Sequence[Loaded]") -> None:
        for part in parts:
            document = part.document
            more = guesses_object(document.guesses, document.entries)
            about = {"file": str(part.path), "report_id": part.report.id, **more}
            say(printable_json(extraction_object(document.extraction, part.passages, **about)))
