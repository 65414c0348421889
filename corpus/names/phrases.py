"""Phrases of a list found in a text: whole words, the longest first, in one pass.

Words compare without case, accents, apostrophes and hyphens; the last word of a phrase may stand
in the plural or the possessive.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from corpus.passage import Span

T = TypeVar("T")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases(Generic[T]):
    """What each phrase stands for, by its folded words, and the most words that one has."""

    meanings: Mapping[str, T]
    longest: int

    def found(self, text: str) -> Iterator[tuple[T, Span]]:
        """What the phrases in a text stand for and where, in order, without overlaps."""
        spans = [Span(start=match.start(), stop=match.end()) for match in _WORD.finditer(text)]
        words = [text[span.start : span.stop] for span in spans]
        folded = [fold(word) for word in words]
        index = 0
        while index < len(words):
            for stop in range(min(index + self.longest, len(words)), index, -1):
                before = folded[index : stop - 1]
                for last in _singular(words[stop - 1]):
                    phrase = " ".join([*before, last])
                    if phrase in self.meanings:
                        start, end = spans[index].start, spans[stop - 1].stop
                        yield self.meanings[phrase], Span(start=start, stop=end)
                        index = stop - 1
                        break
                else:
                    continue
                break
            index += 1


def phrases(meanings: Mapping[str, T]) -> Phrases[T]:
    """A list to search for, from phrases as people write them."""
    by_words = {
        " ".join(fold(match[0]) for match in _WORD.finditer(phrase)): meaning
        for phrase, meaning in meanings.items()
    }
    longest = max((phrase.count(" ") + 1 for phrase in by_words), default=0)
    return Phrases(meanings=by_words, longest=longest)


def fold(word: str) -> str:
    """A word without case, accents and apostrophes."""
    plain = word.replace("'", "").replace("’", "").casefold()
    if plain.isascii():
        return plain
    decomposed = unicodedata.normalize("NFD", plain)
    kept = "".join(mark for mark in decomposed if unicodedata.category(mark) != "Mn")
    return unicodedata.normalize("NFC", kept)


def _singular(word: str) -> Iterator[str]:
    """A word as it is, then without a possessive, then without the ending of a plural."""
    yield fold(word)
    bare = re.sub(r"['’]s?$", "", word)
    if bare != word:
        yield fold(bare)
    if len(bare) > 3 and bare[-1] in "sS":  # noqa: PLR2004
        yield fold(bare[:-1])
