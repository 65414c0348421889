"""How a document is set: its text's looks, its lines' distance, how it parts paragraphs."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.readers.pdf.page import Line, Looks, Word, text_looks

# Lines further apart than this many sizes are no neighbours.
_NEIGHBOURS = 2.2
_INDENT = (0.7, 5.0)  # sizes: what sets a paragraph's first line in
_SOME = 0.04
BULLET = re.compile(r"[•●▪■◆◦○▫□‣⁃∙·➢➤►▶❖✓➔⇒\uf0b7–—*-]")
DASH = re.compile(r"[–—-]")  # of a list or of a sentence
ENUMERATOR = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxlIVXL]{1,6})[.)]|\d{1,3}(?:\.\d{1,3})+\.?")
ENDS = re.compile(r"[.!?…:;][”’\"')\]»›]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """The looks of most of the text, the distance of lines by size, and whether first lines are
    set in.
    """

    body: Looks
    leading: Mapping[float, float]
    indented: bool

    def distance(self, size: float) -> float:
        """How far apart baselines of this size stand, in points."""
        return self.leading.get(size) or 1.2 * size


def measures(words: Sequence[Word], regions: Iterable[Sequence[Line]]) -> Measures:
    """The measures of a document's words, which are not none, and of its lines by region."""
    body = text_looks(words)
    distances: dict[float, Counter[float]] = {}
    first_lines = lines = 0
    for region in regions:
        left = left_edge(region)
        for a, b in pairwise(region):
            apart = b.base - a.base
            if a.size == b.size and 0 < apart < _NEIGHBOURS * a.size:
                distances.setdefault(a.size, Counter())[round(apart * 4) / 4] += 1
            if b.looks.size == body.size:
                lines += 1
                first_lines += _INDENT[0] < (b.x0 - left) / body.size < _INDENT[1]
    leading = {size: _usual(found) for size, found in distances.items()}
    return Measures(body=body, leading=leading, indented=first_lines > _SOME * lines)


def _usual(found: Counter[float]) -> float:
    """The most frequent distance; of nearly as frequent ones the smallest."""
    most = max(found.values())
    return min(distance for distance, count in found.items() if count >= 0.7 * most)


def left_edge(lines: Sequence[Line]) -> float:
    """Where most lines of a region begin, in points; of several places the leftmost."""
    places: Counter[int] = Counter(round(line.x0) for line in lines)
    if not places:
        return 0.0
    often = max(places.values()) * 0.5
    return float(min(place for place, count in places.items() if count >= often))


def opens_item(line: Line) -> bool:
    """Whether a line begins with a bullet or an enumerator that stands by itself."""
    first = line.words[0].text
    if len(line.words) == 1:
        return False
    apart = not line.words[1].glued
    return apart and (
        BULLET.fullmatch(first) is not None or ENUMERATOR.fullmatch(first) is not None
    )


def is_bulleted(line: Line) -> bool:
    """Whether a line begins with a bullet."""
    return len(line.words) > 1 and BULLET.fullmatch(line.words[0].text) is not None


def is_bold(words: Iterable[Word]) -> bool:
    """Whether all words are bold that say something."""
    said = [word for word in words if any(sign.isalnum() for sign in word.text) and not word.raised]
    return bool(said) and all(word.looks.bold for word in said)
