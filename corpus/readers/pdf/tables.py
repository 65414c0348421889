"""Tables: lines whose words stand below each other in columns, cut into rows that name them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from corpus.readers.pdf.measures import Measures, opens_item
from corpus.readers.pdf.page import Line, Rule, Word, joined
from corpus.readers.pdf.rules import Drawn
from corpus.readers.pdf.table_rows import DOTS, Row, cells, column_names, head_length, rows_below

# Sizes: white that parts two columns over all lines.
_COLUMN = 0.45
_FEWEST_LINES = 3
# Of the lines that fix the columns, as many may cross the white (notes, wide headings).
_CROSSING = 0.08
_ALONG = 0.7  # of a table's height, what parts its columns is drawn
_LEADER = re.compile(r"(?:[.…]\s?){4,}")
_PAGES = re.compile(r"[.…]\s*(?:[\divxlcA-Z–-]{1,9}\s*){1,4}$")
_CAPTION = re.compile(
    r"(?P<label>(?:table|tableau|tabla|tabelle|figure|chart|box|exhibit|annex table)"
    r"\s+(?:[A-Z][.\-–]?)?\d+(?:[.\-–]\d+)*[a-z]?)\b",
    re.IGNORECASE,
)
_SHORT, _FEW_WORDS = 8, 2  # letters of a marker or number; words of a cell that is no text
_APART = 3.2  # lines of a table stand no further apart, in distances of lines


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

    label: str | None = None

    @property
    def dots(self) -> list[Word]:
        """The dots that lead from one cell to the next."""
        return [word for line in self.lines for word in line.words if DOTS.fullmatch(word.text)]


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
    """Whether a line has several cells, and is no item, contents entry, note or caption."""
    found = cells(line.words, line.size)
    if len(found) < 2 or _LEADER.fullmatch(line.text):  # noqa: PLR2004
        return False
    if is_contents(line.text) or is_caption(line.text):
        return False
    short_first = (
        len(joined(found[0])) <= _SHORT
        and len(found[-1]) > _FEW_WORDS
        and (opens_item(line) or found[0][0].raised or re.fullmatch(r"[\d.()]+", joined(found[0])))
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
    head = head_length(inside, wide)
    partial = [rule for rule in rules if rule not in wide]
    return Table(
        caption=caption,
        names=column_names(inside[:head], inside[head:], edges, partial),
        header=inside[:head],
        lines=inside[head:],
        rows=rows_below(inside[head:], edges, rules),
        edges=edges,
        sheet=inside[0].sheet,
        label=_label(caption),
    )


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
    return _filled(edges, fixing)


def _filled(edges: list[float], lines: Sequence[Line]) -> list[float]:
    """The edges without those of columns that one line alone fills, as a wide blank makes them."""
    counts = [0] * (len(edges) + 1)
    for line in lines:
        for column in {sum(edge <= word.x0 for edge in edges) for word in line.words}:
            counts[column] += 1
    if len(lines) <= _FEWEST_LINES:
        return edges
    return [edge for at, edge in enumerate(edges) if counts[at] > 1 or not at]


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
    """The lines above a table from the one that calls it "Table 3" on, or one in its middle."""
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
