"""The wording of a quotation: its parts between ellipses, and how words can differ in it."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.verifying.alignment import Change
from corpus.english.folded import Folded, fold, is_figure
from corpus.passage import Span
from corpus.unseen import as_shown


def listed(words: str) -> frozenset[str]:
    """The words of a list that is written as one text."""
    return frozenset(words.split())


_ELLIPSIS = re.compile(r"\s*(?:[\[(]\s*(?:\.\s?\.\s?\.|…)\s*[\])]|(?:\.\s?){3,4}|…\.?)\s*")
# "[t]he" for "The"; "[sic]" and "[emphasis added]" say nothing of the source.
_LETTER = re.compile(r"\[([^\W\d_])\](?=[^\W\d_])")
_REMARK = re.compile(
    r"\s*\[(?:sic|emphasis[^\]]*|italics[^\]]*|footnotes? omitted|translation)\]", re.IGNORECASE
)
_PUT_IN = re.compile(r"\s*\[(?![^\W\d_]\][^\W\d_])[^\[\]…]*\w[^\[\]…]*\]")
_LEFT_OUT = re.compile(f"{_ELLIPSIS.pattern}|{_PUT_IN.pattern}")
_NUMBER_WORDS = listed(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred hundreds thousand thousands million millions billion billions dozen dozens half third "
    "quarter twice percent per cent %"
)
_NEGATIONS = listed(
    "not no never none nobody nothing nowhere neither nor without cannot hardly scarcely rarely non"
)
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_QUOTES = {**dict.fromkeys(map(ord, "‘’‚‛ʼ′`´"), "'"), **dict.fromkeys(map(ord, "“”„«»″"), '"')}
_TYPOGRAPHY = {**_DASHES, **_QUOTES, ord("œ"): "oe", ord("æ"): "ae", ord("\u00ad"): ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedPart:
    """Words of a quotation that claim to stand together.

    `marked` are changes that it marks itself as its own, such as a small letter in brackets.
    """

    text: str
    folded: Folded
    marked: bool


def quoted_parts(text: str) -> list[QuotedPart]:
    """The parts of a quotation between its ellipses, those without a word left out.

    Words in square brackets are the writer's own: what stands there is left out like the rest.
    """
    parts = []
    for piece in _LEFT_OUT.split(_REMARK.sub("", text)):
        spelt = _LETTER.sub(r"\1", piece).strip()
        folded = fold(spelt)
        if folded.words:
            parts.append(QuotedPart(text=spelt, folded=folded, marked=spelt != piece.strip()))
    return parts


def as_written(text: str) -> QuotedPart:
    """A quotation whose brackets and dots are the report's own."""
    return QuotedPart(text=text.strip(), folded=fold(text.strip()), marked=False)


def put_in(text: str) -> list[str]:
    """The words that a quotation says are the writer's, in square brackets."""
    return [match[0].strip(" []") for match in _PUT_IN.finditer(_REMARK.sub("", text))]


def is_negation(word: str) -> bool:
    """Whether a word as compared denies."""
    return word in _NEGATIONS or word.endswith("n't")


def only_spaces(change: Change) -> bool:
    """Whether words differ only in where they are parted, and nothing hangs on that."""
    both = (*change.quoted, *change.source)
    if any(is_figure(word) or is_negation(word) for word in both):
        return False
    return "".join(change.quoted) == "".join(change.source) != ""


def kind(change: Change, quoted: Sequence[str], source: Sequence[str]) -> str:
    """What is changed: a figure, a negation, a name, or words.

    `quoted` and `source` are the words of the change as they are written; of one that begins a
    sentence a capital says nothing.
    """
    only = set(change.quoted) ^ set(change.source)
    if any(is_figure(word) or word in _NUMBER_WORDS for word in only):
        return "figure"
    if any(is_negation(word) for word in only):
        return "negation"
    if any(word[:1].isupper() for word in (*quoted, *source)):
        return "name"
    return "word"


def differences(part: QuotedPart, text: str, span: Span) -> list[str]:
    """In what a part differs from the stretch of a text that has its words; none where in nothing.

    Of "typesetting", "case" and "punctuation". White space of any length counts as one.
    """
    ours, theirs = _spaced(part.text), _beside(part, text, span)
    if ours == theirs:
        return ["case"] if part.marked else []
    found = []
    plain_ours, plain_theirs = _plain(ours), _plain(theirs)
    if _letters(plain_ours) != _letters(plain_theirs) or part.marked:
        found.append("case")
    if _points(plain_ours) != _points(plain_theirs):
        found.append("punctuation")
    if not found or _typography(ours) != _typography(theirs):
        found.insert(0, "typesetting")
    return found


def _beside(part: QuotedPart, text: str, span: Span) -> str:
    """The stretch with as many signs around its words as the part has around its own."""
    ours, spans = _spaced(part.text), fold(_spaced(part.text)).spans
    lead, trail = spans[0][0], len(ours) - spans[-1][1]
    before = _spaced(text[max(0, span.start - lead - 1) : span.start], strip=False)
    after = _spaced(text[span.stop : span.stop + trail + 1], strip=False)
    inner = _spaced(text[span.start : span.stop])
    return f"{before[len(before) - lead :] if lead else ''}{inner}{after[:trail]}"


def _spaced(text: str, *, strip: bool = True) -> str:
    spaced = re.sub(r"[ \t\r\n]+", " ", as_shown(text))
    return spaced.strip() if strip else spaced


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_TYPOGRAPHY)


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _points(text: str) -> str:
    return "".join(c for c in text if not c.isalnum() and not c.isspace() and c not in "'\"-")


def _typography(text: str) -> str:
    """The signs of a text that the plain form of it does not have, and its spaces' kinds."""
    return "".join(
        c for c in text if c not in _plain(c) or (c.isspace() and c != " ") or c in "'\"-"
    )
