"""Who says so, and how surely: the hedges and attributions that govern an answering sentence.

| where               | read as                                     | kind           |
|---------------------|---------------------------------------------|----------------|
| in the sentence     | according to a source                       | who            |
|                     | a source, then a verb of saying             | who            |
|                     | a verb of saying, then a name, after a      | who            |
|                     | quotation or a comma                        |                |
|                     | reported, denied ... by a source            | who            |
|                     | reportedly, unconfirmed reports, believed   | how surely     |
|                     | to, appeared to, reports of, as of a date   |                |
| the sentence before | its only source, where this sentence says   | who            |
|                     | "it added", "the same report"               |                |
| around the sentence | the speaker of a quotation that goes on     | who            |
| the sentence after  | "contradicted by", "denied this"            | contradicted   |
|                     | "the true situation remained unclear"; also | how surely     |
|                     | for what a contradiction there is about     |                |

A source is a body, an office or a document (a list below), an acronym, or a name of two words.
Every tag is a verbatim stretch. A wrong attribution is worse than none: what "he said" refers to
is left open where the sentence before names two sources, a subject with a verb of its own is not
taken, and nothing is carried over more than one sentence that does not refer back.
"""

import enum
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.english.highlighting import CONTRADICTION, enclosures
from corpus.english.sentences import sentences
from corpus.english.speakers import sources
from corpus.passage import Span
from corpus.quoted import Quoted

# Words from the start of a denying sentence to whom it is by; the report's own has seven.
LONGEST_CONTRADICTION = 12

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_HEDGES = (
    r"\b(?:reportedly|allegedly|apparently|ostensibly|purportedly|supposedly|presumably|probably|"
    r"possibly|perhaps)\b",
    r"\b(?:the same )?(?:unconfirmed|unverified|unsubstantiated|conflicting|anecdotal) "
    r"(?:reports?|accounts?|claims?|allegations?|information|evidence)"
    r"(?: (?:also )?(?:indicated?|suggest(?:ed)?|said|say|says|claim(?:ed)?))?\b",
    r"\b(?:was|were|is|are|been|being|be)(?: (?:still|also|widely|not|now|generally))? "
    r"(?:believed|thought|estimated|alleged|rumou?red|feared|presumed|known|suspected|"
    r"reported) to\b",
    r"\b(?:was|were) said to\b",
    r"\b(?:continue[sd]? to |went on )?(?:was|were|is|are|been|being|be)"
    r"(?: (?:still|also|widely))? (?:reported|alleged|rumou?red)\b(?! (?:to|by)\b)",
    r"\b(?:appear|seem)(?:s|ed)? to\b(?! (?:us|me|him|her|them)\b)",
    r"\b(?:there (?:was|were|are|have been)(?: \w+)? (?:reports?|allegations?|claims?|rumou?rs)"
    r"|(?:with|amid|several|some|many|numerous) (?:reports|allegations|claims|rumou?rs)) "
    r"(?:of|that)\b",
    r"\bit (?:is|was|remain(?:s|ed)) (?:unclear|unknown|not (?:clear|known))\b",
    r"\b(?:may|might) have(?= (?:\w+ly )?(?:been|\w+ed|\w+en)\b)",
    r"\b(?:could|can) ?not be (?:independently )?(?:verified|confirmed)\b",
    rf"\bas of (?:(?:early|mid|late|the end of)[ -])?(?:\d{{1,2}} )?(?:{_MONTH}(?: \d{{4}})?"
    r"|\d{4}|that (?:month|year|date)|now)\b",
)
_HEDGE = re.compile("|".join(_HEDGES), re.IGNORECASE)
_UNCLEAR = re.compile(
    r"(?:The (?:true|real|actual|exact|full) [\w ]{3,40}?|What (?:was|is) true) "
    r"(?:was|were|is|are|remains?|remained) (?:\w+ )?(?:unclear|unknown|uncertain|disputed)"
    r"|(?:This|These|Neither|None of (?:this|these))(?: \w+){0,3} (?:could|can)(?: ?not)? "
    r"be (?:independently )?(?:verified|confirmed)"
)
_BACKWARD = re.compile(
    r"\b(?P<subject>[Ii]t|[Tt]hey|[Hh]e|[Ss]he|[Tt]he (?:same )?(?:report|study|survey|sources?|"
    r"statement|organi[sz]ation|agency|article)) (?:also |further )?(?P<verb>said|says|say|added|"
    r"stated|reported|noted|found|warned|wrote|claimed|estimated|continued|indicated|suggested)\b"
    r"(?! by\b)"
)
_DOCUMENT = re.compile(r"(?:report|study|survey|source|statement|article)")
_PERSON = re.compile(
    r"\b(?:leader|rapporteur|spokes\w+|minister|secretary|president|commissioner|director|"
    r"general|chair\w*|expert|ambassador|envoy)\b",
    re.IGNORECASE,
)
# Two words with capitals and no acronym: Salil Shetty, Kim Jong-un.
_PERSON_NAME = re.compile(
    r"^(?:said|says|warned|added) [A-Z][a-z]+ [A-Z][a-z-]+$|^[A-Z][a-z]+ [A-Z][a-z-]+ said$"
)


