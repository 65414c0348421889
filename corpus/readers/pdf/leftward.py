"""Characters of lines that run to the left, Arabic and Hebrew, in the order in which they are read.

PDFium turns such lines around as a whole, which is right where a file writes them as they are seen
and one glyph is one character. Chromium writes them as they are read, and LibreOffice one glyph for
two characters (lam-alef), so here the places decide: from the right, numbers and Latin words from
the left (Unicode Standard Annex 9), and brackets as they are meant, not as they are drawn.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

_LEFTWARD = ("R", "AL")
_RIGHTWARD = ("L", "EN", "AN")
# What stands inside of a number, or of words: signs and blanks between two of them.
_BETWEEN = ("ES", "CS", "ET", "ON", "WS", "NSM", "BN")
_BRACKETS = dict(zip(map(ord, "()[]{}«»<>"), map(ord, ")(][}{»«><"), strict=True))
_BLANK = 0x20
_FIRST_LEFTWARD = 0x590
# Of the size: a gap of a blank, in a line that has blanks and in one without, where letters that do
# not join stand 0.3 apart; letters of a line stand no further up.
_WIDE_GAP, _BLANK_GAP, _SAME_LINE = 0.5, 0.3, 0.2


@dataclass(frozen=True, slots=True)
class Letter:
    """A character: its code, where it stands, how high it is.

    `index` is its place among the file's characters, None for a blank that only the places tell.
    """

    index: int | None
    code: int
    left: float
    right: float
    base: float
    size: float

    @property
    def way(self) -> str:
        """Its bidirectional class."""
        return unicodedata.bidirectional(chr(self.code))


def runs_leftward(codes: Sequence[int]) -> bool:
    """Whether any character is of a script that runs to the left."""
    return any(
        code >= _FIRST_LEFTWARD and unicodedata.bidirectional(chr(code)) in _LEFTWARD
        for code in codes
    )


def as_read(letters: Sequence[Letter]) -> Iterator[tuple[int | None, int]]:
    """Index and code of each letter as it is read."""
    lines: list[list[Letter]] = []
    for letter in letters:
        last = lines[-1][-1] if lines else None
        if last is None or abs(letter.base - last.base) > _SAME_LINE * max(last.size, letter.size):
            lines.append([])
        lines[-1].append(letter)
    for line in lines:
        leftward = runs_leftward([letter.code for letter in line])
        for letter in _turned(line) if leftward else _parted(line):
            yield letter.index, letter.code
        yield None, _BLANK


def _parted(letters: Sequence[Letter]) -> Iterator[Letter]:
    """Letters that stand side by side, with a blank where a gap says that there is one."""
    widest = _WIDE_GAP if any(letter.code == _BLANK for letter in letters) else _BLANK_GAP
    for before, letter in pairwise([None, *letters]):
        if before is not None and letter is not None:
            left, right = sorted((before, letter), key=lambda one: one.left)
            if right.left - left.right > widest * letter.size:
                gap = replace(left, index=None, code=_BLANK, left=left.right, right=right.left)
                yield gap
        if letter is not None:
            yield letter


def _turned(line: Sequence[Letter]) -> list[Letter]:
    """A line from the right, what runs to the right in it from the left."""
    marks = [letter for letter in line if letter.way == "NSM"]
    letters = [letter for letter in _glyphs_turned(line) if letter.way != "NSM"]
    # A stable sort: what shares a glyph keeps its order.
    letters.sort(key=lambda letter: -(letter.left + letter.right))
    letters = [*_parted(letters)]
    ways = _ways(letters)
    ordered: list[Letter] = []
    for rightward, run in groupby(zip(letters, ways, strict=True), key=lambda pair: pair[1]):
        found = [letter for letter, _ in run]
        ordered += reversed(found) if rightward else map(_meant, found)
    for mark in marks:
        middle = (mark.left + mark.right) / 2
        near = [abs((one.left + one.right) / 2 - middle) for one in ordered]
        at = near.index(min(near)) if near else -1
        ordered.insert(at + 1, mark)
    return ordered


def _glyphs_turned(line: Sequence[Letter]) -> Iterator[Letter]:
    """The letters of one glyph as it is read: PDFium turns these around, too."""
    for (left, right), glyph in groupby(line, key=lambda letter: (letter.left, letter.right)):
        found = list(glyph)
        turned = left < right and all(letter.way in _LEFTWARD for letter in found)
        yield from reversed(found) if turned else found


def _ways(letters: Sequence[Letter]) -> list[bool]:
    """Of each letter whether it runs to the right: as it does itself, or as both beside it do."""
    ways = [letter.way for letter in letters]
    right = [way in _RIGHTWARD for way in ways]
    at = 0
    while at < len(ways):
        stop = at
        while stop < len(ways) and ways[stop] in _BETWEEN:
            stop += 1
        if at and stop < len(ways) and right[at - 1] and right[stop]:
            numbers = ways[at - 1] != "L" and ways[stop] != "L"
            # Two numbers with a blank between them are two.
            if not numbers or (stop - at == 1 and ways[at] in ("ES", "CS")):
                right[at:stop] = [True] * (stop - at)
        at = max(stop, at + 1)
    return right


def _meant(letter: Letter) -> Letter:
    """A bracket of a line that runs to the left is drawn as the other one."""
    return replace(letter, code=_BRACKETS.get(letter.code, letter.code))
