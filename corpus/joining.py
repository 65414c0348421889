"""Which blocks of a document stand together in a passage: a list with what leads it in."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.passage import NoteMark, PageStart, PressItem, Span
from corpus.readers.document import Block, BlockKind

# A paragraph that ends so ends a sentence and stands alone; another leads in the list after it.
_ENDS_SENTENCE = (".", "!", "?", "…")
# What stands between two blocks and is in neither: marks of lists, which say nothing.
_BETWEEN = re.compile(r"\S+(?:[^\S\r\n]+\S+)*[^\S\r\n]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One or more blocks of a section that stand together, as one block would say it.

    `items` are the places within it where items of a list begin.
    """

    section: tuple[str, ...]
    kind: BlockKind
    start: int
    stop: int
    hidden: tuple[Span, ...]
    press: PressItem | None
    pages: tuple[PageStart, ...]
    printed_number: str | None
    label: str | None
    notes: tuple[NoteMark, ...]
    items: tuple[int, ...]


def stretches(blocks: Iterable[tuple[tuple[str, ...], Block]], text: str) -> Iterator[Stretch]:
    """What becomes a passage each, or several where it is long; in order.

    Takes each block that is no heading with its section.
    """
    together: list[Block] = []
    section: tuple[str, ...] = ()
    for of_section, block in blocks:
        if not (together and of_section == section and _goes_on(together[-1], block, text)):
            if together:
                yield _joined(section, together, text)
            together, section = [], of_section
        together.append(block)
    if together:
        yield _joined(section, together, text)


def _goes_on(before: Block, block: Block, text: str) -> bool:
    """Whether an item belongs to the block before it; one that has a number is cited by that."""
    if block.kind is not BlockKind.ITEM or block.printed_number:
        return False
    if before.kind is BlockKind.ITEM:
        return before.printed_number is None
    is_plain = before.kind is BlockKind.PARAGRAPH and before.press is None
    return is_plain and not text.endswith(_ENDS_SENTENCE, before.start, before.stop)


def _joined(section: tuple[str, ...], blocks: Sequence[Block], text: str) -> Stretch:
    first, last = blocks[0], blocks[-1]
    hidden: list[Span] = []
    pages: list[PageStart] = []
    notes: list[NoteMark] = []
    end = first.start
    for block in blocks:
        shift = block.start - first.start
        hidden += [
            Span(start=match.start() - first.start, stop=match.end() - first.start)
            for match in _BETWEEN.finditer(text, end, block.start)
        ]
        hidden += [span.moved(shift) for span in block.hidden]
        pages += [page for page in block.pages if not pages or page.sheet != pages[-1].sheet]
        notes += [mark.moved(shift) for mark in block.notes]
        end = block.stop
    return Stretch(
        section=section,
        kind=first.kind,
        start=first.start,
        stop=last.stop,
        hidden=tuple(hidden),
        press=first.press,
        pages=tuple(pages) if first.pages else (),
        printed_number=first.printed_number,
        label=first.label,
        notes=tuple(notes),
        items=tuple(block.start - first.start for block in blocks if block.kind is BlockKind.ITEM),
    )
