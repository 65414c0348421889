"""A question to hits."""

import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.english.highlighting import answer_candidates, widen
from corpus.names.mentions import mentions
from corpus.names.thesaurus import expansions
from corpus.passage import Passage, Span
from corpus.scope import EVERYTHING, Scope
from embeddings.encoders.encoder import Encoded, Encoder
from embeddings.encoders.vocabulary import piece_weights
from embeddings.engine import Current, Engine, Ranking
from embeddings.hit import Hit, Why
from embeddings.judging.reordering import MOST_READ, Reordering
from embeddings.ranking.fusion import TEASER, Part, candidates, fuse, normalised
from embeddings.ranking.late_interaction import interact
from embeddings.wording import WORD, Change, corrections, reworded, translations

# From each of the two searches; 25 of each give the same first hits as scoring every passage.
DEPTH = 25

# A margin to the very next passage says little where two passages answer: with a second one as good
# as the first, nine in ten answered questions became eight; with the fifth they stay nine.
MARGIN_RANKS = 4

# Reading a passage and finding its sentences costs as much as comparing it; 4 kB each.
_PASSAGES_KEPT = 4_096


@dataclass(frozen=True, slots=True, kw_only=True)
class Rankings:
    """The two searches of a question, as it was read, and what they were made with."""

    question: str
    terms: tuple[str, ...]
    dense: Ranking
    lexical: Ranking
    part: Part
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A passage, and the sentences of it that may answer."""

    passage: Passage
    sentences: list[Span]


class Retriever:
    """Searches a library; takes up its changes without being opened again.

    One instance serves several threads.
    """

    def __init__(
        self,
        current: Current,
        encoder: Encoder,
        *,
        reader: Reordering | None = None,
        thesaurus: bool = True,
    ) -> None:
        """A search of a library; where there is a reader, it reads what was found."""
        self._current = current
        self._reader = reader
        self._encoder = encoder
        self._thesaurus = thesaurus
        # More at once than there are cores would be no faster and fill the memory.
        self._comparing = threading.Semaphore(os.cpu_count() or 1)
        self._read_before: dict[int, _Candidate] = {}

    def search(
        self, question: str, k: int, scope: Scope = EVERYTHING, part: Part = Part.FULL
    ) -> list[Hit]:
        """The k passages that match a question best, best first.

        Raises NotInLibrary where nothing is in scope, LibraryFault where the engine fails.
        """
        engine = self._current()
        encoded, changes = self._read(engine, question)
        asked = reworded(question, changes)
        terms = engine.terms(asked)
        depth = max(DEPTH, k)
        rankings = Rankings(
            question=asked,
            terms=tuple(terms),
            dense=() if part is Part.LEXICAL else engine.nearest(encoded.vector, depth, scope),
            lexical=() if part is Part.DENSE else engine.matching(terms, depth, scope),
            part=part,
            changes=tuple(changes),
        )
        reader = self._reader if part is Part.FULL else None
        with self._comparing:
            hits = self._rerank(engine, encoded, rankings, max(k, MOST_READ) if reader else k)
        return reader.reordered(asked, hits)[:k] if reader else hits

    def _read(self, engine: Engine, question: str) -> tuple[Encoded, list[Change]]:
        """The question encoded, in the library's words."""
        encoded = self._encoder.encode([question])[0]
        pieces = [Span(start=int(a), stop=int(b)) for a, b in encoded.offsets if a < b]
        changes = corrections(question, pieces, engine)
        if self._thesaurus:
            changes += translations(expansions(question), question, engine)
        if changes:
            encoded = self._encoder.encode([reworded(question, changes)])[0]
        return encoded, changes

    def _candidates(self, engine: Engine, numbers: Sequence[int]) -> dict[int, _Candidate]:
        """Passages with their sentences, by their numbers, those of the last questions at once.

        A number never names another passage, so nothing that was read once can be out of date.
        """
        if len(self._read_before) > _PASSAGES_KEPT:
            self._read_before.clear()
        known = {n: found for n in numbers if (found := self._read_before.get(n)) is not None}
        missing = [number for number in numbers if number not in known]
        new = {
            number: _Candidate(passage=passage, sentences=answer_candidates(passage.text))
            for number, passage in engine.passages(missing).items()
        }
        self._read_before |= new
        return known | new

    def _rerank(self, engine: Engine, question: Encoded, rankings: Rankings, k: int) -> list[Hit]:
        """The k best of the candidates as hits, best first."""
        numbers = candidates(rankings.dense, rankings.lexical)
        read = self._candidates(engine, numbers)
        # An engine that is older than the library by a moment names passages that are gone.
        encodings = engine.readings([number for number in numbers if number in read])
        numbers = list(encodings.numbers)
        if not numbers:
            return []
        passages = {number: read[number].passage for number in numbers}
        spans = {number: read[number].sentences for number in numbers}
        interactions = interact(
            question,
            piece_weights(
                question.pieces, engine.piece_frequency, engine.count, self._encoder.background
            ),
            encodings.readings,
            [_shifted(passages[number], spans[number]) for number in numbers],
        )
        found = dict(zip(numbers, interactions, strict=True))
        similar = encodings.vectors @ question.vector
        cosines = dict(zip(numbers, similar.tolist(), strict=True))
        matched = engine.matched(rankings.terms, numbers)
        bm25 = normalised(matched, engine.weights(rankings.terms).values())
        scores = {
            number: fuse(rankings.part, found[number], cosines[number], bm25.get(number, 0.0))
            for number in numbers
        }
        for number in _teasers(rankings.question, passages):
            scores[number] -= TEASER
        order = sorted(numbers, key=lambda number: -scores[number])
        return [
            Hit(
                passage=passages[number],
                score=scores[number],
                highlight=widen(passages[number].text, spans[number][found[number].best]),
                why=Why(
                    terms=_common(rankings.terms, engine.terms(passages[number].searched)),
                    dense_rank=_rank(rankings.dense, number),
                    lexical_rank=_rank(rankings.lexical, number),
                    cosine=cosines[number],
                    bm25=bm25.get(number, 0.0),
                    passage_maxsim=found[number].passage,
                    sentence_maxsim=found[number].sentence,
                    coverage=found[number].coverage,
                    margin=scores[number] - scores[after],
                    changes=rankings.changes,
                    met=_words_met(rankings.question, question, found[number].met),
                ),
            )
            for number, after in zip(order[:k], _rivals(order), strict=False)
        ]


