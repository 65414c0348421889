"""The one door to PDFium: a file's pages as words with their places, and pages as pictures.

Of the two libraries whose licences fit, PDFium read the pages measured 25 times as fast as
pdfminer.six, with the same characters, and it draws pages, too.
"""

import ctypes
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.readers.pdf.accents import ACCENTS
from corpus.readers.pdf.drawing import drawn
from corpus.readers.pdf.frame import Frame
from corpus.readers.pdf.leftward import Letter, as_read, runs_leftward
from corpus.readers.pdf.page import Box, Chunk, Page, Style
from corpus.readers.pdf.structure import heading_levels

# PDF 32000-1, table 123: the bits of a font's flags.
_ITALIC, _FORCE_BOLD = 1 << 6, 1 << 18
_INVISIBLE = 3  # PDF 32000-1, table 106: text that is drawn neither filled nor stroked
_WRONG_PASSWORD = raw.FPDF_ERR_PASSWORD
_NAME_LENGTH = 256
_FIGURES, _LETTERS = frozenset(b"0123456789"), frozenset(b"abcdefghivx")
# Shares of the size: a figure in superscript stands this far up and is no taller than this.
_ABOVE, _SMALL, _BELOW_LINE = 0.2, 0.6, 0.22
_TIGHT, _BLANK_GAP = 0.07, 0.14  # of the size: gaps between letters, and of a blank at least
_SAME_LINE = 0.2  # of the size: characters of a line stand no further up or down
_BLANKS = frozenset(map(ord, " \t\r\n\u00a0"))
_OVER = 0.3  # of an accent's width, what lies over the letter


class Encrypted(Exception):
    """A file that asks for a password."""


class Damaged(Exception):
    """A file that PDFium cannot open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """An entry of the file's outline: its depth from 0, its title, its sheet from 1 or None."""

    level: int
    title: str
    sheet: int | None


@dataclass(slots=True)
class _Chunk:
    """Characters side by side, in the file's coordinates: up from the left."""

    codes: list[int]
    style: Style
    x0: float
    y0: float
    x1: float
    y1: float
    x: float
    y: float
    blank: bool
    raised: bool
    gap: float = 1.0

    def takes(self, style: Style, box: Any, *, raised: bool) -> bool:
        """Whether a character goes on with these: on one line, without a leap."""
        if style is not self.style or raised is not self.raised:
            return False
        size = style.size
        if style.angle:
            return True
        if self.parts_from(box):
            return False
        # On the right of these, or, as Arabic and Hebrew go on, on the left.
        beside = -size < box.left - self.x1 < size or -size < self.x0 - box.right < size / 2
        return bool(beside and -_SAME_LINE * size < box.bottom - self.y0 < _SAME_LINE * size)

    def parts_from(self, box: Any) -> bool:
        """Whether a gap stands for a blank that the file does not have: wider than those before.

        In letters that are all set apart none is.
        """
        size = self.style.size
        return self.gap < _TIGHT * size and box.left - self.x1 > _BLANK_GAP * size

    def add(self, code: int, box: Any) -> None:
        """Add a character at the end; an accent drawn over a letter after it, as its negative."""
        over = box.left < self.x1 - _OVER * (box.right - box.left)
        if over and code in ACCENTS:
            code = -code
        elif over and self.codes[-1] in ACCENTS:
            self.codes[-1], code = code, -self.codes[-1]
        self.codes.append(code)
        self.gap = box.left - self.x1
        self.x0, self.y0 = min(self.x0, box.left), min(self.y0, box.bottom)
        self.x1, self.y1 = max(self.x1, box.right), max(self.y1, box.top)


