import numpy as np
import pytest

from embeddings.evaluation.confidence import (
    area_under_risk,
    auroc,
    calibration_error,
    reliability,
    risk_coverage,
    wrong_when_answering,
)
from embeddings.evaluation.intervals import NOTHING, of_mean, of_statistic, paired

pytest.importorskip("scipy", reason="a light installation measures nothing")


def test_the_interval_of_a_share_is_about_that_of_its_binomial():
    interval = of_mean([1.0] * 80 + [0.0] * 20)
    # The normal approximation: 0.8 -+ 1.96 * sqrt(0.8 * 0.2 / 100).
    assert interval.value == pytest.approx(0.8)
    assert interval.low == pytest.approx(0.722, abs=0.015)
    assert interval.high == pytest.approx(0.878, abs=0.015)
    assert of_mean([1.0] * 80 + [0.0] * 20) == interval


def test_intervals_hold_the_truth_nineteen_times_in_twenty():
    random = np.random.default_rng(5)
    held = 0
    for _ in range(200):
        interval = of_mean((random.random(120) < 0.7).astype(float).tolist())
        held += interval.low <= 0.7 <= interval.high
    assert 180 <= held <= 198


def test_all_right_is_no_proof_of_perfection():
    interval = of_mean([1.0] * 30)
    assert interval.low == pytest.approx(0.025 ** (1 / 30))
    assert interval.high == 1
    assert of_mean([0.0] * 30).high == pytest.approx(1 - 0.025 ** (1 / 30))
    assert of_mean([]) is NOTHING


def test_a_paired_difference_is_narrower_than_the_two_shares_apart():
    first = [1.0] * 70 + [0.0] * 30
    second = [1.0] * 76 + [0.0] * 24
    difference = paired(first, second)
    assert difference.value == pytest.approx(0.06)
    assert difference.significant
    assert difference.high - difference.low < of_mean(first).high - of_mean(first).low
    assert paired(second, first).value == pytest.approx(-0.06)


def test_no_difference_is_not_significant_and_something_stays_undetectable():
    difference = paired([1.0, 0.0] * 50, [1.0, 0.0] * 50)
    assert (difference.low, difference.high) == (0, 0)
    assert not difference.significant
    assert difference.detectable == pytest.approx(2.8 / 100, rel=0.01)


def test_intervals_that_hold_together_are_wider():
    first, second = [0.0] * 90 + [1.0] * 10, [0.0] * 80 + [1.0] * 20
    alone, together = paired(first, second), paired(first, second, comparisons=7)
    assert together.low < alone.low < alone.high < together.high


def test_values_of_different_questions_do_not_pair():
    with pytest.raises(ValueError, match="same questions"):
        paired([1.0], [1.0, 0.0])


def test_auroc_counts_pairs_and_ties_half():
    assert auroc(np.array([0.9, 0.5]), np.array([0.5, 0.1])) == 3.5 / 4
    interval = of_statistic(auroc, (np.array([0.9, 0.5]),), (np.array([0.5, 0.1]),))
    assert interval.low <= 3.5 / 4 <= interval.high
    assert interval.n == 4


def test_wrong_answers_are_counted_where_nine_in_ten_are_answered():
    answerable = np.arange(1, 11) / 10
    # The ninth highest is 0.2: three of these four are as confident.
    assert wrong_when_answering(answerable, np.array([0.1, 0.2, 0.3, 0.9])) == 0.75


def test_risk_falls_with_the_confidence_whatever_the_order_of_ties():
    confidence = np.array([0.9, 0.9, 0.5, 0.1])
    right = np.array([1.0, 0.0, 1.0, 0.0])
    coverage, risk = risk_coverage(confidence, right)
    assert coverage.tolist() == [0.25, 0.5, 0.75, 1.0]
    assert risk.tolist() == pytest.approx([0.5, 0.5, 1 / 3, 0.5])
    swapped = area_under_risk(confidence[[1, 0, 2, 3]], right[[1, 0, 2, 3]])
    assert area_under_risk(confidence, right) == pytest.approx(swapped)


def test_reliability_bins_by_confidence():
    bins = reliability([0.05, 0.95, 0.97, 1.0], [0.0, 1.0, 1.0, 0.0])
    assert [(found.n, found.right) for found in bins] == [(1, 0.0), (3, pytest.approx(2 / 3))]
    assert calibration_error(bins) == pytest.approx((0.05 + 3 * abs(2.92 / 3 - 2 / 3)) / 4)
