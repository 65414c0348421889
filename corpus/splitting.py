"""A report on many countries parted into one report each, whose pages stay the book's."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from corpus.countries import country_name
from corpus.passage import NoteMark, PageStart
from corpus.readers import Block, BlockKind, CountryEntry, Document, Extraction


def by_country(document: Document) -> list[tuple[str | None, Document]]:
    """The entries of a document with their countries' names, after what stands in none of them.

    A note at the end of the book goes with the entry that it is a note to. What stands in no entry
    comes first, with None, where it has a paragraph.
    """
    entries = [(entry, [*_with_notes(document, entry)]) for entry in document.entries]
    taken = {index for _, indexes in entries for index in indexes}
    parts: list[tuple[str | None, Document]] = [
        (country_name(entry.name), _chosen(document, indexes, entry)) for entry, indexes in entries
    ]
    blocks = document.blocks
    others = [index for index in range(len(blocks)) if index not in taken or _heads(blocks[index])]
    others = [index for index in others if not _inside(index, document.entries)]
    if any(not _heads(blocks[index]) for index in others):
        parts.insert(0, (None, _chosen(document, others)))
    return parts


def _heads(block: Block) -> bool:
    return block.kind in (BlockKind.HEADING, BlockKind.TITLE)


def _inside(index: int, entries: Iterable[CountryEntry]) -> bool:
    return any(entry.first <= index <= entry.last for entry in entries)


def _with_notes(document: Document, entry: CountryEntry) -> Iterator[int]:
    """The indexes of an entry's blocks, and of its notes elsewhere under their headings."""
    own = range(entry.first, entry.last + 1)
    yield from own
    wanted = {mark.at for index in own for mark in document.blocks[index].notes}
    above: list[int] = []
    for index, block in enumerate(document.blocks):
        if block.kind is BlockKind.HEADING:
            above = [i for i in above if document.blocks[i].level < block.level] + [index]
        elif block.kind is BlockKind.NOTE and block.start in wanted and index not in own:
            yield from above
            yield index
            above = []


def _chosen(
    document: Document, indexes: Sequence[int], entry: CountryEntry | None = None
) -> Document:
    """The document of some blocks: their text with what is between neighbours, pages kept."""
    texts: list[str] = []
    blocks: list[Block] = []
    places: dict[int, int] = {}
    length, last = 0, -2
    for index in indexes:
        block = document.blocks[index]
        start = document.blocks[last].stop if index == last + 1 else block.start
        if texts and index != last + 1:
            texts.append("\n\n")
            length += 2
        texts.append(document.text[start : block.stop])
        places[block.start] = length + block.start - start
        blocks.append(_named(document, block, index, entry))
        length += block.stop - start
        last = index
    blocks = [_moved(block, places) for block in blocks]
    sheets = {page.sheet for block in blocks for page in block.pages}
    return replace(
        document,
        text="".join(texts),
        blocks=tuple(blocks),
        guesses={key: value for key, value in document.guesses.items() if key != "country"},
        extraction=_of_sheets(document.extraction, sheets, blocks),
        entries=(),
    )


def _named(document: Document, block: Block, index: int, entry: CountryEntry | None) -> Block:
    """A block of an entry; its headings that say the country open no section of their own."""
    if entry is None:
        return block
    words = " ".join(document.text[block.start : block.stop].split())
    is_formal = index <= entry.first + 2 and words == entry.formal_name
    if index == entry.first or is_formal:
        return replace(block, kind=BlockKind.TITLE, heading="", press=None)
    return block


def _moved(block: Block, places: dict[int, int]) -> Block:
    shift = places[block.start] - block.start

    def page(start: PageStart) -> PageStart:
        return replace(start, start=start.start + shift)

    def mark(note: NoteMark) -> NoteMark:
        return replace(note, at=places.get(note.at) if note.at is not None else None)

    return replace(
        block,
        start=block.start + shift,
        stop=block.stop + shift,
        pages=tuple(map(page, block.pages)),
        notes=tuple(map(mark, block.notes)),
    )


def _of_sheets(extraction: Extraction, sheets: set[int], blocks: Sequence[Block]) -> Extraction:
    """What of the reading concerns these sheets."""

    def inside(found: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(sheet for sheet in found if sheet in sheets)

    furniture = (replace(one, sheets=inside(one.sheets)) for one in extraction.furniture)
    mended = (replace(one, sheets=inside(one.sheets)) for one in extraction.mended)
    return replace(
        extraction,
        sheets=len(sheets),
        furniture=tuple(one for one in furniture if one.sheets),
        mended=tuple(one for one in mended if one.sheets),
        joined=sum(mark.at is not None for block in blocks for mark in block.notes),
        suspicions=tuple(one for one in extraction.suspicions if one.sheet in sheets),
        without_text=inside(extraction.without_text),
        pictures=inside(extraction.pictures),
    )
