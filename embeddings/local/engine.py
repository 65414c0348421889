"""The engine on this machine: SQLite keeps the passages, faiss and Tantivy search them."""

import threading
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from corpus.passage import Passage
from corpus.scope import Scope
from corpus.storage.library import Library
from embeddings.engine import Encodings, Ranking
from embeddings.local.building import not_encoded
from embeddings.local.index_files import SearchIndex
from embeddings.local.stored import unpack
from embeddings.vectors import Integers, Numbers, Vectors

# The passages in scope are looked up once for the questions that follow: 2 MB a scope at most.
_SCOPES_KEPT = 8


class LocalEngine:
    """An index, with the library that it is of; see embeddings.engine.Engine.

    The passages in a scope are those of the moment at which it is first searched, which may be
    later than the index's: what came between is not found, what went is left out when it is read.
    """

    def __init__(self, library: Library, identity: str, index: SearchIndex) -> None:
        self._library = library
        self._identity = identity
        self._dense, self._lexical = index.dense, index.lexical
        self._allowed = lru_cache(_SCOPES_KEPT)(self.allowed)
        self.generation = index.generation
        self.count = len(index.dense)
        self.piece_frequency: Integers = index.piece_frequency

    def allowed(self, scope: Scope) -> Numbers | None:
        """The numbers of the passages in scope, ascending, None where all of the index are."""
        is_all = scope.is_everything and self.generation == self._library.generation
        return None if is_all else np.array(self._library.numbers(scope), np.int64)

    def nearest(self, vector: Vectors, k: int, scope: Scope) -> Ranking:
        """The k passages in scope nearest to a unit vector; see Engine."""
        return self._dense.search(vector, k, self._allowed(scope))

    def matching(self, terms: Sequence[str], k: int, scope: Scope) -> Ranking:
        """The k passages in scope with the highest BM25 for terms; see Engine."""
        return self._lexical.search(terms, k, self._allowed(scope))

    def matched(self, terms: Sequence[str], numbers: Sequence[int]) -> Mapping[int, float]:
        """The BM25 for terms of those of the passages that have one."""
        among = np.sort(np.array(numbers, np.int64))
        return dict(self._lexical.search(terms, len(among), among))

    def terms(self, text: str) -> list[str]:
        """The distinct stemmed words of a text, in order."""
        return self._lexical.terms(text)

    def weights(self, terms: Sequence[str]) -> Mapping[str, float]:
        """The inverse document frequency of each term, as Tantivy weighs it."""
        return self._lexical.weights(terms)

    def has_word(self, word: str) -> bool:
        """Whether some passage has this word, in any form of it that has the same stem."""
        return self._lexical.has_word(word)

    def vocabulary(self) -> Mapping[str, int]:
        """Every word, in lower case, and how many passages have it; read once."""
        return self._lexical.vocabulary()

    def passages(self, numbers: Sequence[int]) -> Mapping[int, Passage]:
        """Passages by their numbers; one that is gone is left out."""
        return self._library.passages(numbers)

    def readings(self, numbers: Sequence[int]) -> Encodings:
        """What the encoder made of passages, in their order; gone ones are left out.

        Raises NotEncoded where one is there and was never encoded, or is not any more.
        """
        stored = self._library.encodings(self._identity, numbers)
        found = [number for number in numbers if number in stored]
        if self._library.passages([number for number in numbers if number not in stored]):
            raise not_encoded(self._library, len(numbers) - len(found), len(numbers))
        dimensions = self._dense.vectors.shape[1]
        vectors = np.frombuffer(b"".join(stored[number].vector for number in found), "<f4")
        return Encodings(
            numbers=tuple(found),
            vectors=vectors.reshape(-1, dimensions),
            readings=unpack([stored[number] for number in found], dimensions),
        )


class LocalEngines:
    """Gives the engine of a library as it stands; one instance serves several threads.

    `opened` opens the library's index. While one thread opens the next, others are given the
    old one. Raises, as it is made and when it is called, what `opened` does.
    """

    def __init__(
        self,
        library: Library,
        identity: str,
        opened: Callable[[], SearchIndex],
    ) -> None:
        self._library = library
        self._identity = identity
        self._opened = opened
        self._opening = threading.Lock()
        self._engine = self._opened_anew()

    def __call__(self) -> LocalEngine:
        """The engine of the library as it stands, or stood a moment ago."""
        is_stale = self._library.generation != self._engine.generation
        if is_stale and self._opening.acquire(blocking=False):
            try:
                self._engine = self._opened_anew()
            finally:
                self._opening.release()
        return self._engine

    def _opened_anew(self) -> LocalEngine:
        return LocalEngine(self._library, self._identity, self._opened())
