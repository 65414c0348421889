"""Fitting the verdict: a logistic model over a hit's signals, in plain numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from embeddings.judging.verdict import Logistic

Floats = NDArray[np.float64]

# Keeps the weights finite where the signals part the questions without an error (Hastie,
# Tibshirani and Friedman, The Elements of Statistical Learning, 4.4).
_RIDGE = 1e-3
_NEWTON_STEPS = 50
_SMALL_STEP = 1e-10


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A question's signals and whether they should say yes; `group` is weighed as a whole."""

    signals: Mapping[str, float]
    yes: bool
    group: str


def fit(
    judged: Sequence[Judged], names: Sequence[str], *, kept: float, of: Sequence[Judged]
) -> Logistic:
    """The logistic model of the named signals that tells yes from no.

    Both weigh the same in all, and so does each group among them. It says yes from the likelihood
    that the share `kept` of the questions `of` reaches, each group of them weighing the same.
    Raises ValueError where there are none to tell apart.
    """
    signals = _matrix(judged, names)
    wanted = np.array([one.yes for one in judged])
    if not wanted.any() or wanted.all():
        raise ValueError("fitting needs questions that are answered and questions that are not")
    middle, spread = signals.mean(axis=0), signals.std(axis=0) + 1e-9
    weights = _weights(judged)
    slopes, intercept = _logistic((signals - middle) / spread, wanted, weights)
    slopes = slopes / spread
    intercept -= float(slopes @ middle)
    unsure = Logistic(
        intercept=intercept, slopes=dict(zip(names, slopes.tolist(), strict=True)), yes_from=0.0
    )
    return replace(unsure, yes_from=reached(unsure, kept, of))


def reached(model: Logistic, share: float, of: Sequence[Judged]) -> float:
    """The likelihood that this share of some questions reaches, each group weighing the same."""
    likelihood = np.array([model.likelihood(one.signals) for one in of])
    return _quantile(likelihood, _weights(of), 1 - share)


def _matrix(judged: Sequence[Judged], names: Sequence[str]) -> Floats:
    return np.array([[one.signals[name] for name in names] for one in judged], np.float64)


def _weights(judged: Sequence[Judged]) -> Floats:
    sizes: dict[tuple[bool, str], int] = {}
    for one in judged:
        sizes[one.yes, one.group] = sizes.get((one.yes, one.group), 0) + 1
    groups: Mapping[bool, int] = {
        side: sum(1 for yes, _ in sizes if yes is side) for side in (True, False)
    }
    return np.array([0.5 / groups[one.yes] / sizes[one.yes, one.group] for one in judged])


def _logistic(signals: Floats, wanted: NDArray[np.bool_], weights: Floats) -> tuple[Floats, float]:
    """Newton's method on the weighted, slightly ridged likelihood."""
    design = np.column_stack([signals, np.ones(len(signals))])
    ridge = np.diag([_RIDGE] * signals.shape[1] + [0.0])
    slopes = np.zeros(design.shape[1])
    for _ in range(_NEWTON_STEPS):
        likely = 1 / (1 + np.exp(-(design @ slopes)))
        gradient = design.T @ (weights * (wanted - likely)) - ridge @ slopes
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
