"""Markdown with YAML front matter; the door to YAML.

Headings make the section path; items of lists, notes and rows of tables are said to be what they
are; blocks of code and the paragraphs of HTML blocks are paragraphs. Markup is hidden, not removed.
What is spelled with a code (`&amp;`, `<br>`, `<sup>2</sup>`) becomes the character that it stands
for, and a row names its columns, so that a document's text is the file's but for these. Whatever of
the file is in no block is said to be dropped.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import yaml

from corpus.errors import UnreadableReport
from corpus.passage import Span
from corpus.readers.document import (
    Block,
    BlockKind,
    Document,
    dated_heading,
)
from corpus.readers.extraction import Dropped, Extraction, LeftOut
from corpus.readers.markdown_blocks import FoundBlocks, found_blocks

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?P<yaml>.*?\n)?---[ \t]*(?:\r?\n|$)", re.DOTALL)
_NEWLINE = re.compile(r"\r\n?|\n")
# What opens a line of a list or a quotation: marks that say nothing.
_LINE_MARKS = re.compile(r"(?:[ \t>]*(?:[-*+]|\d{1,9}[.)])(?=\s|$))*[ \t>]*")
_LINE = re.compile(r"[^\r\n]+")
# What stands under a dated heading and is of the publication that it tells of.
_OF_PRESS = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ROW)
_NOT_STATED = ("", "~", "null")


def read_markdown(text: str, name: str) -> Document:
    """The blocks of a Markdown text; raises UnreadableReport where its front matter is broken."""
    match = _FRONT_MATTER.match(text)
    body = match.end() if match else 0
    metadata = _front_matter(match["yaml"] or "", name) if match else {}
    lines = [body, *(found.end() for found in _NEWLINE.finditer(text, body)), len(text)]
    found = found_blocks(text, lines)
    title = next((block for block in found.blocks if block.kind is BlockKind.TITLE), None)
    if title is not None:
        metadata = {"title": title.heading, **metadata}
    words, blocks = _spelled_out(text, _gather_press(text, found.blocks), found.instead)
    joined, alone, blocks = _joined(blocks)
    extraction = Extraction(dropped=_dropped(text, body, found), joined=joined, unjoined=alone)
    return Document(text=words, blocks=tuple(blocks), metadata=metadata, extraction=extraction)


def _gather_press(text: str, blocks: Iterable[Block]) -> list[Block]:
    """Join each dated heading and the paragraphs under it to one press item."""
    gathered: list[Block] = []
    for block in blocks:
        press = dated_heading(block.heading)
        previous = gathered[-1] if gathered else None
        if press is not None:
            gathered.append(replace(block, kind=BlockKind.PARAGRAPH, press=press))
        elif previous and previous.press and block.kind in _OF_PRESS:
            moved = [span.moved(block.start - previous.start) for span in block.hidden]
            # Marks of lists and quotations between them.
            between = text[previous.stop : block.start]
            marks = [
                Span(start=match.start(), stop=match.end()).moved(previous.stop - previous.start)
                for match in re.finditer(r"\S+(?:[^\S\r\n]+\S+)*[^\S\r\n]*", between)
            ]
            hidden = (*previous.hidden, *marks, *moved)
            notes = (mark.moved(block.start - previous.start) for mark in block.notes)
            gathered[-1] = replace(
                previous, stop=block.stop, hidden=hidden, notes=(*previous.notes, *notes)
            )
        else:
            gathered.append(block)
    return gathered


def _dropped(text: str, body: int, found: FoundBlocks) -> tuple[Dropped, ...]:
    """What is in no block, or hidden in one without being a mere mark."""
    covered = [*((block.start, block.stop) for block in found.blocks)]
    covered += ((span.start, span.stop) for _, span in found.missed)
    covered += ((span.start, span.stop) for span in found.heads)
    missed = [*found.missed, *_left(text, body, sorted(covered))]
    starts = [0, *(match.end() for match in _NEWLINE.finditer(text))]
    return tuple(
        Dropped(
            what=what,
            start=span.start,
            stop=span.stop,
            line=bisect_right(starts, span.start),
            last_line=bisect_right(starts, span.stop - 1),
            words=len(re.findall(r"\w+", text[span.start : span.stop])),
        )
        for what, span in sorted(missed, key=lambda found: found[1].start)
    )


def _left(
    text: str, body: int, covered: Sequence[tuple[int, int]]
) -> Iterator[tuple[LeftOut, Span]]:
    """Lines, or parts of them, with letters or figures that nothing took up."""
    at = body
    for start, stop in [*covered, (len(text), len(text))]:
        for match in _LINE.finditer(text, at, max(start, at)):
            marks = _LINE_MARKS.match(match[0])
            words = match[0][marks.end() if marks else 0 :]
            if any(letter.isalnum() for letter in words):
                is_definition = words.startswith("[") and "]:" in words
                what = LeftOut.DEFINITION if is_definition else LeftOut.OTHER
                yield what, Span(start=match.start(), stop=match.end())
        at = max(at, stop)


def _spelled_out(
    text: str, blocks: Iterable[Block], instead: Iterable[tuple[Span, str]]
) -> tuple[str, list[Block]]:
    """The text with what is written in codes as characters, and its blocks in that text."""
    parts, stops, shifts, at = [], [], [0], 0
    for span, characters in sorted(instead, key=lambda found: found[0].start):
        parts += [text[at : span.start], characters]
        stops.append(span.stop)
        shifts.append(shifts[-1] + len(characters) - (span.stop - span.start))
        at = span.stop
    words = "".join([*parts, text[at:]])

    def moved(place: int) -> int:
        return place + shifts[bisect_right(stops, place)]

    return words, [_trimmed(words, block, moved) for block in blocks]


def _trimmed(text: str, block: Block, moved: Callable[[int], int]) -> Block:
    """A block at its new place, without blanks at its edges."""
    first, last = moved(block.start), moved(block.stop)
    start = last - len(text[first:last].lstrip())
    stop = first + len(text[first:last].rstrip())
    edges = ((moved(block.start + s.start), moved(block.start + s.stop)) for s in block.hidden)
    inside = ((max(a, start), min(b, stop)) for a, b in edges)
    hidden = tuple(Span(start=a - start, stop=b - start) for a, b in inside if a < b)
    notes = tuple(
        replace(mark, start=first - start, stop=last - start)
        for mark in block.notes
        if start <= (first := moved(block.start + mark.start))
        and first < (last := min(moved(block.start + mark.stop), stop))
    )
    return replace(block, start=start, stop=stop, hidden=hidden, notes=notes)


def _joined(blocks: Iterable[Block]) -> tuple[int, tuple[str, ...], list[Block]]:
    """How many notes are joined, a sentence on each other, and blocks whose markers say where the
    notes begin.
    """
    kept = list(blocks)
    places: dict[str, int] = {}
    for block in kept:
        if block.kind is BlockKind.NOTE and block.label is not None:
            places.setdefault(block.label.casefold(), block.start)
    called = {mark.note.casefold() for block in kept for mark in block.notes}
    alone = tuple(
        f"note {block.label} has no marker in the text"
        for block in kept
        if block.kind is BlockKind.NOTE and (block.label or "").casefold() not in called
    )
    joined = [
        replace(
            block,
            notes=tuple(replace(mark, at=places.get(mark.note.casefold())) for mark in block.notes),
        )
        for block in kept
    ]
    return len(places.keys() & called), alone, joined


def _front_matter(source: str, name: str) -> Mapping[str, str]:
    try:
        # Every value as it is written: the language `no` is not false, nor a date another form.
        values = yaml.load(source, Loader=yaml.BaseLoader) or {}  # noqa: S506  makes strings only
    except (yaml.YAMLError, RecursionError) as error:
        detail = " ".join(str(error).split())
        raise UnreadableReport(
            f"the front matter of {name} is not valid YAML ({detail}); "
            "write one `field: value` a line between the two lines of dashes."
        ) from None
    if not isinstance(values, dict):
        raise UnreadableReport(
            f"the front matter of {name} is not a list of fields; "
            "write one `field: value` a line between the two lines of dashes."
        )
    for key, value in values.items():
        if not isinstance(value, str):
            raise UnreadableReport(
                f"{key} in the front matter of {name} is not one value; write `{key}: value`."
            )
    return {key: value for key, value in values.items() if value not in _NOT_STATED}
