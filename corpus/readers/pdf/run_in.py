"""Headings that stand at the head of their paragraph: bold words up to a mark, or to white."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.readers.pdf.measures import ENUMERATOR, Measures, is_bulleted
from corpus.readers.pdf.page import Looks, Word, joined, most_looks
from corpus.readers.pdf.paragraphs import Paragraph, is_caps

_SMALLER = 0.8  # points: notes and captions are set smaller than the text
_FEWEST_REST, _LONGEST = 3, 14  # words after a heading, words of one
_MARK = re.compile(r"[.:—–?]$")
_CAPITAL = re.compile(r"[“‘\"'«]?[A-ZÀ-Þ\d]")
# Headings without a mark: so many of a kind, nearly all before a capital; where white follows them,
# that is wider than the line's blanks, fewer are enough.
_FEWEST, _FEWEST_PARTED, _BEFORE_CAPITALS = 4, 2, 0.9
_WIDER, _MOSTLY = 1.5, 0.6
_TALK = 40  # signs: what follows a name in a talk is shorter, what follows a heading is a paragraph
_PERSON = re.compile(r"(?:mr|mrs|ms|miss|dr|prof|sir|dame|judge|justice|hon|h\.e|q|a)\b\.?[^:]*:?",
                     re.IGNORECASE)  # fmt: skip
_OFFICE = re.compile(r"the\s[^:]*:", re.IGNORECASE)

Kind = tuple[Looks, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lead:
    """The bold words that a paragraph begins with, and the words after them."""

    paragraph: Paragraph
    words: list[Word]
    rest: list[Word]

    @property
    def text(self) -> str:
        return joined(self.words)

    @property
    def kind(self) -> Kind:
        return _kind(self.words)

    @property
    def is_marked(self) -> bool:
        return _MARK.search(self.text) is not None

    @property
    def is_parted(self) -> bool | None:
        """Whether white wider than a blank follows, None where the line ends there."""
        line = next(line for line in self.paragraph.lines if self.words[-1] in line.words)
        if self.rest[0] not in line.words:
            return None
        blanks = [b.x0 - a.x1 for a, b in pairwise(line.words) if not b.glued]
        return self.rest[0].x0 - self.words[-1].x1 > _WIDER * median(blanks)


def split_run_in(found: Sequence[Paragraph], measures: Measures) -> None:
    """Give each paragraph the words of the heading that it begins with, and that its level.

    They count where the document has them more than once.
    """
    leads = [lead for paragraph in found if (lead := _lead(paragraph, measures))]
    kinds: dict[Kind, list[_Lead]] = defaultdict(list)
    for lead in leads:
        kinds[lead.kind].append(lead)
    chosen = [lead for group in kinds.values() for lead in _headings(group)]
    if len(chosen) > 1:
        for lead in chosen:
            lead.paragraph.run_in = lead.words
        _give_levels(found, chosen)


def _kind(words: Sequence[Word]) -> Kind:
    return most_looks(words), is_caps(joined(words))


def _lead(paragraph: Paragraph, measures: Measures) -> _Lead | None:
    smaller = paragraph.looks.size < measures.body.size - _SMALLER
    if paragraph.level or paragraph.cover or smaller or measures.body.bold:
        return None
    words = paragraph.words
    if ENUMERATOR.fullmatch(words[0].text) or is_bulleted(paragraph.lines[0]):
        return None
    length = 0
    while length < len(words) and _goes_on(words[length]):
        length += 1
    lead, rest = words[:length], words[length:]
    said = any(sign.isalpha() for word in lead for sign in word.text)
    if not said or length > _LONGEST or len(rest) < _FEWEST_REST:
        return None
    return _Lead(paragraph=paragraph, words=lead, rest=rest)


def _goes_on(word: Word) -> bool:
    return word.looks.bold or not any(sign.isalnum() for sign in word.text)


def _headings(group: Sequence[_Lead]) -> Iterator[_Lead]:
    """Of bold beginnings of one kind those that are headings, not names of who speaks."""
    if median(len(joined(lead.rest)) for lead in group) < _TALK:
        return
    said = Counter(lead.text for lead in group)
    bare = [lead for lead in group if not lead.is_marked]
    counts = _counts(bare)
    for lead in group:
        office = _OFFICE.fullmatch(lead.text) and said[lead.text] > 1
        speaks = _PERSON.fullmatch(lead.text) or office
        if not speaks and (lead.is_marked or (counts and _before_capital(lead))):
            yield lead


def _counts(bare: Sequence[_Lead]) -> bool:
    """Whether bold beginnings without a mark are headings."""
    before = sum(map(_before_capital, bare))
    if before < _FEWEST_PARTED or before < _BEFORE_CAPITALS * len(bare):
        return False
    parted = [lead.is_parted for lead in bare if lead.is_parted is not None]
    return before >= _FEWEST or (bool(parted) and sum(parted) >= _MOSTLY * len(parted))


def _before_capital(lead: _Lead) -> bool:
    return _CAPITAL.match(lead.rest[0].text) is not None


def _give_levels(found: Sequence[Paragraph], chosen: Sequence[_Lead]) -> None:
    """A heading run in stands below the one above it; of capitals all of a kind stand as deep.

    These may stand above others: a line for itself that looks like them, with a colon and nothing
    after it, is one of them.
    """
    for kind in {lead.kind for lead in chosen if lead.kind[1]}:
        alone = [p for p in found if p.level and p.text.endswith(":") and _kind(p.words) == kind]
        parents = _parents(found, kind, alone)
        level = parents.most_common(1)[0][0]
        for paragraph in found:
            paragraph.level += paragraph.level > level
        for paragraph in alone:
            paragraph.level = level + 1
        for lead in chosen:
            if lead.kind == kind:
                lead.paragraph.lead_level = level + 1
    above = 0
    for paragraph in found:
        above = paragraph.level or above
        if paragraph.run_in and not paragraph.lead_level:
            paragraph.lead_level = above + 1


def _parents(found: Sequence[Paragraph], kind: Kind, alone: Sequence[Paragraph]) -> Counter[int]:
    """How often headings of a kind stand below one of each level."""
    own = {id(paragraph) for paragraph in alone}
    parents: Counter[int] = Counter()
    above = 0
    for paragraph in found:
        if id(paragraph) in own or (paragraph.run_in and _kind(paragraph.run_in) == kind):
            parents[above] += 1
        elif paragraph.level:
            above = paragraph.level
    return parents
