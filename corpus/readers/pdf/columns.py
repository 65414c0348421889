"""Words to lines, and lines in reading order: columns one after the other, bands from the top."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from corpus.readers.pdf.gutters import Strip, parts_columns, strips
from corpus.readers.pdf.page import Line, Rule, Word, runs_left

# Shares of the size of the type: words further apart are not one piece of a line, and words on
# baselines further apart are not on one line.
_APART, _LEVEL = 1.6, 0.3
_MARKER_AWAY = 0.35
_WIDEST = 5.0  # sizes: white between columns is no wider
_HEADING = 1.15  # times the size of the text
# Sizes: a heading in the middle above a table stands this near it, and this far from the text.
_CAPTION_AWAY, _CAPTION_APART = 4.5, 1.5
# An initial has so many signs, a quotation mark with it, and is so many times as large as the text.
_INITIAL, _TALL = 2, 1.8
_CELL_WORDS = 4
_TRIED = 12  # strips of a page, from the tallest: a table has many, columns are the tallest


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Lines that are read from the top to the bottom, and whether it is one of several columns."""

    lines: tuple[Line, ...]
    in_columns: bool


@dataclass(frozen=True, slots=True)
class _Page:
    """What of a page parts columns: its rules, the size of its text, where others have columns."""

    rules: Sequence[Rule]
    size: float
    known: Sequence[float]


def pieces(words: Sequence[Word], sheet: int) -> list[Line]:
    """Pieces of lines as the file writes them: neighbours on one baseline without a wide gap."""
    found: list[Line] = []
    for word in words:
        if found and _goes_on(found[-1].words, word):
            found[-1].words.append(word)
        else:
            found.append(Line(words=[word], sheet=sheet))
    return _attached(found)


def _goes_on(words: Sequence[Word], word: Word) -> bool:
    last = words[-1]
    size = max(last.looks.size, word.looks.size)
    tolerance = 0.6 if word.raised or last.raised else _LEVEL
    return (
        abs(last.base - word.base) <= tolerance * size
        and -0.5 * size < word.x0 - last.x1 < _APART * size
    )


def _attached(found: list[Line]) -> list[Line]:
    """Raised markers that the file writes apart, put into the line where they stand."""
    kept: list[Line] = []
    found = _with_initials(found)
    loose = [line for line in found if all(word.raised for word in line.words)]
    whole = [line for line in found if not all(word.raised for word in line.words)]
    for line in loose:
        home = next((other for other in whole if _beside(other, line)), None)
        if home is None:
            kept.append(line)
            continue
        line.words[0].glued = any(
            abs(word.x1 - line.x0) < _MARKER_AWAY * word.looks.size for word in home.words
        )
        home.words[:] = sorted([*home.words, *line.words], key=lambda word: word.x0)
    return [*whole, *kept]


def _with_initials(found: list[Line]) -> list[Line]:
    """Large initials put before the word that they begin, whose line is the first beside them."""
    kept: list[Line] = []
    for line in found:
        word = line.words[0]
        lone = len(line.words) == 1 and len(word.text) <= _INITIAL and word.text[:1].isupper()
        home = _first_beside(word, found) if lone else None
        if home is None:
            kept.append(line)
            continue
        first = home.words[0]
        first.glued = len(word.text) == 1 and first.text[:1].islower()
        word.base, word.looks, word.initial = first.base, first.looks, True
        word.top, word.bottom = first.top, first.bottom
        home.words.insert(0, word)
    return kept


def _first_beside(initial: Word, found: Sequence[Line]) -> Line | None:
    """The line right of an initial that is at least two lines high, at its top."""
    beside = [
        line
        for line in found
        if initial.looks.size >= _TALL * line.words[0].looks.size
        and -1 < line.x0 - initial.x1 < line.words[0].looks.size
        and initial.top - 0.5 * initial.looks.size < line.words[0].base < initial.base
    ]
    return min(beside, key=lambda line: line.words[0].base, default=None)


def _beside(line: Line, marker: Line) -> bool:
    size = line.words[0].looks.size
    return (
        0 < line.words[0].base - marker.base < 0.7 * size
        and line.x0 - size < marker.x0
        and marker.x1 < line.x1 + size
    )


def regions(
    lines: Sequence[Line], rules: Sequence[Rule], size: float, known: Sequence[float] = ()
) -> list[Region]:
    """The lines of a page as regions in reading order.

    `known` is where other pages have columns.
    """
    page = _Page(rules, size, known)
    return _across(
        [
            Region(lines=tuple(whole_lines(found, size)), in_columns=in_columns)
            for found, in_columns in _parted(list(lines), page, in_columns=False)
        ]
    )


