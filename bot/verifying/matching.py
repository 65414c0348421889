"""Where the words of a quotation stand in the library, all together or in places apart."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from bot.verifying.alignment import Alignment, align, align_exactly
from bot.verifying.finding import Stretch
from bot.verifying.ground import Ground, Search
from bot.verifying.wording import QuotedPart
from corpus.english.folded import fold

# How many passages are looked at: of the whole library and of the report that is cited. Of those
# without the very words, the first are aligned word by word.
_MOST_FOUND = 24
_MOST_ALIGNED = 10
# A part of a quotation that has so many of its words in another place than the rest stands apart;
# below this likeness the words are not the report's. Chosen: 0.45 to 0.75 give the same verdicts on
# the 617 quotations that it was built on (tests/bench/verify.py).
LIKE = 0.6
# One word of five differs. So near to words elsewhere what is cited is misquoted, not miscited.
NEARLY_ALIKE = 0.8
# Words that may join two places: "and", "while the".
_MOST_JOINING = 2
_FEWEST_APART = 4
# A part that is as well or nearly as well aligned beside the rest stands there.
_NEARLY = 0.15
# Passages of country reports have 66 words on average; around a quotation so many more are read
# that it fits in, however short they are.
_WORDS_OF_A_SHORT_PASSAGE = 30
# Parts with more passages than this between them stand in places apart.
_MOST_BETWEEN = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A part of a quotation in the library."""

    part: QuotedPart
    ground: Ground
    alignment: Alignment

    @property
    def likeness(self) -> float:
        """The share of the part's words that need no change."""
        return 1 - self.alignment.cost / len(self.part.folded)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A quotation in the library, part by part in the quotation's order.

    `apart` where they do not stand together and in this order.
    """

    placed: tuple[Placed, ...]
    apart: bool = False

    @property
    def cost(self) -> int:
        """How many words differ."""
        return sum(one.alignment.cost for one in self.placed)


# How much speaks against a place, least first: of equally near ones the first is meant.
Against = Callable[[Sequence[Placed]], tuple[int, ...]]


@dataclass(slots=True, kw_only=True)
class Matcher:
    """Finds quotations; keeps what it has read of the library."""

    search: Search
    _grounds: dict[tuple[int, int], Ground] = field(default_factory=dict)

    def exact(
        self, parts: Sequence[QuotedPart], reports: Collection[str], against: Against
    ) -> Match | None:
        """Where the very words of a quotation stand together, None where they do not."""
        return _exact(parts, self._grounds_of(parts, reports), against)

    def nearly(
        self, parts: Sequence[QuotedPart], reports: Collection[str], against: Against
    ) -> Match | None:
        """Where nearly the same words stand on the cited place, None where they do not."""
        placed = (_on(parts, ground, align) for ground in self._grounds_of(parts, reports))
        options = [
            one
            for one in placed
            if one is not None
            and not any(against(one))
            and all(part.likeness >= NEARLY_ALIKE for part in one)
        ]
        matches = [Match(placed=tuple(one)) for one in options]
        return min(matches, key=lambda match: match.cost, default=None)

    def match(
        self, parts: Sequence[QuotedPart], reports: Collection[str], against: Against
    ) -> Match | None:
        """The nearest that the library has to a quotation, None where it shares no word.

        `reports` are those that are cited, where they are known.
        """
        grounds = self._grounds_of(parts, reports)
        seen: list[Ground] = []
        exact = _exact(parts, _kept(grounds, seen), against)
        if exact is not None:
            return Match(placed=exact.placed, apart=_far(exact.placed))
        together = _nearest(parts, seen, against)
        if together is not None and len(parts) == 1 and together.cost <= _MOST_JOINING:
            return together
        apart = self._apart(parts, seen, reports, against)
        if together is None or (apart is not None and _is_better(apart, together)):
            return apart or together
        return together

    def _ground(self, number: int, reach: int) -> Ground:
        if (number, reach) not in self._grounds:
            standings = tuple(self.search.around(number, reach))
            self._grounds[number, reach] = Ground(standings=standings)
        return self._grounds[number, reach]

    def _grounds_of(
        self, parts: Sequence[QuotedPart], reports: Collection[str]
    ) -> Iterator[Ground]:
        """Where parts may stand, the likeliest first, each when it is asked for."""
        words = sum(len(part.folded) for part in parts)
        reach = 1 + words // _WORDS_OF_A_SHORT_PASSAGE
        numbers: set[int] = set()
        for within in [reports, ()] if reports else [()]:
            for part in parts:
                for number in self.search.find(part.folded.words, _MOST_FOUND, within):
                    if number not in numbers:
                        numbers.add(number)
                        ground = self._ground(number, reach)
                        if ground.standings:
                            yield ground

    def _apart(
        self,
        parts: Sequence[QuotedPart],
        grounds: Sequence[Ground],
        reports: Collection[str],
        against: Against,
    ) -> Match | None:
        """The quotation in places apart: its parts, or the two halves of one that marks nothing."""
        if len(parts) == 1:
            return self._halves(parts[0], grounds, reports, against)
        found: list[Placed] = []
        for part in parts:
            own = _best([part], list(self._grounds_of([part], reports)), against)
            if own is None:
                return None
            found += own.placed
        return Match(placed=tuple(found), apart=True)

    def _halves(
        self,
        part: QuotedPart,
        grounds: Sequence[Ground],
        reports: Collection[str],
        against: Against,
    ) -> Match | None:
        """One part as two that stand in places apart, None where it does not fall in two."""
        words = part.folded.words
        if len(words) < 2 * _FEWEST_APART:
            return None
        middle = len(words) // 2
        more = [_cut(part, 0, middle), _cut(part, middle, len(words))]
        all_grounds = [*grounds, *(g for half in more for g in self._grounds_of([half], reports))]
        first = common_run(words, all_grounds, from_end=False)
        last = common_run(words, all_grounds, from_end=True)
        if min(first, last) < _FEWEST_APART or first + last < len(words) - _MOST_JOINING:
            return None
        stop = min(first, len(words) - _FEWEST_APART)
        halves = [_cut(part, 0, stop), _cut(part, max(stop, len(words) - last), len(words))]
        placed = [_best([half], all_grounds, against) for half in halves]
        if any(one is None or one.cost for one in placed):
            return None
        return Match(placed=tuple(p for one in placed if one for p in one.placed), apart=True)


def common_run(words: Sequence[str], grounds: Sequence[Ground], *, from_end: bool) -> int:
    """How many first words stand together on some ground; last ones where `from_end`."""
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        part = words[-middle:] if from_end else words[:middle]
        spoken = f" {' '.join(part)} "
        if any(spoken in ground.spoken for ground in grounds):
            low = middle
        else:
            high = middle - 1
    return low


def _is_better(apart: Match, together: Match) -> bool:
    """Whether a quotation stands in places apart rather than together."""
    if len(together.placed) != len(apart.placed):
        # Words that were dropped without a mark in one place are no second place.
        return not _near(apart.placed) and together.cost > apart.cost + _MOST_JOINING
    if all(one.likeness < LIKE for one in apart.placed):
        return False
    return any(
        beside.alignment.cost > own.alignment.cost + max(1, _NEARLY * len(own.part.folded))
        for own, beside in zip(apart.placed, together.placed, strict=True)
    )


def _near(placed: Sequence[Placed]) -> bool:
    """Whether two places are one paragraph, in its order."""
    before, after = (_ends(one)[end] for one, end in zip(placed, (1, 0), strict=True))
    same = before.standing.number == after.standing.number
    return same and before.span.stop <= after.span.start


def _far(placed: Sequence[Placed]) -> bool:
    """Whether parts that stand in their order do so in places apart."""
    for one, other in pairwise(placed):
        before, after = _ends(one)[1].standing, _ends(other)[0].standing
        if after.number - before.number > _MOST_BETWEEN + 1:
            return True
        if before.passage.section != after.passage.section:
            return True
    return False


def _ends(one: Placed) -> tuple[Stretch, Stretch]:
    stretches = one.ground.stretches(one.alignment.first, one.alignment.last)
    return stretches[0], stretches[-1]


def _best(parts: Sequence[QuotedPart], grounds: Sequence[Ground], against: Against) -> Match | None:
    """The parts one after the other on the ground that has most of their words."""
    return _exact(parts, grounds, against) or _nearest(parts, grounds, against)


def _exact(
    parts: Sequence[QuotedPart], grounds: Iterable[Ground], against: Against
) -> Match | None:
    """The parts as they are, on the ground against which least speaks."""
    options: list[tuple[tuple[int, ...], list[Placed]]] = []
    for ground in grounds:
        if all(f" {' '.join(part.folded.words)} " in ground.spoken for part in parts):
            for placed in _everywhere(parts, ground):
                options.append((against(placed), placed))
                if not any(options[-1][0]):
                    return Match(placed=tuple(placed))
    if not options:
        return None
    return Match(placed=tuple(min(options, key=lambda option: option[0])[1]))


def _everywhere(parts: Sequence[QuotedPart], ground: Ground) -> Iterator[list[Placed]]:
    """The parts as they are, wherever on the ground they stand."""
    start = 0
    while (placed := _on(parts, ground, align_exactly, start)) is not None:
        yield placed
        start = placed[0].alignment.first + 1


def _nearest(
    parts: Sequence[QuotedPart], grounds: Sequence[Ground], against: Against
) -> Match | None:
    """The parts on the ground that has most of their words."""
    placed = (_on(parts, ground, align) for ground in grounds[:_MOST_ALIGNED])
    options = [one for one in placed if one is not None]
    if not options:
        return None
    best = min(options, key=lambda placed: (_cost(placed), *against(placed)))
    return Match(placed=tuple(best))


def _kept(grounds: Iterable[Ground], seen: list[Ground]) -> Iterator[Ground]:
    """Grounds one by one, each kept as it is given."""
    for ground in grounds:
        seen.append(ground)
        yield ground


def _cost(placed: Sequence[Placed]) -> int:
    return sum(one.alignment.cost for one in placed)


_Aligning = Callable[[Sequence[str], Sequence[str], int], Alignment | None]


def _on(
    parts: Sequence[QuotedPart], ground: Ground, aligned: _Aligning, start: int = 0
) -> list[Placed] | None:
    """The parts in their order on one ground, None where one has no word there."""
    placed: list[Placed] = []
    for part in parts:
        alignment = aligned(part.folded.words, ground.folded.words, start)
        if alignment is None:
            return None
        within = _within(alignment, ground, len(part.folded))
        placed.append(Placed(part=part, ground=ground, alignment=within))
        start = alignment.last + 1
    return _tightened(placed)


def _within(alignment: Alignment, ground: Ground, length: int) -> Alignment:
    """An alignment of so many words that ends where its words do, in no passage beside them.

    A first or last word that differs is put in, and does not stand for one of another passage.
    """
    if not alignment.changes:
        return alignment
    first, last, changes = alignment.first, alignment.last, [*alignment.changes]
    if (one := changes[0]).place == 0:
        rest = one.at + len(one.source)
        kept = [n for n in range(one.at, rest) if ground.passage_at(n) == ground.passage_at(rest)]
        first = rest - len(kept)
        source = one.source[len(one.source) - len(kept) :]
        changes[0] = replace(one, source=source, at=first)
    if (one := changes[-1]).place + len(one.quoted) == length:
        before = one.at - 1
        stops = range(one.at, one.at + len(one.source))
        kept = [n for n in stops if ground.passage_at(n) == ground.passage_at(before)]
        last = before + len(kept)
        changes[-1] = replace(one, source=one.source[: len(kept)])
    return replace(alignment, first=first, last=last, changes=tuple(changes))


def _tightened(placed: list[Placed]) -> list[Placed]:
    """Parts as near to the ones after them as their very words stand."""
    for place in reversed(range(len(placed) - 1)):
        one, stop = placed[place], placed[place + 1].alignment.first
        nearer = align_exactly(one.part.folded.words, one.ground.folded.words[:stop], from_end=True)
        if nearer is not None and not one.alignment.cost:
            placed[place] = replace(one, alignment=nearer)
    return placed


def _cut(part: QuotedPart, first: int, stop: int) -> QuotedPart:
    """Some words of a part."""
    span = part.folded.span(first, stop - 1)
    text = part.text[span.start : span.stop]
    return QuotedPart(text=text, folded=fold(text), marked=part.marked)
