"""Which hits the reader reads, and their order and highlights after it has."""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Protocol

from corpus.english.highlighting import answer_candidates, widen
from corpus.passage import Passage, Span
from embeddings.hit import Hit, Reading

# How many hits are read: the passage that answers is retrieval's first for 65 of 100 questions,
# among the first three for 80, among the first eight for 91 (tests/bench/fit_verdict.py, countries
# that the reader did not learn from, n = 420).
MOST_READ = 8
FEWEST_READ = 3
# A hit whose score lies further below the best one's is not read beyond the fewest: of the passages
# that answer and stand there, more than 95 % lie within 0.18 (the same command).
CAN_STILL_WIN = 0.18
# The sentences around retrieval's choice that are read alone, where a passage has more.
MOST_SENTENCES = 12
# What a point of retrieval's score adds to the reader's logit when hits are put in order: as a
# verdict that was fitted to earlier weights weighed them, 3.2 to 1.1, and not tuned since.
SCORE_WEIGHT = 3.0


class Reads(Protocol):
    """What reads hits: the reader."""

    @property
    def identity(self) -> str:
        """Names the weights."""
        ...

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        """What it makes of each hit's passage, in order."""
        ...

    def sentences(self, question: str, passage: Passage, spans: Sequence[Span]) -> list[float]:
        """How well each of some sentences of a passage answers alone."""
        ...


class Reordering:
    """Puts the hits first that the reader says answer; one serves several threads.

    Of the first, the sentence stands out that answers best when it is read alone. While more
    questions are asked at once than there are cores, each has the fewest hits read and no sentence:
    then nobody waits for what seldom changes the answer.
    """

    def __init__(self, reader: Reads) -> None:
        self._reader = reader
        self._lock = threading.Lock()
        self._asking = 0

    def reordered(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        """The hits, best first: those read before the others, and these as they stood."""
        with self._asked() as is_crowded:
            read = to_read(hits, FEWEST_READ if is_crowded else MOST_READ)
            readings = self._reader.read(question, read)
            found = [
                replace(hit, why=replace(hit.why, reading=one))
                for hit, one in zip(read, readings, strict=True)
            ]
            found.sort(key=_standing, reverse=True)
            if found and not is_crowded:
                found[0] = self._highlighted(question, found[0])
        return [*found, *hits[len(read) :]]

    def _highlighted(self, question: str, hit: Hit) -> Hit:
        """The hit with the sentence standing out that answers best."""
        text = hit.passage.text
        spans = _around(hit.quoted.before, answer_candidates(text))
        if len(spans) == 1:
            return hit
        answers = self._reader.sentences(question, hit.passage, spans)
        best = spans[answers.index(max(answers))]
        return replace(hit, highlight=widen(text, best))

    @contextmanager
    def _asked(self) -> Iterator[bool]:
        """Counts a question while it lasts; yields whether more are asked than there are cores."""
        with self._lock:
            self._asking += 1
            is_crowded = self._asking > (os.cpu_count() or 1)
        try:
            yield is_crowded
        finally:
            with self._lock:
                self._asking -= 1


def to_read(hits: Sequence[Hit], most: int) -> Sequence[Hit]:
    """The first hits that can still win, best first: FEWEST_READ, and to `most` those near."""
    near = [hit for hit in hits[:most] if hits[0].score - hit.score <= CAN_STILL_WIN]
    return hits[: max(FEWEST_READ, len(near))]


def _standing(hit: Hit) -> float:
    assert hit.why.reading is not None
    return hit.why.reading.answers + SCORE_WEIGHT * hit.score


def _around(before: str, spans: Sequence[Span]) -> Sequence[Span]:
    """Of many sentences those around the one that begins after `before`, in order."""
    at = next((n for n, span in enumerate(spans) if span.stop > len(before)), len(spans) - 1)
    first = max(0, min(at - MOST_SENTENCES // 2, len(spans) - MOST_SENTENCES))
    return spans[first : first + MOST_SENTENCES]
