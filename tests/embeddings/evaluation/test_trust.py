"""How far a confidence can be trusted: its figures against their definitions, word for word."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.evaluation.confidence import (
    area_under_risk,
    auroc,
    calibration_error,
    reliability,
    risk_coverage,
    wrong_when_answering,
)

SHARES = st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.5, 0.9, 1.0])
SOME = st.lists(SHARES, min_size=1, max_size=15).map(np.array)
JUDGED = st.lists(st.tuples(SHARES, st.booleans()), min_size=1, max_size=25)


@given(SOME, SOME)
def test_auroc_is_the_share_of_pairs_in_order(able, unable):
    pairs = [(a > u) + 0.5 * (a == u) for a in able for u in unable]
    assert auroc(able, unable) == pytest.approx(float(np.mean(pairs)))
    assert auroc(able, unable) == pytest.approx(1 - auroc(unable, able))


@given(SOME, SOME)
def test_wrong_answers_are_counted_at_the_highest_confidence_that_answers_nine_in_ten(able, unable):
    thresholds = [t for t in able if (able >= t).mean() >= 0.9 - 1e-12]
    assert wrong_when_answering(able, unable) == pytest.approx((unable >= max(thresholds)).mean())


@given(JUDGED)
def test_at_full_coverage_the_risk_is_the_share_that_is_wrong(judged):
    confidence, right = np.array([c for c, _ in judged]), np.array([float(r) for _, r in judged])
    coverage, risk = risk_coverage(confidence, right)
    assert coverage[-1] == 1
    assert risk[-1] == pytest.approx(1 - right.mean())
    assert (np.diff(coverage) > 0).all()
    assert ((risk >= -1e-12) & (risk <= 1 + 1e-12)).all()


@given(JUDGED, st.randoms())
def test_the_order_of_the_questions_changes_no_figure(judged, chance):
    other = list(judged)
    chance.shuffle(other)

    def area(rows):
        return area_under_risk(
            np.array([c for c, _ in rows]), np.array([float(r) for _, r in rows])
        )

    assert area(judged) == pytest.approx(area(other))


def test_a_confidence_that_knows_has_less_area_than_one_that_is_turned_around():
    right = np.array([1.0, 1, 1, 0, 0])
    sure = np.array([0.9, 0.8, 0.7, 0.2, 0.1])
    assert area_under_risk(sure, right) == pytest.approx((0 + 0 + 0 + 1 / 4 + 2 / 5) / 5)
    assert area_under_risk(-sure, right) > area_under_risk(sure, right)


@given(JUDGED)
def test_every_question_is_in_one_bin(judged):
    bins = reliability([c for c, _ in judged], [float(r) for _, r in judged])
    assert sum(found.n for found in bins) == len(judged)
    assert len(bins) <= 10
    means = [found.confidence for found in bins]
    assert means == sorted(means)
    assert 0 <= calibration_error(bins) <= 1


@pytest.mark.parametrize(
    ("confidence", "right", "error"),
    [([1.0, 1.0], [1, 1], 0.0), ([1.0, 1.0], [0, 0], 1.0), ([0.75] * 4, [1, 1, 1, 0], 0.0)],
)
def test_the_calibration_error_is_the_distance_from_confidence_to_rightness(
    confidence, right, error
):
    assert calibration_error(reliability(confidence, right)) == pytest.approx(error)


def test_full_confidence_is_in_the_last_bin_with_what_is_nearly_full():
    (found,) = reliability([0.95, 1.0], [1, 0])
    assert (found.n, found.right) == (2, 0.5)
