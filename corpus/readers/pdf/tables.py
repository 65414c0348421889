"""Tables: lines whose words stand below each other in columns, cut into rows that name them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from corpus.readers.pdf.measures import Measures, opens_item
from corpus.readers.pdf.page import Line, Rule, Word, joined
from corpus.readers.pdf.rules import Drawn

# Sizes: white that parts two cells of one line; white that parts two columns over all lines.
_CELL, _COLUMN = 0.8, 0.45
_BLANK = 0.35  # what an ordinary blank does not reach
_FEWEST_LINES = 3
_DOTS = re.compile(r"[.…·]{2,}")
# Of the lines that fix the columns, as many may cross the white (notes, wide headings).
_CROSSING = 0.08
_ALONG = 0.7  # of a table's height, what parts its columns is drawn
_LEADER = re.compile(r"(?:[.…]\s?){4,}")
_PAGES = re.compile(r"[.…]\s*(?:[\divxlcA-Z–-]{1,9}\s*){1,2}$")
_CAPTION = re.compile(
    r"(?P<label>(?:table|tableau|tabla|tabelle|figure|chart|box|annex table)"
    r"\s+[A-Z]?\d+(?:[.\-–]\d+)*[a-z]?)\b",
    re.IGNORECASE,
)
_APART = 3.2  # lines of a table stand no further apart, in distances of lines


@dataclass(slots=True, kw_only=True)
class Row:
    """A row: the words of each column from the left, and the label of the group it belongs to."""

    cells: list[list[Word]]
    sheet: int
    group: list[Word] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Table:
    """A table: its caption's lines, the names of its columns, its rows, what it is called."""

    caption: list[Line]
    names: list[list[Word]]
    header: list[Line]
    lines: list[Line]
    rows: list[Row]
    edges: list[float]
    sheet: int
    top: float
    bottom: float
    x0: float
    x1: float

    label: str | None = None

    @property
    def dots(self) -> list[Word]:
        """The dots that lead from one cell to the next."""
        return [word for line in self.lines for word in line.words if _DOTS.fullmatch(word.text)]


def _label(caption: Sequence[Line]) -> str | None:
    """What a caption calls its table: "Table 3"."""
    match = _CAPTION.match(caption[0].text) if caption else None
    return " ".join(match["label"].split()).title() if match else None


def is_caption(text: str) -> bool:
    """Whether a line begins as a caption of a table or a figure does."""
    return _CAPTION.match(text) is not None


def is_contents(text: str) -> bool:
    """Whether a line has the dots that lead to a page number in a list of contents."""
    return _LEADER.search(text) is not None and bool(_PAGES.search(text))


def cells(words: Sequence[Word], size: float) -> list[list[Word]]:
    """The words of a line parted where wide white stands between them."""
    found: list[list[Word]] = [[words[0]]]
    for before, word in zip(words, words[1:], strict=False):
        if word.x0 - before.x1 >= _CELL * size:
            found.append([])
        found[-1].append(word)
    return found


def split_tables(lines: Sequence[Line], drawn: Drawn, measures: Measures) -> list[Line | Table]:
    """The lines of a region in order, those of each table as one."""
    found: list[Line | Table] = []
    at = 0
    for start, stop in _runs(lines, measures):
        table = _table(lines, start, stop, drawn, measures) if start >= at else None
        if table is None:
            continue
        own = {id(line) for line in (*table.caption, *table.header, *table.lines)}
        found += [line for line in lines[at:start] if id(line) not in own]
        found.append(table)
        at = max(stop, 1 + max(place for place, line in enumerate(lines) if id(line) in own))
    return [*found, *lines[at:]]


