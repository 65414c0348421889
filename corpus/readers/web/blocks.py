"""The paragraphs, items, notes and rows of an article, in order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.passage import Span
from corpus.readers.composing import Mark, Marked, Piece, joined
from corpus.readers.document import BlockKind
from corpus.readers.tables import rows, squared
from corpus.readers.web.article import Article, leads_away
from corpus.readers.web.notes import Notes
from corpus.readers.web.tree import HEADINGS, UNSEEN, Element

# HTML's blanks; a no-break space is none, it stays as printed.
_BLANKS = re.compile(r"[ \t\n\f\r]+")
# No text: control characters, and where a word may be parted.
_UNPRINTED = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\xad\u200b\u2060\ufeff]")
_RAISED = {
    "sup": str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻"),
    "sub": str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋"),
}
_FIGURES = re.compile(r"[+\-−]?\d+")
_BETWEEN_MARKS = re.compile(r"[\s,;\[\]()–-]*")
_BLOCKS = frozenset(
    re.findall(
        r"[\w-]+",
        "address article aside blockquote body caption center dd details dialog dir div dl dt"
        " fieldset figcaption figure footer form header hgroup hr html legend li main nav ol p"
        " pre section summary table tbody td tfoot th thead tr ul",
    )
)
_ITEMS = frozenset(("li", "dd"))
_LONGEST_LINKED = 12
# As in a plain text (corpus/readers/text.py).
HEADING_WORDS = 12
# Cells of a table that lays out a page hold paragraphs.
_LONGEST_CELL = 1_500


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A piece of a page and the element that it is; `before_gap` says that furniture follows."""

    piece: Piece
    element: Element
    before_gap: bool = False


@dataclass(slots=True, kw_only=True)
class _Line:
    """Words as they are gathered, blanks as one."""

    parts: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    length: int = 0

    def add(self, text: str) -> None:
        last = self.parts[-1][-1:] if self.parts else "\n"
        if last in " \n":
            text = text.lstrip(" ")
        if text:
            self.parts.append(text)
            self.length += len(text)

    def mark(self, label: str, key: str) -> None:
        start = self.length
        self.add(label)
        if self.length > start:
            self.marks.append(
                Mark(start=start, stop=self.length, label=label.strip("[]()"), key=key)
            )

    def widen(self, text: str) -> None:
        """Take what parts two markers to the first of them."""
        self.add(text)
        last = self.marks.pop()
        self.marks.append(Mark(start=last.start, stop=self.length, label=last.label, key=last.key))

    @property
    def ends_in_mark(self) -> bool:
        return bool(self.marks) and self.marks[-1].stop == self.length

    def taken(self) -> Marked:
        marked = Marked(text="".join(self.parts), marks=tuple(self.marks))
        self.parts, self.marks, self.length = [], [], 0
        stripped = marked.stripped()
        kept = tuple(mark for mark in stripped.marks if 0 <= mark.start < len(stripped.text))
        cut = (
            Mark(
                start=mark.start,
                stop=min(mark.stop, len(stripped.text)),
                label=mark.label,
                key=mark.key,
            )
            for mark in kept
        )
        return Marked(text=stripped.text, marks=tuple(cut))


