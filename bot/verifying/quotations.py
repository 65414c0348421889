"""The quotations of a draft, each with the citation that stands beside it.

A quotation is five words or more between quotation marks of any form, or a block quotation. Its
citation is what is in the bracket after it, else in the note after it, else in a bracket of its
sentence that cites, else what its sentence says of a place. What is in quotation marks within a
citation is a title or a section, and no quotation.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.verifying.draft import Draft, Part, PartKind
from corpus.english.folded import fold
from corpus.english.sentences import sentences
from corpus.passage import Span

# Shorter ones are names, terms and titles.
FEWEST_WORDS = 5
_CLOSERS = {"“": "”", "«": "»", "„": "“”", '"': '"', "‘": "’", "'": "'", "‹": "›", "»": "«"}
_SINGLE = "‘'"
_OPENS_SINGLE = re.compile(r"(?:^|(?<=[\s(\[—–:,]))['‘](?=[\w\[“\".…])")
# What follows the end of a quotation rather than an apostrophe.
_ENDS_SINGLE = re.compile(r"\s*(?:$|[\[(.,;:)\]—–]|\d)")
_CITES = re.compile(
    r"\b(?:1[89]|20)\d\d\b|\bparas?\b|\bparagraphs?\b|¶|§|\bpp?\.? ?\d|\bpages?\b|\bpincite\b"
    r"|\bsections?\b|\bnote \d|\bibid\b|\bop\.? cit|https?://|\b[A-Z]+(?:/[A-Z0-9.]+){2,}"
    r"|\[\d+(?:\.\d+)*\]|\bloc\.? cit|\bitem \d",
    re.IGNORECASE,
)
# A bracket that ends a block quotation may be the report's own: "(see section 7)".
_OWN_BRACKET = re.compile(r"\(\s*(?:for [^()]*)?\bsee (?:also )?sections?\b", re.IGNORECASE)
# In running text a year alone cites nothing.
_SAYS_WHERE = re.compile(
    r"\bparas?\.? ?\d|\bparagraphs? \d|¶ ?\d|\bpp?\. ?\d|\bpages? \d|\b[A-Z]+(?:/[A-Z0-9.]+){2,}"
    r"|\b(?:1[89]|20)\d\d (?:[A-Z]\w+ ){0,4}(?:report|entry|note|update)",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d")
# "12." or "(3)" before the draft's own paragraph.
_NUMBER_OF_ITS_OWN = re.compile(r"^\s*[\[(]?\d{1,3}(?:\.\d{1,3})*[.)\]]\s+(?=\S)")
_GIVES_SOURCE = re.compile(r"\s*(?:[—–-]{1,2}\s*|\()")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words in quotation marks, and what the draft says of where they stand.

    `span` is where they stand in the part, without the marks. `citation` is the text that cites
    them, empty where there is none; `sentence` is what the draft's sentence says around them.
    """

    part: Part
    span: Span
    citation: str
    sentence: str

    @property
    def text(self) -> str:
        """The words as the draft has them."""
        return self.part.text[self.span.start : self.span.stop]


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedSentence:
    """A sentence that cites and quotes nothing; `sentence` is what it says without its citation."""

    part: Part
    span: Span
    citation: str
    sentence: str


def quotations(draft: Draft) -> Iterator[Quotation]:
    """The quotations of a draft in order."""
    for before, part, after in _with_neighbours(draft.parts):
        if part.kind is PartKind.BLOCK_QUOTE:
            found = _block(draft, before, part, after)
            if found is not None:
                yield found
        else:
            yield from _inline(draft, part)


def cited_sentences(draft: Draft) -> Iterator[CitedSentence]:
    """The sentences of a draft that cite and have a figure, and quote nothing."""
    for part in draft.parts:
        if part.kind is not PartKind.TEXT:
            continue
        marked = quoted_spans(part.text)
        for span in _sentences(part, marked):
            inside = [one for one in marked if span.start <= one.start < span.stop]
            if any(_is_long(part.text[one.start : one.stop]) for one in inside):
                continue
            citation, said = _cited_and_said(draft, part, span)
            if citation and _FIGURE.search(said):
                yield CitedSentence(part=part, span=span, citation=citation, sentence=said)


def quoted_spans(text: str) -> list[Span]:
    """What stands in quotation marks, outermost ones only, without the marks, in order."""
    found: list[Span] = []
    at = 0
    while at < len(text):
        stop = _closed(text, at) if text[at] in _CLOSERS else None
        if stop is None:
            at += 1
            continue
        if stop > at + 1:
            found.append(Span(start=at + 1, stop=stop))
        at = stop + 1
    return found