class TagKind(enum.StrEnum):
    """What a tag tells of a sentence."""

    WHO = "who"
    HOW_SURELY = "how surely"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A hedge or an attribution, in the words of the text."""

    kind: TagKind
    quoted: Quoted

    @property
    def words(self) -> str:
        """The words that hedge or attribute."""
        return self.quoted.quotation

    @property
    def span(self) -> Span:
        """Where they stand in the text."""
        return self.quoted.span

    def __str__(self) -> str:
        """The words; a contradiction says that it is one."""
        return f"contradicted: {self.words}" if self.kind is TagKind.CONTRADICTED else self.words


def tags(quoted: Quoted) -> tuple[str, ...]:
    """Who says what is quoted and how surely, in short phrases, in the text's order."""
    return tuple(dict.fromkeys(str(tag) for tag in attributions(quoted)))


def attributions(quoted: Quoted) -> tuple[Tag, ...]:
    """The tags that govern a quotation, in the text's order, none inside another."""
    text, quotation = quoted.text, quoted.span
    spans = sentences(text)
    inside = [
        index
        for index, span in enumerate(spans)
        if span.start < quotation.stop and quotation.start < span.stop
    ]
    found: list[Tag] = []
    for index in inside:
        found += _within(text, spans[index])
        found += _from_before(text, spans, index)
        found += _from_quotation(text, spans, index)
        found += _from_after(text, spans, index)
    return _outermost(found)


def _within(text: str, sentence: Span) -> Iterator[Tag]:
    """What the sentence itself says."""
    said = text[sentence.start : sentence.stop]
    for match in _HEDGE.finditer(said):
        yield _tag(TagKind.HOW_SURELY, text, sentence.start + match.start(), len(match[0]))
    if unclear := _UNCLEAR.search(said):
        yield _tag(TagKind.HOW_SURELY, text, sentence.start + unclear.start(), len(unclear[0]))
    for source in sources(text, sentence):
        yield Tag(kind=TagKind.WHO, quoted=Quoted(text=text, span=source))


def _from_before(text: str, spans: list[Span], index: int) -> Iterator[Tag]:
    """The source that "it added" or "the same report said" goes back to, if it is one only."""
    subjects = []
    while index > 0:
        backward = _BACKWARD.search(text[spans[index].start : spans[index].stop])
        if backward is None:
            return
        subjects.append(backward["subject"].lower())
        index -= 1
        before = [
            tag
            for tag in _within(text, spans[index])
            if tag.kind is TagKind.WHO and not tag.words.lower().startswith("the same ")
        ]
        if before:
            if len(before) == 1 and all(_agrees(one, before[0].words) for one in subjects):
                yield before[0]
            return


def _agrees(subject: str, source: str) -> bool:
    """Whether a subject can stand for a source.

    He and she for a person, it for anything else, "the report" for what is called a report.
    """
    document = _DOCUMENT.search(subject)
    if document is not None:
        return document[0] in source.lower()
    person = bool(_PERSON.search(source) or _PERSON_NAME.search(source))
    if subject in {"he", "she"}:
        return person
    return subject == "they" or not person


def _from_quotation(text: str, spans: list[Span], index: int) -> Iterator[Tag]:
    """Who speaks where the sentence lies in a quotation that another sentence opens or closes."""
    sentence, starts = spans[index], [span.start for span in spans]
    for quotation in enclosures(text):
        across = quotation.start < sentence.stop and sentence.start < quotation.stop
        if text[quotation.start] not in '“«"' or not across:
            continue
        # The sentences that it begins and ends in.
        ends = {bisect_right(starts, place) - 1 for place in (quotation.start, quotation.stop - 1)}
        for other in (spans[end] for end in sorted(ends)):
            if other != sentence:
                yield from (
                    tag
                    for tag in _within(text, other)
                    if tag.kind is TagKind.WHO
                    and not quotation.start < tag.span.start < quotation.stop
                )


def _from_after(text: str, spans: list[Span], index: int) -> Iterator[Tag]:
    """What the next sentences take back of this one: a denial, then a truth that is unclear."""
    following = index + 1
    while following < len(spans):
        start = spans[following].start
        said = text[start : spans[following].stop]
        if denied := CONTRADICTION.search(said):
            if following == index + 1:
                whole = len(said[: denied.end()].split()) <= LONGEST_CONTRADICTION
                begin = 0 if whole else denied.start()
                length = denied.end() - begin
                yield _tag(TagKind.CONTRADICTED, text, start + begin, length)
            following += 1
            continue
        if unclear := _UNCLEAR.match(said):
            yield _tag(TagKind.HOW_SURELY, text, start, unclear.end())
        return


def _tag(kind: TagKind, text: str, start: int, length: int) -> Tag:
    span = Span(start=start, stop=start + length)
    return Tag(kind=kind, quoted=Quoted(text=text, span=span))


def _outermost(found: list[Tag]) -> tuple[Tag, ...]:
    """Tags in order; of two that overlap, a contradiction, then the hedge, then the longer."""
    order = list(TagKind)[::-1]
    kept: list[Tag] = []
    for tag in sorted(found, key=lambda tag: (order.index(tag.kind), -len(tag.words))):
        place = bisect_right(kept, tag.span.start, key=lambda other: other.span.start)
        beside = kept[max(place - 1, 0) : place + 1]
        if all(o.span.stop <= tag.span.start or tag.span.stop <= o.span.start for o in beside):
            kept.insert(place, tag)
    return tuple(kept)
