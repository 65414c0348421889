"""A question in the library's own words: typing errors, and terms that go by several names.

A word is changed only where the library does not have it, so that no question loses a word that
some passage has, and never where it stands in quotation marks: that is how a person takes it back.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.passage import Span

WORD = re.compile(r"\w+")
_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"[\"“”„«»‘]([^\"“”„«»‘’]*)[\"“”„«»’]")
# A shorter word has too many neighbours.
_SHORTEST_CORRECTED = 5
# A word of the model's vocabulary is a good one with one of these after it, too: "lender".
_ENDINGS = re.compile(
    r"e?s|e?d|r|ers?|ing|l?y|ies|ness|less|ful|ments?|able|i[sz](?:e|ed|es|ing)|ists?|ism"
)
_SHORTEST_STEM = 4


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
    """The word of a question that is a typing error for a word of the library, if there is one.

    `pieces` are the spans of the question's word pieces: a word that the model's vocabulary has
    whole, or but for an English ending, is no error, even where the library lacks it ("nuclear" is
    not "unclear"), and a capital inside a question begins a name. One letter may be wrong, missing,
    too many or swapped with the next (Damerau 1964: four of five errors are one of these). A
    question in which several words seem wrong has one corrected, one that is near to a single word
    before others and then the longest: two guesses make another question. tests/bench/spelling.py
    measures how many good words are taken for errors, and how many errors are mended.
    """
    starts = {piece.start for piece in pieces}
    quoted = _quoted(question)
    found = []
    for match in _WORD.finditer(question):
        word = match[0].lower()
        second = min((s for s in starts if match.start() < s < match.end()), default=None)
        is_name = match.start() > 0 and match[0][0].isupper()
        if (
            len(word) < _SHORTEST_CORRECTED
            or is_name
            or second is None
            or _is_formed(word, second - match.start())
            or word in quoted
            or library.has_word(word)
        ):
            continue
        near = _near(word, library.vocabulary())
        if near:
            change = Change(asked=match[0], read=near[0])
            found.append((len(near) > 1, -len(word), match.start(), change))
    return [min(found)[-1]] if found else []


def translations(
    groups: Sequence[tuple[str, tuple[str, ...]]], question: str, library: Words
) -> list[Change]:
    """Terms that the library has under another name only; `groups` pair each with its names."""
    quoted = _quoted(question)
    return [
        Change(asked=term, read=known)
        for term, names in groups
        if term.lower() not in quoted
        and not _has(library, term)
        and (known := next((n for n in names if _has(library, n)), ""))
    ]


def quoted_words(question: str, changes: Sequence[Change]) -> str:
    """The question with what was read otherwise in quotation marks, so that it is left alone."""
    quoted = [Change(asked=change.asked, read=f"“{change.asked}”") for change in changes]
    return reworded(question, quoted)


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


def _quoted(question: str) -> str:
    """What stands in quotation marks, in lower case."""
    return "\n".join(found[1] for found in _QUOTED.finditer(question.lower()))


def _is_formed(word: str, at: int) -> bool:
    """Whether a word is one of the vocabulary, which ends `at` a letter, with an English ending."""
    return at >= _SHORTEST_STEM and _ENDINGS.fullmatch(word[at:]) is not None


def _near(word: str, vocabulary: Mapping[str, int]) -> list[str]:
    """The words of the vocabulary that are one letter away, the most frequent first."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    near = extract(word, vocabulary.keys(), scorer=OSA.distance, score_cutoff=1, limit=8)
    return sorted((found for found, _, _ in near), key=lambda found: (-vocabulary[found], found))
