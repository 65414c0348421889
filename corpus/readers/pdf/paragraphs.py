"""Lines to paragraphs: where a paragraph ends, seen from white, indents, short lines and looks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.readers.pdf.measures import (
    DASH,
    ENDS,
    ENUMERATOR,
    Measures,
    is_bold,
    is_bulleted,
    left_edge,
    opens_item,
)
from corpus.readers.pdf.page import Line, Looks, Word, joined, most_looks

# Shares of the size of the type, but for _ROOMY: a share of the column's width.
_INDENT, _SAME_PLACE, _SPARE, _ROOMY = 0.7, 0.45, 0.5, 0.35
# White between paragraphs is at least this much more than between lines, in shares and points.
_WHITE, _WHITE_POINTS = 1.16, 1.4
_WIDEST = 2.0  # sizes: lines of one sentence stand no further apart
_OTHER_SIZE = 0.8  # points
_BESIDE_INITIAL = 5  # lines: an initial is no higher
_AROUND = 6  # lines above and below that show where the column's lines end
# Sizes: white on both sides of a line in the middle, at least, and by how much it differs.
_MIDDLE, _UNEVEN = 3.0, 2.0
_FAR = 0.25  # of the column's width
_CAPS_LETTERS = 4


@dataclass(slots=True, kw_only=True)
class Paragraph:
    """Lines that belong together.

    `room` is the white right of the last line; `set_in` says that the first line is set in, so
    that it begins a paragraph. `level` is a heading's depth from 1, 0 for what is none; `item`
    says that it is an item of a list, `aside` that it stands beside the text: a table's caption,
    a remark below one. `number` is one that the report prints, `note` the marker of a note at its
    end, `run_in` the words of a heading that the paragraph begins with, and `lead_level` its depth.
    """

    lines: list[Line]
    room: float = 0.0
    set_in: bool = False
    in_columns: bool = False
    level: int = 0
    item: bool = False
    number: str | None = None
    title: bool = False
    cover: bool = False
    aside: bool = False
    note: str | None = None
    marker: list[Word] = field(default_factory=list)
    run_in: list[Word] = field(default_factory=list)
    lead_level: int = 0

    @property
    def words(self) -> list[Word]:
        """Its words in order."""
        return [word for line in self.lines for word in line.words]

    @property
    def text(self) -> str:
        """Its words with the blanks between them."""
        return joined(self.words)

    @property
    def looks(self) -> Looks:
        """How most of it looks."""
        return most_looks(self.words)

    @property
    def sheet(self) -> int:
        """The sheet that it begins on."""
        return self.lines[0].sheet

    @property
    def tagged_level(self) -> int:
        """The level that the file gives it as a heading, 0 where it is none of one level."""
        levels = {word.heading for word in self.words if not word.raised}
        return levels.pop() if len(levels) == 1 else 0

    @property
    def is_caps(self) -> bool:
        """Whether it is set in capitals."""
        return is_caps(self.text)

    @property
    def is_centred(self) -> bool:
        """Whether its lines stand in the middle of their column, and not below each other."""
        size = self.looks.size
        places = [line.x0 for line in self.lines]
        if len(places) > 1 and max(places) - min(places) < _SAME_PLACE * size:
            return False
        margins = [(line.x0 - line.column[0], line.column[1] - line.x1) for line in self.lines]
        even = all(abs(left - right) < _UNEVEN * size for left, right in margins)
        return even and any(min(sides) > _MIDDLE * size for sides in margins)

    @property
    def is_far_right(self) -> bool:
        """Whether it begins in the right part of its column and does not stand in the middle."""
        left, right = self.lines[0].column
        return self.lines[0].x0 - left > _FAR * (right - left) and not self.is_centred

    @property
    def is_underlined(self) -> bool:
        """Whether all its words are underlined, but for a number before them."""
        words = self.words
        words = words[1:] if ENUMERATOR.fullmatch(words[0].text) else words
        said = [word for word in words if any(map(str.isalnum, word.text)) and not word.raised]
        return bool(said) and all(word.underlined for word in said)


def is_caps(text: str) -> bool:
    """Whether a text is set in capitals, and not mostly in figures."""
    capitals = sum(sign.isupper() for sign in text)
    figures = sum(sign.isdigit() for sign in text)
    few = capitals < _CAPS_LETTERS or capitals < figures
    return not few and not any(sign.islower() for sign in text)


def paragraphs(lines: Sequence[Line], measures: Measures, *, in_columns: bool) -> list[Paragraph]:
    """The paragraphs of a region's lines, which are not interrupted."""
    if not lines:
        return []
    left = left_edge(lines)
    rooms = _rooms(lines)
    found = [_begun(lines[0], left, in_columns=in_columns)]
    for at, (_before, line) in enumerate(pairwise(lines)):
        following = lines[at + 2] if at + 2 < len(lines) else None
        if _parts(found[-1], line, rooms[at], measures) or _is_set_in(
            found[-1], line, following, left
        ):
            found[-1].room = rooms[at]
            found.append(_begun(line, left, in_columns=in_columns))
        else:
            found[-1].lines.append(line)
    found[-1].room = rooms[-1]
    return found


