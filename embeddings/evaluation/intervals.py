"""Bootstrap intervals: how far a figure would move with other questions of the same sort.

Percentile bootstrap over questions (Efron and Tibshirani, An Introduction to the Bootstrap,
chapters 13 and 16), by SciPy, the same resamples every time.
"""

import importlib.util
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import InstallationFault

Values = NDArray[np.float64]
Statistic = Callable[..., float]

LEVEL = 0.95
# Percentiles of 95 % intervals need 1,000 to 2,000 resamples (Efron and Tibshirani, 13.3 and
# 14.3); means are quick, and take enough for the narrower tails of several comparisons.
_RESAMPLES = 2_000
_RESAMPLES_OF_MEANS = 10_000
_SEED = 20_210_101
_TOGETHER = 2_000_000
# Standard normal quantiles of 0.975 and 0.8: a difference found four times in five at 5 %.
_DETECTED = 1.959964 + 0.841621


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A figure between its 95 % bounds, over n questions; all nan where n is 0."""

    value: float
    low: float
    high: float
    n: int


NOTHING = Interval(value=math.nan, low=math.nan, high=math.nan, n=0)


def check_installed() -> None:
    """Raise InstallationFault where SciPy, which makes the intervals, is not installed."""
    if importlib.util.find_spec("scipy") is None:
        raise InstallationFault(
            "measuring needs SciPy, which this light installation leaves out; install it "
            "(pip install scipy), or Pincite whole (pip install . in its clone)."
        )


def of_mean(values: Sequence[float]) -> Interval:
    """The mean of values from 0 to 1."""
    if not values:
        return NOTHING
    array = np.asarray(values, dtype=np.float64)
    mean, n = float(array.mean()), len(values)
    if np.all(array == array[0]) and mean in (0, 1):
        from scipy.stats import binomtest

        # Resampling what is all alike says nothing: the exact bound of Clopper and Pearson.
        low, high = binomtest(n * round(mean), n).proportion_ci(LEVEL, method="exact")
    else:
        low, high, _ = _resampled_means(array, LEVEL)
    return Interval(value=mean, low=float(low), high=float(high), n=n)


def of_statistic(statistic: Statistic, *groups: tuple[Values, ...]) -> Interval:
    """A statistic of groups of questions, each a tuple of equally long arrays.

    Questions are resampled within their group. `statistic` takes all arrays, group after group.
    """
    sizes = [len(group[0]) for group in groups]
    if not all(sizes):
        return NOTHING

    def of_chosen(*places: NDArray[np.int64], **_: Any) -> Values:
        arrays = [
            array[chosen[0, :size]]
            for group, chosen, size in zip(groups, places, sizes, strict=True)
            for array in group
        ]
        return np.array([statistic(*arrays)])

    # SciPy resamples arrays together or each alone, not in groups: so it gets places in them. It
    # wants two of everything; of one question there is only one resample.
    places = [np.arange(max(size, 2)) % size for size in sizes]
    low, high, _ = _bootstrapped(places, of_chosen, LEVEL, resamples=_RESAMPLES, together=1)
    value = statistic(*[array for group in groups for array in group])
    return Interval(value=value, low=low, high=high, n=sum(sizes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Second minus first over the same n questions, between its bounds.

    `detectable` is the smallest true difference that n such questions would show in four of five
    experiments (two-sided, 5 %).
    """

    first: float
    second: float
    value: float
    low: float
    high: float
    detectable: float
    n: int

    @property
    def significant(self) -> bool:
        """Whether the interval leaves out no difference at all."""
        return self.low > 0 or self.high < 0


def paired(first: Sequence[float], second: Sequence[float], comparisons: int = 1) -> Difference:
    """The difference of two means over the same questions, in the same order.

    The bounds hold together for as many `comparisons` (Bonferroni). Raises ValueError for
    sequences of two lengths, or empty ones.
    """
    if len(first) != len(second) or not first:
        raise ValueError("paired values stand for the same questions, of which there are some")
    one, two = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    low, high, error = _resampled_means(two - one, 1 - (1 - LEVEL) / comparisons)
    # Where next to nothing differs, as if one question did: else all would seem detectable.
    error = max(error, 1 / len(one))
    return Difference(
        first=float(one.mean()),
        second=float(two.mean()),
        value=float(two.mean() - one.mean()),
        low=low,
        high=high,
        detectable=_DETECTED * error,
        n=len(one),
    )


def _resampled_means(values: Values, level: float) -> tuple[float, float, float]:
    # SciPy wants two values; two alike have the resamples of one.
    sample = values if len(values) > 1 else np.repeat(values, 2)
    together = max(1, _TOGETHER // len(sample))
    return _bootstrapped([sample], np.mean, level, resamples=_RESAMPLES_OF_MEANS, together=together)


def _bootstrapped(
    samples: Sequence[NDArray[Any]],
    statistic: Callable[..., Any],
    level: float,
    *,
    resamples: int,
    together: int,
) -> tuple[float, float, float]:
    """The bounds, and the standard error."""
    from scipy.stats import bootstrap

    found = bootstrap(
        samples,
        statistic,
        n_resamples=resamples,
        batch=together,
        vectorized=True,
        confidence_level=level,
        method="percentile",
        rng=np.random.default_rng(_SEED),
    )
    low, high = found.confidence_interval
    return float(low), float(high), float(found.standard_error)
