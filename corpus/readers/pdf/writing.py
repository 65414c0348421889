"""The text that a PDF's paragraphs, rows and notes become, with where each page begins in it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.passage import NoteMark, PageStart, Span, without
from corpus.readers.document import Block, BlockKind
from corpus.readers.pdf.hyphens import Hyphenation
from corpus.readers.pdf.measures import BULLET
from corpus.readers.pdf.notes import SLASHED, plain_marker
from corpus.readers.pdf.page import Line, Word
from corpus.readers.pdf.words import HYPHEN, HYPHENS

_PARTED = "\n\n"
_TRAILING = re.compile(r"(?<=\S)([*∗†‡§¶‖]{1,4}|[¹²³⁰⁴-⁹]{1,3})(?=[.,;:)]?$)")
_MARKS = re.compile(r"\d{1,3}|[ivx]{1,5}|[*∗†‡§¶#‖]{1,4}|[a-z]")
_SYMBOLS = re.compile(r"[*∗†‡§¶‖]{1,4}")
_HEADING_MARKS = ".:—– "
_TAIL = 200  # characters back that show an address on the web


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A marker whose note is looked for: the block it stands in, and its sheet."""

    block: int
    mark: NoteMark
    sheet: int


@dataclass(slots=True, kw_only=True)
class Writer:
    """Writes blocks one after the other.

    `labels` are the markers of the notes that a marker on a sheet may mean; `written` are the ids
    of the words that were written.
    """

    hyphenation: Hyphenation
    printed: Mapping[int, str]
    labels: Mapping[int, frozenset[str]]
    blocks: list[Block] = field(default_factory=list)
    pending: list[Pending] = field(default_factory=list)
    written: set[int] = field(default_factory=set)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _tail: str = ""
    _block: "_Begun | None" = None

    @property
    def text(self) -> str:
        """All that is written."""
        return "".join(self._parts)

    def begin(self, sheet: int) -> None:
        """Begin a block on a sheet; something must be written into it."""
        if self._parts:
            self._add(_PARTED)
        self._tail = ""
        self._block = _Begun(start=self._length, sheet=sheet, pages=[self._page(sheet)])

    def lines(self, lines: Iterable[Line], skipped: Iterable[Word] = ()) -> None:
        """Write lines without the skipped words."""
        left_out = {id(word) for word in skipped}
        for line in lines:
            for at, word in enumerate(line.words):
                if id(word) not in left_out:
                    self._word(word, line.sheet, opens_line=at == 0)

    def words(self, words: Sequence[Word], sheet: int) -> None:
        """Write the words of a cell; one left of the word before it begins another line."""
        for at, word in enumerate(words):
            before = words[at - 1]
            below = at > 0 and not word.raised and word.base - before.base > 0.4 * before.looks.size
            self._word(word, sheet, opens_line=below)

    def literal(self, text: str) -> None:
        """Write what stands in no line: a column's name, a mark between cells."""
        self._end_hyphen()
        self._add(text)
        self._tail = ""

    def end(self, kind: BlockKind, *, number: str | None = None, label: str | None = None,
            level: int = 0) -> None:  # fmt: skip
        """Add the block; a bullet is hidden, and a number printed first, which the citation has."""
        begun = self._block
        assert begun is not None
        self._end_hyphen()
        source = self.text_from(begun.start)
        hidden = list(begun.hidden)
        lead = re.match(re.escape(number) + r"[.)]?\s+", source) if number else None
        if kind is BlockKind.ITEM and lead is None:
            lead = re.match(rf"{BULLET.pattern}\s+", source)
        if lead:
            hidden.insert(0, Span(start=0, stop=lead.end()))
        titled = kind in (BlockKind.HEADING, BlockKind.TITLE)
        block = Block(
            kind=kind,
            heading=without(source, tuple(hidden)).strip().rstrip(_HEADING_MARKS) if titled else "",
            start=begun.start,
            stop=self._length,
            level=level,
            hidden=tuple(hidden),
            pages=tuple(begun.pages),
            printed_number=number,
            label=label,
        )
        self.blocks.append(block)
        at = len(self.blocks) - 1
        self.pending += [Pending(block=at, mark=mark, sheet=sheet) for mark, sheet in begun.marks]

    def text_from(self, start: int) -> str:
        """What is written from a place on, which lies in the last block."""
        length, parts = self._length, []
        for part in reversed(self._parts):
            if length <= start:
                break
            parts.append(part)
            length -= len(part)
        return "".join(reversed(parts))[start - length :]

    def join_note(self, pending: Pending, at: int) -> None:
        """Say where the note begins that a marker means."""
        block = self.blocks[pending.block]
        marks = (*block.notes, replace(pending.mark, at=at))
        marks = tuple(sorted(marks, key=lambda mark: mark.start))
        self.blocks[pending.block] = replace(block, notes=marks)

    def _page(self, sheet: int) -> PageStart:
        return PageStart(start=self._length, sheet=sheet, printed=self.printed.get(sheet))

    def _word(self, word: Word, sheet: int, *, opens_line: bool) -> None:
        begun = self._block
        assert begun is not None
        if self._tail:
            self._part(word, opens_line=opens_line)
        if sheet != begun.sheet:
            begun.sheet = sheet
            begun.pages.append(self._page(sheet))
        self._mark(word, sheet, begun)
        self._add(word.text)
        self._tail = (self._tail + word.text)[-_TAIL:]
        self.written.add(id(word))

    def _part(self, word: Word, *, opens_line: bool) -> None:
        """Write what stands between the last word and the next one."""
        end, blank = self._tail[-1].replace(HYPHEN, "-"), "" if word.glued else " "
        if opens_line:
            end, blank = self.hyphenation.after(self._tail, word.text)
        if self._tail.endswith(HYPHENS):
            self._replace_last(end)
        self._add(blank)
        self._tail += blank

    def _mark(self, word: Word, sheet: int, begun: "_Begun") -> None:
        """Note where a marker stands whose note is there."""
        labels = self.labels.get(sheet, frozenset())
        start = self._length - begun.start
        whole = plain_marker(word.text)
        if word.raised and whole in labels and _MARKS.fullmatch(whole) and start:
            begun.mark(start, whole, sheet, blank=self._tail.endswith(" "))
            return
        if self._tail.endswith(" ") and self._mark_apart(word, sheet, begun):
            return
        match = _TRAILING.search(word.text)
        framed = word.text.startswith(match[1]) if match else False
        if match and plain_marker(match[1]) in labels and not framed:
            begun.mark(start + match.start(1), plain_marker(match[1]), sheet)

    def _mark_apart(self, word: Word, sheet: int, begun: "_Begun") -> bool:
        """Note a marker on the line, after a blank: a symbol, or a number with a stroke."""
        slashed = SLASHED.match(word.text)
        found = slashed or _SYMBOLS.match(word.text)
        label = plain_marker((slashed[1] if slashed else found[0]) if found else "")
        if found is None or label not in self.labels.get(sheet, frozenset()):
            return False
        rest = word.text[found.end() :]
        if any(map(str.isalnum, rest)):
            return False
        start = self._length - begun.start
        begun.mark(start, label, sheet, blank=True, length=found.end())
        return True

    def _end_hyphen(self) -> None:
        if self._tail.endswith(HYPHEN):
            self._replace_last("-")

    def _replace_last(self, sign: str) -> None:
        self._parts[-1] = self._parts[-1][:-1] + sign
        self._length += len(sign) - 1
        self._tail = self._tail[:-1] + sign

    def _add(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._length += len(text)


@dataclass(slots=True, kw_only=True)
class _Begun:
    """A block that is being written."""

    start: int
    sheet: int
    pages: list[PageStart]
    hidden: list[Span] = field(default_factory=list)
    marks: list[tuple[NoteMark, int]] = field(default_factory=list)

    def mark(
        self, start: int, note: str, sheet: int, *, blank: bool = False, length: int | None = None
    ) -> None:
        stop = start + (len(note) if length is None else length)
        self.marks.append((NoteMark(start=start, stop=stop, note=note), sheet))
        self.hidden.append(Span(start=start - blank, stop=stop))