class Walk:
    """A walk through an article; `left_out` are texts that it did not take for the report's."""

    def __init__(self, article: Article, notes: Notes) -> None:
        self._furniture, self._notes = article.furniture, notes
        self._line = _Line()
        self._found: list[Found] = []
        self._tables = 0
        self.left_out: list[str] = []
        self.removed: dict[str, int] = {}

    def pieces(self, element: Element) -> list[Found]:
        """What stands in an element, in order."""
        self._enter(element, BlockKind.PARAGRAPH)
        self._flush(element, BlockKind.PARAGRAPH)
        return self._found

    def _enter(self, element: Element, kind: BlockKind) -> None:
        for child in element.children:
            if isinstance(child, str):
                self._text(child, element)
            elif child in self._notes.notes:
                self._flush(element, kind)
                self._note(child)
            elif child in self._furniture:
                self._leave_out(child, element, kind)
            elif child.tag in UNSEEN or child in self._notes.back:
                continue
            elif child in self._notes.markers:
                key, _ = self._notes.markers[child]
                self._line.mark(child.text(), key)
            else:
                self._element(child, element, kind)

    def _element(self, child: Element, element: Element, kind: BlockKind) -> None:
        if child.tag in HEADINGS:
            self._flush(element, kind)
            self._enter(child, BlockKind.HEADING)
            self._flush(child, BlockKind.HEADING)
        elif child.tag == "br":
            self._break(element, kind)
        elif child.tag == "table" and _is_data(child):
            self._flush(element, kind)
            self._table(child)
        elif child.tag in _BLOCKS:
            self._flush(element, kind)
            inside = BlockKind.ITEM if child.tag in _ITEMS else kind
            self._enter(child, inside)
            self._flush(child, inside)
        elif child.tag == "q":
            self._line.add("“")
            self._enter(child, kind)
            self._line.add("”")
        else:
            self._enter(child, kind)

    def _text(self, text: str, element: Element) -> None:
        words = self._printed(text)
        if element.tag == "pre":
            self._line.add(words)
            return
        words = _BLANKS.sub(" ", words)
        if element.tag in _RAISED:
            if self._line.ends_in_mark and _BETWEEN_MARKS.fullmatch(words):
                self._line.widen(words)
                return
            if _FIGURES.fullmatch(words.strip()):
                words = words.translate(_RAISED[element.tag])
        self._line.add(words)

    def _printed(self, text: str) -> str:
        for character in _UNPRINTED.findall(text):
            name = f"U+{ord(character):04X}"
            self.removed[name] = self.removed.get(name, 0) + 1
        return _UNPRINTED.sub("", text)

    def _break(self, element: Element, kind: BlockKind) -> None:
        if self._line.parts and self._line.parts[-1].endswith("\n") and kind != BlockKind.HEADING:
            self._flush(element, kind)
        elif self._line.parts:
            self._line.add("\n" if kind != BlockKind.HEADING else " ")

    def _flush(self, element: Element, kind: BlockKind) -> None:
        words = self._line.taken()
        if not any(character.isalnum() for character in words.text):
            return
        if kind is BlockKind.HEADING or _is_only_link(element, words.text):
            whole = element.tag not in HEADINGS or element.length == len(
                "".join(words.text.split())
            )
            if whole and leads_away(element):
                self.left_out.append(words.text)
                return
        if _is_day(element, words.text):
            self.left_out.append(words.text)
            return
        if kind is BlockKind.PARAGRAPH and _is_bold_heading(element, words.text):
            kind = BlockKind.HEADING
        self._found.append(Found(piece=Piece(kind=kind, words=words), element=element))

    def _leave_out(self, child: Element, element: Element, kind: BlockKind) -> None:
        if child.tag in _BLOCKS:
            self._flush(element, kind)
        if child.length and child.tag not in UNSEEN:
            self.left_out.append(child.text())
            if self._found and not self._line.parts:
                last = self._found[-1]
                self._found[-1] = Found(piece=last.piece, element=last.element, before_gap=True)

    def _aside(self, element: Element) -> Marked:
        """All the words of an element, as those of one paragraph."""
        outer = self._line, self._found
        self._line, self._found = _Line(), []
        inside = self.pieces(element)
        self._line, self._found = outer
        return joined((found.piece.words for found in inside), "\n")

    def _note(self, element: Element) -> None:
        key, label = self._notes.notes[element]
        words = self._aside(element)
        # The label before a note's words, or what a link to the marker leaves of it.
        lead = re.match(rf"(?:[\[(]?{re.escape(label)}[\])]?(?!\w))?[.):\]\s]*", words.text)
        hidden = (Span(start=0, stop=lead.end()),) if lead and lead.end() else ()
        if words.text[lead.end() if lead else 0 :]:
            piece = Piece(kind=BlockKind.NOTE, words=words, label=label, key=key, hidden=hidden)
            self._found.append(Found(piece=piece, element=element))

    def _table(self, table: Element) -> None:
        self._tables += 1
        number = self._tables
        lines = list(_lines(table))
        grid = [[self._cell(cell) for cell in line if cell.tag != "caption"] for line in lines]
        heads = _heads(table, lines)
        for caption in (one for one in table.elements if one.tag == "caption"):
            self._enter(caption, BlockKind.PARAGRAPH)
            self._flush(caption, BlockKind.PARAGRAPH)
        square = squared(grid)
        for piece in rows(number, square[:heads], square[heads:]):
            self._found.append(Found(piece=piece, element=table))

    def _cell(self, cell: Element) -> tuple[Marked, int, int]:
        across, down = (_span(cell.attributes.get(name, "")) for name in ("colspan", "rowspan"))
        return self._aside(cell), across, down