def _teasers(question: str, passages: Mapping[int, Passage]) -> list[int]:
    """The press items among passages whose year a question does not name."""
    years = mentions(question).years
    return [
        number
        for number, passage in passages.items()
        if passage.press and passage.press.date.year not in years
    ]


def _words_met(text: str, question: Encoded, met: Sequence[float]) -> tuple[tuple[str, float], ...]:
    """Each word of a question in lower case, met as well as the least of its pieces."""
    starts = question.offsets[:, 0].tolist()
    pieces = list(zip(starts, met, strict=True)) if met else []
    found = []
    for match in WORD.finditer(text):
        inside = [value for start, value in pieces if match.start() <= start < match.end()]
        if inside:
            found.append((match[0].lower(), min(inside)))
    return tuple(found)


def _shifted(passage: Passage, spans: Sequence[Span]) -> list[Span]:
    """Spans of a passage's text as spans of what is searched, which has headings before it."""
    shift = len(passage.searched) - len(passage.text)
    return [Span(start=span.start + shift, stop=span.stop + shift) for span in spans]


def _rivals(order: Sequence[int]) -> list[int]:
    """For each number of a ranking the one that its margin is measured to."""
    last = len(order) - 1
    return [order[min(place + MARGIN_RANKS, last)] for place in range(len(order))]


def _rank(ranking: Ranking, number: int) -> int | None:
    return next((rank for rank, (found, _) in enumerate(ranking, 1) if found == number), None)


def _common(terms: Sequence[str], of_passage: Sequence[str]) -> tuple[str, ...]:
    held = set(of_passage)
    return tuple(term for term in terms if term in held)
