"""White between columns: strips of a page that no word crosses, and whether they part columns."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from corpus.readers.pdf.page import Line, Rule

# Shares of the size of the type. Columns stand 1.3 apart and more where measured, a line too long
# for its column reaches into that; blanks of justified lines may be as wide, but not one below the
# other over this many rows.
_NARROWEST = 0.5
_FEWEST_ROWS, _FEWEST_KNOWN = 4, 1
_MOST_STRIPS = 24
# What is written line by line over columns looks as words in a paragraph do, unless parted wide.
_WIDE, _MANY_ROWS = 1.0, 8
# Text columns are written one after the other, tables row by row: how often the file may change
# sides, as a share of the rows.
_CHANGES = 0.2
# Words a line, at least, in a column of text; cells of tables have fewer.
_WORDS = 2.5
_FULL = 0.75  # the share of its column that a line of text fills


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """A strip of white between `x0` and `x1`, from `top` to `bottom`."""

    x0: float
    x1: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Row:
    """What a strip may not cross: a line, or a rule drawn over more than a column."""

    top: float
    bottom: float
    spans: tuple[tuple[float, float], ...]


def strips(
    lines: Sequence[Line], rules: Sequence[Rule], size: float, known: Sequence[float] = ()
) -> list[Strip]:
    """The strips of white that have words on both sides, the tallest first.

    Where other pages have columns, at the places `known`, fewer rows are enough.
    """
    narrowest = _NARROWEST * size
    rows = sorted(
        [*(_row(line, narrowest) for line in lines), *(_rule_row(rule) for rule in rules)],
        key=lambda row: row.top + row.bottom,
    )
    rows = _level(rows, size)
    found: list[Strip] = []
    active: dict[tuple[float, float], int] = {}
    for index, row in enumerate(rows):
        free = _free(row.spans, narrowest)
        following: dict[tuple[float, float], int] = {}
        for (x0, x1), since in active.items():
            kept = False
            for f0, f1 in free:
                left, right = max(x0, f0), min(x1, f1)
                if right - left >= narrowest:
                    key = (left, right)
                    following[key] = min(following.get(key, since), since)
                    kept = kept or key == (x0, x1)
            if not kept:
                _keep(found, rows[since:index], x0, x1, known)
        for f0, f1 in free:
            following.setdefault((f0, f1), index)
        active = dict(sorted(following.items(), key=lambda item: item[1])[:_MOST_STRIPS])
    for (x0, x1), since in active.items():
        _keep(found, rows[since:], x0, x1, known)
    return sorted(found, key=lambda strip: strip.top - strip.bottom)


def _row(line: Line, narrowest: float) -> _Row:
    spans: list[tuple[float, float]] = []
    for word in line.words:
        if spans and word.x0 - spans[-1][1] < narrowest:
            spans[-1] = (spans[-1][0], max(spans[-1][1], word.x1))
        else:
            spans.append((word.x0, word.x1))
    return _Row(line.top, line.bottom, tuple(spans))


def _rule_row(rule: Rule) -> _Row:
    return _Row(rule.y, rule.y, ((rule.x0, rule.x1),))


def _level(rows: Sequence[_Row], size: float) -> list[_Row]:
    """Rows at one height as one."""
    level: list[_Row] = []
    for row in rows:
        last = level[-1] if level else None
        middle = (row.top + row.bottom) / 2
        if last is not None and abs((last.top + last.bottom) / 2 - middle) < 0.35 * size:
            spans = tuple(sorted([*last.spans, *row.spans]))
            level[-1] = _Row(min(last.top, row.top), max(last.bottom, row.bottom), spans)
        else:
            level.append(row)
    return level


def _free(spans: Sequence[tuple[float, float]], narrowest: float) -> list[tuple[float, float]]:
    """The white of a row: the margins, without an end, and the gaps between."""
    free, at = [], float("-inf")
    for x0, x1 in sorted(spans):
        if x0 - at >= narrowest:
            free.append((at, x0))
        at = max(at, x1)
    if not free or free[0][0] != float("-inf"):
        free.insert(0, (float("-inf"), float("-inf")))
    return [*free, (at, float("inf"))]


def _keep(
    found: list[Strip], rows: Sequence[_Row], x0: float, x1: float, known: Sequence[float]
) -> None:
    """Add a strip where enough of its rows have words left of it and right of it."""
    left = sum(any(span[1] <= x0 for span in row.spans) for row in rows)
    right = sum(any(span[0] >= x1 for span in row.spans) for row in rows)
    expected = any(x0 - 1 <= place <= x1 + 1 for place in known)
    if min(left, right) >= (_FEWEST_KNOWN if expected else _FEWEST_ROWS):
        found.append(Strip(x0=x0, x1=x1, top=rows[0].top, bottom=rows[-1].bottom))


def parts_columns(
    left: Sequence[Line], right: Sequence[Line], strip: Strip, known: Sequence[float] = ()
) -> bool:
    """Whether what stands on both sides of a strip is text in columns, not cells of a table.

    Columns are written into a file one after the other, tables row by row; a program that writes
    line by line over the columns still fills each line of a column.
    """
    rows = min(len(left), len(right))
    expected = any(strip.x0 - 1 <= place <= strip.x1 + 1 for place in known)
    if rows < (_FEWEST_KNOWN if expected else _FEWEST_ROWS):
        return False
    in_order = sorted(
        [(line.words[0].order, 0) for line in left] + [(line.words[0].order, 1) for line in right]
    )
    changes = sum(a[1] != b[1] for a, b in itertools.pairwise(in_order))
    words = min(_words_a_line(left), _words_a_line(right))
    if changes <= 1 + _CHANGES * rows:
        return words >= _WORDS
    by_line = (
        changes >= 1.6 * rows and rows >= _MANY_ROWS and strip.x1 - strip.x0 >= _WIDE * left[0].size
    )
    return by_line and words >= 2 * _WORDS and min(_filled(left), _filled(right)) > _FULL


def _words_a_line(lines: Sequence[Line]) -> float:
    return float(median(len(line.words) for line in lines))


def _filled(lines: Sequence[Line]) -> float:
    """The share of its column that a line fills, the middle one."""
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    return float(median((line.x1 - line.x0) / ((x1 - x0) or 1.0) for line in lines))
