"""The rows of a table below the names of its columns, from the lines that it is written in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.readers.pdf.page import Line, Rule, Word, joined

# Sizes: white that parts two cells of one line; what an ordinary blank does not reach.
_CELL, _BLANK = 0.8, 0.35
_CLOSE = 3.0  # points: of columns as near as that the right one has the heading
_OPEN_ENDS = ("/", "-", ",", "–", "(", " and", " of")
_FIGURE = re.compile(r"[(<>≤≥~+\-–$€£]*\d")
DOTS = re.compile(r"[.…·]{2,}")


@dataclass(slots=True, kw_only=True)
class Row:
    """A row: the words of each column from the left, and the label of the group it belongs to."""

    cells: list[list[Word]]
    sheet: int
    group: list[Word] = field(default_factory=list)


def cells(words: Sequence[Word], size: float) -> list[list[Word]]:
    """The words of a line parted where wide white stands between them."""
    found: list[list[Word]] = [[words[0]]]
    for before, word in pairwise(words):
        if word.x0 - before.x1 >= _CELL * size:
            found.append([])
        found[-1].append(word)
    return found


def head_length(lines: Sequence[Line], wide: Sequence[Rule]) -> int:
    """How many lines at the top are the heading row: those above the first wide rule below one.

    Where the cells on the left end in colons, each row names what stands beside it.
    """
    colons = sum(joined(cells(line.words, line.size)[0]).endswith(":") for line in lines)
    if colons > len(lines) / 2:
        return 0
    ruled = sorted(rule.y for rule in wide if lines[0].base < rule.y < lines[-1].base)
    if ruled:
        head = sum(line.base <= ruled[0] + 1 for line in lines)
        if head <= max(8, len(lines) // 3) and head < len(lines):
            return head
    data = lines[len(lines) // 2].looks
    head = 0
    while head < len(lines) - 1 and head < 4 and lines[head].looks != data:  # noqa: PLR2004
        head += 1
    return head or int(_is_named(lines))


def _is_named(lines: Sequence[Line]) -> bool:
    """Whether a first line that looks like the others names columns: words above figures."""
    first = cells(lines[0].words, lines[0].size)
    figures = [sum(_FIGURE.match(word.text) is not None for word in line.words) for line in lines]
    return figures[0] == 0 and len(first) > 1 and 2 * sum(map(bool, figures[1:])) > len(lines) - 1


def _column(word: Word, edges: Sequence[float]) -> int:
    middle = (word.x0 + word.x1) / 2
    return sum(edge <= middle for edge in edges)


def column_names(
    header: Sequence[Line], data: Sequence[Line], edges: Sequence[float], rules: Sequence[Rule]
) -> list[list[Word]]:
    """The name of each column: what stands above its cells, that over several columns first."""
    extents = _extents(data, edges)
    parts: list[list[Word]] = [[] for _ in extents]
    for line in header:
        for cell in _headings(line, edges, rules):
            x0, x1 = _spanned(cell, rules)
            under = [at for at, (left, right) in enumerate(extents) if left < x1 and x0 < right]
            if len(under) > 1 and not _is_one(cell, x0, x1):
                _share(cell, edges, parts)
                continue
            for column in under or [_nearest(cell, extents)]:
                parts[column] += cell
    return parts


def _nearest(cell: Sequence[Word], extents: Sequence[tuple[float, float]]) -> int:
    """The column of a heading that stands above none: figures are set to the right."""
    x0, x1 = cell[0].x0, cell[-1].x1
    return min(
        range(len(extents)),
        key=lambda at: (max(extents[at][0] - x1, x0 - extents[at][1]) // _CLOSE, -at),
    )


def _extents(data: Sequence[Line], edges: Sequence[float]) -> list[tuple[float, float]]:
    """Where the words of each column begin and end; between its edges where it has none."""
    parts: list[list[Word]] = [[] for _ in range(len(edges) + 1)]
    for line in data:
        _share(line.words, edges, parts)
    bounds = [float("-inf"), *edges, float("inf")]
    return [
        (min(word.x0 for word in words), max(word.x1 for word in words))
        if words
        else (bounds[at], bounds[at + 1])
        for at, words in enumerate(parts)
    ]


def _headings(line: Line, edges: Sequence[float], rules: Sequence[Rule]) -> list[list[Word]]:
    """The cells of a heading line: parted by wide white, and by any white between columns."""
    found: list[list[Word]] = []
    for cell in cells(line.words, line.size):
        x0, x1 = _spanned(cell, rules)
        found.append(cell[:1])
        for before, word in pairwise(cell):
            parted = any(before.x1 <= edge <= word.x0 for edge in edges)
            if parted and word.x0 - before.x1 > _BLANK * line.size and not _is_one(cell, x0, x1):
                found.append([])
            found[-1].append(word)
    return found


def _is_one(cell: Sequence[Word], x0: float, x1: float) -> bool:
    """Whether a heading stands over several columns as one: over a rule, not word over word."""
    return x1 - x0 > cell[-1].x1 - cell[0].x0 + 1


def _share(cell: Sequence[Word], edges: Sequence[float], parts: list[list[Word]]) -> None:
    for word in cell:
        parts[_column(word, edges)].append(word)


def _spanned(cell: Sequence[Word], rules: Sequence[Rule]) -> tuple[float, float]:
    """Over what a heading stands: the rule right below it, else itself."""
    x0, x1 = cell[0].x0, cell[-1].x1
    for rule in rules:
        if (
            0 <= rule.y - cell[0].base <= 0.9 * cell[0].looks.size
            and rule.x0 <= x0
            and x1 <= rule.x1
        ):
            margin = 0.8 * cell[0].looks.size
            return rule.x0 + margin, rule.x1 - margin
    return x0, x1


def rows_below(lines: Sequence[Line], edges: Sequence[float], rules: Sequence[Rule]) -> list[Row]:
    """The rows below the heading; lines without a first cell, or close below, go on with theirs.

    A line with a first cell alone names the group of the rows below it.
    """
    rows: list[Row] = []
    group: list[Word] = []
    used = True
    shape = _Shape(tight=_tight(lines), rules=rules)
    before: Line | None = None
    for line in lines:
        parts: list[list[Word]] = [[] for _ in range(len(edges) + 1)]
        _share([word for word in line.words if not DOTS.fullmatch(word.text)], edges, parts)
        filled = [column for column, words in enumerate(parts) if words]
        if before is not None and rows and used and shape.continues(before, line, filled, rows[-1]):
            for column in filled:
                rows[-1].cells[column] += parts[column]
        elif filled == [0]:
            above = [word for word in group if word.looks.bold] if not line.looks.bold else []
            if not used and len(above) < len(group):
                rows.append(Row(cells=[group], sheet=line.sheet))
                above = []
            group, used = [*above, *parts[0]], False
        else:
            if not used and _goes_on(group, parts[0]):
                parts[0], group = [*group, *parts[0]], []
            if line.looks.bold:
                group = []
            rows.append(Row(cells=parts, sheet=line.sheet, group=group))
            used = True
        before = line
    if not used:
        rows.append(Row(cells=[group], sheet=lines[-1].sheet))
    return rows


def _goes_on(name: Sequence[Word], cell: Sequence[Word]) -> bool:
    """Whether a first cell goes on with the line above it: in brackets, with a small letter."""
    alike = bool(name) and bool(cell) and name[-1].looks == cell[0].looks
    return alike and (cell[0].text.startswith("(") or cell[0].text[:1].islower())


def _is_outdented(line: Line, filled: Sequence[int], row: Row) -> bool:
    """Whether a line names a group: alone in the first column, left of a row that is set in."""
    if list(filled) != [0] or not row.cells[0]:
        return False
    return line.x0 < row.cells[0][0].x0 - 2 and line.words[0].text[:1].isupper()


def _tight(lines: Sequence[Line]) -> float | None:
    """The distance of lines within a row, None where rows stand as close as their lines."""
    distances = sorted(b.base - a.base for a, b in pairwise(lines))
    if not distances:
        return None
    smallest, usual = distances[0], distances[len(distances) // 2]
    return smallest * 1.12 if distances[-1] > 1.25 * smallest and usual > 1.12 * smallest else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """What parts the rows of a table: the distance of lines within one, and rules."""

    tight: float | None
    rules: Sequence[Rule]

    def continues(self, before: Line, line: Line, filled: Sequence[int], row: Row) -> bool:
        """Whether a line belongs to the row of the line before it."""
        ruled = any(before.base < rule.y < line.base - 0.5 * line.size for rule in self.rules)
        if ruled or line.looks.bold != before.looks.bold or _is_outdented(line, filled, row):
            return False
        if self.tight is not None:
            return line.base - before.base <= self.tight
        if list(filled) != [0]:
            return 0 not in filled
        open_end = joined(row.cells[0]).endswith(_OPEN_ENDS)
        deeper = bool(row.cells[0]) and line.x0 > row.cells[0][0].x0 + 2
        return not line.looks.bold and (open_end or deeper) and bool(row.cells[0])
