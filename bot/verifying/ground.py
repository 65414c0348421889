"""Text of a library that quoted words are held against: a passage and what is around it."""

from bisect import bisect
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Protocol

from bot.verifying.finding import Stretch
from corpus.english.folded import Folded, fold
from corpus.passage import Span
from corpus.storage.versions import Standing


class Search(Protocol):
    """What verifying needs of a library."""

    def find(self, words: Sequence[str], k: int, reports: Collection[str]) -> Sequence[int]:
        """Numbers of the k passages that hold most of these words in their order, best first.

        Of these reports where any are named; see embeddings.local.quotations.
        """

    def around(self, number: int, reach: int) -> Sequence[Standing]:
        """A passage and those up to `reach` before and after it in its version, in order.

        Empty where it is gone.
        """

    def with_id(self, passage_id: str) -> Sequence[Standing]:
        """The passages that have or had a permanent id."""

    def of_reports(self, reports: Collection[str]) -> Sequence[Standing]:
        """All passages of the newest versions of reports, in order."""


# Passages that are held against several quotations are read once; a draft cites some hundreds.
_KEPT = 20_000
_GAP = "\n\n"


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Passages that follow each other, and their words as they are compared."""

    standings: tuple[Standing, ...]

    @cached_property
    def text(self) -> str:
        """The passages' texts, a blank line between them."""
        return _GAP.join(one.passage.text for one in self.standings)

    @cached_property
    def folded(self) -> Folded:
        """The words of the text."""
        words: list[str] = []
        spans: list[tuple[int, int]] = []
        start = 0
        for one in self.standings:
            text = one.passage.text
            folded = _folded(text)
            words += folded.words
            spans += [(start + first, start + stop) for first, stop in folded.spans]
            start += len(text) + len(_GAP)
        return Folded(words=tuple(words), spans=tuple(spans))

    def passage_at(self, word: int) -> int:
        """Which of the passages a word stands in, from 0."""
        return bisect(self._begins, word) - 1

    @cached_property
    def _begins(self) -> list[int]:
        """The number of each passage's first word."""
        return [0, *accumulate(len(_words(one)) for one in self.standings[:-1])]

    @cached_property
    def spoken(self) -> str:
        """The words between spaces: what has the very words is found in it at once."""
        return f" {' '.join(word for one in self.standings for word in _words(one))} "

    def stretches(self, first: int, last: int) -> tuple[Stretch, ...]:
        """Where the words from `first` to `last` stand, a stretch for each passage."""
        span = self.folded.span(first, last)
        found, start = [], 0
        for one in self.standings:
            length = len(one.passage.text)
            begin, end = max(span.start, start) - start, min(span.stop, start + length) - start
            if begin < end:
                found.append(Stretch(standing=one, span=Span(start=begin, stop=end)))
            start += length + len(_GAP)
        return tuple(found)


def _words(standing: Standing) -> tuple[str, ...]:
    return _folded(standing.passage.text).words


@lru_cache(_KEPT)
def _folded(text: str) -> Folded:
    return fold(text)
