"""A draft that a reader of reports has read, such as a PDF: its paragraphs and notes."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.verifying.draft import Draft, NoteReference, Part, PartKind, note_parts
from corpus.passage import without
from corpus.readers.document import Block, BlockKind, Document

# A figure glued to a quotation, a word or a sentence, as a raised one is in extracted text.
_GLUED = re.compile(r"(?<=[”»’\"'.,;:!?)a-z])(?<!\d[.,:])(?P<label>\d{1,3})(?=\s|$)")
_BEGINS_AS_NOTE = re.compile(r"(?P<label>\d{1,3})\.?\s+(?=\S)")
_NOTE_AFTER_NOTE = re.compile(r"(?:^|(?<=[.)”’]\s))(?P<label>\d{1,3})\.?\s+(?=\S)")
_ENDS = re.compile(r"[.!?:;][”»’\"')\]]*\s*$")
# A note stands on the sheet that refers to it, or where it does not fit on the next.
_SHEETS_ON = 1


def from_document(document: Document) -> Draft:
    """The draft that a document is: its notes by where they begin."""
    text = document.text
    noted = [*_noted(document)]
    blocks = [
        block
        for block in document.blocks
        if block.kind not in (BlockKind.NOTE, BlockKind.TITLE, BlockKind.HEADING)
        and block.start not in {note.start for note in noted}
    ]
    notes = {
        str(block.start): without(text[block.start : block.stop], block.hidden) for block in noted
    }
    parts: list[Part] = []
    for block in blocks:
        part = _part(text, block, noted, len(parts))
        if parts and _goes_on(parts[-1], part):
            part = _joined(parts.pop(), part)
        parts.append(part)
    return Draft(parts=(*parts, *note_parts(notes, len(parts))), notes=notes)


def _noted(document: Document) -> Iterator[Block]:
    """The notes: those that the reader knows, and paragraphs that a glued figure refers to.

    Such a paragraph begins with its figure, below what refers to it on the same sheet.
    """
    referred: set[tuple[int, str]] = set()
    for block in document.blocks:
        source = document.text[block.start : block.stop]
        sheets = [page.sheet for page in block.pages]
        begins = _BEGINS_AS_NOTE.match(source)
        if block.kind is BlockKind.NOTE:
            yield block
        elif begins and any((sheet, begins["label"]) in referred for sheet in sheets):
            labels = {label for sheet, label in referred if sheet in sheets}
            yield from _parted(block, source, labels)
        else:
            found = _GLUED.finditer(source)
            referred |= {(sheet, match["label"]) for match in found for sheet in sheets}


def _parted(block: Block, source: str, labels: set[str]) -> Iterator[Block]:
    """The notes of a paragraph that is one or several, each beginning with the next figure."""
    starts: list[re.Match[str]] = []
    for match in _NOTE_AFTER_NOTE.finditer(source):
        follows = not starts or int(match["label"]) == int(starts[-1]["label"]) + 1
        if follows and match["label"] in labels:
            starts.append(match)
    ends = [match.start("label") for match in starts[1:]] + [len(source)]
    for match, end in zip(starts, ends, strict=True):
        yield replace(
            block,
            start=block.start + match.start("label"),
            stop=block.start + end,
            label=match["label"],
            hidden=(),
            notes=(),
        )


def _goes_on(before: Part, part: Part) -> bool:
    """Whether a paragraph is the rest of the one before, as extracted text may part them.

    Its bracket is still open, or its sentence did not end on the page before.
    """
    if before.text.count("(") > before.text.count(")"):
        return True
    turned = before.page is not None and part.page == before.page + 1
    return turned and _ENDS.search(before.text) is None


def _joined(before: Part, part: Part) -> Part:
    shift = len(before.text) + 1
    moved = (replace(note, at=note.at + shift) for note in part.notes)
    return replace(before, text=f"{before.text} {part.text}", notes=(*before.notes, *moved))


def _part(text: str, block: Block, noted: list[Block], number: int) -> Part:
    source = text[block.start : block.stop]
    shown: list[str] = []
    references: list[NoteReference] = []
    end = 0
    cuts = {(span.start, span.stop): "" for span in block.hidden}
    cuts |= {(start, stop): key for start, stop, key in _marks(source, block, noted)}
    for (start, stop), key in sorted(cuts.items()):
        if start < end:
            continue
        shown.append(source[end:start])
        if key:
            references.append(NoteReference(at=sum(map(len, shown)), key=key))
        end = stop
    return Part(
        text="".join([*shown, source[end:]]),
        ordinal=number,
        kind=PartKind.TEXT,
        page=block.pages[0].sheet if block.pages else None,
        notes=tuple(references),
    )


def _marks(source: str, block: Block, noted: list[Block]) -> Iterator[tuple[int, int, str]]:
    """The markers in a block, each with the key of its note; glued ones where none is known."""
    known = {(mark.start, mark.stop) for mark in block.notes}
    for mark in block.notes:
        if mark.at is not None:
            yield mark.start, mark.stop, str(mark.at)
    sheets = [page.sheet for page in block.pages]
    for match in _GLUED.finditer(source):
        if match.span() in known:
            continue
        for note in noted:
            near = note.pages and any(
                0 <= note.pages[0].sheet - sheet <= _SHEETS_ON for sheet in sheets
            )
            if near and note.label == match["label"]:
                yield *match.span(), str(note.start)
                break
