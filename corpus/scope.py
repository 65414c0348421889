"""A part of the library: the filters by report, country, year and section."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.errors import NotInLibrary
from corpus.names.mentions import country_named
from corpus.report import Kind, Period

# A sentence that names what there is names so many of it.
_MOST_NAMED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """A report that answers come from: what filters and a survey of many reports read of it."""

    id: str
    version: int
    title: str
    publisher: str | None
    country: str | None
    period: Period | None
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What an answer may come from; None does not restrict.

    Names compare without regard to case and blanks, a country's by all that it is called; a
    section is found by any part of its path. `year` is what a person chose, `named_year` what a
    question names. `passages` are ids, empty for all: a passage that was shown and those beside it,
    which a follow-up looks into first.
    """

    report: str | None = None
    country: str | None = None
    year: int | None = None
    named_year: int | None = None
    section: str | None = None
    passages: frozenset[str] = frozenset()

    @property
    def is_everything(self) -> bool:
        """Whether nothing is restricted."""
        return self == EVERYTHING

    def __str__(self) -> str:
        """The restrictions in words, empty where there is none."""
        section = f"section “{self.section}”" if self.section else None
        near = "the passage shown and those beside it" if self.passages else None
        parts = [self.report, self.country, self.year, self.named_year, section, near]
        return ", ".join(str(part) for part in parts if part is not None)

    def reports(self, reports: Sequence[Shelved]) -> list[Shelved]:
        """Those of the reports that can hold passages in scope; raises NotInLibrary if none."""
        if self.report is not None:
            reports = _narrowed(reports, "report", self.report, [r.id for r in reports], _plain)
        if self.country is not None:
            countries = [report.country or "" for report in reports]
            reports = _narrowed(reports, "country", self.country, countries, country_named)
        return list(reports)

    def holds_section(self, section: str) -> bool:
        """Whether a section's path, as the library stores it, is in scope."""
        if self.section is None:
            return True
        return _plain(self.section).casefold() in " – ".join(json.loads(section)).casefold()

    def holds_passage(self, passage: str) -> bool:
        """Whether a passage is in scope by its id."""
        return not self.passages or passage in self.passages

    def holds_year(self, report: Shelved, press: str | None) -> bool:
        """Whether a passage is of the year: of its report's period, a press item of its own year.

        `press` is the text of a press item, its date before it, None for other passages. An item
        of 2019 that looks back at 2015 is of 2019: that is all it states, and by the years that it
        names it would be of each of them. Where a question only names the year, an item may name
        it, too.
        """
        years = [year for year in (self.year, self.named_year) if year is not None]
        if press is not None:
            own = self.year is None or press.startswith(f"{self.year:04}")
            return own and (self.named_year is None or f"{self.named_year:04}" in press)
        period = report.period
        return all(period is not None and year in period.years for year in years)


EVERYTHING = Scope()


def named(values: Sequence[str]) -> str:
    """Values in a sentence, the first of many."""
    more = len(values) - _MOST_NAMED
    return ", ".join(values[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _narrowed(
    reports: Sequence[Shelved],
    field: str,
    wanted: str,
    values: Sequence[str],
    usual: Callable[[str], str],
) -> list[Shelved]:
    found = [
        report
        for report, value in zip(reports, values, strict=True)
        if usual(value).casefold() == usual(wanted).casefold()
    ]
    if not found:
        known = named(sorted({value for value in values if value})) or "none"
        raise NotInLibrary(
            f"no report that answers come from has the {field} {wanted!r}; there is: {known}."
        )
    return found


def _plain(value: str) -> str:
    return " ".join(value.split())