def _parted(lines: list[Line], page: _Page, *, in_columns: bool) -> list[tuple[list[Line], bool]]:
    """Cut at the tallest strip that parts columns; what is above, its sides, and below again."""
    for tallest in strips(lines, page.rules, page.size, page.known)[:_TRIED]:
        strip, floor = _without_rows(tallest, lines, page.size)
        inside = [line for line in lines if strip.top <= _middle(line) <= strip.bottom]
        left = [line for line in inside if line.x1 <= strip.x0 + 1]
        right = [line for line in inside if line.x0 >= strip.x1 - 1]
        if not parts_columns(left, right, strip, page.known):
            continue
        top, bottom = _stretched(strip, lines, page.rules, floor)
        above = [line for line in lines if _middle(line) < top]
        below = [line for line in lines if _middle(line) > bottom]
        inside = [line for line in lines if top <= _middle(line) <= bottom]
        heading = _heading_over(inside, strip, page.size)
        if heading is not None:
            high = [line for line in lines if _is_before(line, heading)]
            low = [line for line in lines if not _is_before(line, heading)]
            return [
                *_parted(high, page, in_columns=in_columns),
                *_parted(low, page, in_columns=in_columns),
            ]
        left = [line for line in inside if line.x1 <= strip.x0 + 1]
        right = [line for line in inside if line.x1 > strip.x0 + 1]
        rules_left = [rule for rule in page.rules if rule.x0 < strip.x0]
        rules_right = [rule for rule in page.rules if rule.x1 > strip.x1]
        columns = [
            _parted(left, replace(page, rules=rules_left), in_columns=True),
            _parted(right, replace(page, rules=rules_right), in_columns=True),
        ]
        before = _parted(above, page, in_columns=in_columns) if above else []
        after = _parted(below, page, in_columns=in_columns) if below else []
        return [*before, *columns[0], *columns[1], *after]
    return [(lines, in_columns)] if lines else []


def _without_rows(strip: Strip, lines: Sequence[Line], size: float) -> tuple[Strip, float]:
    """A strip without the rows of a table above or below the columns that it parts, and where
    those above end.

    A row has short cells on both sides on one line, and others follow it closely.
    """
    inside = sorted(
        (line for line in lines if strip.top <= _middle(line) <= strip.bottom), key=_middle
    )
    top = _past_rows(inside, strip, size)
    bottom = _past_rows(inside[::-1], strip, size)
    floor = max((line.bottom for line in top), default=float("-inf"))
    ceiling = min((line.top for line in bottom), default=strip.bottom)
    return replace(strip, top=max(strip.top, floor), bottom=ceiling), floor


def _past_rows(in_order: Sequence[Line], strip: Strip, size: float) -> list[Line]:
    """The lines of a table's rows that stand first, none where there are fewer than three rows."""
    rows: list[list[Line]] = []
    for line in in_order:
        if rows and abs(line.base - rows[-1][0].base) <= _LEVEL * size:
            rows[-1].append(line)
        else:
            rows.append([line])
    found: list[Line] = []
    for count, row in enumerate(rows):
        words = [len(line.words) for line in row]
        sides = {line.x0 >= strip.x1 - 1 for line in row}
        if len(sides) < 2 or max(words) > _CELL_WORDS or sum(words) > 3 * len(row) + 1:  # noqa: PLR2004
            return found if count > 2 else []  # noqa: PLR2004
        found += row
    return []


def _is_before(line: Line, heading: Line) -> bool:
    """Whether a line stands above a heading over columns, or reaches beside it from above."""
    if line.x0 <= heading.x1:
        return _middle(line) < heading.top
    earlier = line.words[0].order < heading.words[0].order
    beside = heading.top - heading.size <= _middle(line) <= heading.bottom
    return earlier if beside else _middle(line) < heading.top


def _heading_over(inside: Sequence[Line], strip: Strip, size: float) -> Line | None:
    """A heading on the left that stands over both columns, though it is short.

    The file has what is above it before it, right column and all, and what is below it after it.
    """
    right = [line for line in inside if line.x0 >= strip.x1 - 1]
    for line in sorted(inside, key=_middle):
        if line.size < _HEADING * size or line.x1 > strip.x0 + 1:
            continue
        above = [other for other in right if _middle(other) < line.top - line.size]
        below = [other for other in right if _middle(other) > line.bottom]
        if not above:
            continue
        order = line.words[0].order
        if all(other.words[0].order < order for other in above) and all(
            other.words[0].order > order for other in below
        ):
            return line
    return None


