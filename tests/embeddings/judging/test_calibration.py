"""A fitted model tells apart what can be told apart."""

import numpy as np
import pytest

from embeddings.judging.calibration import Judged, fit

pytest.importorskip("sklearn", reason="a light installation calibrates nothing")

CHANCE = np.random.default_rng(0)


def judged(middle, *, yes, n=200, group="all"):
    return [
        Judged(signals={"score": score, "noise": noise}, yes=yes, group=group)
        for score, noise in CHANCE.normal([middle, 0.0], 1.0, (n, 2))
    ]


def test_the_signal_that_tells_gets_the_weight():
    right, wrong = judged(2.0, yes=True), judged(-2.0, yes=False)
    model = fit([*right, *wrong], ["score", "noise"], kept=0.9, of=right)
    assert model.slopes["score"] > 10 * abs(model.slopes["noise"])
    assert all(model.likelihood(one.signals) > 0.5 for one in right if one.signals["score"] > 1)
    assert all(model.likelihood(one.signals) < 0.5 for one in wrong if one.signals["score"] < -1)


def test_the_fit_is_the_optimum_of_the_weighted_ridged_likelihood():
    ones = [
        *(judged(1.0, yes=True, n=40) + judged(1.5, yes=True, n=90, group="other")),
        *(judged(-0.5, yes=False, n=60) + judged(0.0, yes=False, n=30, group="other")),
    ]
    model = fit(ones, ["score", "noise"], kept=0.9, of=ones)
    signals = np.array([[one.signals["score"], one.signals["noise"]] for one in ones])
    sizes = [sum((o.yes, o.group) == (one.yes, one.group) for o in ones) for one in ones]
    missing = np.array([one.yes - model.likelihood(one.signals) for one in ones]) / 4 / sizes
    assert missing.sum() == pytest.approx(0, abs=1e-9)
    spread = signals.std(axis=0)
    slopes = np.array([model.slopes["score"], model.slopes["noise"]]) * spread
    gradient = ((signals - signals.mean(axis=0)) / spread).T @ missing
    assert gradient == pytest.approx(1e-3 * slopes, abs=1e-9)


@pytest.mark.parametrize("kept", [0.5, 0.9, 0.95])
def test_yes_is_said_to_the_share_that_is_to_be_kept(kept):
    right, wrong = judged(1.0, yes=True), judged(-1.0, yes=False)
    model = fit([*right, *wrong], ["score"], kept=kept, of=right)
    said = [model.likelihood(one.signals) >= model.yes_from for one in right]
    assert np.mean(said) == pytest.approx(kept, abs=0.01)


def test_a_large_group_weighs_no_more_than_a_small_one():
    near, far = judged(0.0, yes=False, n=20, group="near"), judged(-6.0, yes=False, group="far")
    right = judged(3.0, yes=True)
    alike = fit([*right, *near, *far], ["score"], kept=0.9, of=right)
    more = fit([*right, *near, *far, *far, *far], ["score"], kept=0.9, of=right)
    assert alike.slopes["score"] == pytest.approx(more.slopes["score"], rel=0.1)


def test_what_can_be_told_without_error_keeps_finite_weights():
    right, wrong = judged(50.0, yes=True), judged(-50.0, yes=False)
    model = fit([*right, *wrong], ["score"], kept=0.9, of=right)
    assert np.isfinite(model.slopes["score"])
    assert np.isfinite(model.intercept)


@pytest.mark.parametrize("yes", [True, False])
def test_one_side_alone_cannot_be_fitted(yes):
    with pytest.raises(ValueError, match="answered and questions that are not"):
        fit(judged(0.0, yes=yes), ["score"], kept=0.9, of=judged(0.0, yes=True))
