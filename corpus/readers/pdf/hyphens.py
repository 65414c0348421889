"""Line ends: whether a hyphen there is the word's own, and whether a blank stands there at all."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.readers.pdf.page import Line
from corpus.readers.pdf.words import HYPHEN, HYPHENS

_LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*", re.UNICODE)
_HAN = re.compile(r"[\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*$")
# What an address may be parted after at a line's end, and what never ends a sentence.
_ENDS_PART, _IN_ADDRESS = tuple("/-_=&?%.~"), tuple("/_=&?%")
_ENDS_OPEN = re.compile(r"\S[/—–@]$")
# A document that sets one hyphen in five at a line's end itself hyphenates; not one with hardly any
# there: of 37 reports those that hyphenate end 2 to 13 lines in 100 so, the others none to one,
# most of them fewer than this.
_HYPHENATES = 0.2
_RARE, _ENOUGH_LINES = 0.006, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Hyphenation:
    """The words of a document where no line ends, and whether it parts words at line ends.

    `keeps` says that it only ever ends lines with hyphens that words have of their own.
    """

    words: Counter[str]
    hyphenates: bool
    keeps: bool = False
    # What stands before a hyphen in words of the document, and what after it.
    _parts: tuple[frozenset[str], frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        compounds = [word.split("-") for word in self.words if "-" in word]
        heads = frozenset(parts[0] for parts in compounds)
        tails = frozenset(parts[-1] for parts in compounds)
        object.__setattr__(self, "_parts", (heads, tails))

    def after(self, text: str, following: str) -> tuple[str, str]:
        """What a line's last word ends in, a hyphen or nothing, and what parts it from the next.

        `text` is what was written so far, `following` the first word of the next line.
        """
        if not text.endswith(HYPHENS):
            address = _ADDRESS.search(text) is not None
            going = text.endswith(_IN_ADDRESS) or not following[:1].isupper()
            open_end = address and going and text.endswith(_ENDS_PART)
            bound = open_end or _ENDS_OPEN.search(text) or self._is_unparted(text, following)
            return "", "" if bound else " "
        stem, hard = text[:-1], text[-1].replace(HYPHEN, "-")
        if _ADDRESS.search(text):
            part = re.split(r"\W", stem)[-1] + _first(following)
            return ("", "") if self.words[part.casefold()] else (hard, "")
        if not _parted(stem, following):
            return hard, "" if _is_bound(stem, following) else " "
        return ("", "") if self._is_soft(stem, following) else (hard, "")

    def _compounds(self, first: str, second: str) -> bool:
        """Whether other words of the document are joined by a hyphen to one of the two."""
        return first.casefold() in self._parts[0] or second.casefold() in self._parts[1]

    def _is_unparted(self, text: str, following: str) -> bool:
        """Whether a script sets no blank there: none in Chinese and Japanese, in Korean some."""
        if _HANGUL.match(text[-1:]) and _HANGUL.match(following):
            return self.words[_last(text) + _first(following)] > 0
        return bool(_HAN.match(text[-1:]) and _HAN.match(following))

    def _is_soft(self, stem: str, following: str) -> bool:
        """Whether the hyphen is only there because the line ends."""
        first, second = _last(stem), _first(following)
        whole, hyphened = (first + second).casefold(), f"{first}-{second}".casefold()
        together, apart = self.words[whole], self.words[hyphened]
        if together != apart:
            return together > apart
        doubled = second.casefold().startswith(first.casefold())  # re-register
        if doubled or second[:1].isupper() or _is_vowel_twice(first, second):
            return False
        first = first.rpartition("-")[2]
        left, right = self.words[first.casefold()], self.words[second.casefold()]
        if left and right and (not self.hyphenates or self._compounds(first, second)):
            return False
        if not left and not right and not self.keeps:
            return True
        return self.hyphenates


def _is_vowel_twice(first: str, second: str) -> bool:
    """Whether a hyphen keeps two like vowels apart, as in "co-operation"."""
    return first[-1:].casefold() == second[:1].casefold() and first[-1:].casefold() in "aeiou"


def _parted(stem: str, following: str) -> bool:
    """Whether a word may go on over the line's end: letters on both sides."""
    return stem[-1:].isalpha() and following[:1].isalpha()


def _is_bound(stem: str, following: str) -> bool:
    return bool(stem) and not stem[-1].isspace() and following[:1].isalnum()


def _last(stem: str) -> str:
    return stem[-60:].rsplit(maxsplit=1)[-1].lstrip("(“‘\"'[")


def _first(following: str) -> str:
    match = _LETTERS.match(following)
    return match[0] if match else following


def hyphenation(regions: Iterable[Iterable[Line]]) -> Hyphenation:
    """What the lines of a document's text say of its words and its hyphens."""
    words: Counter[str] = Counter()
    ends: list[tuple[str, str]] = []
    lines = 0
    for region in regions:
        before = ""
        for line in region:
            lines += 1
            texts = _texts(line)
            skipped = 1 if before.endswith(HYPHENS) else 0
            if skipped and texts:
                ends.append((before[:-1], texts[0]))
            last = texts[-1] if texts else ""
            kept = texts[skipped : -1 if last.endswith(HYPHENS) else None]
            for text in kept:
                words.update(found.casefold() for found in _LETTERS.findall(text))
            before = last
    rare = lines >= _ENOUGH_LINES and len(ends) < _RARE * lines
    soft = hard = 0
    for stem, following in ends:
        if not _parted(stem, following):
            continue
        first, second = _last(stem), _first(following)
        together = words[(first + second).casefold()]
        apart = words[f"{first}-{second}".casefold()]
        soft += together > apart
        hard += apart > together
    return Hyphenation(
        words=words,
        hyphenates=not rare and soft > _HYPHENATES * (soft + hard) and soft > 0,
        keeps=rare or (hard > 1 and not soft),
    )


def _texts(line: Line) -> list[str]:
    """The words of a line, those glued together as one."""
    texts: list[str] = []
    for word in line.words:
        if word.raised:
            continue
        if word.glued and texts:
            texts[-1] += word.text
        else:
            texts.append(word.text)
    return texts
