"""A flow of paragraphs, tables and notes becomes a document's text and blocks."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.readers.document import BlockKind
from corpus.readers.pdf.flow import Flow
from corpus.readers.pdf.joining import Element
from corpus.readers.pdf.notes import Note
from corpus.readers.pdf.page import Line, Word, joined
from corpus.readers.pdf.paragraphs import Paragraph
from corpus.readers.pdf.table_rows import Row
from corpus.readers.pdf.tables import Table
from corpus.readers.pdf.writing import Pending, Writer

# Points: columns of a table that goes on over a page stand this close to where they stood.
_SHIFTED = 12.0


@dataclass(slots=True, kw_only=True)
class Assembly:
    """The writer's blocks; which block each heading is; how the notes were joined."""

    writer: Writer
    headings: list[tuple[int, Paragraph]] = field(default_factory=list)
    starts: dict[int, int] = field(default_factory=dict)
    joined: int = 0
    unjoined: list[str] = field(default_factory=list)


def assemble(found: Flow) -> Assembly:
    """The text and blocks of a flow."""
    writer = Writer(
        hyphenation=found.hyphenation, printed=found.furniture.printed, labels=_labels(found)
    )
    result = Assembly(writer=writer)
    waiting = list(found.notes)
    before: Table | None = None
    rows = 0
    for element in found.elements:
        waiting = _written_notes(waiting, result, before_sheet=_sheet(element))
        begun = len(writer.pending)
        if isinstance(element, Table):
            rows = rows if before is not None and _goes_on(before, element) else 0
            if before is not None and rows:
                element.label = element.label or before.label
            rows = _write_table(element, rows, writer)
            before = element
        else:
            _write_paragraph(element, result)
        waiting = _after_marker(waiting, writer.pending[begun:], result)
    _written_notes(waiting, result, before_sheet=None)
    _join_notes(found, result)
    return result


def _sheet(element: Element) -> int:
    return element.sheet


def _labels(found: Flow) -> dict[int, frozenset[str]]:
    """The markers that may stand on each sheet: of its own notes, of those on the sheets beside.

    Symbols mean a note on the same sheet; notes at the end of the report are meant from anywhere.
    """
    labels: dict[int, set[str]] = {}
    anywhere: set[str] = set()
    last = max((line.sheet for element in found.elements for line in _lines(element)), default=1)
    for element in found.elements:
        if isinstance(element, Paragraph) and element.note:
            anywhere.add(element.note)
    counts = Counter(note.label for note in found.notes)
    for note in found.notes:
        if note.label is None:
            continue
        sheet = note.lines[0].sheet
        if note.label.isalnum() and counts[note.label] == 1:
            anywhere.add(note.label)
        near = (0,) if not note.label.isalnum() else (-1, 0, 1)
        for step in near:
            labels.setdefault(sheet + step, set()).add(note.label)
    sheets = {*labels, *range(1, last + 1)}
    return {sheet: frozenset(labels.get(sheet, set()) | anywhere) for sheet in sheets}


def _lines(element: Element) -> Sequence[Line]:
    return [*element.header, *element.lines] if isinstance(element, Table) else element.lines


def _write_paragraph(element: Paragraph, result: Assembly) -> None:
    writer = result.writer
    writer.begin(element.sheet)
    if element.run_in:
        own = {id(word) for word in element.run_in}
        writer.lines(element.lines, [word for word in element.words if id(word) not in own])
        writer.end(BlockKind.HEADING, level=element.lead_level)
        result.headings.append((len(writer.blocks) - 1, element))
        rest = next(
            line.sheet for line in element.lines if any(id(word) not in own for word in line.words)
        )
        writer.begin(rest)
    writer.lines(element.lines, [*element.run_in, *element.marker])
    writer.end(
        _kind(element),
        number=element.number,
        level=1 if element.title else element.level,
        label=element.note,
    )
    if element.level or element.title:
        result.headings.append((len(writer.blocks) - 1, element))


def _kind(element: Paragraph) -> BlockKind:
    if element.title:
        return BlockKind.TITLE
    if element.level:
        return BlockKind.HEADING
    if element.note:
        return BlockKind.NOTE
    return BlockKind.ITEM if element.item else BlockKind.PARAGRAPH


