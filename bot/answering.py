"""The path of a question, without input or output: what to search, what to say."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from bot.answer import Answer, Coverage
from corpus.errors import BadQuestion
from corpus.report import Report
from corpus.scope import EVERYTHING, Scope
from embeddings.hit import Hit
from embeddings.verdict import judge

# The default model reads 256 word pieces, about 1,000 characters; more would not be searched.
LONGEST_QUESTION = 1_000
MOST_PASSAGES = 100


class Search(Protocol):
    """Whatever finds hits, best first."""

    def search(self, question: str, k: int, scope: Scope = ...) -> list[Hit]:
        """The k passages in scope that match a question best, best first."""
        ...


def answer(
    question: str,
    search: Search,
    reports: Sequence[Report],
    *,
    k: int,
    scope: Scope = EVERYTHING,
    asked: str | None = None,
    carried: tuple[str, ...] = (),
) -> Answer:
    """The answer to a question from `reports`, with at most k passages.

    `asked` is the line as the person typed it, where `question` is more than that because it
    takes over what is `carried` from the conversation. Raises BadQuestion for a question or a k
    that cannot be searched, NotInLibrary for a scope that holds nothing.
    """
    check_number(k)
    searched = checked(question)
    hits = search.search(searched, k, scope)
    judgement = judge(hits)
    return Answer(
        question=question if asked is None else asked,
        searched=searched,
        carried=carried,
        scope=scope,
        verdict=judgement.verdict,
        confidence=judgement.confidence,
        hits=tuple(hits),
        coverage=coverage(reports),
    )


def check_number(k: int) -> None:
    """Raise BadQuestion where k is not a number of passages."""
    if not 1 <= k <= MOST_PASSAGES:
        raise BadQuestion(
            f"-k {k} is not a number of passages; give one from 1 to {MOST_PASSAGES}."
        )


def checked(question: str) -> str:
    """The question as it is searched; raises BadQuestion."""
    searched = " ".join(question.split())
    if not any(character.isalnum() for character in searched):
        raise BadQuestion("the question is empty; ask in a few words or a sentence.")
    if len(searched) > LONGEST_QUESTION:
        raise BadQuestion(
            f"the question has {len(searched):,} characters; ask in at most {LONGEST_QUESTION:,}."
        )
    return searched


def coverage(reports: Sequence[Report]) -> Coverage:
    """What reports cover, each thing once, in the order of the reports."""
    return Coverage(
        titles=_distinct(report.title for report in reports),
        countries=_distinct(report.country for report in reports),
        periods=_distinct(str(report.period) if report.period else None for report in reports),
    )


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
