"""The answering sentence, grown to its neighbours where alone it would mislead.

| the sentence                                             | also shown                  |
|----------------------------------------------------------|-----------------------------|
| opens or closes inside a quotation or a bracket          | as far as that goes         |
| is only a heading or the date line of a press item       | what follows                |
| stands wholly in brackets                                | the sentence before         |
| is followed by a contrast, a correction or a denial      | the sentence after          |
| begins with one itself                                   | the sentence before         |
| has a pronoun or a demonstrative for its subject         | the sentence before         |

At most two sentences, a later contrast before an earlier antecedent; three only where a contrast
stands on both sides, a press item's date and title come before its text, or a quotation runs that
long. A quotation or bracket longer than that, or one never closed, is left cut.
Whole sentences only, so no "not", "but" or "unless" inside one is ever dropped.
"""

import re

from corpus.english.sentences import sentences
from corpus.passage import Span

MOST_SENTENCES = 2
# With a contrast on both sides, a press item, or a quotation.
MOST_WHERE_CUT = 3

_CONTRAST = re.compile(
    r"[\"“(]?(?:"
    r"(?:But|Nevertheless|Nonetheless|Notwithstanding|Even so|Conversely|Regardless|Unless|Except|"
    r"And yet)\b"
    r"|However,|However (?:the|this|these|it|they|he|she|there|in)\b"
    r"|Yet(?: (?!to|another|again)|,)|Still,|That said,|All the same,|Instead,|Rather,"
    r"|In (?:fact|reality|practice|truth|contrast)\b|Contrary to (?:this|these|that|the)\b"
    r"|On the (?:other hand|contrary)\b|By contrast\b"
    r"|(?:Despite|In spite of|Although|Though) (?:this|that|these|those|it|they|such|its|their)\b)"
)
_THESE = r"[Tt]h(?:is|at|ese|ose)|[Ii]t|[Tt]hey|[Ww]hich"
_CLAIM = r"(?:claim|report|allegation|accusation|account|assertion|statement|finding|figure)s?"
_DENIED = r"(?:contradicted|denied|disputed|refuted)"
# A plan is rejected too; only claims are rejected as untrue.
_REJECTED = rf"(?:{_DENIED}|rejected|dismissed|questioned|challenged)"
_WAS = r"(?:was|were|is|are|has been|have been)"
_BY = r"(?: by (?:(?!who\b|which\b|that\b|as\b)[^\s,;:.()]+\s?)+(?<!\s))?"
CONTRADICTION = re.compile(
    rf"\b(?:{_THESE}) {_WAS} (?:\w+ly )?{_DENIED}\b{_BY}"
    rf"|\b[Tt]h(?:e|is|at|ese|ose) {_CLAIM} {_WAS} (?:\w+ly )?{_REJECTED}\b{_BY}"
    rf"|\b{_DENIED} (?:this|that|it|these)(?=[,.;:]|$)"
    rf"|\b{_REJECTED} (?:the|this|that|these|those|such) {_CLAIM}\b"
)
_PRONOUN = r"(?:this|that|these|those|it|they|he|she)"
# A subject that is somewhere before: not "It is possible that", "This year", "Both men and women".
_ANAPHOR = re.compile(
    r"[\"“(]?(?:"
    r"This(?! (?:year|month|week|time|today|morning)\b)|Those(?! (?:who|that|in|with|under)\b)"
    r"|That(?! (?:year|month|said)\b)|These(?! days\b)"
    r"|It(?! (?:is|was|has been|remains?|remained|seems?|appears?|became|becomes) (?:also |not |"
    r"still |now |widely )*(?:possible|impossible|clear|unclear|important|necessary|likely|"
    r"unlikely|difficult|hard|easy|common|known|unknown|forbidden|illegal|believed|estimated|"
    r"reported|thought|alleged|feared|expected|true|that)\b)"
    r"|They|He|She|Its|Their|His|Her|Neither|Nor|Such(?! as\b)|The (?:same|latter|former)"
    r"|Both (?:of (?:them|these)|were|are|was|had|have|did|do|can|will|sides|groups|cases)"
    r"|(?:Some|Many|Most|Few|None|All|One|Two|Several) of (?:them|these|those)"
    rf"|(?:While|Whereas|If|Because|Since|As|After|Before|When) {_PRONOUN}"
    # A pronoun after "In July,": the first comma within six words.
    r"|(?:In|On|By|At|During|Since|From|Under|As a result|Also|Later|Then)(?: [^\s,.]+){0,5},"
    rf" {_PRONOUN}(?! (?:is|was) (?:possible|impossible|clear|unclear|difficult|estimated)\b)"
    r")\b"
)
_CLOSED = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
# "May 23, 2022 • Report", "2022-05-23 · Report · Title": the first line of a press item.
_DATED = re.compile(r"(?=[^.•·\n]*[•·])[^.•·\n]*?\d{4}")
_PAIRS = {"(": ")", "[": "]", "“": "”", "«": "»"}
_MARK = re.compile(r"[()\[\]“”«»]")