def _goes_on(before: Table, table: Table) -> bool:
    """Whether a table is the next page of the one before it."""
    alike = len(before.edges) == len(table.edges) and all(
        abs(a - b) <= _SHIFTED for a, b in zip(before.edges, table.edges, strict=True)
    )
    named = table.label is not None and table.label == before.label
    names = [[joined(name) for name in each.names] for each in (before, table)]
    unnamed = table.label is None and names[0] == names[1] and any(names[0])
    return table.sheet > before.sheet and (named or (alike and unnamed))


def _write_table(table: Table, rows: int, writer: Writer) -> int:
    """Write the rows, counted on from `rows`; how many there are then."""
    for row in table.rows:
        rows += 1
        writer.begin(row.sheet)
        _write_row(row, table.names, writer)
        writer.end(BlockKind.ROW, label=f"{table.label or 'table'}, row {rows}")
    return rows


def _write_row(row: Row, names: Sequence[Sequence[Word]], writer: Writer) -> None:
    written: Sequence[Word] = ()
    if row.group:
        writer.words(row.group, row.sheet)
        written = row.group
    for column, cell in enumerate(row.cells):
        if not cell:
            continue
        if written:
            writer.literal(" " if joined(written).endswith(":") else "; ")
        if len(row.cells) > 1 and names[column]:
            writer.words(names[column], row.sheet)
            writer.literal(": ")
        writer.words(cell, row.sheet)
        written = cell


def _after_marker(
    waiting: Sequence[Note], marks: Sequence[Pending], result: Assembly
) -> list[Note]:
    """Write the notes that the markers of the last element mean, and keep the others."""
    left: list[Note] = list(waiting)
    for pending in marks:
        meant = [note for note in left if note.label == pending.mark.note
                 and abs(note.lines[0].sheet - pending.sheet) <= 1]  # fmt: skip
        if meant:
            note = min(meant, key=lambda found: abs(found.lines[0].sheet - pending.sheet))
            _write_note(note, result)
            left.remove(note)
    return left


def _written_notes(
    waiting: Sequence[Note], result: Assembly, *, before_sheet: int | None
) -> list[Note]:
    """Write the notes of the sheets before one, whose markers were not found."""
    left = []
    for note in waiting:
        if before_sheet is None or note.lines[-1].sheet < before_sheet - 1:
            _write_note(note, result)
        else:
            left.append(note)
    return left


def _write_note(note: Note, result: Assembly) -> None:
    writer = result.writer
    writer.begin(note.lines[0].sheet)
    writer.lines(note.lines, note.marker)
    writer.end(BlockKind.NOTE, label=note.label)
    result.starts[id(note)] = writer.blocks[-1].start


def _join_notes(found: Flow, result: Assembly) -> None:
    """Tell each marker where its note is; say which notes no marker means."""
    ends = _end_notes(result)
    meant: set[int] = set()
    for pending in result.writer.pending:
        near = [(abs(note.lines[0].sheet - pending.sheet), result.starts[id(note)])
                for note in found.notes if note.label == pending.mark.note]  # fmt: skip
        ends_here = ends.get(pending.mark.note) or (near if len(near) == 1 else [])
        near = [place for place in near if place[0] <= 1] or ends_here
        if near:
            at = min(near)[1]
            meant.add(at)
            result.writer.join_note(pending, at)
    result.joined = len(meant)
    for note in found.notes:
        if result.starts[id(note)] not in meant:
            result.unjoined.append(
                f"Note {note.label or 'without a marker'} on sheet {note.lines[0].sheet} "
                "has no marker in the text."
            )


def _end_notes(result: Assembly) -> Mapping[str, list[tuple[int, int]]]:
    """Where the notes at the end of the report begin, by their markers."""
    ends: dict[str, list[tuple[int, int]]] = {}
    for block in result.writer.blocks:
        if block.kind is BlockKind.NOTE and block.start not in result.starts.values():
            ends.setdefault(block.label or "", []).append((0, block.start))
    return ends
