"""Whether the best hit answers the question."""

import enum
import math
from collections.abc import Sequence
from dataclasses import dataclass

from embeddings.hit import Hit

# A logistic curve over the best cosine; on questions about the report that it answers and does
# not answer, the best cosine alone has an AUROC of 0.87.
_MIDDLE = 0.50
_SLOPE = 12.0
ANSWERED_FROM = 0.5
CLOSEST_FROM = 0.05


class Verdict(enum.StrEnum):
    """What an answer claims to be."""

    ANSWERED = "answered"
    CLOSEST = "closest"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A verdict and how likely it is that the best hit answers, 0 to 1."""

    verdict: Verdict
    confidence: float


def judge(hits: Sequence[Hit]) -> Judgement:
    """The judgement of a question's hits, best first."""
    if not hits:
        return Judgement(verdict=Verdict.OUTSIDE, confidence=0.0)
    confidence = 1 / (1 + math.exp(-_SLOPE * (hits[0].why.cosine - _MIDDLE)))
    if confidence >= ANSWERED_FROM:
        return Judgement(verdict=Verdict.ANSWERED, confidence=confidence)
    verdict = Verdict.CLOSEST if confidence >= CLOSEST_FROM else Verdict.OUTSIDE
    return Judgement(verdict=verdict, confidence=confidence)
