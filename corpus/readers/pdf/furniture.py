"""Heads, feet and page numbers, which stand on page after page and are no part of the text."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.readers.pdf.page import Line, Looks
from corpus.readers.pdf.printed_pages import Numeral, numeral, printed_pages

# Heads and feet are among the first and the last rows of a page, in its outer sixths.
_ROWS, _MARGIN = 4, 1 / 6
# A head stands at one height, but for rounding; a number says that text is a page's own.
_HEIGHT = 4.0
_FEWEST, _FEWEST_OF_FEW, _FEW_PAGES = 3, 2, 5
_DIGITS = re.compile(r"\d+")
_SEPARATE = 1.45  # times the usual distance of lines: what stands off from the text below it
_THUMB = 5  # letters: a mark at the edge that stands outside of head and foot
_LARGE = 1.15  # times the size of the text
_MANY = 0.4  # of the sheets
_SAID_AGAIN = 0.5  # of large heads
_SHORT = 0.62  # a changing head is shorter than this share of the page's width


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet's pieces of lines, its size, and the words set sideways on it."""

    sheet: int
    width: float
    height: float
    lines: list[Line]
    sideways: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFurniture:
    """What is dropped: the lines by sheet, each text as it first stands, with its sheets.

    `printed` are the numbers that the sheets print.
    """

    lines: Mapping[int, frozenset[int]]
    texts: tuple[tuple[str, tuple[int, ...]], ...]
    printed: Mapping[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edge:
    """A row at the top or the foot of a page; `rank` counts from the outermost, from 0."""

    sheet: int
    head: bool
    rank: int
    height: float
    lines: tuple[Line, ...]
    stands_off: bool
    width: float

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def looks(self) -> Looks:
        return self.lines[0].looks


def find_furniture(
    sheets: Sequence[Sheet], labels: Mapping[int, str], body: Looks
) -> PageFurniture:
    """The heads, feet and printed numbers of a document whose text mostly looks like `body`."""
    edges = [edge for sheet in sheets for edge in _edges(sheet)]
    candidates = _candidates(edges)
    for sheet in sheets:
        aside = [*sheet.sideways, *(line.text for line in _in_margin(sheet))]
        known = {number.printed for number in candidates[sheet.sheet]}
        numbers = (numeral(text, alone=True) for text in aside)
        candidates[sheet.sheet] += [
            number for number in numbers if number is not None and number.printed not in known
        ]
    printed = printed_pages(candidates, labels, len(sheets))
    repeated = _repeated(edges, len(sheets))
    changing = _changing(edges, body, len(sheets))
    dropped: dict[int, set[int]] = defaultdict(set)
    texts: dict[str, tuple[str, set[int]]] = {}
    for index, edge in enumerate(edges):
        if index in repeated or index in changing or _is_number(edge, printed):
            dropped[edge.sheet].update(id(line) for line in edge.lines)
            shape = _shape(edge.text) if index in repeated else edge.text
            texts.setdefault(shape, (edge.text, set()))[1].add(edge.sheet)
    for at, line in _beside(sheets, printed):
        if id(line) not in dropped[at]:
            dropped[at].add(id(line))
            texts.setdefault(line.text, (line.text, set()))[1].add(at)
    return PageFurniture(
        lines={sheet: frozenset(lines) for sheet, lines in dropped.items()},
        texts=tuple((text, tuple(sorted(found))) for text, found in texts.values()),
        printed=printed,
    )


def _beside(sheets: Sequence[Sheet], printed: Mapping[int, str]) -> list[tuple[int, Line]]:
    """Marks in the margin, beside the text and on no line of it: single letters, as of a register,
    the page's number, and what stands in the same place on other sheets.
    """
    marks = [(sheet.sheet, line) for sheet in sheets for line in _in_margin(sheet)]
    places = Counter((line.text, round(line.x0 / _HEIGHT), round(line.base / _HEIGHT))
                     for _, line in marks)  # fmt: skip
    return [
        (sheet, line)
        for sheet, line in marks
        if (len(line.text) == 1 and line.text.isupper())
        or line.text == printed.get(sheet)
        or places[line.text, round(line.x0 / _HEIGHT), round(line.base / _HEIGHT)] >= _FEWEST
    ]


def _in_margin(sheet: Sheet) -> list[Line]:
    """The lines that stand left or right of the text."""
    texts = [line for line in sheet.lines if len(line.words) > _THUMB]
    left = min((line.x0 for line in texts), default=0.0)
    right = max((line.x1 for line in texts), default=sheet.width)
    return [line for line in sheet.lines if line.x0 > right or line.x1 < left]


def _edges(sheet: Sheet) -> list[_Edge]:
    """The outermost rows of a page, from the edges inwards."""
    rows = _rows(sheet.lines)
    edges = []
    for head in (True, False):
        outermost = rows if head else rows[::-1]
        for rank, row in enumerate(outermost[:_ROWS]):
            height = row[0].base if head else sheet.height - row[0].base
            if height > _MARGIN * sheet.height:
                break
            inner = outermost[rank + 1] if rank + 1 < len(outermost) else None
            distance = abs(inner[0].base - row[0].base) if inner else float("inf")
            edge = _Edge(
                sheet=sheet.sheet,
                head=head,
                rank=rank,
                height=row[0].base,
                lines=tuple(row),
                stands_off=distance > _SEPARATE * 1.2 * max(row[0].size, 1.0),
                width=sum(line.x1 - line.x0 for line in row) / (sheet.width or 1.0),
            )
            edges.append(edge)
    return edges


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.base, line.x0)):
        if rows and line.base - rows[-1][0].base < 0.3 * max(line.size, 1.0):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.x0) for row in rows]