def _is_celled(line: Line) -> bool:
    """Whether a line has several cells, and is no item, contents entry or note."""
    found = cells(line.words, line.size)
    if len(found) < 2 or _LEADER.fullmatch(line.text):  # noqa: PLR2004
        return False
    if is_contents(line.text):
        return False
    short_first = (
        len(joined(found[0])) <= 8
        and len(found[-1]) > 2
        and (  # noqa: PLR2004
            opens_item(line) or found[0][0].raised or re.fullmatch(r"[\d.()]+", joined(found[0]))
        )
    )
    return not (len(found) == 2 and short_first)  # noqa: PLR2004


def _runs(lines: Sequence[Line], measures: Measures) -> list[tuple[int, int]]:
    """Stretches of lines that may be tables: from the first line with cells to the last one."""
    celled = [_is_celled(line) for line in lines]
    runs: list[tuple[int, int]] = []
    start, last = None, 0
    for at, line in enumerate(lines):
        near = at > 0 and line.base - lines[at - 1].base <= _APART * measures.distance(line.size)
        if start is not None and (not near or (not celled[at] and not _fits(line, at - last))):
            runs.append((start, last + 1))
            start = None
        if celled[at]:
            start = at if start is None else start
            last = at
    if start is not None:
        runs.append((start, last + 1))
    return [run for run in runs if sum(celled[run[0] : run[1]]) >= _FEWEST_LINES]


def _fits(line: Line, since: int) -> bool:
    """Whether a line of one cell may stand within a table: a cell's second line, a group's name."""
    left, right = line.column
    return line.x1 - line.x0 < 0.55 * (right - left) and since <= 4  # noqa: PLR2004


def _table(
    lines: Sequence[Line], start: int, stop: int, drawn: Drawn, measures: Measures
) -> Table | None:
    inside = list(lines[start:stop])
    rules = drawn.rules
    edges = _drawn_edges(inside, drawn) or column_edges(inside)
    celled = sum(_is_celled(line) for line in inside)
    if not edges or (len(edges) == 1 and celled < _FEWEST_LINES + 1):
        return None
    x0, x1 = min(line.x0 for line in inside), max(line.x1 for line in inside)
    wide = [rule for rule in rules if rule.x1 - rule.x0 >= 0.75 * (x1 - x0)]
    if len(edges) == 1 and not _is_sure(lines, start, inside, edges, wide):
        return None
    above = _above(lines, start, wide, measures)
    inside += _below(lines, stop, wide, drawn, measures)
    caption = _caption(lines, start - len(above), measures, (x0 + x1) / 2)
    inside = [*above, *inside]
    head = _head_length(inside, wide)
    names = _names(inside[:head], edges, [rule for rule in rules if rule not in wide])
    return Table(
        caption=caption, names=names, header=inside[:head], lines=inside[head:], edges=edges, sheet=inside[0].sheet,
        rows=_rows(inside[head:], edges, rules), top=inside[0].top, bottom=inside[-1].bottom,
        x0=x0, x1=x1, label=_label(caption),
    )  # fmt: skip


def _drawn_edges(lines: Sequence[Line], drawn: Drawn) -> list[float]:
    """Where lines drawn down part the columns: all along the table, with words on both sides."""
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    top, bottom = lines[0].top, lines[-1].bottom
    along: dict[int, float] = {}
    for upright in drawn.uprights:
        shared = min(upright.bottom, bottom) - max(upright.top, top)
        if shared > 0 and x0 + 2 < upright.x < x1 - 2:
            along[round(upright.x)] = along.get(round(upright.x), 0.0) + shared
    return sorted(float(x) for x, shared in along.items() if shared >= _ALONG * (bottom - top))


def column_edges(lines: Sequence[Line]) -> list[float]:
    """Where one column ends and the next begins: the middles of the white between them."""
    counts = [len(cells(line.words, line.size)) for line in lines]
    most = max(counts)
    fixing = [
        line for line, count in zip(lines, counts, strict=True) if count >= max(0.6 * most, 2)
    ]
    allowed = int(_CROSSING * len(fixing))
    size = median(line.size for line in fixing)
    events: list[tuple[float, int]] = []
    for line in fixing:
        for word in line.words:
            events += [(word.x0, 1), (max(word.x1, word.x0 + 0.1), -1)]
    edges, depth, since = [], 0, None
    for x, step in sorted(events):
        before, depth = depth, depth + step
        if before > allowed >= depth:
            since = x
        elif before <= allowed < depth and since is not None and x - since >= _COLUMN * size:
            edges.append((since + x) / 2)
    return edges


