"""A quotation held against what the library has: the verdict, and everything to be said of it."""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from bot.verifying.alignment import Change
from bot.verifying.cited import Pinpoint
from bot.verifying.cut import cut_off, hidden
from bot.verifying.finding import Finding, Remark, Stretch, Verdict, in_order
from bot.verifying.ground import Ground
from bot.verifying.matching import LIKE, Match, Placed
from bot.verifying.quotations import Quotation
from bot.verifying.speaking import wrong_speaker
from bot.verifying.wording import differences, is_negation, kind, only_spaces, put_in
from corpus.citing.citations import pinpoint as place_of
from corpus.english.folded import is_figure
from corpus.english.sentences import sentences
from corpus.passage import Span

_GRAVE = ("figure", "negation", "name", "word")
_CHANGED = {"figure": "a figure", "negation": "a negation", "name": "a name", "word": "words"}


def judge(
    quotation: Quotation,
    match: Match | None,
    pinpoint: Pinpoint,
    reports: Collection[str] | None,
    elsewhere: Match | None = None,
) -> Finding:
    """What is found of a quotation; `reports` are those that it may cite, None where unknown.

    `elsewhere` is where the very words stand that the cited place has nearly.
    """
    remarks = list(_remarks(quotation, match, pinpoint, reports)) if match else []
    if elsewhere is not None:
        where = _named(_where(elsewhere.placed[0])[0])
        words = f"as quoted the words stand in {where}"
        remarks.append(Remark(verdict=Verdict.WRONG_PLACE, words=words))
    if not remarks:
        remarks = [Remark(verdict=Verdict.EXACT if match else Verdict.NOT_IN_LIBRARY)]
    return Finding(
        part=quotation.part,
        span=quotation.span,
        citation=quotation.citation,
        remarks=in_order(remarks),
        places=tuple(stretch for one in match.placed for stretch in _where(one)) if match else (),
    )


def _remarks(
    quotation: Quotation,
    match: Match,
    pinpoint: Pinpoint,
    reports: Collection[str] | None,
) -> Iterator[Remark]:
    likest = max(one.likeness for one in match.placed)
    if min(one.likeness for one in match.placed) < LIKE and (
        len(match.placed) == 1 or likest < LIKE
    ):
        yield Remark(verdict=Verdict.NOT_IN_LIBRARY)
        return
    yield from _wording(quotation, match)
    if match.apart:
        places = " and ".join(dict.fromkeys(_named(_where(one)[0]) for one in match.placed))
        yield Remark(verdict=Verdict.SPLICED, words=f"from {places}")
    else:
        yield from _ellipses(match.placed)
    yield from _place(match, pinpoint, reports)
    first, last = _where(match.placed[0])[0], _where(match.placed[-1])[-1]
    yield from cut_off(first, last, quotation.sentence)
    if (remark := wrong_speaker(first, quotation.sentence, quotation.citation)) is not None:
        yield remark


def _wording(quotation: Quotation, match: Match) -> Iterator[Remark]:
    """How the words differ: altered, or but for what does not change them."""
    changes = [
        (one, change)
        for one in match.placed
        for change in one.alignment.changes
        if not only_spaces(change)
    ]
    written = len(match.placed) == 1 and match.placed[0].part.text == quotation.text.strip()
    brackets = [] if written else put_in(quotation.text)
    own = [
        word
        for words in brackets
        for word in words.casefold().split()
        if is_figure(word) or is_negation(word)
    ]
    if changes or own:
        yield _altered(changes, own)
        return
    found: dict[str, None] = {}
    for one in match.placed:
        span = one.ground.folded.span(one.alignment.first, one.alignment.last)
        found |= dict.fromkeys(differences(one.part, one.ground.text, span))
    if found or brackets:
        words = " and ".join(found) or "words in square brackets"
        yield Remark(verdict=Verdict.EXACT_BUT_FOR, words=words)


