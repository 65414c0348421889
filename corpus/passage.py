"""A passage: what is found, quoted and cited."""

import datetime
import hashlib
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace

from corpus.report import Period, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a text in code points, `start` included and `stop` not."""

    start: int
    stop: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.stop:
            raise ValueError(f"a span needs 0 <= start < stop, not {self.start} and {self.stop}")

    def moved(self, shift: int) -> "Span":
        """The same stretch, further on by `shift`."""
        return Span(start=self.start + shift, stop=self.stop + shift)


def without(source: str, hidden: tuple[Span, ...]) -> str:
    """A text without some spans of it, which stand in order and do not overlap."""
    kept, position = [], 0
    for span in hidden:
        kept.append(source[position : span.start])
        position = span.stop
    return "".join([*kept, source[position:]])


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStart:
    """From `start` on, a code point of the report's text, what stands there stands on this sheet.

    `sheet` counts the sheets of the file from 1; `printed` is the number that the page prints on
    itself, as it does ("xii", "47699", "A-3"), None where it prints none; of a `doubtful` page the
    text may not be what it says. Raises ValueError where these cannot be.
    """

    start: int
    sheet: int
    printed: str | None
    doubtful: bool = False

    def __post_init__(self) -> None:
        if self.start < 0 or self.sheet < 1 or self.printed == "":
            raise ValueError(f"no page begins at {self.start} on sheet {self.sheet}")


def pages_between(pages: tuple[PageStart, ...], start: int, stop: int) -> tuple[PageStart, ...]:
    """The pages on which what stands between two places does, the first from `start` on."""
    starts = [page.start for page in pages]
    first = bisect_right(starts, start)
    before = [replace(page, start=start) for page in pages[max(first - 1, 0) : first]]
    return (*before, *pages[first : bisect_left(starts, stop)])


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMark:
    """A marker of a note: from `start` to `stop`, in the block or passage that it stands in.

    `note` is the marker as printed, "8". `at` is where the note that it means begins in the
    report's text, None where the file has no such note; `words` are that note's, empty until the
    report is cut. Raises ValueError where these cannot be.
    """

    start: int
    stop: int
    note: str
    at: int | None = None
    words: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.stop or not self.note:
            raise ValueError(f"no marker {self.note!r} stands at {self.start}:{self.stop}")

    def moved(self, shift: int) -> "NoteMark":
        """The same marker, further on by `shift`."""
        return replace(self, start=self.start + shift, stop=self.stop + shift)


@dataclass(frozen=True, slots=True, kw_only=True)
class PressItem:
    """What a dated publication in a report's list of publications says of itself."""

    date: datetime.date
    kind: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One paragraph, a part of a long one, a list, a note, a table's row or a press item.

    `start` and `stop` are code points in the report's text as it was, and `source` is that text
    between them. `hidden` are the spans of `source` (note markers, markup) that are neither
    searched nor shown; `text` is the source without them. `section` is the path of headings from
    the outermost, empty before the first heading; `number` counts paragraphs from 1 within the
    section, and `printed_number` is the one that the report itself prints ("124.16"). `label` is
    what a passage that is no paragraph is cited as: "note 8", "Table 3, row 2".

    `pages` say on which pages it stands, the first from its start; there are none where the format
    has no pages. `notes` are the markers of notes in `source`. `quoted` is the stretch of `text`
    that is quoted from it, where that is less than the whole: it makes no other passage, but its
    pages and notes are those that are cited. `occurrence` tells apart passages
    of one report whose text is the same. Raises ValueError where these cannot belong together.
    """

    report: Report
    section: tuple[str, ...]
    number: int
    start: int
    stop: int
    source: str
    hidden: tuple[Span, ...] = ()
    press: PressItem | None = None
    occurrence: int = 1
    pages: tuple[PageStart, ...] = ()
    printed_number: str | None = None
    label: str | None = None
    notes: tuple[NoteMark, ...] = ()
    quoted: Span | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if len(self.source) != self.stop - self.start or self.start < 0:
            raise ValueError(f"source of {len(self.source)} is not {self.start}:{self.stop}")
        ends = [0, *(edge for span in self.hidden for edge in (span.start, span.stop))]
        if ends != sorted(ends) or ends[-1] > len(self.source):
            raise ValueError("hidden spans overlap or leave the passage")
        starts = [page.start for page in self.pages]
        if starts and (starts[0] != self.start or starts[-1] >= self.stop):
            raise ValueError("pages begin where the passage does, and inside it")
        if starts != sorted(set(starts)):
            raise ValueError("pages stand in order")
        if any(mark.stop > len(self.source) for mark in self.notes):
            raise ValueError("a note marker leaves the passage")
        if not self.text.strip():
            raise ValueError("a passage has text")
        if self.number < 1 or self.occurrence < 1:
            raise ValueError("paragraphs and occurrences are numbered from 1")

    @property
    def text(self) -> str:
        """The words of the report, note markers and markup left out."""
        return without(self.source, self.hidden)

    def in_report(self, span: Span) -> Span:
        """Where a stretch of `text` stands in the report's text.

        What is hidden inside the stretch lies inside the result, what is hidden at its edges does
        not. Raises ValueError where the span leaves `text`.
        """
        if span.stop > len(self.text):
            raise ValueError(f"a text of {len(self.text)} has nothing at {span.start}:{span.stop}")
        first, last = self._in_source(span.start), self._in_source(span.stop - 1)
        return Span(start=self.start + first, stop=self.start + last + 1)

    @property
    def cited_pages(self) -> tuple[PageStart, ...]:
        """The pages on which what is quoted stands, in order."""
        if self.quoted is None or not self.pages:
            return self.pages
        place = self.in_report(self.quoted)
        return pages_between(self.pages, place.start, place.stop)

    @property
    def cited_notes(self) -> tuple[NoteMark, ...]:
        """The markers of notes in what is quoted, and at its end; those whose note is known."""
        known = (mark for mark in self.notes if mark.words)
        if self.quoted is None:
            return tuple(known)
        first, last = self.quoted.start, self.quoted.stop
        return tuple(mark for mark in known if first < self._in_text(mark.start) <= last)

    def _in_text(self, place: int) -> int:
        """How many characters of `text` stand before a place of `source`."""
        return place - sum(
            min(span.stop, place) - span.start for span in self.hidden if span.start < place
        )

    def _in_source(self, place: int) -> int:
        """Where a character of `text` stands in `source`."""
        for hidden in self.hidden:
            if hidden.start > place:
                break
            place += hidden.stop - hidden.start
        return place

    @property
    def id(self) -> str:
        """The permanent public name: 64 bits of SHA-256 of the report's id and the text.

        Two of 300,000 passages share one with a probability below 3 in a billion.
        """
        identity = "\0".join([self.report.id, self.text, str(self.occurrence)])
        return hashlib.sha256(identity.encode()).hexdigest()[:16]

    @property
    def period(self) -> Period | None:
        """What it covers: its report's period; of a press item no more is known than its day."""
        if self.press is None:
            return self.report.period
        return Period(first=self.press.date, last=self.press.date)

    @property
    def published(self) -> datetime.date | None:
        """When it was published: with its report, a press item on its own day."""
        return self.report.published if self.press is None else self.press.date

    @property
    def context(self) -> str:
        """What a reader of the passage knows from above it: title, country, section headings."""
        title, country = self.report.title, self.report.country
        named = [title] if not country or country in title else [title, country]
        return " – ".join([*named, *self.section])

    @property
    def searched(self) -> str:
        """What a search reads: the context on a line of its own, then the text."""
        return f"{self.context}\n{self.text}"