def _is_day(element: Element, text: str) -> bool:
    """Whether a paragraph is nothing but the day that the page was published."""
    if element.length != len("".join(text.split())):
        return False
    return any(one.tag == "time" and one.length == element.length for one in element.elements)


def _is_bold_heading(element: Element, text: str) -> bool:
    """Whether a paragraph stands for a heading: all bold, short, and not ended like a sentence."""
    return (
        element.tag in ("p", "div")
        and element.length == len("".join(text.split()))
        and len(text.split()) <= HEADING_WORDS
        and text[-1] not in ".!?:;,…”\"'»"
        and _is_bold(element)
    )


def _is_only_link(element: Element, text: str) -> bool:
    """Whether a paragraph is nothing but a link, such as "Read more"."""
    return (
        element.tag in ("p", "li", "div", "span")
        and element.linked == element.length == len("".join(text.split()))
        and len(text.split()) <= _LONGEST_LINKED
    )


def _is_data(table: Element) -> bool:
    """Whether a table holds data, rather than laying out a page."""
    if table.attributes.get("role") in ("presentation", "none") or table.heads:
        return False
    lines = list(_lines(table))
    cells = [cell for line in lines for cell in line]
    if any(one.tag == "table" for one in table.all() if one is not table):
        return False
    return max(map(len, lines), default=0) > 1 and all(c.length <= _LONGEST_CELL for c in cells)


def _lines(table: Element) -> Iterator[list[Element]]:
    """The rows of a table, each as its cells."""
    for part in table.elements:
        if part.tag == "tr":
            yield [cell for cell in part.elements if cell.tag in ("td", "th")]
        elif part.tag in ("thead", "tbody", "tfoot"):
            for row in part.elements:
                if row.tag == "tr":
                    yield [cell for cell in row.elements if cell.tag in ("td", "th")]


def _heads(table: Element, lines: list[list[Element]]) -> int:
    """How many rows at the top name the columns: those marked so, or a first one that is bold, or
    the only one of three or more columns that has no figure.
    """
    marked = sum(
        1
        for part in table.elements
        if part.tag == "thead"
        for row in part.elements
        if row.tag == "tr"
    )
    while marked < len(lines) and lines[marked] and all(c.tag == "th" for c in lines[marked]):
        marked += 1
    if marked >= len(lines):
        return 0
    return marked or int(len(lines) > 1 and _names_columns(lines[0], lines[1:]))


def _names_columns(first: list[Element], others: list[list[Element]]) -> bool:
    texts = [cell.text() for cell in first]
    if not all(texts) or len(texts) < 2:  # noqa: PLR2004  one cell over all is a caption
        return False
    if all(_is_bold(cell) for cell in first):
        return True
    figures = [any(map(_has_figure, line)) for line in others]
    return len(texts) > 2 and all(figures) and not any(map(_has_figure, first))  # noqa: PLR2004


def _is_bold(element: Element) -> bool:
    return any(one.tag in ("b", "strong") and one.length == element.length for one in element.all())


def _has_figure(cell: Element) -> bool:
    return any(character.isdigit() for character in cell.text())


def _span(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < len("10000") else 1