def _closed(text: str, at: int) -> int | None:
    """Where a quotation ends that a mark opens, None where the mark opens none."""
    mark = text[at]
    closers = _CLOSERS[mark]
    if mark in _SINGLE:
        return _single_closed(text, at, closers) if _OPENS_SINGLE.match(text, at) else None
    if mark == '"' and text[at + 1 : at + 2].isspace():
        return None
    depth = 1
    for place in range(at + 1, len(text)):
        if text[place] == mark and mark not in closers and mark != "„":
            depth += 1
        elif text[place] in closers:
            depth -= 1
            if not depth:
                return place
    # A paragraph of a quotation that goes on in the next is opened and not closed.
    return len(text) if mark == "“" and at == 0 else None


def _single_closed(text: str, at: int, closer: str) -> int | None:
    """The end of a quotation in single marks, which apostrophes look like."""
    ends = [
        place
        for place in range(at + 2, len(text))
        if text[place] == closer
        and not text[place - 1].isspace()
        and not text[place + 1 : place + 2].isalpha()
    ]
    sure = [end for end in ends if text[end - 1] in ".,!?…" or _ENDS_SINGLE.match(text, end + 1)]
    return next(iter(sure or ends), None)


def _is_long(text: str) -> bool:
    return len(fold(text)) >= FEWEST_WORDS


def _inline(draft: Draft, part: Part) -> Iterator[Quotation]:
    spans = quoted_spans(part.text)
    brackets = _brackets(part.text, spans)
    of_sentences = _sentences(part, spans)
    long = [
        span
        for span in spans
        if _is_long(part.text[span.start : span.stop]) and not _is_title(part, span, brackets)
    ]
    for span, after in pairwise([*long, None]):
        assert span is not None
        sentence = next(s for s in of_sentences if s.start <= span.start < s.stop)
        limit = after.start - 1 if after else len(part.text)
        yield Quotation(
            part=part,
            span=span,
            citation=_citation(draft, part, span, sentence, limit),
            sentence=_around(part.text, sentence, span),
        )


def _block(draft: Draft, before: Part | None, part: Part, after: Part | None) -> Quotation | None:
    """A block quotation; its citation ends it, follows it, or stands in what leads it in."""
    text = part.text
    start = len(text) - len(text.lstrip())
    lead = before.text if before and before.kind is PartKind.TEXT else ""
    if not text.strip() or _only_cites(text):
        return None
    own = _closing_bracket(text)
    stop = len(text[: own.start if own else None].rstrip())
    span = _bare(text, Span(start=start, stop=max(stop, start + 1)))
    if not _is_long(text[span.start : span.stop]):
        return None
    noted = _notes_between(draft, part, span.stop, len(text) + 1)
    cited = [text[own.start : own.stop] if own else "", noted]
    if after is not None and _GIVES_SOURCE.match(after.text) and not any(cited):
        cited = [after.text.strip()]
    if not any(cited) and before is not None and lead:
        last = sentences(lead)[-1:]
        start_of_last = last[0].start if last else 0
        noted = _notes_between(draft, before, start_of_last, len(lead) + 1)
        of_lead = lead[start_of_last:]
        cited = [noted, of_lead if _CITES.search(of_lead) else ""]
    sentence = lead[sentences(lead)[-1].start :] if lead.strip() else ""
    return Quotation(
        part=part, span=span, citation=" ".join(filter(None, cited)), sentence=sentence
    )


def _with_neighbours(parts: Sequence[Part]) -> Iterator[tuple[Part | None, Part, Part | None]]:
    """Each part, before it the last that is no block quotation, and the part after it."""
    lead: Part | None = None
    for part, after in pairwise([*parts, None]):
        assert part is not None
        yield lead, part, after
        if part.kind is not PartKind.BLOCK_QUOTE:
            lead = part


def _bare(text: str, span: Span) -> Span:
    """A stretch without the quotation marks around the whole of it."""
    inner = quoted_spans(text[span.start : span.stop])
    if len(inner) == 1 and inner[0].start == 1 and inner[0].stop >= span.stop - span.start - 1:
        return inner[0].moved(span.start)
    return span


def _sentences(part: Part, quoted: Sequence[Span]) -> list[Span]:
    """The sentences of a part, none of which ends inside quotation marks or brackets."""
    masked = list(part.text)
    for span in [*quoted, *_brackets(part.text, quoted)]:
        last = span.stop - 1
        for place in range(span.start, span.stop):
            if place != last or masked[place] not in ".!?…)":
                masked[place] = "x"
    for place, character in enumerate(masked):
        if character == "\n":
            masked[place] = " "
    found = sentences("".join(masked))
    edges = [0, *(span.start for span in found[1:]), len(part.text)]
    return [Span(start=a, stop=b) for a, b in pairwise(edges) if a < b]