class PdfFile:
    """An open file; closes itself at the end of a `with`.

    Raises Encrypted and Damaged.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._document = pdfium.PdfDocument(content)
        except pdfium.PdfiumError as error:
            if getattr(error, "err_code", None) == _WRONG_PASSWORD:
                raise Encrypted from None
            raise Damaged from None
        self._fonts: dict[int, tuple[str, int]] = {}
        self._styles: dict[Style, Style] = {}

    def __enter__(self) -> "PdfFile":
        return self

    def __exit__(self, *_: object) -> None:
        self._document.close()

    def __len__(self) -> int:
        return len(self._document)

    @property
    def properties(self) -> dict[str, str]:
        """The file's properties, as their author left them."""
        found: dict[str, str] = {}
        for key in pdfium.PdfDocument.METADATA_KEYS:
            with suppress(UnicodeDecodeError):  # of a damaged file
                found[key] = self._document.get_metadata_value(key).strip()
        return found

    def label(self, sheet: int) -> str:
        """What the file calls a sheet, "" where it says nothing."""
        with suppress(UnicodeDecodeError):
            return str(self._document.get_page_label(sheet - 1)).strip()
        return ""

    def bookmarks(self) -> list[Bookmark]:
        """The outline in order."""
        found = []
        for entry in self._document.get_toc():
            place = entry.get_dest()
            index = place.get_index() if place else None
            sheet = None if index is None else index + 1
            with suppress(UnicodeDecodeError):
                found.append(Bookmark(level=entry.level, title=entry.get_title(), sheet=sheet))
        return found

    def page(self, sheet: int) -> Page:
        """What stands on a sheet; a page that cannot be loaded is empty."""
        try:
            page = self._document[sheet - 1]
        except pdfium.PdfiumError:
            return Page(
                sheet=sheet, width=0.0, height=0.0, chunks=(), rules=(), uprights=(), pictured=0.0
            )
        try:
            return self._page(page, sheet)
        finally:
            page.close()

    def _page(self, page: Any, sheet: int) -> Page:
        left, bottom, right, top = page.get_bbox()
        chunks = self._written(page, heading_levels(page.raw))
        turned = _turned(chunks, page.get_rotation())
        frame = Frame(left=left, bottom=bottom, right=right, top=top, turned=turned)
        rules, uprights, pictured = drawn(page.raw, frame)
        width, height = frame.size
        return Page(
            sheet=sheet,
            width=width,
            height=height,
            chunks=tuple(_seen(frame, chunks)),
            rules=tuple(rules),
            uprights=tuple(uprights),
            pictured=pictured,
            turned=turned,
        )

    def _written(self, page: Any, headings: Mapping[int, int] | None = None) -> list[_Chunk]:
        text = page.get_textpage()
        try:
            return list(self._chunks(text.raw, text.count_chars(), headings or {}))
        finally:
            text.close()

    def _chunks(self, text: Any, count: int, headings: Mapping[int, int]) -> Iterator[_Chunk]:
        """The characters of a page as the file has them, those side by side together.

        `headings` are the levels of the marked contents that the file calls headings.
        """
        box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        styles: dict[int, Style] = {}
        current: _Chunk | None = None
        blank = True
        for index, code in _as_read(text, count):
            part = raw.FPDFText_GetTextObject(text, index) if index is not None else None
            # What has no part is what PDFium puts in between: a blank or a line's end.
            if index is None or not part or code in _BLANKS:
                if current is not None:
                    yield current
                current, blank = None, True
                continue
            key = ctypes.addressof(part.contents)
            style = styles.get(key)
            if style is None:
                style = styles[key] = self._style(text, part, index, headings)
            raw.FPDFText_GetLooseCharBox(text, index, box)
            first = current is None or current.raised or not chr(abs(current.codes[-1])).isalpha()
            may_rise = code in _FIGURES or (first and code in _LETTERS)
            risen = may_rise and _is_raised(text, index, box.bottom, style)
            if current is not None and current.takes(style, box, raised=risen):
                current.add(code, box)
                continue
            if current is not None:
                blank = current.parts_from(box)
                yield current
            raw.FPDFText_GetCharOrigin(text, index, x, y)
            current = _Chunk([code], style, box.left, box.bottom, box.right, box.top,
                             x.value, y.value, blank, risen)  # fmt: skip
            blank = False
        if current is not None:
            yield current

    def _style(self, text: Any, part: Any, index: int, headings: Mapping[int, int]) -> Style:
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(text, index, matrix)
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        name, flags = self._font(raw.FPDFTextObj_GetFont(part))
        size = raw.FPDFText_GetFontSize(text, index) * scale
        style = Style(
            font=name,
            size=round(size, 1),
            bold=bool(flags & _FORCE_BOLD),
            italic=bool(flags & _ITALIC),
            angle=round(math.degrees(math.atan2(matrix.b, matrix.a))) % 360,
            invisible=raw.FPDFTextObj_GetTextRenderMode(part) == _INVISIBLE,
            heading=headings.get(raw.FPDFPageObj_GetMarkedContentID(part), 0) if headings else 0,
        )
        return self._styles.setdefault(style, style)

    def _font(self, font: Any) -> tuple[str, int]:
        if not font:
            return "", 0
        key = ctypes.addressof(font.contents)
        if key not in self._fonts:
            name = ctypes.create_string_buffer(_NAME_LENGTH)
            raw.FPDFFont_GetBaseFontName(font, name, _NAME_LENGTH)
            flags = max(raw.FPDFFont_GetFlags(font), 0)
            self._fonts[key] = name.value.decode("utf-8", "replace"), flags
        return self._fonts[key]

    def shown(self, sheet: int, boxes: Sequence[Box]) -> list[Box]:
        """Where boxes in reading coordinates lie on the page as it is shown."""
        with self._loaded(sheet) as page:
            turned = _turned(self._written(page), page.get_rotation())
            left, bottom, right, top = page.get_bbox()
            read = Frame(left=left, bottom=bottom, right=right, top=top, turned=turned)
            seen = replace(read, turned=page.get_rotation() % 360)
            return [seen.box(*read.back(*box)) for box in boxes]

    def shown_size(self, sheet: int) -> tuple[float, float]:
        """Width and height of a page as it is shown, in points."""
        with self._loaded(sheet) as page:
            width, height = page.get_size()
            return float(width), float(height)

    @contextmanager
    def _loaded(self, sheet: int) -> Iterator[Any]:
        page = self._document[sheet - 1]
        try:
            yield page
        finally:
            page.close()

    def picture(self, sheet: int, scale: float) -> tuple[int, int, int, bytes]:
        """A page as it looks: width, height, bytes a row, and rows of red, green and blue."""
        with self._loaded(sheet) as page:
            bitmap = page.render(scale=scale, rev_byteorder=True)
            return bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer)


