"""A document's blocks become passages: section paths, paragraph numbers, note markers."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator

from corpus.english.sentences import NUMBERED
from corpus.errors import UnreadableReport
from corpus.passage import Passage, Span, without
from corpus.readers.document import Block, BlockKind, Document
from corpus.report import Report

# A number glued to the end of a sentence ("word.1", "word.”12"), or in superscript or brackets.
_MARKER = re.compile(
    r"(?<=[^\W\d_][.!?…])(?P<a>\d{1,3})(?!\S)"
    r"|(?<=[.!?…][”’\"')\]])(?P<b>\d{1,3})(?!\S)"
    r"|(?<=[^\W\d_][”’\"')\]][.!?…])(?P<c>\d{1,3})(?!\S)"
)
# Not powers: 10⁶, and the square and cube of a unit of length (25 km², 3 m³).
_CERTAIN_MARKER = re.compile(
    r"(?<=[^\s\d¹²³⁰⁴-⁹])(?<!\b[ckm]m)(?<!\bm)(?<!\bft)(?<!\bmi)[¹²³⁰⁴-⁹]+"
    r"|(?<=\S)\[\d{1,3}\]"
)


def cut(report: Report, document: Document) -> list[Passage]:
    """The passages of a document in order; raises UnreadableReport where it has none."""
    paragraphs = list(_with_sections(document.blocks, report.title))
    sources = [document.text[block.start : block.stop] for _, block in paragraphs]
    markers = note_markers(sources)
    numbers: Counter[tuple[str, ...]] = Counter()
    occurrences: Counter[str] = Counter()
    passages = []
    for (section, block), source, marked in zip(paragraphs, sources, markers, strict=True):
        hidden = _merged([*block.hidden, *marked])
        if not without(source, hidden).strip():
            continue
        numbers[section] += 1
        occurrences[without(source, hidden)] += 1
        passages.append(
            Passage(
                report=report,
                section=section,
                number=numbers[section],
                start=block.start,
                stop=block.stop,
                source=source,
                hidden=hidden,
                press=block.press,
                occurrence=occurrences[without(source, hidden)],
                pages=block.pages,
                printed_number=block.printed_number,
                label=_label(block),
                notes=block.notes,
            )
        )
    if not passages:
        raise UnreadableReport(
            f"{report.title} holds no paragraph, only headings; "
            "add a file with the report's whole text."
        )
    return passages


def _label(block: Block) -> str | None:
    """What a passage is cited as that is no paragraph."""
    return f"note {block.label}" if block.kind is BlockKind.NOTE else block.label


def note_markers(sources: list[str]) -> list[tuple[Span, ...]]:
    """The spans of each paragraph that are note markers.

    A figure at the end of a sentence is one only as part of the longest sequence of such figures
    that never falls, since notes are numbered in order: "Sept.11" or "v.2" alone stay text.
    """
    candidates = [
        (index, match) for index, source in enumerate(sources) for match in _candidates(source)
    ]
    chosen = _longest_rising([int(match[0]) for _, match in candidates])
    spans: list[list[Span]] = [
        [Span(start=match.start(), stop=match.end()) for match in _CERTAIN_MARKER.finditer(source)]
        for source in sources
    ]
    for position in chosen:
        index, match = candidates[position]
        spans[index].append(Span(start=match.start(), stop=match.end()))
    return [tuple(sorted(found, key=lambda span: span.start)) for found in spans]


def _candidates(source: str) -> Iterator[re.Match[str]]:
    for match in _MARKER.finditer(source):
        word = re.search(r"(\w+)\W*$", source[: match.start()])
        if word is None or match["a"] is None or word[1].casefold() not in NUMBERED:
            yield match


def _longest_rising(values: list[int]) -> list[int]:
    """Positions of a longest subsequence that never falls (patience sorting)."""
    tops: list[int] = []
    top_positions: list[int] = []
    before: list[int | None] = []
    for position, value in enumerate(values):
        pile = bisect_right(tops, value)
        before.append(top_positions[pile - 1] if pile else None)
        tops[pile : pile + 1] = [value]
        top_positions[pile : pile + 1] = [position]
    chosen = []
    at = top_positions[-1] if top_positions else None
    while at is not None:
        chosen.append(at)
        at = before[at]
    return chosen[::-1]


def _with_sections(blocks: Iterable[Block], title: str) -> Iterator[tuple[tuple[str, ...], Block]]:
    """Each paragraph with the headings above it, which name one section of the report.

    A heading that comes again in the same place says so, as in “Water [2]”; a file's own title
    that is not the report's is a heading.
    """
    path: list[tuple[int, str]] = []
    taken: Counter[tuple[str, ...]] = Counter()
    for block in blocks:
        if block.kind not in (BlockKind.TITLE, BlockKind.HEADING):
            yield tuple(heading for _, heading in path), block
        elif block.kind is BlockKind.HEADING or _is_section(block, title):
            while path and path[-1][0] >= block.level:
                path.pop()
            above = tuple(heading for _, heading in path)
            path.append((block.level, _untaken(above, block.heading, taken)))


def _is_section(title_block: Block, title: str) -> bool:
    heading = title_block.heading
    return bool(heading) and heading.casefold() != " ".join(title.split()).casefold()


def _untaken(above: tuple[str, ...], heading: str, taken: Counter[tuple[str, ...]]) -> str:
    name = heading
    while taken[*above, name]:
        taken[*above, heading] += 1
        name = f"{heading} [{taken[*above, heading]}]"
    taken[*above, name] += 1
    return name


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    """Spans in order, overlapping ones joined."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if merged and span.start < merged[-1].stop:
            joined = max(merged[-1].stop, span.stop)
            merged[-1] = Span(start=merged[-1].start, stop=joined)
        else:
            merged.append(span)
    return tuple(merged)