def _stretched(
    strip: Strip, lines: Sequence[Line], rules: Sequence[Rule], floor: float
) -> tuple[float, float]:
    """The strip's top, moved up to where the right column begins, and its bottom."""
    crossing = [
        line.bottom
        for line in lines
        if line.x0 < strip.x0 and line.x1 > strip.x1 and _middle(line) < strip.top
    ]
    crossing += [
        rule.y for rule in rules if rule.x0 < strip.x0 and rule.x1 > strip.x1 and rule.y < strip.top
    ]
    reached = max([floor, *crossing])
    beside = [
        line.top
        for line in lines
        if reached <= _middle(line) < strip.top and line.x0 > strip.x1 - 1
    ]
    return min([strip.top, *beside]), strip.bottom


def _middle(line: Line) -> float:
    return (line.top + line.bottom) / 2


def with_captions(found: Sequence[Region]) -> list[Region]:
    """The regions of a page, a line in the middle right above a wide one put to it.

    The heading of a table below three columns stands in the middle one's place.
    """
    regions = list(found)
    for at, wide in enumerate(regions):
        if wide.in_columns or not at:
            continue
        left, right = wide.lines[0].column
        for before in range(at):
            lines = regions[before].lines
            if not regions[before].in_columns or len(lines) < 2:  # noqa: PLR2004
                continue
            last, size = lines[-1], lines[-1].size
            middle = (last.x0 + last.x1) / 2 - (left + right) / 2
            near = 0 < wide.lines[0].base - last.base < _CAPTION_AWAY * size
            apart = last.base - lines[-2].base > _CAPTION_APART * size
            if abs(middle) < size and near and apart:
                moved = Line(words=last.words, sheet=last.sheet, column=(left, right))
                regions[before] = replace(regions[before], lines=lines[:-1])
                regions[at] = replace(wide, lines=(moved, *wide.lines))
                break
    return regions


def column_places(found: Sequence[Region]) -> list[float]:
    """Where the white between neighbouring columns of a page lies."""
    sides = sorted({(region.lines[0].column) for region in found if region.in_columns})
    return [
        (left[1] + right[0]) / 2
        for left, right in pairwise(sides)
        if left[1] < right[0] and right[0] - left[1] < _WIDEST * found[0].lines[0].size
    ]


def _across(found: Sequence[Region]) -> list[Region]:
    """Regions in order where a box lies over columns that go on below it.

    The file tells: it has what is below the box in the first column before the second column.
    """
    runs = [list(run) for _, run in groupby(found, key=lambda region: region.in_columns)]
    for at in range(len(runs) - 2):
        above, box, below = runs[at : at + 3]
        if not above[0].in_columns or len(above) != len(below):
            continue
        goes_on = len(above) > 1 and all(map(_is_above, above, below))
        if goes_on and _order(below[0]) < _order(above[1]):
            columns = [region for pair in zip(above, below, strict=True) for region in pair]
            runs[at : at + 3] = [columns, box, []]
    return [region for run in runs for region in run]


def _is_above(above: Region, below: Region) -> bool:
    """Whether two regions are one column, parted by something over it."""
    left, right = above.lines[0].column
    x0, x1 = below.lines[0].column
    return max(left, x0) < min(right, x1) and above.lines[-1].base < below.lines[0].base


def _order(region: Region) -> int:
    return min(word.order for line in region.lines for word in line.words)


def _latin_turned(words: Sequence[Word]) -> list[Word]:
    """The words of a mirrored line, those of Latin script among them in their own order."""
    turned: list[Word] = []
    for latin, run in groupby(words, key=lambda word: word.text[:1].isascii()):
        in_order = list(run)
        turned += in_order[::-1] if latin else in_order
    return turned


def whole_lines(found: Sequence[Line], size: float) -> list[Line]:
    """Pieces on one baseline as one line, lines from the top, all in one column."""
    if not found:
        return []
    in_order = sorted(found, key=lambda line: line.base)
    rows: list[list[Line]] = [[in_order[0]]]
    for before, line in pairwise(in_order):
        if line.base - before.base <= _LEVEL * min(size, line.size, before.size):
            rows[-1].append(line)
        else:
            rows.append([line])
    column = (min(line.x0 for line in found), max(line.x1 for line in found))
    lines = []
    for row in rows:
        words = sorted((word for piece in row for word in piece.words), key=lambda word: word.x0)
        words = _latin_turned(words) if runs_left(words) else words
        lines.append(Line(words=words, sheet=found[0].sheet, column=column))
    return lines
