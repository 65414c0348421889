"""A question to hits."""

import threading

import numpy as np

from corpus.library import Library
from corpus.passage import Passage, Span
from corpus.scope import EVERYTHING, Scope
from corpus.sentences import sentences
from embeddings.hit import Hit
from embeddings.index import open_index
from embeddings.vectors import Encoder, Vectors


class Retriever:
    """Searches a library; takes up its changes without being opened again."""

    def __init__(self, library: Library, encoder: Encoder) -> None:
        self._library = library
        self._encoder = encoder
        self._lock = threading.Lock()
        self._index, self._generation = open_index(library, encoder.identity)

    def search(self, question: str, k: int, scope: Scope = EVERYTHING) -> list[Hit]:
        """The k passages that match a question best, best first.

        Raises NotInLibrary where nothing is in scope.
        """
        with self._lock:
            if self._library.generation != self._generation:
                self._index, self._generation = open_index(self._library, self._encoder.identity)
            index = self._index
        vector = self._encoder.encode([question])[0]
        allowed = None if scope.is_everything else self._library.numbers(scope)
        found = index.search(vector, k, allowed)
        passages = self._library.passages([number for number, _ in found])
        kept = [(passages[number], cosine) for number, cosine in found if number in passages]
        highlights = self._highlights(vector, [passage for passage, _ in kept])
        return [
            Hit(passage=passage, score=cosine, cosine=cosine, highlight=highlight)
            for (passage, cosine), highlight in zip(kept, highlights, strict=True)
        ]

    def _highlights(self, vector: Vectors, passages: list[Passage]) -> list[Span]:
        """The sentence of each passage that is nearest to the question."""
        spans = [_candidates(passage.text) for passage in passages]
        texts = [
            passage.text[span.start : span.stop]
            for passage, found in zip(passages, spans, strict=True)
            for span in found
        ]
        cosines = self._encoder.encode(texts) @ vector
        highlights, position = [], 0
        for found in spans:
            best = int(np.argmax(cosines[position : position + len(found)]))
            highlights.append(found[best])
            position += len(found)
        return highlights


def _candidates(text: str) -> list[Span]:
    """The sentences that may answer: not those wholly in brackets, which say where it stands."""
    found = sentences(text)
    bare = [span for span in found if text[span.start] != "(" or text[span.stop - 1] != ")"]
    return bare or found
