"""What Pincite replies to a question."""

from dataclasses import dataclass

from embeddings.hit import Hit
from embeddings.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What a library covers, as far as its reports state it."""

    titles: tuple[str, ...]
    countries: tuple[str, ...]
    periods: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The reply to one question: a verdict, how sure it is, and the hits, best first.

    `confidence` is how likely the first hit answers, 0 to 1; raises ValueError where it is not.
    """

    question: str
    verdict: Verdict
    confidence: float
    hits: tuple[Hit, ...]
    coverage: Coverage

    def __post_init__(self) -> None:
        if not 0 <= self.confidence <= 1:
            raise ValueError("confidence runs from 0 to 1")
        if self.verdict is Verdict.ANSWERED and not self.hits:
            raise ValueError("an answer has a passage")
