"""Characters to words: blanks, glue, raised markers, ligatures; what cannot be read is counted."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from corpus.readers.pdf.page import Box, Character, Looks, Page, Style, Word

# What PDFium gives for a hyphen at a line's end; a soft hyphen is one that a program put in.
HYPHEN = "\ufffe"
_SOFT_HYPHEN = "\u00ad"
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
              0xFB06: "st"}  # fmt: skip
_LOST = 0xFFFD
_PRIVATE = range(0xE000, 0xF900)
_SURROGATES = range(0xD800, 0xE000)
# Shares of the size of the type: words closer than this are one, as a marker is with its word.
_TOUCHING = 0.12
_SAME_BASE = 0.2
# Markers stand at least a fifth of the size above the line and are smaller than 0.85 of it.
_RAISED, _SMALLER = 0.15, 0.85
_MARKER_AWAY = 0.35


@dataclass(slots=True, kw_only=True)
class Words:
    """The words of a page, in the file's order, and what happened to its characters."""

    words: list[Word] = field(default_factory=list)
    mended: Counter[tuple[str, str]] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    sideways: list[str] = field(default_factory=list)
    invisible: int = 0


def read_words(page: Page, ligatures: Mapping[int, tuple[str, str]]) -> Words:
    """The words of a page.

    `ligatures` are private characters that the font maps were mended with: what PDFium would have
    read, and what the font's glyph names say.
    """
    found = Words()
    looks: dict[Style, Looks] = {}
    reader = _Reader(found=found)
    for character in page.characters:
        style = character.style
        if style is None:
            reader.part()
            continue
        if style not in looks:
            looks[style] = style.looks
        text = _text(character, ligatures, found)
        if not text or text.isspace():
            reader.part(blank=bool(text))
            continue
        found.invisible += style.invisible
        if style.angle != page.turned:
            reader.part()
            found.sideways.append(text)
            continue
        reader.add(text, character, looks[style])
    reader.part()
    _raise(found.words)
    return found


def _text(character: Character, ligatures: Mapping[int, tuple[str, str]], found: Words) -> str:
    """What a character says: "" for what is no text, a blank for any kind of blank."""
    code = character.code
    if code in ligatures:
        found.mended[ligatures[code]] += 1
        return ligatures[code][1]
    if code in _LIGATURES:
        found.mended[(chr(code), _LIGATURES[code])] += 1
        return _LIGATURES[code]
    if code in (ord(HYPHEN), 2):
        return HYPHEN
    if code == _LOST or code in _PRIVATE:
        found.lost[chr(code)] += 1
        return chr(code) if code == _LOST else ""
    if code in _SURROGATES:
        return chr(code)
    text = chr(code)
    if text.isspace():
        return " "
    return "" if unicodedata.category(text) in ("Cc", "Cn") else text


@dataclass(slots=True, kw_only=True)
class _Reader:
    """Gathers characters to words: a word ends at a blank, a leap, or another style."""

    found: Words
    text: list[str] = field(default_factory=list)
    box: Box = (0.0, 0.0, 0.0, 0.0)
    base: float = 0.0
    looks: Looks | None = None
    blank: bool = True

    def add(self, text: str, character: Character, looks: Looks) -> None:
        x0, top, x1, bottom = character.box
        if self.text:
            size = looks.size or 1.0
            leaps = (
                abs(character.base - self.base) > _SAME_BASE * size
                or not -size < x0 - self.box[2] < size
            )
            if leaps or looks != self.looks:
                self.close()
                self.blank = False
        if not self.text:
            self.box, self.base, self.looks = character.box, character.base, looks
        else:
            left, high, right, low = self.box
            self.box = (min(left, x0), min(high, top), max(right, x1), max(low, bottom))
        self.text.append(text)

    def part(self, *, blank: bool = True) -> None:
        """A blank, or what stands for one."""
        self.close()
        self.blank = self.blank or blank

    def close(self) -> None:
        if not self.text or self.looks is None:
            return
        text = _whole("".join(self.text))
        self.text = []
        if text.strip(_SOFT_HYPHEN) == "":
            return
        x0, top, x1, bottom = self.box
        word = Word(text=text, x0=x0, top=top, x1=x1, bottom=bottom, base=self.base,
                    looks=self.looks, order=len(self.found.words))  # fmt: skip
        before = self.found.words[-1] if self.found.words else None
        word.glued = before is not None and _touches(before, word, blank=self.blank)
        self.found.words.append(word)
        self.blank = False


def _whole(text: str) -> str:
    """Surrogate pairs as one character, soft hyphens inside a word gone, one at its end kept."""
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
        beside = [other for other in (*words[max(index - 1, 0) : index], *words[index + 1 : index + 2])
                  if abs(other.base - word.base) < other.looks.size
                  and -other.looks.size < max(word.x0 - other.x1, other.x0 - word.x1)
                  < other.looks.size]  # fmt: skip
        word.raised = any(
            word.looks.size <= _SMALLER * other.looks.size
            and other.base - word.base > _RAISED * other.looks.size
            for other in beside
        )
        before = words[index - 1] if index else word
        if word.raised and 0 <= word.x0 - before.x1 + 1 < _MARKER_AWAY * before.looks.size + 1:
            word.glued = abs(word.base - before.base) < before.looks.size


def sideways_text(found: Words) -> Iterator[str]:
    """What stands in the margin at another angle than the page's text."""
    text = "".join(found.sideways).strip()
    if text:
        yield text
