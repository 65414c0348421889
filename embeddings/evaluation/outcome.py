"""What came of asking one question, and the asking of a whole set."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from embeddings.evaluation.gold import Gold, says
from embeddings.evaluation.questions import Question
from embeddings.hit import Hit
from embeddings.judging.verdict import Verdict


class Answered(Protocol):
    """What a system replies to a question."""

    @property
    def verdict(self) -> Verdict:
        """What the reply claims to be."""
        ...

    @property
    def confidence(self) -> float:
        """How likely the first hit answers, 0 to 1."""
        ...

    @property
    def hits(self) -> Sequence[Hit]:
        """Best first."""
        ...


Ask = Callable[[Question], Answered]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A question, its gold, and what a system replied.

    `verdict` and `confidence` are None for a bare ranking; `seconds` is None where the asking
    was not timed. `ids` are those of the passages found, best first; `hits` are the passages
    where they are known (a ranking read from a file has ids alone).
    """

    question: Question
    grades: Mapping[str, int]
    ids: tuple[str, ...]
    hits: tuple[Hit, ...] = ()
    verdict: Verdict | None = None
    confidence: float | None = None
    seconds: float | None = None

    @property
    def relevant(self) -> frozenset[str]:
        """Ids of the passages that answer."""
        return frozenset(name for name, grade in self.grades.items() if grade > 0)

    @property
    def answerable(self) -> bool:
        """Whether the library has an answer."""
        return bool(self.relevant)

    @property
    def right(self) -> bool:
        """Whether the first passage answers."""
        return bool(self.ids) and self.ids[0] in self.relevant

    @property
    def right_sentence(self) -> bool | None:
        """Whether the highlight answers; None where the passage does not, or no one can tell."""
        if not self.right or not self.hits:
            return None
        return says(self.hits[0].quoted.quotation, self.question)

    @property
    def rank(self) -> int | None:
        """Rank of the first passage that answers, from 1; None where none was returned."""
        ranks = (rank for rank, name in enumerate(self.ids, 1) if name in self.relevant)
        return next(ranks, None)


def ask_each(
    questions: Sequence[Question], gold: Gold, ask: Ask, *, timed: bool
) -> Iterator[Outcome]:
    """Ask questions one after the other."""
    for question in questions:
        started = time.perf_counter()
        answer = ask(question)
        seconds = time.perf_counter() - started
        yield Outcome(
            question=question,
            grades=gold.get(question.id, {}),
            ids=tuple(hit.passage.id for hit in answer.hits),
            hits=tuple(answer.hits),
            verdict=answer.verdict,
            confidence=answer.confidence,
            seconds=seconds if timed else None,
        )


def rank_each(
    questions: Sequence[Question], gold: Gold, search: Callable[[Question], Sequence[Hit]]
) -> Iterator[Outcome]:
    """Rank passages for questions one after the other, without a verdict."""
    for question in questions:
        hits = tuple(search(question))
        yield Outcome(
            question=question,
            grades=gold.get(question.id, {}),
            ids=tuple(hit.passage.id for hit in hits),
            hits=hits,
        )


def spread(count: int, most: int) -> frozenset[int]:
    """At most `most` positions of `count`, evenly spread."""
    return frozenset(position * count // min(count, most) for position in range(min(count, most)))