def _is_sure(
    lines: Sequence[Line], start: int, inside: Sequence[Line], edges: Sequence[float],
    wide: Sequence[Rule],
) -> bool:  # fmt: skip
    """Whether two columns are a table: under a caption or a rule, or with cells of few words."""
    ruled = any(inside[0].top - 30 <= rule.y <= inside[-1].bottom + 10 for rule in wide)
    captioned = any(is_caption(line.text) for line in lines[max(start - 4, 0) : start])
    right = [sum(word.x0 > edges[0] for word in line.words) for line in inside]
    return ruled or captioned or median(right) <= 3  # noqa: PLR2004


def _above(
    lines: Sequence[Line], start: int, wide: Sequence[Rule], measures: Measures
) -> list[Line]:
    """Lines of the heading row that stand above the first line with cells, under the top rule."""
    first = lines[start]
    tops = [rule.y for rule in wide if rule.y < first.base]
    near = max(tops, default=None)
    if near is None:
        return []
    found: list[Line] = []
    for line in reversed(lines[:start]):
        apart = (found[-1] if found else first).base - line.base
        if line.base < near or apart > 1.7 * measures.distance(line.size) or len(found) == 5:  # noqa: PLR2004
            break
        found.append(line)
    return found[::-1]


def _below(
    lines: Sequence[Line], stop: int, wide: Sequence[Rule], drawn: Drawn, measures: Measures
) -> list[Line]:
    """Lines of the last row below the last line with cells, above the rule at the foot."""
    last = lines[stop - 1]
    found: list[Line] = []
    for line in lines[stop : stop + 4]:
        before = found[-1] if found else last
        near = line.base - before.base <= 1.3 * measures.distance(line.size)
        beside = any(up.top < last.base and line.base <= up.bottom + 2 for up in drawn.uprights)
        if not near or not (beside or any(line.base < rule.y < line.base + 40 for rule in wide)):
            break
        if any(before.base < rule.y < line.base - 0.5 * line.size for rule in wide):
            break
        found.append(line)
    return found


def _caption(lines: Sequence[Line], start: int, measures: Measures, middle: float) -> list[Line]:
    """The lines above a table from the one that calls it "Table 3" on, or one right in its middle."""
    for back in range(1, 6):
        at = start - back
        if at < 0:
            break
        if lines[at + 1].base - lines[at].base > 2.6 * measures.distance(lines[at].size):
            break
        if is_caption(lines[at].text):
            return list(lines[at:start])
    if start and lines[start].base - lines[start - 1].base <= 2.6 * measures.distance(
        lines[start].size
    ):
        return [lines[start - 1]] if is_centred(lines[start - 1], middle) else []
    return []


def is_centred(line: Line, middle: float) -> bool:
    """Whether a short line stands in the middle above a table."""
    left, right = line.column
    short = line.x1 - line.x0 < 0.6 * (right - left)
    return (
        short and abs((line.x0 + line.x1) / 2 - middle) < line.size and line.x0 > left + line.size
    )


