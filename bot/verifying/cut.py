"""What a quotation cuts off that changes what it says: at its ends, and in its ellipses."""

import re
from collections.abc import Iterator

from bot.verifying.finding import Remark, Stretch, Verdict
from bot.verifying.wording import is_negation
from corpus.english.attribution import Tag, TagKind, attributions
from corpus.english.folded import fold
from corpus.english.highlighting import enclosures
from corpus.english.sentences import sentences
from corpus.passage import Span
from corpus.quoted import Quoted

_LIMIT = re.compile(
    r"\b(?:but|unless|except(?:ing)?|only|however|(?:al)?though|provided (?:that|they|it)|if|until|"
    r"subject to|other than|instead of|rather than|despite|notwithstanding)\b",
    re.IGNORECASE,
)
# Of one thing more nothing is limited; "even though" and "as if" limit.
_NO_LIMIT = re.compile(r"\b(?:not only|but also|if any|as if)\b", re.IGNORECASE)
_CONCEDES = re.compile(r"(?:while|whereas)\b[^,]*,[^,]*$", re.IGNORECASE)
# What denies the words after it, where nothing parts the two.
_DENIES = re.compile(r"\b(?:not|no|never|denied|without|neither|nor)\b[^,;:]*$", re.IGNORECASE)
_VERBS = (
    r"said|says?|stated?|reported|alleged|claimed|argued|suggested|estimated|believed|asserted|"
    r"maintained|noted|found|warned|added|complained|indicated|acknowledged|denied|confirmed"
)
# Whoever it is: also what is no body and no person, such as a law or an account.
_SAID_BEFORE = re.compile(
    rf"\baccording to [^,;]{{3,90}}|(?:\w+[ ,]+){{0,6}}\b(?:{_VERBS})(?: that)?[\s“\"‘]*$",
    re.IGNORECASE,
)
_SAID_AFTER = re.compile(r"\baccording to (?:\w+ ?){1,6}", re.IGNORECASE)
_SAYING = re.compile(rf"\b(?:according to|{_VERBS})\b", re.IGNORECASE)
_HEDGES = re.compile(
    r"\b(?:reportedly|allegedly|apparently|purportedly|supposedly|presumably|probably|possibly|"
    r"perhaps|unconfirmed|unverified)\b",
    re.IGNORECASE,
)
MOST_SENTENCES_HIDDEN = 2
_SHORTEST_NAME = 2
_NO_NAMES = frozenset({"the", "that", "and", "for", "its", "their"})


def cut_off(first: Stretch, last: Stretch, around: str) -> Iterator[Remark]:
    """The warnings about both ends of a quotation that begins in one stretch and ends in another.

    `around` is the draft's own sentence: what it says of a speaker or a doubt is not cut off.
    """
    before, lost_before = _before(first)
    after, lost_after = _after(last)
    for verdict, cut, tags in (
        (Verdict.STARTS_LATE, before, lost_before),
        (Verdict.STOPS_EARLY, after, lost_after),
    ):
        if lost := _lost(cut, tags, around, is_before=verdict is Verdict.STARTS_LATE):
            yield Remark(verdict=verdict, words=f"“{lost}” is cut off")


def hidden(omitted: str, inside: str) -> Remark | None:
    """The warning about what an ellipsis leaves out; `inside` is what stands whole in it.

    The first of a condition, a negation, or more than two sentences.
    """
    plain = _NO_LIMIT.sub("", omitted)
    limit = _LIMIT.search(plain)
    if limit:
        return Remark(
            verdict=Verdict.ELLIPSIS_HIDES, words=f"a condition, “{_with_words(plain, limit)}”"
        )
    denial = next((word for word in fold(plain).words if is_negation(word)), None)
    if denial:
        return Remark(verdict=Verdict.ELLIPSIS_HIDES, words=f"a negation, “{denial}”")
    count = len(sentences(inside)) if inside.strip() else 0
    if count > MOST_SENTENCES_HIDDEN:
        return Remark(verdict=Verdict.ELLIPSIS_HIDES, words=f"{count} sentences")
    return None


def _before(stretch: Stretch) -> tuple[str, list[Tag]]:
    """What of its sentence stands before a quotation, and who and how surely is told there."""
    text, start = stretch.standing.passage.text, stretch.span.start
    sentence = next((s for s in sentences(text) if s.start <= start < s.stop), None)
    if sentence is None or not fold(text[sentence.start : start]).words:
        return "", []
    tags = [tag for tag in _tags(stretch) if sentence.start <= tag.span.start < start]
    return text[sentence.start : start], tags + _spoken(stretch, sentence)


def _after(stretch: Stretch) -> tuple[str, list[Tag]]:
    """The same of what stands after it, with what the next sentence contradicts."""
    text, stop = stretch.standing.passage.text, stretch.span.stop
    sentence = next((s for s in sentences(text) if s.start < stop <= s.stop), None)
    # A contradiction later in the next sentence may be of something that this one tells.
    starts = {span.start for span in sentences(text)}
    found = [
        tag
        for tag in _tags(stretch)
        if tag.span.start >= stop
        and (
            (tag.kind is TagKind.CONTRADICTED and tag.span.start in starts)
            or (sentence and tag.span.start < sentence.stop)
        )
    ]
    if sentence is None or not fold(text[stop : sentence.stop]).words:
        return "", [tag for tag in found if tag.kind is TagKind.CONTRADICTED]
    return text[stop : sentence.stop], found


def _tags(stretch: Stretch) -> tuple[Tag, ...]:
    return attributions(Quoted(text=stretch.standing.passage.text, span=stretch.span))


def _spoken(stretch: Stretch, sentence: Span) -> list[Tag]:
    """Who speaks a speech that the quotation is taken out of."""
    text, span = stretch.standing.passage.text, stretch.span
    inside = any(
        one.start < span.start and span.stop < one.stop and text[one.start] in '“«"'
        for one in enclosures(text)
    )
    if not inside:
        return []
    return [
        tag
        for tag in _tags(stretch)
        if tag.kind is TagKind.WHO and not sentence.start <= tag.span.start < sentence.stop
    ]


def _lost(cut: str, tags: list[Tag], around: str, *, is_before: bool) -> str | None:
    """The words that are cut off and matter, None where none do."""
    for tag in tags:
        if not _told(tag.kind, tag.words, around):
            return tag.words
    said = (_SAID_BEFORE if is_before else _SAID_AFTER).search(cut)
    if said and not _told(TagKind.WHO, said[0], around):
        return said[0].strip()
    plain = _NO_LIMIT.sub("", cut)
    if limit := _LIMIT.search(plain):
        return _with_words(plain, limit)
    if hedge := _HEDGES.search(cut):
        return None if _HEDGES.search(around) else hedge[0]
    if is_before and (found := _CONCEDES.match(cut.lstrip()) or _DENIES.search(cut)):
        return found[0].strip()
    return None


def _told(kind: TagKind, words: str, around: str) -> bool:
    """Whether the draft's sentence tells who says so, or how surely."""
    if kind is not TagKind.WHO:
        return bool(_HEDGES.search(around)) or words.casefold() in around.casefold()
    names = {word for word in fold(_SAYING.sub("", words)).words if len(word) > _SHORTEST_NAME}
    return bool((names - _NO_NAMES) & set(fold(around).words)) and bool(_SAYING.search(around))


def _with_words(text: str, match: re.Match[str]) -> str:
    """A word with the few that follow it."""
    return " ".join(text[match.start() :].split()[:5]).rstrip(".,;:")