def _candidates(edges: Sequence[_Edge]) -> dict[int, list[Numeral]]:
    """What may be each sheet's number: a piece of a row by itself, or its first or last word."""
    found: dict[int, list[Numeral]] = defaultdict(list)
    for edge in edges:
        texts: dict[str, Looks] = {}
        for line in edge.lines:
            if not line.words[0].raised:
                texts.setdefault(line.text, line.looks)
        first, last = edge.lines[0].words, edge.lines[-1].words
        ends = (first[:1], last[-1:], last[-2:]) if edge.stands_off or edge.rank == 0 else ()
        for words in ends:
            if words[0].raised:
                continue  # a note's marker
            texts.setdefault(" ".join(word.text for word in words), words[-1].looks)
        for text, looks in texts.items():
            slot = (edge.head, round(edge.height / _HEIGHT), looks)
            number = numeral(text, slot, alone=text == edge.text)
            if number is not None:
                found[edge.sheet].append(number)
    return found


def _is_number(edge: _Edge, printed: Mapping[int, str]) -> bool:
    """Whether a row is the page's number, alone or as a piece of what stands off at the edge."""
    number = numeral(edge.text)
    if number is not None:
        return printed.get(edge.sheet) == number.printed
    own = {line.text for line in edge.lines}
    own |= {edge.lines[0].words[0].text, edge.lines[-1].words[-1].text}
    return edge.rank == 0 and edge.stands_off and printed.get(edge.sheet) in own


def _shape(text: str) -> str:
    """A text with its numbers as #: what a running head with a page number repeats."""
    return _DIGITS.sub("#", text).strip()


def _repeated(edges: Sequence[_Edge], sheets: int) -> set[int]:
    """Rows whose text stands at the same height on other pages."""
    fewest = _FEWEST_OF_FEW if sheets <= _FEW_PAGES else _FEWEST
    groups: dict[tuple[bool, str], list[int]] = defaultdict(list)
    for index, edge in enumerate(edges):
        words = sorted(_shape(line.text) for line in edge.lines)
        groups[(edge.head, "".join("".join(words).split()))].append(index)
    found = set()
    for group in groups.values():
        for index in group:
            height = edges[index].height
            beside = {
                edges[other].sheet
                for other in group
                if abs(edges[other].height - height) <= _HEIGHT
            }
            if len(beside) >= fewest and any(c.isalnum() or c == "#" for c in edges[index].text):
                found.add(index)
    return _whole(edges, found)


def _whole(edges: Sequence[_Edge], found: set[int]) -> set[int]:
    """Of repeated rows those from the page's edge to one that stands off, and such ones within."""
    kept: set[int] = set()
    waiting: dict[tuple[int, bool], list[int] | None] = {}
    for index, edge in enumerate(edges):
        key = (edge.sheet, edge.head)
        outer = waiting.setdefault(key, [])
        if index in found and edge.stands_off:
            kept.update([index, *(outer or [])])
        elif index in found and outer is not None:
            outer.append(index)
        elif len(edge.text) > _THUMB:
            waiting[key] = None
    return kept


def _may_change(edge: _Edge) -> bool:
    """Whether a row may be a head of its own page: short, and apart from the text."""
    return edge.rank == 0 and edge.stands_off and edge.width < _SHORT


def _headings(edges: Sequence[_Edge], body: Looks) -> set[int]:
    """Large rows, which are headings, though many begin at one height.

    Those of a type and a height are heads where most of them say the same as another page's.
    """
    alike: dict[tuple[bool, int, Looks], list[int]] = defaultdict(list)
    for index, edge in enumerate(edges):
        if _may_change(edge) and edge.looks.size > _LARGE * body.size:
            alike[edge.head, round(edge.height / _HEIGHT), edge.looks].append(index)
    found: set[int] = set()
    for group in alike.values():
        said = Counter(edges[index].text for index in group)
        if sum(said[edges[index].text] > 1 for index in group) < _SAID_AGAIN * len(group):
            found.update(group)
    return found


def _changing(edges: Sequence[_Edge], body: Looks, sheets: int) -> set[int]:
    """Outermost rows that stand off at one height on many pages, on fewer where they look unlike
    the text.

    A head that names the chapter or the country changes from page to page.
    """
    slots: Counter[tuple[bool, int]] = Counter()
    alike: Counter[tuple[bool, int, Looks]] = Counter()
    fit = {}
    headings = _headings(edges, body)
    for index, edge in enumerate(edges):
        if _may_change(edge) and index not in headings:
            fit[index] = (edge.head, round(edge.height / _HEIGHT), edge.looks)
            slots[fit[index][:2]] += 1
            alike[fit[index]] += 1
    found = set()
    for index, (head, height, looks) in fit.items():
        near = sum(slots[head, height + step] for step in (-1, 0, 1))
        same = sum(alike[head, height + step, looks] for step in (-1, 0, 1))
        other = looks != body and same >= max(_FEWEST, sheets // 8)
        if other or near >= max(_FEWEST, _MANY * sheets):
            found.add(index)
    return found
