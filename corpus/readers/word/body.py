"""The body of a Word file, block by block: headings, numbered paragraphs, items, rows, notes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.readers.composing import Marked, Piece, joined
from corpus.readers.document import BlockKind
from corpus.readers.tables import rows, squared
from corpus.readers.word.nodes import Node, is_on
from corpus.readers.word.notes import Notes
from corpus.readers.word.numbering import Number, Numbering
from corpus.readers.word.paragraph import Words, alternative, words
from corpus.readers.word.styles import PLAIN, Style, outline_level, whole

_HOLDERS = frozenset(("sdtContent", "ins", "moveTo", "customXml"))
# A list that a colon leads in belongs to its sentence; a longer first item is a paragraph.
_LONGEST_FIRST_ITEM = 300
_SPLIT_MARKS = frozenset(("del", "moveFrom"))


@dataclass(slots=True, kw_only=True)
class Body:
    """A reading of a body: `pieces` so far, what was left out or lost, lines of its contents."""

    styles: Mapping[str, Style]
    numbering: Numbering
    notes: Notes
    pieces: list[Piece] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    lost: int = 0
    deleted: int = 0
    _tables: int = 0
    _has_title: bool = False
    # The list that the paragraph above leads in.
    _led: str | None = None
    # Words of a paragraph whose end was deleted.
    _begun: Marked | None = None
    # Notes called, whose text stands at the end of the section.
    _waiting: list[str] = field(default_factory=list)

    def read(self, nodes: Iterable[Node]) -> None:
        """Read blocks on from where the last ended."""
        for node in nodes:
            if node.tag == "p":
                self._paragraph(node)
            elif node.tag == "tbl":
                self._end_begun()
                self._table(node)
            elif node.tag == "sdt":
                self._control(node)
            elif node.tag in _HOLDERS:
                self.read(node.nodes)
            elif node.tag == "mc:AlternateContent":
                for chosen in alternative(node):
                    self.read(chosen.nodes)

    def end(self) -> None:
        """Put the notes of the last section to its end."""
        self._end_begun()
        waiting, self._waiting = self._waiting, []
        while waiting:
            for key in waiting:
                note = self._aside(self.notes.known[key].nodes)
                if note.text:
                    label = self.notes.called[key]
                    piece = Piece(kind=BlockKind.NOTE, words=note, label=label, key=key)
                    self.pieces.append(piece)
            # What notes call themselves.
            waiting, self._waiting = self._waiting, []

    def _end_begun(self) -> None:
        """What no paragraph comes after to join is one, though its end was deleted."""
        begun, self._begun = self._begun, None
        if begun is not None and begun.text.strip():
            self.pieces.append(Piece(kind=BlockKind.PARAGRAPH, words=begun.stripped()))

    def _control(self, node: Node) -> None:
        properties = node.child("sdtPr")
        parts = [] if properties is None else list(properties.all("docPartGallery"))
        content = node.child("sdtContent")
        if content is None:
            return
        if any(part.attributes.get("val") == "Table of Contents" for part in parts):
            self.left_out.append(" ".join(text.text for text in content.all("t")))
            lines = ("".join(text.text for text in line.all("t")) for line in content.all("p"))
            self.contents += filter(None, lines)
        else:
            self.read(content.nodes)

    def _paragraph(self, node: Node) -> None:
        properties = node.child("pPr") or Node(tag="pPr")
        marks = properties.child("rPr")
        found = self._words(node)
        if self._begun is not None:
            found.marked = joined([self._begun, found.marked])
            self._begun = None
        if marks is not None and any(marks.child(tag) for tag in _SPLIT_MARKS):
            self._begun = found.marked
            return
        found.marked = found.marked.stripped()
        name = properties.value("pStyle") or ""
        style = self.styles.get(name, self.styles.get("", PLAIN))
        stated = outline_level(properties)
        level = style.level if stated is None else stated or None
        number = self._number(properties, name, style)
        if style.is_contents or style.is_hidden:
            if found.marked.text:
                self.left_out.append(found.marked.text)
                self.contents += [found.marked.text] if style.is_contents else []
        elif found.marked.text:
            self._take(found.marked, style, level, number)
        for box in found.boxes:
            self.read(box.nodes)
        if properties.child("sectPr") is not None:
            self.notes.end_section()

    def _words(self, node: Node) -> Words:
        found = words(node, self._label)
        self.left_out += found.hidden
        self.lost += found.lost
        return found

    def _label(self, kind: str, name: str) -> str | None:
        key = f"{kind} {name}"
        is_new = key not in self.notes.called
        label = self.notes.label(kind, name)
        if label is not None and is_new:
            self._waiting.append(key)
        return label

    def _number(self, properties: Node, name: str, style: Style) -> Number | None:
        own = properties.child("numPr")
        if own is not None and own.child("del") is not None:
            own = None
        number = (own.value("numId") if own is not None else None) or style.number
        if number is None or number == "0":
            return None
        level = whole(own.value("ilvl")) if own is not None else style.number_level
        if level is None:
            level = 0 if own is not None else self.numbering.level_of(number, name)
        return self.numbering.next(number, level)

    def _take(self, marked: Marked, style: Style, level: int | None, number: Number | None) -> None:
        shown = number.printed.strip() if number is not None else ""
        if style.is_title and not self._has_title and level is None:
            self._has_title = True
            self.pieces.append(Piece(kind=BlockKind.TITLE, words=marked))
        elif level is not None:
            self.end()
            self._led = None
            cited = number.cited if number is not None and shown else None
            heading = BlockKind.HEADING
            self.pieces.append(
                Piece(kind=heading, words=marked, level=level, printed_number=cited, before=shown)
            )
        elif number is None:
            self._led = None
            self.pieces.append(Piece(kind=BlockKind.PARAGRAPH, words=marked))
        elif self._is_numbered(marked, number):
            self._led = None
            cited = number.cited or None
            paragraph = BlockKind.PARAGRAPH
            self.pieces.append(Piece(kind=paragraph, words=marked, printed_number=cited))
        else:
            printed = [Marked(text=f"{shown} ")] if shown else []
            self.pieces.append(Piece(kind=BlockKind.ITEM, words=joined([*printed, marked])))

    def _is_numbered(self, marked: Marked, number: Number) -> bool:
        """Whether a paragraph is cited by its number, rather than an item of a list.

        Figures count paragraphs, letters and Roman numbers the parts of one; but for a list that
        begins with 1 below a colon.
        """
        if not number.printed or not number.number_format.startswith("decimal"):
            return False
        if number.is_compound or number.level > 0:
            return number.is_compound
        last = self.pieces[-1] if self.pieces else None
        is_led = last is not None and last.words.text.endswith(":")
        if number.value == 1 and is_led and len(marked.text) <= _LONGEST_FIRST_ITEM:
            self._led = number.list
        return self._led != number.list

    def _aside(self, nodes: Iterable[Node]) -> Marked:
        """All the words of some blocks, as those of one paragraph."""
        outer = self.pieces, self._begun, self._has_title, self._led
        self.pieces, self._begun, self._has_title = [], None, True
        called, self._waiting = self._waiting, []
        self.read(nodes)
        self._end_begun()
        inside = [
            joined([Marked(text=f"{piece.printed_number}. "), piece.words])
            if piece.printed_number
            else piece.words
            for piece in self.pieces
            if piece.kind is not BlockKind.NOTE
        ]
        self._waiting = [*called, *self._waiting]
        self.pieces, self._begun, self._has_title, self._led = outer
        return joined(inside, "\n")

    def _table(self, table: Node) -> None:
        lines = [row for row in _rows(table) if not _is_deleted(row)]
        cells = [list(_cells(row)) for row in lines]
        if max(map(len, cells), default=0) < 2 or self._has_headings(table):  # noqa: PLR2004
            for row in cells:
                for cell in row:
                    self.read(cell.nodes)
            return
        self._led = None
        self._tables += 1
        number = self._tables
        grid = [[self._cell(cell) for cell in row] for row in cells]
        square = squared([[(words, across, 1) for words, across, _ in row] for row in grid])
        _go_on(square, grid)
        heads = _heads(table, lines)
        self.pieces += rows(number, square[:heads], square[heads:])

    def _cell(self, cell: Node) -> tuple[Marked, int, bool]:
        """The words of a cell, how many columns it takes, and whether it goes on from above."""
        properties = cell.child("tcPr") or Node(tag="tcPr")
        merged = properties.child("vMerge")
        goes_on = merged is not None and merged.attributes.get("val") != "restart"
        return self._aside(cell.nodes), whole(properties.value("gridSpan")) or 1, goes_on

    def _has_headings(self, table: Node) -> bool:
        for paragraph in table.all("p"):
            properties = paragraph.child("pPr")
            if properties is not None:
                style = self.styles.get(properties.value("pStyle") or "", PLAIN)
                if style.level or outline_level(properties):
                    return True
        return False


def _go_on(square: list[list[Marked]], grid: list[list[tuple[Marked, int, bool]]]) -> None:
    """Fill cells that go on from above with what stands there."""
    for line, (above, row) in zip(grid[1:], pairwise(square), strict=True):
        column = 0
        for _, across, goes_on in line:
            if goes_on:
                row[column : column + across] = above[column : column + across]
            column += across


def _rows(table: Node) -> Iterator[Node]:
    for node in table.nodes:
        if node.tag == "tr":
            yield node
        elif node.tag in _HOLDERS or node.tag == "sdt":
            yield from _rows(node)


def _cells(row: Node) -> Iterator[Node]:
    for node in row.nodes:
        if node.tag == "tc":
            yield node
        elif node.tag in _HOLDERS or node.tag == "sdt":
            yield from _cells(node)


def _is_deleted(row: Node) -> bool:
    properties = row.child("trPr")
    return properties is not None and properties.child("del") is not None


def _heads(table: Node, lines: list[Node]) -> int:
    """How many rows at the top name the columns, as the table says."""
    heads = 0
    for row in lines:
        properties = row.child("trPr")
        if not is_on(properties, "tblHeader"):
            break
        heads += 1
    if heads or len(lines) < 2:  # noqa: PLR2004  a row alone has no head
        return heads if heads < len(lines) else 0
    properties = table.child("tblPr")
    look = properties.child("tblLook") if properties is not None else None
    if look is None:
        return 0
    first = look.attributes.get("firstRow")
    if first is not None:
        return int(first in ("1", "true", "on"))
    flags = look.attributes.get("val", "0")
    return (
        int(bool(int(flags, 16) & 0x20)) if all(c in "0123456789abcdefABCDEF" for c in flags) else 0
    )
