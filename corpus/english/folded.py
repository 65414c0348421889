"""The words of a text as quotations are compared: without punctuation, typesetting and case.

| written                     | compared as |                                        |
|-----------------------------|-------------|----------------------------------------|
| The, THE                    | the         | case                                   |
| ofﬁce, œuvre, Cæsar         | office, ... | ligatures, œ and æ                     |
| Jama’at, Jama'at            | jama'at     | one apostrophe; none at a word's end   |
| U.S., US                    | us          | stops inside an abbreviation           |
| 3,200, 3200, 3 200          | 3200        | marks between thousands                |
| 4.2, 1/3, 10:30             | as written  | a mark inside a figure is part of it   |
| $, €, %, °, a minus         | as written  | what changes the figure beside it      |
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from corpus.passage import Span
from corpus.unseen import MARK, as_shown

# What stands between groups of three digits, but for the comma: spaces that do not break, narrow
# ones (SI), an apostrophe (Swiss use).
_GROUP_SPACES = " \u00a0\u2009\u202f"
_LETTER = r"[^\W\d_]"
# What is not seen in a word, or is shown in the place of what is not: it parts none.
_IN_WORDS = f"\u00ad\u200b-\u200d{MARK}"
# With marks that belong to the letter before them.
_MARKS = f"\u0300-\u036f{_IN_WORDS}"
_WORD = re.compile(
    # Most words, so that the rest is tried for few.
    r"(?P<plain>(?<![\w'’ʼ.])[A-Za-z]++(?=[ ,;:)]|$))"
    rf"|(?P<initials>{_LETTER}(?:\.{_LETTER})+(?![\w{_MARKS}])\.?)"
    rf"|(?P<grouped>(?<![\d.,])\d{{1,3}}(?:[{_GROUP_SPACES}]\d{{3}})+(?:\.\d+)?(?![\w]|[.,]\d))"
    r"|(?P<figure>(?:(?<![\w)\]])[-−](?=\d))?\d++(?:[.,:/]\d+)*+(?![^\W\d_]))"
    rf"|(?P<word>[^\W_][^\W_{_MARKS}]*(?:[{_MARKS}]+[^\W_]*)*(?:['’ʼ]{_LETTER}[^\W_{_MARKS}]*)*)"
    r"|(?P<sign>[$€£¥₤%‰°+±=<>])"
)
_THOUSANDS = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "ʼ": "'"})
_UNSEEN = re.compile(f"[{_IN_WORDS}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """The words of a text as they are compared, and where each stands in it."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        return len(self.words)

    def span(self, first: int, last: int) -> Span:
        """Where the words from `first` to `last` stand, both included."""
        return Span(start=self.spans[first][0], stop=self.spans[last][1])


def fold(text: str) -> Folded:
    """The words of a text in order."""
    words, spans = [], []
    for match in _WORD.finditer(as_shown(text)):
        kind = str(match.lastgroup)
        words.append(match[0].lower() if kind == "plain" else _folded(match[0], kind))
        spans.append(match.span())
    return Folded(words=tuple(words), spans=tuple(spans))


def is_figure(word: str) -> bool:
    """Whether a word as compared is or has a figure."""
    return any(character.isdigit() for character in word)


@lru_cache(100_000)
def _folded(written: str, kind: str) -> str:
    if kind == "figure":
        plain = written.replace("−", "-")
        return plain.replace(",", "") if _THOUSANDS.fullmatch(plain) else plain
    if kind == "grouped":
        return re.sub(rf"[{_GROUP_SPACES}]", "", written)
    if kind == "initials":
        written = written.replace(".", "")
    seen = _UNSEEN.sub("", written)
    return unicodedata.normalize("NFKC", seen).casefold().translate(_LIGATURES)