def widen(text: str, sentence: Span) -> Span:
    """The highlight for an answering sentence of a text: it, and what it needs around it.

    A span that ends inside a sentence is taken to that sentence's ends. Raises ValueError where
    the span holds no sentence of the text.
    """
    spans = sentences(text)
    inside = [
        index
        for index, span in enumerate(spans)
        if span.start < sentence.stop and sentence.start < span.stop
    ]
    if not inside or sentence.stop > len(text):
        raise ValueError(f"no sentence of the text at {sentence.start}:{sentence.stop}")
    first, last = _around(text, spans, inside[0], inside[-1])
    return Span(start=spans[first].start, stop=spans[last].stop)


def opens_with_contrast(sentence: str) -> bool:
    """Whether a sentence begins by limiting or correcting the one before it."""
    return _CONTRAST.match(sentence) is not None


def enclosures(text: str) -> list[Span]:
    """Quotations and brackets of a text, closed ones only, marks included.

    Straight quotation marks count where their number is even; single ones never, since they may
    be apostrophes.
    """
    found: list[Span] = []
    opened: list[tuple[str, int]] = []
    straight = [match.start() for match in re.finditer('"', text)]
    if len(straight) % 2 == 0:
        pairs = zip(straight[::2], straight[1::2], strict=True)
        found = [Span(start=start, stop=stop + 1) for start, stop in pairs]
    for match in _MARK.finditer(text):
        if match[0] in _PAIRS:
            opened.append((_PAIRS[match[0]], match.start()))
            continue
        while opened:
            closer, start = opened.pop()
            if closer == match[0]:
                found.append(Span(start=start, stop=match.end()))
                break
    return sorted(found, key=lambda span: span.start)


def _around(text: str, spans: list[Span], first: int, last: int) -> tuple[int, int]:
    """Indexes of the first and the last sentence to show."""
    pieces = [text[span.start : span.stop] for span in spans]
    headings = [_is_heading(text, spans, index) for index in range(len(spans))]
    if all(headings[first : last + 1]):
        while last + 1 < len(spans) and headings[last] and last - first + 1 < MOST_WHERE_CUT:
            last += 1
        return _uncut(text, spans, first, last)
    first, last = _uncut(text, spans, first, last)
    before = first > 0 and not headings[first - 1]
    contrast_before = before and opens_with_contrast(pieces[first])
    contrast_after = last + 1 < len(spans) and _corrects(pieces[last + 1])
    needs_before = before and (
        contrast_before
        or _ANAPHOR.match(pieces[first]) is not None
        or CONTRADICTION.search(pieces[first]) is not None
        or (pieces[first].startswith("(") and pieces[first].endswith(")"))
    )
    grown = (first, last)
    if contrast_after and last - first + 1 < MOST_SENTENCES:
        grown = (first, last + 1)
    most = MOST_WHERE_CUT if contrast_before and contrast_after else MOST_SENTENCES
    if needs_before and grown[1] - first + 1 < most:
        grown = (first - 1, grown[1])
    closed = _uncut(text, spans, *grown)
    return closed if _is_uncut(text, spans, *closed) else grown


def _corrects(sentence: str) -> bool:
    return opens_with_contrast(sentence) or CONTRADICTION.search(sentence) is not None


def _is_heading(text: str, spans: list[Span], index: int) -> bool:
    """Whether a line stands alone, ends as no sentence does and has something under it."""
    if index + 1 == len(spans):
        return False
    line = text[spans[index].start : spans[index].stop]
    gap = text[spans[index].stop : spans[index + 1].start]
    return gap.count("\n") > 1 and not (_CLOSED.search(line) and not _DATED.match(line))


def _uncut(text: str, spans: list[Span], first: int, last: int) -> tuple[int, int]:
    """Grown until no quotation or bracket is cut; as it was where that takes too many."""
    grown = (first, last)
    while not _is_uncut(text, spans, *grown):
        start, stop = spans[grown[0]].start, spans[grown[1]].stop
        cut = _cut_by(text, start, stop)
        grown = (
            grown[0] - any(enclosure.start < start for enclosure in cut),
            grown[1] + any(enclosure.stop > stop for enclosure in cut),
        )
        if grown[1] - grown[0] + 1 > MOST_WHERE_CUT:
            return first, last
    return grown


def _is_uncut(text: str, spans: list[Span], first: int, last: int) -> bool:
    return not _cut_by(text, spans[first].start, spans[last].stop)


def _cut_by(text: str, start: int, stop: int) -> list[Span]:
    """Enclosures of a text that lie on both sides of an edge of a stretch."""
    return [
        enclosure
        for enclosure in enclosures(text)
        if enclosure.start < start < enclosure.stop or enclosure.start < stop < enclosure.stop
    ]


def answer_candidates(text: str) -> list[Span]:
    """The sentences that may answer: not those wholly in brackets, which say where it stands."""
    found = sentences(text)
    bare = [span for span in found if text[span.start] != "(" or text[span.stop - 1] != ")"]
    return bare or found
