"""Characters to words: blanks, glue, raised markers, ligatures; what cannot be read is counted."""

import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.readers.pdf.accents import ACCENTS
from corpus.readers.pdf.page import Chunk, Looks, Page, Style, Word, runs_left

# What PDFium gives for a hyphen at a line's end; a soft hyphen is one that a program put in.
HYPHEN = "\ufffe"
# What may stand at a line's end for a hyphen: that, the one of keyboards, the one of Unicode.
HYPHENS = (HYPHEN, "-", "\u2010")
_SOFT_HYPHEN = "\u00ad"
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
              0xFB06: "st"}  # fmt: skip
_LOST = 0xFFFD
_PRIVATE = range(0xE000, 0xF900)
_PLAIN_FIRST, _PLAIN_LAST = 0x21, 0x7E
_CONTROL_HYPHEN = 2  # what some programs write for a hyphen at a line's end
_NO_TEXT = ("Cc", "Cn", "Zs", "Zl", "Zp")
_SURROGATES = range(0xD800, 0xE000)
# Shares of the size of the type: words closer than this are one, as a marker is with its word.
_TOUCHING = 0.12
_SAME_BASE = 0.2
# Markers stand at least a fifth of the size above the line and are smaller than 0.85 of it.
_RAISED, _SMALLER = 0.15, 0.85
_MARKER_AWAY = 0.35


@dataclass(slots=True, kw_only=True)
class Words:
    """The words of a page, in the file's order, and what happened to its characters.

    A page whose script runs to the left is `mirrored`: its places are measured from the right.
    """

    words: list[Word] = field(default_factory=list)
    mended: Counter[tuple[str, str]] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    sideways: list[str] = field(default_factory=list)
    invisible: int = 0
    mirrored: bool = False


def read_words(page: Page, ligatures: Mapping[int, tuple[str, str]]) -> Words:
    """The words of a page.

    `ligatures` are private characters that the font maps were mended with: what PDFium would have
    read, and what the font's glyph names say.
    """
    found = Words()
    looks: dict[Style, Looks] = {}
    for chunk in page.chunks:
        style = chunk.style
        if style not in looks:
            looks[style] = style.looks
        _add(chunk, looks[style], page.turned, ligatures, found)
    if runs_left(found.words):
        found.mirrored = True
        for word in found.words:
            word.x0, word.x1 = page.width - word.x1, page.width - word.x0
        for before, word in pairwise(found.words):
            word.glued = word.glued or _touches(before, word, blank=word.parted)
    _raise(found.words)
    return found


def _add(
    chunk: Chunk, looks: Looks, turned: int, ligatures: Mapping[int, tuple[str, str]], found: Words
) -> None:
    text = _whole("".join([_said(code, ligatures, found) for code in chunk.codes]))
    if not text or text.isspace():
        return
    if chunk.style.invisible:
        found.invisible += len(text)
    if chunk.style.angle != turned:
        found.sideways.append(text)
        return
    x0, top, x1, bottom = chunk.box
    word = Word(text=text, x0=x0, top=top, x1=x1, bottom=bottom, base=chunk.base, looks=looks,
                order=len(found.words), raised=chunk.raised, parted=chunk.blank,
                heading=chunk.style.heading)  # fmt: skip
    before = found.words[-1] if found.words else None
    # PDFium may put the line's end before the hyphen that stands at it.
    blank = chunk.blank and text != HYPHEN
    word.glued = before is not None and _touches(before, word, blank=blank)
    found.words.append(word)


def _said(code: int, ligatures: Mapping[int, tuple[str, str]], found: Words) -> str:
    """What a character says, "" for what is no text."""
    if _PLAIN_FIRST <= code <= _PLAIN_LAST:
        return chr(code)
    pair = _mended(code, ligatures)
    if pair:
        found.mended[pair] += 1
        return chr(ACCENTS[-code]) if code < 0 else pair[1]
    if code in (ord(HYPHEN), _CONTROL_HYPHEN):
        return HYPHEN
    text = chr(code)
    if code == _LOST or code in _PRIVATE:
        found.lost[text] += 1
        return text if code == _LOST else ""
    return "" if unicodedata.category(text) in _NO_TEXT else text


def _mended(code: int, ligatures: Mapping[int, tuple[str, str]]) -> tuple[str, str] | None:
    """What a character stands for that is read as another: an accent drawn over, a ligature."""
    if code < 0:
        return chr(-code), "an accent of its letter"
    if code in _LIGATURES:
        return chr(code), _LIGATURES[code]
    return ligatures.get(code)


def _whole(text: str) -> str:
    """Surrogate pairs as one character, soft hyphens inside a word gone, one at its end kept."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if any(ord(sign) in _SURROGATES for sign in text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if text.endswith(_SOFT_HYPHEN):
        text = text.rstrip(_SOFT_HYPHEN) + HYPHEN
    return text.replace(_SOFT_HYPHEN, "")


def _touches(before: Word, word: Word, *, blank: bool) -> bool:
    """Whether a word goes on with the one before it, as a marker does with its word."""
    size = max(before.looks.size, word.looks.size)
    near = -0.5 * size < word.x0 - before.x1 < _TOUCHING * size
    level = abs(before.base - word.base) < 0.6 * size
    return near and level and not blank


def _raise(words: list[Word]) -> None:
    """Mark what is set small above its line: against the words beside it in the file."""
    for index, word in enumerate(words):
        near = (*words[max(index - 1, 0) : index], *words[index + 1 : index + 2])
        beside = [other for other in near if _is_beside(word, other)]
        word.raised = word.raised or any(
            word.looks.size <= _SMALLER * other.looks.size
            and other.base - word.base > _RAISED * other.looks.size
            for other in beside
        )
        before = words[index - 1] if index else word
        if word.raised and 0 <= word.x0 - before.x1 + 1 < _MARKER_AWAY * before.looks.size + 1:
            word.glued = abs(word.base - before.base) < before.looks.size


def _is_beside(word: Word, other: Word) -> bool:
    """Whether another word stands by one; a large initial is no word beside what it begins."""
    size = other.looks.size
    between = max(word.x0 - other.x1, other.x0 - word.x1)
    initial = len(other.text) == 1 and other.text.isupper() and word.text[:1].isalpha()
    return abs(other.base - word.base) < size and -size < between < size and not initial