def _altered(changes: Sequence[tuple[Placed, Change]], own: Sequence[str]) -> Remark:
    """What is changed, the gravest kind first, each change with both wordings."""
    told = sorted(
        ((_kind(one, change), _told(one, change)) for one, change in changes),
        key=lambda pair: _GRAVE.index(pair[0]),
    )
    groups: dict[str, list[str]] = {}
    for of_kind, words in told:
        groups.setdefault(of_kind, []).append(words)
    if own:
        groups.setdefault("words", []).append(f"“{' '.join(own)}” put in, in brackets")
    parts = [f"{_CHANGED.get(name, name)}, {', '.join(words)}" for name, words in groups.items()]
    return Remark(verdict=Verdict.ALTERED, words="; ".join(parts))


def _kind(one: Placed, change: Change) -> str:
    """The kind of a change; of words that open a sentence a capital says nothing."""
    ours = _written(one.part.text, one.part.folded.spans, change.place, len(change.quoted))
    ground = one.ground
    theirs = _written(ground.text, ground.folded.spans, change.at, len(change.source))
    return kind(change, ours, theirs)


def _written(text: str, spans: Sequence[tuple[int, int]], first: int, count: int) -> list[str]:
    """Words as they are written, without those that begin a sentence."""
    opening = {span.start for span in sentences(text)}
    return [text[a:b] for a, b in spans[first : first + count] if a not in opening]


def _told(one: Placed, change: Change) -> str:
    ours = _cut(one.part.text, one.part.folded.spans, change.place, len(change.quoted))
    ground = one.ground
    theirs = _cut(ground.text, ground.folded.spans, change.at, len(change.source))
    if not theirs:
        return f"“{ours}” put in"
    return f"“{ours}” for “{theirs}”" if ours else f"“{theirs}” left out"


def _cut(text: str, spans: Sequence[tuple[int, int]], first: int, count: int) -> str:
    if not count:
        return ""
    return " ".join(text[spans[first][0] : spans[first + count - 1][1]].split())


def _ellipses(placed: Sequence[Placed]) -> Iterator[Remark]:
    """The warnings about what the ellipses of a quotation leave out."""
    for before, after in pairwise(placed):
        first, last = before.alignment.last + 1, after.alignment.first - 1
        if first > last:
            continue
        ground: Ground = before.ground
        start = ground.folded.spans[first][0]
        stop = ground.folded.spans[last][1]
        # A full stop after the last word belongs to its sentence.
        whole = [
            span
            for span in sentences(ground.text)
            if start <= _first_word(ground, span) and span.stop <= ground.folded.spans[last + 1][0]
        ]
        inside = ground.text[whole[0].start : whole[-1].stop] if whole else ""
        if (remark := hidden(ground.text[start:stop], inside)) is not None:
            yield remark


def _first_word(ground: Ground, sentence: Span) -> int:
    return next((a for a, _ in ground.folded.spans if a >= sentence.start), sentence.start)


def _place(match: Match, pinpoint: Pinpoint, reports: Collection[str] | None) -> Iterator[Remark]:
    """Whether the words stand where they are cited from, and still do."""
    stretches = [stretch for one in match.placed for stretch in _where(one)]
    if any(not stretch.standing.current for stretch in stretches):
        old = next(stretch for stretch in stretches if not stretch.standing.current)
        yield Remark(
            verdict=Verdict.OLDER_VERSION,
            words=f"version {old.standing.version} of {old.standing.passage.report.id} has them, "
            "its newest has not",
        )
    missed = missing(stretches, pinpoint, reports)
    if missed and not match.apart:
        where = _named(stretches[0])
        yield Remark(
            verdict=Verdict.WRONG_PLACE,
            words=f"not in {' or '.join(missed)}, but in {where}",
        )


def missing(
    stretches: Sequence[Stretch], pinpoint: Pinpoint, reports: Collection[str] | None
) -> list[str]:
    """What of a citation the place of some words does not meet, in words; any of them may."""
    passages = [stretch.standing.passage for stretch in stretches]
    if reports is not None and not any(passage.report.id in reports for passage in passages):
        return ["the report that is cited"]
    options = [pinpoint.missed(stretch.passage) for stretch in stretches]
    return min(options, key=len)


def _named(stretch: Stretch) -> str:
    return f"{stretch.passage.report.id}, {place_of(stretch.passage)}"


def _where(one: Placed) -> tuple[Stretch, ...]:
    return one.ground.stretches(one.alignment.first, one.alignment.last)
