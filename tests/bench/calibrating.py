"""How far confidences can be trusted: risk at a coverage, expected calibration error, AUROC."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

# Calls whose confidence is alike, ten groups of as many.
BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """How sure a question's first hit was taken to answer, whether it does, and how it counts."""

    confidence: float
    right: bool
    weight: float = 1.0


def at_risk(calls: Sequence[Call], most_wrong: float) -> float:
    """The least confidence from which on at most this share of the calls is wrong; 1 for none."""
    order = sorted(calls, key=lambda call: -call.confidence)
    wrong = np.cumsum([not call.right for call in order]) / np.arange(1, len(order) + 1)
    fine = np.flatnonzero(wrong <= most_wrong)
    return order[int(fine[-1])].confidence if len(fine) else 1.0


def coverage_at_risk(calls: Sequence[Call], most_wrong: float) -> float:
    """The share of the answerable, called rightly, at that confidence."""
    threshold = at_risk(calls, most_wrong)
    return float(np.mean([call.confidence >= threshold for call in calls if call.right]))


def calibration_error(calls: Sequence[Call]) -> float:
    """Expected calibration error over groups of equal size (Naeini et al., AAAI 2015)."""
    order = sorted(calls, key=lambda call: call.confidence)
    parts = np.array_split(np.arange(len(order)), min(BINS, len(order)))
    error = 0.0
    for part in parts:
        inside = [order[place] for place in part]
        counted = [call.weight for call in inside]
        sure = np.average([call.confidence for call in inside], weights=counted)
        right = np.average([call.right for call in inside], weights=counted)
        error += sum(counted) * abs(float(sure - right))
    return error / sum(call.weight for call in calls)


def risk_coverage(calls: Sequence[Call]) -> list[dict[str, float]]:
    """Of the surest share of the questions, which share is wrong."""
    order = sorted(calls, key=lambda call: -call.confidence)
    return [
        {
            "coverage": part / 10,
            "risk": round(
                float(np.mean([not call.right for call in order[: part * len(order) // 10]])), 3
            ),
        }
        for part in range(1, 11)
    ]


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """How often one of the first is greater than one of the second; ties count half."""
    first, second = np.array(positive)[:, None], np.array(negative)
    return float((first > second).mean() + (first == second).mean() / 2)
