"""Fitting the verdict: a logistic model over a hit's signals, by scikit-learn."""

import importlib.util
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corpus.errors import InstallationFault
from embeddings.judging.verdict import Logistic

Floats = NDArray[np.float64]

# Keeps the weights finite where the signals part the questions without an error (Hastie,
# Tibshirani and Friedman, The Elements of Statistical Learning, 4.4).
_RIDGE = 1e-3
# Of the gradient's largest part: fits of a thousand questions then agree to nine digits.
_TOLERANCE = 1e-10


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A question's signals and whether they should say yes; `group` is weighed as a whole."""

    signals: Mapping[str, float]
    yes: bool
    group: str


def check_installed() -> None:
    """Raise InstallationFault where scikit-learn, which fits the model, is not installed."""
    if importlib.util.find_spec("sklearn") is None:
        raise InstallationFault(
            "calibrating needs scikit-learn, which this light installation leaves out; install it "
            "(pip install scikit-learn), or Pincite whole (pip install . in its clone)."
        )


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
    slopes, intercept = _logistic(signals, wanted, _weights(judged))
    unsure = Logistic(
        intercept=intercept, slopes=dict(zip(names, slopes.tolist(), strict=True)), yes_from=0.0
    )
    return replace(unsure, yes_from=reached(unsure, kept, of))


def reached(model: Logistic, share: float, of: Sequence[Judged]) -> float:
    """The likelihood that this share of some questions reaches, each group weighing the same."""
    likelihood = np.array([model.likelihood(one.signals) for one in of])
    # The likelihood below which the rest of the weight lies.
    return float(np.quantile(likelihood, 1 - share, weights=_weights(of), method="inverted_cdf"))


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
    """Slopes and intercept; the ridge is on the slopes of signals of one spread."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(signals)
    model = LogisticRegression(C=1 / _RIDGE, solver="newton-cholesky", tol=_TOLERANCE)
    model.fit(scaler.transform(signals), wanted, sample_weight=weights)
    slopes = model.coef_[0] / scaler.scale_
    return slopes, float(model.intercept_[0] - slopes @ scaler.mean_)