def _head_length(lines: Sequence[Line], wide: Sequence[Rule]) -> int:
    """How many lines at the top are the heading row: those above the first wide rule below one."""
    ruled = sorted(rule.y for rule in wide if lines[0].base < rule.y < lines[-1].base)
    if ruled:
        head = sum(line.base <= ruled[0] + 1 for line in lines)
        if head <= max(8, len(lines) // 3) and head < len(lines):
            return head
    data = lines[len(lines) // 2].looks
    head = 0
    while head < len(lines) - 1 and head < 4 and lines[head].looks != data:  # noqa: PLR2004
        head += 1
    return head or 1


def _column(word: Word, edges: Sequence[float]) -> int:
    middle = (word.x0 + word.x1) / 2
    return sum(edge <= middle for edge in edges)


def _names(
    header: Sequence[Line], edges: Sequence[float], rules: Sequence[Rule]
) -> list[list[Word]]:
    """The name of each column: what stands above it, that over several columns first."""
    parts: list[list[Word]] = [[] for _ in range(len(edges) + 1)]
    for line in header:
        for cell in _headings(line, edges, rules):
            x0, x1 = _spanned(cell, rules)
            first = sum(edge <= x0 for edge in edges)
            last = sum(edge < x1 for edge in edges)
            if last > first and not _is_one(cell, x0, x1):
                _share(cell, edges, parts)
                continue
            for column in range(first, last + 1):
                parts[column] += cell
    return parts


def _headings(line: Line, edges: Sequence[float], rules: Sequence[Rule]) -> list[list[Word]]:
    """The cells of a heading line: parted by wide white, and by any white between columns."""
    found: list[list[Word]] = []
    for cell in cells(line.words, line.size):
        x0, x1 = _spanned(cell, rules)
        found.append(cell[:1])
        for before, word in zip(cell, cell[1:], strict=False):
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


def _rows(lines: Sequence[Line], edges: Sequence[float], rules: Sequence[Rule]) -> list[Row]:
    """The rows below the heading; lines without a first cell, or close below, go on with theirs.

    A line with a first cell alone names the group of the rows below it.
    """
    rows: list[Row] = []
    group: list[Word] = []
    used = True
    tight = _tight(lines)
    before: Line | None = None
    for line in lines:
        parts: list[list[Word]] = [[] for _ in range(len(edges) + 1)]
        _share([word for word in line.words if not _DOTS.fullmatch(word.text)], edges, parts)
        filled = [column for column, words in enumerate(parts) if words]
        if rows and before is not None and used and _continues(
            before, line, filled, rows[-1], tight, rules
        ):  # fmt: skip
            for column in filled:
                rows[-1].cells[column] += parts[column]
        elif filled == [0]:
            above = [word for word in group if word.looks.bold] if not line.looks.bold else []
            if not used and len(above) < len(group):
                rows.append(Row(cells=[group], sheet=line.sheet))
                above = []
            group, used = [*above, *parts[0]], False
        else:
            if line.looks.bold:
                group = []
            rows.append(Row(cells=parts, sheet=line.sheet, group=group))
            used = True
        before = line
    if not used:
        rows.append(Row(cells=[group], sheet=lines[-1].sheet))
    return rows


def _tight(lines: Sequence[Line]) -> float | None:
    """The distance of lines within a row, None where rows stand as close as their lines."""
    distances = sorted(b.base - a.base for a, b in zip(lines, lines[1:], strict=False))
    if not distances:
        return None
    smallest, usual = distances[0], distances[len(distances) // 2]
    return smallest * 1.12 if distances[-1] > 1.25 * smallest and usual > 1.12 * smallest else None


def _continues(
    before: Line, line: Line, filled: Sequence[int], row: Row, tight: float | None,
    rules: Sequence[Rule],
) -> bool:  # fmt: skip
    apart = line.base - before.base
    if line.looks.bold != before.looks.bold:
        return False
    if any(before.base < rule.y < line.base - 0.5 * line.size for rule in rules):
        return False
    if tight is not None:
        return apart <= tight
    if 0 not in filled:
        return True
    first = joined(row.cells[0])
    open_end = first.endswith(("/", "-", ",", "–", "(", " and", " of"))
    deeper = filled == [0] and line.x0 > (row.cells[0][0].x0 if row.cells[0] else line.x0) + 2
    return filled == [0] and not line.looks.bold and (open_end or deeper) and bool(row.cells[0])
