"""Fitting the verdict: a logistic model over a hit's signals, in plain numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings.verdict import SIGNALS, Model

Floats = NDArray[np.float64]

# Keeps the weights finite where the signals part the questions without an error (Hastie,
# Tibshirani and Friedman, The Elements of Statistical Learning, 4.4).
_RIDGE = 1e-3
_NEWTON_STEPS = 50
_SMALL_STEP = 1e-10
# Of the questions that are answered, this share is to be called so, and this share at most may
# be called outside.
ANSWERED_SHARE = 0.90
OUTSIDE_SHARE = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A question's signals and whether its first hit answers; `group` is weighed as a whole."""

    signals: tuple[float, ...]
    answers: bool
    group: str


def fit(judged: Sequence[Judged]) -> Model:
    """The model that tells the questions whose first hit answers from the others.

    Answered and unanswered questions weigh the same in all, and so does each group among them.
    Raises ValueError where one of the two is missing.
    """
    signals = np.array([one.signals for one in judged], np.float64)
    answers = np.array([one.answers for one in judged])
    if not answers.any() or answers.all():
        raise ValueError("fitting needs answered and unanswered questions")
    middle, spread = signals.mean(axis=0), signals.std(axis=0) + 1e-9
    weights = _weights(judged)
    slopes, intercept = _logistic((signals - middle) / spread, answers, weights)
    slopes = slopes / spread
    intercept = intercept - float(slopes @ middle)
    confidence = 1 / (1 + np.exp(-(signals @ slopes + intercept)))
    return Model(
        intercept=intercept,
        slopes=dict(zip(SIGNALS, slopes.tolist(), strict=True)),
        answered_from=_quantile(confidence[answers], weights[answers], 1 - ANSWERED_SHARE),
        closest_from=_quantile(confidence[answers], weights[answers], OUTSIDE_SHARE),
    )


def _weights(judged: Sequence[Judged]) -> Floats:
    sizes: dict[tuple[bool, str], int] = {}
    for one in judged:
        sizes[one.answers, one.group] = sizes.get((one.answers, one.group), 0) + 1
    groups: Mapping[bool, int] = {
        side: sum(1 for answers, _ in sizes if answers is side) for side in (True, False)
    }
    return np.array([0.5 / groups[one.answers] / sizes[one.answers, one.group] for one in judged])


def _logistic(signals: Floats, answers: NDArray[np.bool_], weights: Floats) -> tuple[Floats, float]:
    """Newton's method on the weighted, slightly ridged likelihood."""
    design = np.column_stack([signals, np.ones(len(signals))])
    ridge = np.diag([_RIDGE] * signals.shape[1] + [0.0])
    slopes = np.zeros(design.shape[1])
    for _ in range(_NEWTON_STEPS):
        likely = 1 / (1 + np.exp(-(design @ slopes)))
        gradient = design.T @ (weights * (answers - likely)) - ridge @ slopes
        curvature = (design * (weights * likely * (1 - likely))[:, np.newaxis]).T @ design + ridge
        step = np.linalg.solve(curvature, gradient)
        slopes = slopes + step
        if np.abs(step).max() < _SMALL_STEP:
            break
    return slopes[:-1], float(slopes[-1])


def _quantile(values: Floats, weights: Floats, share: float) -> float:
    """The value below which `share` of the weight lies."""
    order = np.argsort(values)
    below = np.cumsum(weights[order]) / weights.sum()
    return float(values[order][np.searchsorted(below, share)])