def _begun(line: Line, left: float, *, in_columns: bool) -> Paragraph:
    set_in = line.x0 - left > _INDENT * line.size
    return Paragraph(lines=[line], set_in=set_in, in_columns=in_columns)


def _rooms(lines: Sequence[Line]) -> list[float]:
    """How much white is right of each line, up to where lines around it end."""
    rooms = []
    for at, line in enumerate(lines):
        around = lines[max(at - _AROUND, 0) : at + _AROUND + 1]
        right = max(other.x1 for other in around if abs(other.size - line.size) < _OTHER_SIZE)
        rooms.append(right - line.x1)
    return rooms


def _parts(paragraph: Paragraph, line: Line, room: float, measures: Measures) -> bool:
    """Whether a new paragraph begins with `line`; `room` is the white right of the one before."""
    before = paragraph.lines[-1]
    if _stand_apart(before, line, measures):
        return not _runs_on(before, line, room)
    size = line.size
    fits = room > line.words[0].x1 - line.words[0].x0 + (0.3 + _SPARE) * size
    ended = ENDS.search(before.text) is not None
    if is_bulleted(line):
        dash = DASH.fullmatch(line.words[0].text) is not None
        return not dash or ended or fits or is_bulleted(paragraph.lines[0]) or _is_tabbed(line)
    if is_bold(before.words) != is_bold(line.words) and (fits or not _is_body_bold(before, line)):
        return True
    caps = is_caps(before.text) and not is_caps(line.text)
    if (fits or caps) and _is_other_face(before, line):
        return True
    if fits and (ended or opens_item(line) or _is_list_line(paragraph, line, room, measures)):
        return True
    return opens_item(line) and ended and _is_tabbed(line)


def _is_body_bold(before: Line, line: Line) -> bool:
    """Whether a line that differs in weight is the same run of words going on."""
    return before.words[-1].looks.bold == line.words[0].looks.bold


def _runs_on(before: Line, line: Line, room: float) -> bool:
    """Whether a sentence goes on in type that looks alike, though its lines stand wide apart."""
    alike = before.looks == line.looks and line.text[:1].islower()
    near = line.base - before.base < _WIDEST * line.size
    full = room < line.words[0].x1 - line.words[0].x0 + line.size
    return alike and near and full and ENDS.search(before.text) is None


def _is_other_face(before: Line, line: Line) -> bool:
    """Whether no word of a line is in a typeface of the line before."""
    faces = [{word.looks.family for word in each.words if not word.raised}
             for each in (before, line)]  # fmt: skip
    return faces[0].isdisjoint(faces[1])


def _stand_apart(before: Line, line: Line, measures: Measures) -> bool:
    """Whether white or size part two lines."""
    if abs(before.size - line.size) >= _OTHER_SIZE:
        return True
    apart, usual = line.base - before.base, measures.distance(line.size)
    return apart > _WHITE * usual and apart > usual + _WHITE_POINTS


def _is_list_line(paragraph: Paragraph, line: Line, room: float, measures: Measures) -> bool:
    """Whether a short line of text is one by itself, as in a list without marks."""
    before = paragraph.lines[-1]
    if len(paragraph.lines) > 1:
        return False
    left, right = before.column
    first = line.words[0].text
    plain = before.looks == measures.body == line.looks
    return plain and room > _ROOMY * (right - left) and first[:1].isupper()


def _is_tabbed(line: Line) -> bool:
    return line.words[1].x0 - line.words[0].x1 > 0.5 * line.size


def _is_set_in(paragraph: Paragraph, line: Line, following: Line | None, left: float) -> bool:
    """Whether a line's place says that it begins a paragraph."""
    before, size = paragraph.lines[-1], line.size
    moved = line.x0 - before.x0
    beside_initial = paragraph.lines[0].words[0].initial and len(paragraph.lines) <= _BESIDE_INITIAL
    if abs(moved) <= _SAME_PLACE * size or _centred(before, line) or beside_initial:
        return False
    if moved < 0:  # out again: from a first line set in, or from an item's lines to the next item
        hanging = (
            len(paragraph.lines) > 1 and before.x0 - paragraph.lines[0].x0 > _SAME_PLACE * size
        )
        return hanging or len(paragraph.lines) > 1
    if moved < _INDENT * size:
        return False
    first = paragraph.lines[0]
    if len(paragraph.lines) > 1:
        return True
    if opens_item(first):
        return False
    hanging = following is not None and abs(following.x0 - line.x0) <= _SAME_PLACE * size
    return not (hanging and abs(first.x0 - left) <= _SAME_PLACE * size)


def _centred(before: Line, line: Line) -> bool:
    """Whether two lines have one middle and the shorter is flush on no side, as in a heading."""
    shorter = min(before, line, key=lambda line: line.x1 - line.x0)
    apart = (before.x0 + before.x1) / 2 - (line.x0 + line.x1) / 2
    left, right = line.column
    margins = (shorter.x0 - left, right - shorter.x1)
    even = abs(margins[0] - margins[1]) < 3 * line.size
    return abs(apart) < line.size * 0.3 and even and min(margins) > line.size
