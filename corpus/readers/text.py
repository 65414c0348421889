"""Plain text, such as a web page saved as text: blocks parted by blank lines.

A file says nothing about its structure, so these rules read it:

- the first block is the title where it looks like a heading;
- a heading is one short line that does not end as a sentence does, with something under it;
- a heading directly above another opens a group: those after it are its sub-sections, until the
  next such pair or a list of publications;
- lines of a block that begin with a bullet or a dash, two of them or more, are items of a list;
- lines of a block that name the same columns ("Country: Aldmark; Detained: 112") are rows of a
  table, as it is written where a format has none;
- a line with a date and a kind (`May 23, 2022 • Report`) opens an item of a list of publications:
  its title is the next block, its body runs to the next such line or heading.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from corpus.passage import PressItem, Span
from corpus.readers.document import Block, BlockKind, Document, dated_line

# The longest heading of the report that this was first written for has six words; twice as many
# leave room, and a paragraph of a report that is shorter still ends with a full stop.
HEADING_WORDS = 12
# A sentence with the number of its note glued to it, as in "Prices rose threefold.3", and not an
# abbreviation or a figure with a number of its own, as in "No.5", "Sept.11", "v.2" and "2.5".
_SENTENCE_WITH_NOTE = re.compile(
    r"(?<![^\W_])(?!\d|[^\W_]\b|[A-Z][a-z]{0,3}\b)[^\W_]+"
    r"[”’\"')\]]?[.…][”’\"')\]]?(?:\d{1,3}|[¹²³⁰⁴-⁹]+|\[\d{1,3}\])$"
)
_BLOCK = re.compile(r"\S[^\r\n]*(?:(?:\r\n?|\n)[^\S\r\n]*\S[^\r\n]*)*")
_LINE = re.compile(r"\S[^\r\n]*")
_BULLET = re.compile(r"[-–*•▪◦‣·]\s+(?=\S)")
_COLUMN = re.compile(r"(?:^|; )([^:;.]{1,60}): (?=\S)")
# One line that begins with a dash may be an aside, one with a colon a sentence.
_FEWEST = 2


def read_text(text: str) -> Document:
    """The blocks of a plain text; metadata hold the title where there is one."""
    spans = [(match.start(), match.end()) for match in _BLOCK.finditer(text)]
    lines = [text[start:stop].rstrip() for start, stop in spans]
    headings = _headings(lines)
    metadata = {}
    blocks: list[Block] = []
    tables = 0
    index = 0
    while index < len(spans):
        start, stop = spans[index]
        if index == 0 and index in headings:
            metadata["title"] = lines[0]
            blocks.append(Block(kind=BlockKind.TITLE, start=start, stop=stop))
        elif index in headings:
            blocks.append(
                Block(
                    kind=BlockKind.HEADING,
                    start=start,
                    stop=stop,
                    level=headings[index],
                    heading=lines[index],
                )
            )
        elif (dated := dated_line(lines[index])) and index + 1 < len(spans):
            end = _last_of_item(lines, headings, index)
            press = PressItem(date=dated[0], kind=dated[1], title=lines[index + 1])
            stop = spans[end][1]
            blocks.append(Block(kind=BlockKind.PARAGRAPH, start=start, stop=stop, press=press))
            index = end
        elif found := _rows(text, start, stop, tables + 1):
            tables += 1
            blocks += found
        else:
            blocks += _list(text, start, stop)
        index += 1
    return Document(text=text, blocks=tuple(blocks), metadata=metadata)


def _rows(text: str, start: int, stop: int, table: int) -> list[Block]:
    """The rows of a table, where all lines of a block name the same columns; else none."""
    lines = list(_LINE.finditer(text, start, stop))
    columns = {tuple(_COLUMN.findall(line[0])) for line in lines}
    if len(lines) < _FEWEST or len(columns) > 1 or len(columns.pop()) < _FEWEST:
        return []
    return [
        Block(
            kind=BlockKind.ROW,
            start=line.start(),
            stop=line.end(),
            label=f"Table {table}, row {number}",
        )
        for number, line in enumerate(lines, 1)
    ]


def _list(text: str, start: int, stop: int) -> Iterator[Block]:
    """A block as a paragraph, or as the items of a list after what leads it in."""
    starts = [line.start() for line in _LINE.finditer(text, start, stop)]
    items = [at for at in starts if _BULLET.match(text, at)]
    if len(items) < _FEWEST:
        items = []
    for first, after in pairwise([*sorted({start, *items}), stop]):
        end = first + len(text[first:after].rstrip())
        bullet = _BULLET.match(text, first) if first in items else None
        hidden = (Span(start=0, stop=bullet.end() - first),) if bullet else ()
        kind = BlockKind.ITEM if bullet else BlockKind.PARAGRAPH
        yield Block(kind=kind, start=first, stop=end, hidden=hidden)


def _headings(lines: list[str]) -> dict[int, int]:
    """Level by the index of the block that is a heading; the title has level 0."""
    dated = {index for index, line in enumerate(lines) if dated_line(line)}
    # The last block has nothing under it, so it is a paragraph, unless nothing else is one either;
    # a question may be both.
    only_headings = len(lines) > 1 and all(
        _looks_like_heading(line) and not line.endswith("?") for line in lines
    )
    found = [
        index
        for index, line in enumerate(lines if only_headings else lines[:-1])
        if _looks_like_heading(line) and index not in dated and index - 1 not in dated
    ]
    levels = {index: 0 for index in found if index == 0}
    below = [index for index in found if index > 0]
    openers = {index for index, after in pairwise(below) if after == index + 1}
    in_group = False
    for index in below:
        opens = index in openers and index - 1 not in openers
        if opens or index + 1 in dated:
            in_group = opens
            levels[index] = 1
        else:
            levels[index] = 2 if in_group else 1
    return levels


def _looks_like_heading(line: str) -> bool:
    words = line.split()
    return (
        not {"\n", "\r"} & set(line)
        and 0 < len(words) <= HEADING_WORDS
        and line[-1] not in ".!;:,…”\"'»"
        and words[0][0].isalnum()
        and any(character.isalpha() for character in line)
        and not _SENTENCE_WITH_NOTE.search(line)
    )


def _last_of_item(lines: list[str], headings: dict[int, int], index: int) -> int:
    """Index of the last block of the press item that begins at `index`."""
    last = index + 1
    while last + 1 < len(lines) and last + 1 not in headings and not dated_line(lines[last + 1]):
        last += 1
    return last
