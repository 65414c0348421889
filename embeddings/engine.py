"""What a search needs of a store: one interface, whatever keeps the passages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.passage import Passage
from corpus.scope import Scope
from embeddings.ranking.late_interaction import Readings
from embeddings.vectors import Integers, Vectors
from embeddings.wording import Words

# Numbers of passages, each with its score, best first.
Ranking = Sequence[tuple[int, float]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Encodings:
    """What an encoder made of passages, in the order of `numbers`.

    `vectors`: unit vectors, shape (passages, dimensions); `readings`: their word pieces, one
    passage after the other.
    """

    numbers: tuple[int, ...]
    vectors: Vectors
    readings: Readings


class Engine(Words, Protocol):
    """A library's passages as they stood at one moment, to be searched.

    One instance serves several threads. A passage is named by its number in the library, which
    never names another. Every method may raise LibraryFault.
    """

    @property
    def generation(self) -> int:
        """The library's generation at that moment; see corpus.storage.library."""
        ...

    @property
    def count(self) -> int:
        """How many passages are searched."""
        ...

    @property
    def piece_frequency(self) -> Integers:
        """How many of them hold each word piece, shape (at most the vocabulary,)."""
        ...

    def nearest(self, vector: Vectors, k: int, scope: Scope) -> Ranking:
        """The k passages in scope nearest to a unit vector, shape (dimensions,), with cosines.

        k where so many are in scope: the scope restricts the search itself. Raises NotInLibrary
        where nothing is in scope.
        """
        ...

    def matching(self, terms: Sequence[str], k: int, scope: Scope) -> Ranking:
        """The k passages in scope with the highest BM25 for terms; none that has no term.

        Raises NotInLibrary as `nearest` does.
        """
        ...

    def matched(self, terms: Sequence[str], numbers: Sequence[int]) -> Mapping[int, float]:
        """The BM25 for terms of those of the passages that have one."""
        ...

    def terms(self, text: str) -> list[str]:
        """The distinct words of a text, in order, in the form that `matching` compares."""
        ...

    def weights(self, terms: Sequence[str]) -> Mapping[str, float]:
        """The inverse document frequency of each term, as BM25 weighs it."""
        ...

    def passages(self, numbers: Sequence[int]) -> Mapping[int, Passage]:
        """Passages by their numbers; one that is gone since that moment is left out."""
        ...

    def readings(self, numbers: Sequence[int]) -> Encodings:
        """What the encoder made of passages, in their order; gone ones are left out."""
        ...


# Gives the engine of a library as it stands now; a question is answered by one of them throughout.
Current = Callable[[], Engine]
