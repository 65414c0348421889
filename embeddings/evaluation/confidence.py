"""How far a confidence can be trusted: AUROC, risk and coverage, reliability."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from embeddings.evaluation.intervals import Values

# The share of the answerable that must be answered where wrong answers are counted.
ANSWERED_SHARE = 0.9
_BINS = 10


def auroc(answerable: Values, unanswerable: Values) -> float:
    """How often an answerable question has the higher confidence; ties count half.

    The area under the ROC curve, as Mann and Whitney's U over the number of pairs.
    """
    ordered = np.sort(unanswerable)
    below = np.searchsorted(ordered, answerable, side="left")
    not_above = np.searchsorted(ordered, answerable, side="right")
    return float((below + not_above).sum() / (2 * len(answerable) * len(unanswerable)))


def wrong_when_answering(answerable: Values, unanswerable: Values) -> float:
    """Share of the unanswerable answered at the confidence that answers 90 % of the others."""
    needed = int(np.ceil(ANSWERED_SHARE * len(answerable)))
    threshold = np.sort(answerable)[len(answerable) - needed]
    return float((unanswerable >= threshold).mean())


def risk_coverage(confidence: Values, right: Values) -> tuple[Values, Values]:
    """Coverage and risk, each shape (questions,), as the least confident are left out.

    Risk is the share of the covered that is not right. Equal confidences share their risk, so
    that the order of the questions plays no part. (El-Yaniv and Wiener, 2010.)
    """
    order = np.argsort(-confidence, kind="stable")
    _, group = np.unique(-confidence[order], return_inverse=True)
    shares = np.bincount(group, weights=right[order]) / np.bincount(group)
    covered = np.arange(1, len(order) + 1)
    return covered / len(order), 1 - np.cumsum(shares[group]) / covered


def area_under_risk(confidence: Values, right: Values) -> float:
    """The mean risk over all coverages: AURC (Geifman and El-Yaniv, 2017); 0 is best."""
    return float(risk_coverage(confidence, right)[1].mean())


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Questions of like confidence: its mean, the share that was right, and how many."""

    confidence: float
    right: float
    n: int


def reliability(confidence: Sequence[float], right: Sequence[float]) -> list[Bin]:
    """Ten bins of equal width, without the empty ones (Guo et al., 2017)."""
    values, truths = np.asarray(confidence), np.asarray(right)
    bins = np.minimum((values * _BINS).astype(int), _BINS - 1)
    return [
        Bin(
            confidence=float(values[bins == number].mean()),
            right=float(truths[bins == number].mean()),
            n=int((bins == number).sum()),
        )
        for number in range(_BINS)
        if (bins == number).any()
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: the bins' mean distance from confidence to rightness."""
    total = sum(found.n for found in bins)
    return sum(abs(found.confidence - found.right) * found.n for found in bins) / total
