"""Tables of Markdown: each row in words that name its columns, at the places of its cells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.passage import Span
from corpus.readers.markdown_inline import Missed, Reading, Words

_BAR = re.compile(r"(?<!\\)\|")


def cells(row: str) -> Iterator[Span | None]:
    """Where the words of each cell of a row stand, None for one that has none."""
    at = 0
    for end in [*(match.start() for match in _BAR.finditer(row)), len(row)]:
        words = row[at:end].strip()
        start = row.index(words, at)
        yield Span(start=start, stop=start + len(words)) if words else None
        at = end + 1


@dataclass(slots=True)
class Tables:
    """The tables of a text as their rows come; `head` is where the last one names its columns."""

    head: tuple[Span, Reading] | None = None
    _number: int = 0
    _row: int = 0
    _names: Sequence[str] = field(default_factory=list)

    def begin(self, row: str, place: Span, readings: Sequence[Reading]) -> None:
        """Take up a row that names columns; `readings` are those of its cells, by columns."""
        self._number, self._row = self._number + 1, 0
        self._names = ["".join(_texts(row, reading)).strip() for reading in readings]
        self.head = place, _together(readings)

    def row(self, readings: Sequence[Reading], row: str) -> tuple[str, Reading]:
        """A row's label, and its words with the names of their columns before them."""
        self._row += 1
        named: list[Reading] = []
        for index, reading in enumerate(readings):
            if not reading.words:
                named.append(reading)
                continue
            name = self._names[index] if index < len(self._names) else ""
            parted = "; " if any(one.words for one in named) else ""
            named.append(_after(f"{parted}{name}: " if name else parted, reading, row))
        return f"Table {self._number}, row {self._row}", _together(named)


def _after(before: str, reading: Reading, row: str) -> Reading:
    """A reading with words before its first one."""
    first, *others = reading.words
    if not before:
        return reading
    if first.instead is not None:
        return replace(reading, words=(replace(first, instead=before + first.instead), *others))
    start = first.span.start
    opening = Words(span=Span(start=start, stop=start + 1), instead=before + row[start])
    if first.span.stop > start + 1:
        others = [Words(span=Span(start=start + 1, stop=first.span.stop)), *others]
    return replace(reading, words=(opening, *others))


def _texts(row: str, reading: Reading) -> Iterator[str]:
    for found in reading.words:
        stands = row[found.span.start : found.span.stop]
        yield stands if found.instead is None else found.instead


def _together(readings: Sequence[Reading]) -> Reading:
    words: list[Words] = []
    missed: list[Missed] = []
    marks: list[tuple[Span, str]] = []
    for reading in readings:
        words += reading.words
        missed += reading.missed
        marks += reading.marks
    return Reading(words=tuple(words), missed=tuple(missed), marks=tuple(marks))
