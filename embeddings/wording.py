"""A question in the library's own words: typing errors, and terms that go by several names.

A word is changed only where the library does not have it, so that no question loses a word that
some passage has.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.passage import Span

WORD = re.compile(r"\w+")
_WORD = re.compile(r"[^\W\d_]+")
# A shorter word has too many neighbours.
_SHORTEST_CORRECTED = 5
_LONG = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A word or term of a question, and what it was read as."""

    asked: str
    read: str


class Words(Protocol):
    """The words of a library."""

    def has_word(self, word: str) -> bool:
        """Whether some passage has this word, in any form of it that has the same stem."""
        ...

    def vocabulary(self) -> Mapping[str, int]:
        """Every word, in lower case, and how many passages have it."""
        ...


def corrections(question: str, pieces: Sequence[Span], library: Words) -> list[Change]:
    """Words of a question that are typing errors for words of the library.

    `pieces` are the spans of the question's word pieces: a word that the model's vocabulary has
    whole is no error, even where the library lacks it ("nuclear" is not "unclear"), and a capital
    inside a question begins a name. One letter may be wrong, missing, too many or swapped with
    the next (Damerau 1964: four of five errors are one of these), in a long word two.
    """
    starts = {piece.start for piece in pieces}
    found = []
    for match in _WORD.finditer(question):
        word = match[0].lower()
        in_pieces = any(match.start() < start < match.end() for start in starts)
        is_name = match.start() > 0 and match[0][0].isupper()
        if len(word) < _SHORTEST_CORRECTED or is_name or not in_pieces or library.has_word(word):
            continue
        read = _nearest(word, library.vocabulary())
        if read is not None:
            found.append(Change(asked=match[0], read=read))
    return found


def translations(groups: Sequence[tuple[str, tuple[str, ...]]], library: Words) -> list[Change]:
    """Terms that the library has under another name only; `groups` pair each with its names."""
    return [
        Change(asked=term, read=known)
        for term, names in groups
        if not _has(library, term) and (known := next((n for n in names if _has(library, n)), ""))
    ]


def reworded(question: str, changes: Sequence[Change]) -> str:
    """The question with its changes made."""
    for change in changes:
        # Korean writes particles on to the word; a blank parts them from what is read instead.
        edge, blank = (r"\b", "") if change.asked.isascii() else ("", " ")
        asked, read = edge + re.escape(change.asked) + edge, change.read + blank
        question = read.join(re.split(asked, question, flags=re.IGNORECASE))
    return question


def _has(library: Words, term: str) -> bool:
    return all(library.has_word(match[0]) for match in _WORD.finditer(term))


def _nearest(word: str, vocabulary: Mapping[str, int]) -> str | None:
    """The nearest word of the vocabulary, of several the most frequent."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    allowed = 2 if len(word) >= _LONG else 1
    near = extract(word, vocabulary.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=8)
    candidates = [(distance, -vocabulary[found], found) for found, distance, _ in near]
    return min(candidates)[2] if candidates else None