def _as_read(text: Any, count: int) -> Iterator[tuple[int | None, int]]:
    """Index and code of each character; where lines run to the left, None for blanks in them."""
    codes = [raw.FPDFText_GetUnicode(text, index) for index in range(count)]
    if not runs_leftward(codes):
        return iter(enumerate(codes))
    box, x, y, letters = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double(), []
    for index, code in enumerate(codes):
        if raw.FPDFText_GetTextObject(text, index):
            raw.FPDFText_GetLooseCharBox(text, index, box)
            raw.FPDFText_GetCharOrigin(text, index, x, y)
            height = box.top - box.bottom
            letters.append(Letter(index, code, box.left, box.right, y.value, height))
    return as_read(letters)


def _seen(frame: Frame, chunks: Sequence[_Chunk]) -> Iterator[Chunk]:
    """The characters inside the page, in reading coordinates."""
    width, height = frame.size
    for chunk in chunks:
        box = frame.box(chunk.x0, chunk.y0, chunk.x1, chunk.y1)
        if box[0] > width or box[2] < 0 or box[1] > height or box[3] < 0:
            continue
        yield Chunk(
            codes=chunk.codes,
            style=chunk.style,
            box=box,
            base=frame.point(chunk.x, chunk.y)[1],
            blank=chunk.blank,
            raised=chunk.raised,
        )


def _turned(chunks: Sequence[_Chunk], rotation: int) -> int:
    """The angle of most of a page's text, one of 0, 90, 180 and 270."""
    counts: dict[int, int] = {}
    for chunk in chunks:
        angle = chunk.style.angle
        if angle % 90 == 0:
            counts[angle] = counts.get(angle, 0) + len(chunk.codes)
    if not counts:
        return rotation % 360
    return max(counts, key=lambda angle: counts[angle])


def _is_raised(text: Any, index: int, bottom: float, style: Style) -> bool:
    """Whether a figure's glyph stands above the line that its type stands on."""
    sides = [ctypes.c_double() for _ in range(4)]
    raw.FPDFText_GetCharBox(text, index, *sides)
    low, high = sides[2].value, sides[3].value
    # The box of the type reaches below the line that it stands on by about a fifth.
    above = low - bottom - _BELOW_LINE * style.size
    return style.angle == 0 and above > _ABOVE * style.size and 0 < high - low < _SMALL * style.size
