"""Pieces of a file without a text of its own form, put together to a text and its blocks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.passage import NoteMark, Span
from corpus.readers.document import Block, BlockKind

_PARTED = "\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A marker of a note in a text: `label` as printed, `key` the name of the note meant."""

    start: int
    stop: int
    label: str
    key: str

    def moved(self, shift: int) -> "Mark":
        """The same marker, further on by `shift`, which may be negative."""
        return replace(self, start=self.start + shift, stop=self.stop + shift)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A text with the markers of notes in it."""

    text: str = ""
    marks: tuple[Mark, ...] = ()

    def stripped(self) -> "Marked":
        """The same without blanks at its edges."""
        kept = self.text.strip()
        before = len(self.text) - len(self.text.lstrip())
        return Marked(text=kept, marks=tuple(mark.moved(-before) for mark in self.marks))


def joined(parts: Iterable[Marked], between: str = "") -> Marked:
    """Texts one after the other."""
    texts: list[str] = []
    marks: list[Mark] = []
    length = 0
    for part in parts:
        if texts:
            length += len(between)
        marks += (mark.moved(length) for mark in part.marks)
        texts.append(part.text)
        length += len(part.text)
    return Marked(text=between.join(texts), marks=tuple(marks))


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What becomes a block; `key` is the name by which markers mean a note.

    `hidden` are spans of it that are not shown, before all markers; `before` is what stands before
    a heading's words in its name and not in its text: its number.
    """

    kind: BlockKind
    words: Marked
    level: int = 0
    printed_number: str | None = None
    label: str | None = None
    key: str | None = None
    before: str = ""
    hidden: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A document's text and blocks; how many notes were joined, and a sentence on each other."""

    text: str
    blocks: tuple[Block, ...]
    joined: int
    unjoined: tuple[str, ...]


def composed(pieces: Sequence[Piece]) -> Composed:
    """The text of pieces, parted by blank lines, and its blocks; pieces have words.

    A marker is hidden where the note that it means is among the pieces, and shown where it is not.
    """
    starts, at = [], 0
    for piece in pieces:
        starts.append(at)
        at += len(piece.words.text) + len(_PARTED)
    notes = {
        piece.key: start
        for piece, start in zip(pieces, starts, strict=True)
        if piece.key is not None
    }
    blocks = tuple(_block(piece, start, notes) for piece, start in zip(pieces, starts, strict=True))
    meant = {mark.key for piece in pieces for mark in piece.words.marks}
    lost = [
        f"marker {mark.label} means a note that the file does not have"
        for piece in pieces
        for mark in piece.words.marks
        if mark.key not in notes
    ]
    alone = [
        f"note {piece.label} has no marker in the text"
        for piece in pieces
        if piece.key is not None and piece.key not in meant
    ]
    return Composed(
        text=_PARTED.join(piece.words.text for piece in pieces),
        blocks=blocks,
        joined=len(notes.keys() & meant),
        unjoined=(*lost, *alone),
    )


def _block(piece: Piece, start: int, notes: dict[str, int]) -> Block:
    text = piece.words.text
    marks = [mark for mark in piece.words.marks if mark.key in notes]
    words = _without(text, marks)
    is_heading = piece.kind is BlockKind.HEADING
    return Block(
        kind=piece.kind,
        start=start,
        stop=start + len(text),
        level=piece.level,
        heading=" ".join([*piece.before.split(), *words.split()]) if is_heading else "",
        hidden=(
            *piece.hidden,
            *(Span(start=mark.start, stop=mark.stop) for mark in marks),
        ),
        printed_number=piece.printed_number,
        label=piece.label,
        notes=tuple(
            NoteMark(start=mark.start, stop=mark.stop, note=mark.label, at=notes.get(mark.key))
            for mark in piece.words.marks
        ),
    )


def _without(text: str, marks: Iterable[Mark]) -> str:
    kept, at = [], 0
    for mark in marks:
        kept.append(text[at : mark.start])
        at = mark.stop
    return "".join([*kept, text[at:]])
