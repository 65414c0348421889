"""A page as a picture, and where on it a quotation stands, so that a citation is checked by eye."""

import struct
import zlib
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

import numpy as np

from corpus.errors import UnreadableReport
from corpus.readers.pdf.columns import pieces, regions
from corpus.readers.pdf.page import Box, Line, Page
from corpus.readers.pdf.pdfium import PdfFile
from corpus.readers.pdf.reading import opened
from corpus.readers.pdf.rules import drawn_on
from corpus.readers.pdf.words import Words, read_words

# Pixels a point: 144 to the inch.
_SCALE = 2.0
# The picture's blue under a mark, as a share: yellow, and what is black stays black.
_MARKED = 0.35
# Letters: shorter stretches that agree are no part of the quotation.
_SHORTEST = 12
_MOST_PIXELS = 40_000_000


def render_page(content: bytes, sheet: int, rectangles: Iterable[Box]) -> bytes:
    """A sheet, from 1, as a PNG, with rectangles of it marked.

    Rectangles are left, top, right and bottom in points from the page's left and top, as `places`
    gives them. Raises UnreadableReport for a file that cannot be opened or has no such sheet.
    """
    with opened(content, "the file") as (file, _):
        _check(file, sheet)
        wide, high = file.shown_size(sheet)
        scale = min(_SCALE, (_MOST_PIXELS / max(wide * high, 1.0)) ** 0.5)
        width, height, stride, rows = file.picture(sheet, scale)
    pixels = np.frombuffer(rows, np.uint8).reshape(height, stride)[:, : 3 * width]
    pixels = pixels.reshape(height, width, 3).copy()
    for x0, top, x1, bottom in rectangles:
        left, right = (max(round(x * scale), 0) for x in (x0 - 1, x1 + 1))
        high_row, low_row = (max(round(y * scale), 0) for y in (top - 1, bottom + 1))
        blue = pixels[high_row:low_row, left:right, 2]
        pixels[high_row:low_row, left:right, 2] = (blue * _MARKED).astype(np.uint8)
    return _png(pixels)


def places(content: bytes, sheet: int, quotation: str) -> list[Box]:
    """Where a quotation stands on a sheet, from 1: a rectangle for each line of it, from the top.

    Only letters and figures count. Of one that goes on from or to another sheet it is the part
    that stands on this one; empty where none does. Raises UnreadableReport as `render_page`.
    """
    with opened(content, "the file") as (file, fixed):
        _check(file, sheet)
        page = file.page(sheet)
        words = read_words(page, fixed.ligatures)
        found = _boxes(_fitting(page, words, quotation), quotation)
        if words.mirrored:
            found = [(page.width - x1, top, page.width - x0, low) for x0, top, x1, low in found]
        return file.shown(sheet, found)


def _check(file: PdfFile, sheet: int) -> None:
    if not 1 <= sheet <= len(file):
        raise UnreadableReport(f"the file has no sheet {sheet}; it has {len(file)}, from 1.")


def _fitting(page: Page, found: Words, quotation: str) -> list[Line]:
    """The page's lines as they are read or, where that has more of the quotation, as written.

    Of one page alone a short second column is not always seen; the file mostly writes it apart.
    """
    written = pieces(found.words, page.sheet)
    wanted = _plain(quotation)
    return max(
        (_lines(page, found), written),
        key=lambda lines: sum(stop - start for start, stop in _stretches(_letters(lines), wanted)),
    )


def _letters(lines: Sequence[Line]) -> str:
    return "".join(_plain(word.text) for line in lines for word in line.words)


def _lines(page: Page, found: Words) -> list[Line]:
    words = found.words
    size = words[0].looks.size if words else 1.0
    rules = drawn_on(page, mirrored=found.mirrored).rules
    parted = regions(pieces(words, page.sheet), rules, size)
    return [line for region in parted for line in region.lines]


def _boxes(lines: Sequence[Line], quotation: str) -> list[Box]:
    signs: list[str] = []
    owners: list[tuple[int, int]] = []
    for at, line in enumerate(lines):
        for place, word in enumerate(line.words):
            said = _plain(word.text)
            signs.append(said)
            owners += [(at, place)] * len(said)
    text, wanted = "".join(signs), _plain(quotation)
    marked: dict[int, set[int]] = {}
    for start, stop in _stretches(text, wanted):
        for at, place in owners[start:stop]:
            marked.setdefault(at, set()).add(place)
    return [_around(lines[at], chosen) for at, chosen in sorted(marked.items())]


def _plain(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _stretches(text: str, wanted: str) -> list[tuple[int, int]]:
    """Where letters of the quotation stand among those of the page."""
    if not wanted:
        return []
    at = text.find(wanted)
    if at >= 0:
        return [(at, at + len(wanted))]
    shortest = min(_SHORTEST, len(wanted))
    blocks = SequenceMatcher(None, text, wanted, autojunk=False).get_matching_blocks()
    return [(block.a, block.a + block.size) for block in blocks if block.size >= shortest]


def _around(line: Line, chosen: Iterable[int]) -> Box:
    words = [line.words[place] for place in chosen]
    return (
        min(word.x0 for word in words),
        min(word.top for word in words),
        max(word.x1 for word in words),
        max(word.bottom for word in words),
    )


def _png(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> bytes:
    """Rows of red, green and blue as a PNG file (RFC 2083)."""
    height, width, _ = pixels.shape
    filtered = np.zeros((height, 1 + 3 * width), np.uint8)
    filtered[:, 1:] = pixels.reshape(height, 3 * width)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(filtered.tobytes(), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
