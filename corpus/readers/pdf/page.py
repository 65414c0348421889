"""What a page is made of, from characters to lines.

Places are points (1/72 inch) from the page's left and top as its text runs.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_BOLD = re.compile(r"bold|black|heavy|semibold|demi|[-,]bd|cmbx|medi\b", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|[-,]it\b|kursiv|cmti|cmsl", re.IGNORECASE)
_INITIAL = 1.45  # times the line's size: what is larger is an initial over several lines
_PLAIN = 0.2  # times the most frequent looks
_SUBSET = re.compile(r"[A-Z]{6}\+")

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How characters look. `size` is in points, `angle` in degrees against the page's edge.

    `heading` is the level of a heading that the file says they are in, 0 for none.
    """

    font: str
    size: float
    bold: bool
    italic: bool
    angle: int = 0
    invisible: bool = False
    heading: int = 0

    @property
    def looks(self) -> "Looks":
        """The style without what subsets of a font and flags make different."""
        name = _SUBSET.sub("", self.font)
        return Looks(
            size=round(self.size * 2) / 2,
            bold=self.bold or _BOLD.search(name) is not None,
            italic=self.italic or _ITALIC.search(name) is not None,
            family=re.split(r"[-,]", name)[0],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """What tells one kind of text from another: size to half a point, bold, italic, family."""

    size: float
    bold: bool
    italic: bool
    family: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Characters of one style side by side, as the file has them, without a blank between.

    `blank` says that a blank or a line's end stands before it in the file; `raised` that its
    glyphs stand above the line, as those of figures made for markers do.
    """

    codes: Sequence[int]
    style: Style
    box: Box
    base: float
    blank: bool
    raised: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A line drawn along the text."""

    x0: float
    x1: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Upright:
    """A line drawn from the top down."""

    x: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A sheet as PDFium gives it. `pictured` is the share of it that pictures cover."""

    sheet: int
    width: float
    height: float
    chunks: Sequence[Chunk]
    rules: Sequence[Rule]
    uprights: Sequence[Upright]
    pictured: float
    turned: int = 0


@dataclass(slots=True, kw_only=True)
class Word:
    """Characters of one style without a blank between; `glued` to the word before it or not.

    `order` counts words as the file has them. `raised` says that it stands above the line, small;
    `initial` that it is a large letter over several lines; `parted` that the file has a blank or a
    line's end before it; `underlined` that a line is drawn under it and its neighbours alone;
    `heading` is the level that the file gives it as one.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    looks: Looks
    order: int
    glued: bool = False
    raised: bool = False
    initial: bool = False
    parted: bool = False
    underlined: bool = False
    heading: int = 0


@dataclass(slots=True, kw_only=True)
class Line:
    """Words on one baseline, from left to right, and where their column stands."""

    words: list[Word]
    sheet: int
    column: tuple[float, float] = (0.0, 0.0)
    # Looks and size, with how many words they were taken from: asked for far more than changed.
    _seen: tuple[int, Looks, float] | None = None

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return max(word.x1 for word in self.words[-2:])

    @property
    def top(self) -> float:
        """Its highest place."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """Its lowest place."""
        return max(word.bottom for word in self.words)

    @property
    def base(self) -> float:
        """The baseline of the line's own text, not of what is raised in it."""
        return next((word.base for word in self.words if not word.raised), self.words[0].base)

    @property
    def looks(self) -> Looks:
        """How most of it looks."""
        return self._measured()[1]

    @property
    def size(self) -> float:
        """The size of the line's text: capitals of words in small capitals count, a large initial
        does not.
        """
        return self._measured()[2]

    def _measured(self) -> tuple[int, Looks, float]:
        if self._seen is None or self._seen[0] != len(self.words):
            looks = most_looks(self.words)
            sizes = {word.looks.size for word in self.words if not word.raised}
            fitting = [size for size in sizes if size <= _INITIAL * looks.size]
            self._seen = (len(self.words), looks, max(fitting, default=looks.size))
        return self._seen

    @property
    def text(self) -> str:
        """Its words with the blanks between them."""
        return joined(self.words)


def joined(words: Iterable[Word]) -> str:
    """Words with the blanks between them."""
    parts: list[str] = []
    for word in words:
        parts.append(word.text if word.glued or not parts else f" {word.text}")
    return "".join(parts)


def most_looks(words: Iterable[Word]) -> Looks:
    """How most characters of words look; what is raised counts only where there is nothing else."""
    counts: dict[Looks, float] = {}
    for word in words:
        weight = len(word.text) * (0.01 if word.raised else 1.0)
        counts[word.looks] = counts.get(word.looks, 0.0) + weight
    return next(iter(counts)) if len(counts) == 1 else max(counts, key=lambda looks: counts[looks])


def runs_left(words: Iterable[Word]) -> bool:
    """Whether most letters of words are Arabic, Hebrew or another script that runs to the left."""
    counts = Counter(
        unicodedata.bidirectional(sign) in ("R", "AL")
        for word in words
        for sign in word.text
        if sign.isalpha()
    )
    return counts[True] > counts[False]


def text_looks(words: Iterable[Word]) -> Looks:
    """How a document's text looks: its most frequent looks, but plain where some of it is.

    Of a report that sets its many recommendations in bold, the plain text is still the text.
    """
    counts: dict[Looks, int] = {}
    for word in words:
        counts[word.looks] = counts.get(word.looks, 0) + len(word.text)
    most = max(counts, key=lambda looks: counts[looks])
    plain = [
        looks
        for looks, count in counts.items()
        if not looks.bold and abs(looks.size - most.size) < 1 and count >= _PLAIN * counts[most]
    ]
    return max(plain, key=lambda looks: counts[looks], default=most) if most.bold else most
