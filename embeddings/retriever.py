"""A question to hits."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.library import Library
from corpus.passage import Passage, Span
from corpus.scope import EVERYTHING, Scope
from corpus.sentences import sentences
from embeddings.fusion import candidates, fuse, normalised
from embeddings.hit import Hit, Why
from embeddings.index import SearchIndex, open_index
from embeddings.late_interaction import interact, piece_weights
from embeddings.stored import unpack
from embeddings.vectors import Encoded, Encoder

# From each of the two searches; 25 of each give the same first hits as scoring every passage.
DEPTH = 25

Ranking = Sequence[tuple[int, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rankings:
    """The two searches of a question and what they were made with."""

    terms: tuple[str, ...]
    dense: Ranking
    lexical: Ranking


class Retriever:
    """Searches a library; takes up its changes without being opened again.

    One instance serves several threads.
    """

    def __init__(self, library: Library, encoder: Encoder) -> None:
        self._library = library
        self._encoder = encoder
        self._lock = threading.Lock()
        self._index = open_index(library, encoder.identity)

    def search(self, question: str, k: int, scope: Scope = EVERYTHING) -> list[Hit]:
        """The k passages that match a question best, best first.

        Raises NotInLibrary where nothing is in scope.
        """
        index = self._current_index()
        allowed = None if scope.is_everything else self._library.numbers(scope)
        encoded = self._encoder.encode([question])[0]
        terms = index.lexical.terms(question)
        depth = max(DEPTH, k)
        rankings = Rankings(
            terms=tuple(terms),
            dense=index.dense.search(encoded.vector, depth, allowed),
            lexical=index.lexical.search(terms, depth, allowed),
        )
        return self._rerank(index, encoded, rankings)[:k]

    def _current_index(self) -> SearchIndex:
        with self._lock:
            if self._library.generation != self._index.generation:
                self._index = open_index(self._library, self._encoder.identity)
            return self._index

    def _rerank(self, index: SearchIndex, question: Encoded, rankings: Rankings) -> list[Hit]:
        """Every candidate as a hit, best first."""
        numbers = candidates(rankings.dense, rankings.lexical)
        passages = self._library.passages(numbers)
        stored = self._library.encodings(self._encoder.identity, numbers)
        # An index that is older than the library by a moment names passages that are gone.
        numbers = [number for number in numbers if number in passages and number in stored]
        cosines = index.dense.cosines(question.vector, numbers)
        weights = index.lexical.weights(rankings.terms)
        lexical = dict(index.lexical.search(rankings.terms, len(numbers), numbers))
        bm25 = normalised(lexical, weights.values())
        piece_weight = piece_weights(question.pieces, index.piece_frequency, len(index.dense))
        hits = []
        for number in numbers:
            passage = passages[number]
            spans = answer_candidates(passage)
            found = interact(
                question, piece_weight, unpack(stored[number]), _shifted(passage, spans)
            )
            why = Why(
                terms=tuple(_common(rankings.terms, index.lexical.terms(passage.searched))),
                dense_rank=_rank(rankings.dense, number),
                lexical_rank=_rank(rankings.lexical, number),
                cosine=cosines[number],
                bm25=bm25.get(number, 0.0),
                passage_maxsim=found.passage,
                sentence_maxsim=found.sentence,
                coverage=found.coverage,
                margin=0.0,
            )
            score = fuse(found, why.cosine, why.bm25)
            hits.append(Hit(passage=passage, score=score, highlight=spans[found.best], why=why))
        return _with_margins(sorted(hits, key=lambda hit: -hit.score))


def answer_candidates(passage: Passage) -> list[Span]:
    """The sentences that may answer: not those wholly in brackets, which say where it stands."""
    text = passage.text
    found = sentences(text)
    bare = [span for span in found if text[span.start] != "(" or text[span.stop - 1] != ")"]
    return bare or found


def _shifted(passage: Passage, spans: Sequence[Span]) -> list[Span]:
    """Spans of a passage's text as spans of what is searched, which has headings before it."""
    shift = len(passage.searched) - len(passage.text)
    return [Span(start=span.start + shift, stop=span.stop + shift) for span in spans]


def _rank(ranking: Ranking, number: int) -> int | None:
    return next((rank for rank, (found, _) in enumerate(ranking, 1) if found == number), None)


def _common(terms: Sequence[str], of_passage: Sequence[str]) -> list[str]:
    held = set(of_passage)
    return [term for term in terms if term in held]


def _with_margins(hits: list[Hit]) -> list[Hit]:
    margins = [first.score - second.score for first, second in pairwise(hits)]
    return [
        replace(hit, why=replace(hit.why, margin=margin))
        for hit, margin in zip(hits, [*margins, 0.0], strict=False)
    ]