def _brackets(text: str, quoted: Sequence[Span]) -> list[Span]:
    """Round brackets, outermost ones, that open outside quotation marks; with the brackets."""
    inside = {place for span in quoted for place in range(span.start, span.stop)}
    found: list[Span] = []
    depth, opened = 0, 0
    for place, character in enumerate(text):
        if character == "(" and (depth or place not in inside):
            opened = opened if depth else place
            depth += 1
        elif character == ")" and depth:
            depth -= 1
            if not depth:
                found.append(Span(start=opened, stop=place + 1))
    return found


def _is_title(part: Part, span: Span, brackets: Sequence[Span]) -> bool:
    """Whether quotation marks hold a title or a section: within a citation, or written as one."""
    text = part.text[span.start : span.stop]
    in_bracket = any(
        b.start < span.start < b.stop and _CITES.search(part.text[b.start : b.stop])
        for b in brackets
    )
    if in_bracket or re.search(r"\bsections? $", part.text[: span.start - 1]):
        return True
    return part.kind is PartKind.NOTE and _in_title_case(text)


def _in_title_case(text: str) -> bool:
    long = re.findall(r"[^\W\d_]{4,}", text)
    return bool(long) and sum(word[0].isupper() for word in long) > len(long) / 2


def _citation(draft: Draft, part: Part, span: Span, sentence: Span, limit: int) -> str:
    """What cites a quotation, the next of which begins at `limit`."""
    text = part.text
    brackets = [
        b
        for b in _brackets(text, quoted_spans(text))
        if b.start >= span.stop and _CITES.search(text[b.start : b.stop])
    ]
    close = [b for b in brackets if not text[span.stop + 1 : b.start].strip(" .,;:\n")]
    if close:
        return text[close[0].start + 1 : close[0].stop - 1]
    # A note's marker stands after the full stop, and before the space after it.
    if noted := _notes_between(draft, part, span.stop, min(limit, sentence.stop) + 1):
        return noted
    # What ends a sentence cites all that is quoted in it and has no citation of its own.
    within = [b for b in brackets if b.start < sentence.stop]
    if within:
        return text[within[0].start + 1 : within[0].stop - 1]
    around = _around(text, sentence, span)
    if _SAYS_WHERE.search(around):
        return around
    return _notes_between(draft, part, span.stop, sentence.stop + 1) or _notes_between(
        draft, part, sentence.start, span.stop
    )


def _notes_between(draft: Draft, part: Part, start: int, stop: int) -> str:
    """The first of the notes that a part refers to in a stretch, and those right beside it."""
    inside = [note for note in part.notes if start <= note.at < stop]
    return " ".join(
        draft.notes.get(note.key, "") for note in inside if note.at <= inside[0].at + 1
    ).strip()


def _around(text: str, sentence: Span, span: Span) -> str:
    """A sentence without the quotation in it and without brackets."""
    before = text[sentence.start : max(sentence.start, span.start - 1)]
    after = text[span.stop + 1 : sentence.stop]
    return " ".join(f"{before}… {re.sub(r'[(][^()]*[)]', '', after)}".split())


def _closing_bracket(text: str) -> Span | None:
    """The bracket that ends a text, where it cites."""
    brackets = _brackets(text, [])
    if not brackets or text[brackets[-1].stop :].strip(" .\n"):
        return None
    last = brackets[-1]
    return last if last.start and _cites(text[last.start : last.stop]) else None


def _only_cites(text: str) -> bool:
    """Whether a paragraph of a block quotation gives its source and quotes nothing."""
    if re.match(r"\s*[—–]", text):
        return True
    bracket = re.fullmatch(r"\s*(\(.*\))\s*", text, re.DOTALL)
    return bracket is not None and _cites(bracket[1])


def _cites(bracket: str) -> bool:
    return bool(_CITES.search(bracket)) and not _OWN_BRACKET.match(bracket)


def _cited_and_said(draft: Draft, part: Part, sentence: Span) -> tuple[str, str]:
    """What cites a sentence, and the rest of it."""
    text = part.text
    said = text[sentence.start : sentence.stop]
    cited = [
        b
        for b in _brackets(text, [])
        if sentence.start <= b.start < sentence.stop and _CITES.search(text[b.start : b.stop])
    ]
    citations = [text[b.start + 1 : b.stop - 1] for b in cited]
    for bracket in cited:
        said = said.replace(text[bracket.start : bracket.stop], "")
    noted = _notes_between(draft, part, sentence.start, sentence.stop + 1)
    return " ".join(filter(None, [*citations, noted])), _NUMBER_OF_ITS_OWN.sub("", said)
