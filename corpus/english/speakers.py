"""Who speaks in a sentence: "according to", a subject with its verb of saying, "denied by".

A subject is what stands between the last clause boundary and the verb. It counts where its head,
the part before the first preposition, names a source: a body, an office or a document of the list
below, an acronym, or a name of two words. So "violations by the government reported in May" names
none. Verbs that also mean something else (to show, to find, to deny) need what follows them to be
a statement.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from corpus.passage import Span

# The longest that the rules were written for, a UN mandate holder with office and country, has 18
# words before the verb.
LONGEST_SUBJECT = 20
LONGEST_NAME = 14
# No word of a name is longer than 60 letters, and no verb has more than eight words before it: a
# bound keeps a row of them from being read again from each (_BODY, _SAYS).

_SOURCES = (
    r"government|authorit(?:y|ies)|leader(?:ship)?|media|agenc(?:y|ies)|newspapers?|television|"
    r"officials?|ministr(?:y|ies)|ministers?|spokes\w+|president|chair\w*|secretary|commission(?:er)?|"
    r"committee|council|rapporteur|envoy|ambassador|army|military|police|prosecutors?|courts?|judges?|"
    r"embassy|state|party|parliament|reports?|stud(?:y|ies)|surveys?|articles?|statements?|documents?|"
    r"statistics|figures|data|estimates|images|records|sources?|witness(?:es)?|survivors?|defectors?|"
    r"escapees?|refugees?|detainees|prisoners|famil(?:y|ies)|relatives?|lawyers?|activists?|campaigners?|"
    r"researchers?|scientists?|experts?|analysts?|observers|critics|monitors?|investigators|"
    r"journalists?|organi[sz]ations?|groups?|NGOs?|charit(?:y|ies)|doctors|residents|historians|"
    r"scholars|publication|review|inquiry|panel|opposition|press|victims?|attorneys?|ombuds\w+|unions?|"
    r"advocates?|outlets?|census|representatives?|civil society"
)
_SOURCE = re.compile(rf"\b(?:{_SOURCES})\b", re.IGNORECASE)
_BODY = re.compile(r"\b(?:[A-Z]{2,}\w*|Amnesty|[A-Z][\w’'-]{1,60} [A-Z][\w’'-]+)\b")
_NAME = re.compile(r"\b[A-Z]\w\w")
_NO_SUBJECT = re.compile(
    r"^such as\b|^This (?:report|publication)\b|\b(?:and|or|of|no|to)$|[’']s?$"
)
_HEAD_ENDS = re.compile(
    r",| (?:of|on|in|by|for|from|to|with|about|at|under|into|against|provided|published|issued)\b"
)
_AUXILIARY = re.compile(
    r"\b(?:was|were|is|are|be|been|being|had|has|have|did|does|do|will|would|can|could|may|might|"
    r"must|should|not|never|said|told|revealed|claimed|remained|became|led|took|made)\b",
    re.IGNORECASE,
)
_OPENS_CLAUSE = (
    "that|but|because|when|while|although|though|as|after|before|since|if|whether|where|yet|so|"
    "which|who|despite|what|however"
)
# Not without regard to case: WHO is a source.
_BOUNDARY = re.compile(
    rf"[,;:()“”\"]|\s[–—]|\b(?:{_OPENS_CLAUSE}|"
    rf"{'|'.join(word.capitalize() for word in _OPENS_CLAUSE.split('|'))})\b"
)
_SAYS = re.compile(
    r" (?P<before>(?:also |still |later |repeatedly |publicly |again |further |then |has |have |"
    r"had |itself ){0,8})(?P<verb>"
    r"said\b|says?\b|stated(?= (?:that|in|on|at)\b|[:,])|testified\b|alleged\b|"
    r"insist(?:ed|s)?(?= that\b)|"
    r"told(?= [^,.;]{2,60}? that\b| [A-Z])|claim(?:s|ed)?\b(?! by\b)|warn(?:s|ed)?\b|"
    r"reported\b(?! (?:by|in|from|missing|dead)\b)|"
    r"announced\b(?! (?:by|in|on)\b)|acknowledged\b|admitted\b(?! to\b)|"
    r"wrote(?= (?:that|on|in)\b|[,:])|"
    r"believes?(?= that\b)|"
    r"estimated\b(?! (?:at|to be|by)\b)|estimates?(?= that\b)|"
    r"confirmed\b(?! (?:by|cases?|deaths?)\b)|"
    r"(?:conclude[sd]?|find|finds|found|show|shows|showed|add|adds|added|argue[sd]?|note[sd]?|"
    r"reveal(?:s|ed)?|state|states|maintain(?:s|ed)?|indicate[sd]?|suggest(?:s|ed)?)(?= that\b)|"
    r"(?:revealed|contradicted) this|indicated\b(?! (?:by|in)\b)|"
    r"documented\b(?! (?:by|in|cases?)\b)|"
    r"denie[sd](?= (?:that\b|any\b|the (?:existence|allegations?|claims?|reports?)\b|having\b|"
    r"this\b|responsibility\b|involvement\b|\w+ing\b))|issued (?:a|the following) statement"
    r")\b"
)
_BRACKETED = re.compile(r"\([^()]*\)")
_LEADING = re.compile(r"\s*(?:However|In \w+(?: \d{4})?|Meanwhile|Moreover|Also|And|But|Yet)?\s*")
_ACCORDING = re.compile(r"[Aa]ccording to (?P<source>[^,;:()–—“”\"]+)")
_NO_SOURCE = re.compile(
    r"(?:him|her|it|them|this|these|that|which)\b|(?:a |an |the |their |its |his |her )?(?:\w+ )?"
    r"(?:laws?|plan|schedule|tradition|custom|age|rank|size|how|whether|need|rules?|type)\b"
)
_NAME_ENDS = re.compile(
    r" (?:that|which|who|but|while|as of|where|dated|was|were|is|are|has|had|have)\b"
    r"| (?:in|on) \w+ \d{4}\b|(?<!\s)\s*\.?$"
    r"| and (?=(?:the|a|its) [\w ]{0,40}\b(?:was|were|is|are|went|had)\b)"
)
_CAPITALS = r"(?:the )?[A-Z][\w’'-]*(?: (?:of|for|and|the)(?= [A-Z])| [A-Z][\w’'-]*)*"
_INVERTED = re.compile(
    r"[,”\"] ?(?P<words>(?:said|says|warned|warns|reveals?|revealed|reports|reported|wrote|added|"
    r"explained|claimed|noted) "
    rf"(?:{_CAPITALS}|the (?:{_SOURCES})(?: of \d{{1,2}} \w+ \d{{4}})?))"
)
_BY = re.compile(
    r"\b(?:reported|claimed|alleged|confirmed|denied|acknowledged|documented|described) "
    r"by (?P<source>[^,;:.()“”\"]+)"
)
_WHO_SAID = re.compile(
    r"\b(?:by|from|of|to) (?P<words>(?P<source>(?:[^\s,;:.()]+ ){1,4}?)(?:who|which|that) "
    r"(?:have |had )?(?:reported|said|claimed|alleged|told|estimated))\b"
)


def sources(text: str, sentence: Span) -> list[Span]:
    """The stretches of a sentence of a text that say who says so, in order, not overlapping."""
    said = text[sentence.start : sentence.stop]
    found = sorted(
        [*_according(said), *_relative(said), *_by(said), *_inverted(said), *_subjects(said)]
    )
    spans: list[Span] = []
    for start, stop in found:
        if not spans or sentence.start + start >= spans[-1].stop:
            spans.append(Span(start=sentence.start + start, stop=sentence.start + stop))
    return spans


def names_source(phrase: str) -> bool:
    """Whether the head of a noun phrase is a body, an office, a document, or a name."""
    head = phrase[: match.start()] if (match := _HEAD_ENDS.search(phrase)) else phrase
    return bool(_SOURCE.search(head) or _BODY.search(head))


def _according(said: str) -> Iterator[tuple[int, int]]:
    for match in _ACCORDING.finditer(said):
        end = _NAME_ENDS.search(match["source"])
        source = match["source"][: end.start()] if end else match["source"].rstrip()
        if len(source.split()) > LONGEST_NAME:
            name = re.match(_CAPITALS, source)
            source = name[0] if name else ""
        opens = match.start() == 0 or said[: match.start()].rstrip()[-1:] in ",;:–—(“"
        named = names_source(source) or (opens and _NAME.search(source))
        if source and named and not _NO_SOURCE.match(source):
            yield match.start(), match.start("source") + len(source)


def _by(said: str) -> Iterator[tuple[int, int]]:
    for match in _BY.finditer(said):
        end = re.search(
            r" (?:who|which|that|as|and|but|in|on|after|when|while)\b|$", match["source"]
        )
        assert end is not None
        if names_source(match["source"][: end.start()]):
            yield (
                match.start(),
                match.start("source") + len(match["source"][: end.start()].rstrip()),
            )


def _relative(said: str) -> Iterator[tuple[int, int]]:
    for match in _WHO_SAID.finditer(said):
        if names_source(match["source"]):
            yield match.span("words")


def _inverted(said: str) -> Iterator[tuple[int, int]]:
    for match in _INVERTED.finditer(said):
        yield match.span("words")


def _subjects(said: str) -> Iterator[tuple[int, int]]:
    said = _BRACKETED.sub(lambda match: "_" * len(match[0]), said)
    edges = [0, *(match.end() for match in _BOUNDARY.finditer(said))]
    words = [match.start() for match in re.finditer(r"\S+", said)]
    for match in _SAYS.finditer(said):
        start = _subject_start(said, match.start(), edges)
        within = bisect_left(words, match.start()) - bisect_right(words, start)
        if within < LONGEST_SUBJECT and _is_subject(said[start : match.start()]):
            yield start, match.end()


def _subject_start(said: str, stop: int, edges: Sequence[int]) -> int:
    """Where the subject begins that ends at `stop`; an apposition belongs to it."""
    last = bisect_right(edges, stop) - 1
    if said[stop - 1 : stop] == "," and last > 1:
        last -= 2
    lead = _LEADING.match(said, edges[last], stop)
    assert lead is not None
    return lead.end()


def _is_subject(subject: str) -> bool:
    head = subject.split(",", maxsplit=1)[0]
    return (
        0 < len(subject.split()) <= LONGEST_SUBJECT
        and not _NO_SUBJECT.search(head)
        and not _AUXILIARY.search(head)
        and subject.count("(") == subject.count(")")
        and names_source(head)
    )
