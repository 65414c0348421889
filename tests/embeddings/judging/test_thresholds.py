"""From which likelihood what is claimed: the answer's threshold and the subject's, each its own."""

import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.adding import encode_missing
from embeddings.hit import Reading
from embeddings.judging.verdict import (
    ALWAYS,
    ANSWER_SIGNALS,
    SUBJECT_SIGNALS,
    Logistic,
    Model,
    Verdict,
    judge,
    shipped_models,
    signals_of,
)
from tests.searching import search_in

ANSWERED, PERHAPS, CLOSEST, OUTSIDE = Verdict


@pytest.fixture
def hit(library, page_file, putting, words):
    report = putting(library, page_file)
    encode_missing(library, words, library.all_passages(report.id))
    first, *_ = search_in(library, words).search("Which wells ran dry?", 1)
    return first


@pytest.fixture
def read(hit):
    """The same hit, read by a reader."""
    reading = Reading(answers=1.0)
    return dataclasses.replace(hit, why=dataclasses.replace(hit.why, reading=reading))


def certain(likelihood, yes_from):
    """Says the same of every hit."""
    return Logistic(intercept=math.log(likelihood / (1 - likelihood)), slopes={}, yes_from=yes_from)


def model(answer, subject, perhaps_from=1.0):
    return Model(
        encoder="words@1",
        reader="reader@1",
        answer=answer,
        perhaps_from=min(perhaps_from, answer.yes_from),
        subject=subject,
    )


@pytest.mark.parametrize(
    ("answer", "subject", "verdict"),
    [
        # Likelihood and threshold of each.
        ((0.9, 0.8), (0.9, 0.1), ANSWERED),
        ((0.7, 0.8), (0.9, 0.1), CLOSEST),
        ((0.7, 0.8), (0.3, 0.4), OUTSIDE),
        # The subject is held to its own threshold, not to the answer's.
        ((0.7, 0.8), (0.5, 0.4), CLOSEST),
        ((0.3, 0.4), (0.5, 0.8), OUTSIDE),
        # What answers is about the subject, whatever that model says.
        ((0.9, 0.8), (0.1, 0.9), ANSWERED),
        # From the threshold on.
        ((0.5, 0.5), (0.9, 0.1), ANSWERED),
        ((0.1, 0.8), (0.5, 0.5), CLOSEST),
    ],
)
def test_each_claim_has_its_own_threshold(read, answer, subject, verdict):
    judged = judge([read], model(certain(*answer), certain(*subject)))
    assert judged.verdict is verdict
    assert judged.confidence == pytest.approx(answer[0])


@pytest.mark.parametrize(
    ("likelihood", "verdict"),
    [(0.81, ANSWERED), (0.8, ANSWERED), (0.79, PERHAPS), (0.4, PERHAPS), (0.39, CLOSEST)],
)
def test_between_the_two_thresholds_the_passage_answers_perhaps(read, likelihood, verdict):
    judged = judge([read], model(certain(likelihood, 0.8), ALWAYS, perhaps_from=0.4))
    assert judged.verdict is verdict


def test_what_no_reader_has_read_is_called_perhaps_at_most(hit):
    assert judge([hit], model(certain(0.99, 0.5), ALWAYS)).verdict is PERHAPS


def test_where_nothing_tells_the_subject_nothing_is_outside(hit):
    judged = judge([hit], model(certain(0.01, 0.9), ALWAYS))
    assert judged.verdict is CLOSEST


def test_the_signals_are_those_of_the_hit_by_their_names(hit):
    why = dataclasses.replace(hit.why, margin=0.25, coverage=0.75, cosine=0.1)
    signals = signals_of(dataclasses.replace(hit, score=0.5, why=why))
    assert signals == {"score": 0.5, "margin": 0.25, "coverage": 0.75}
    assert {*ANSWER_SIGNALS, *SUBJECT_SIGNALS} <= set(signals)


@pytest.mark.parametrize(
    ("signals", "likelihood"),
    [
        ({"score": 0.0, "margin": 0.0}, 1 / (1 + math.exp(1))),
        ({"score": 0.5, "margin": 0.0}, 0.5),
        ({"score": 0.5, "margin": 0.5}, 1 / (1 + math.exp(2))),
        ({"score": 1.0, "margin": 0.0}, 1 / (1 + math.exp(-1))),
        # A signal that the model does not know does not count.
        ({"score": 0.5, "margin": 0.0, "coverage": 9.0}, 0.5),
    ],
)
def test_a_likelihood_is_the_logistic_of_the_weighted_signals(signals, likelihood):
    logistic = Logistic(intercept=-1.0, slopes={"score": 2.0, "margin": -4.0}, yes_from=0.5)
    assert logistic.likelihood(signals) == pytest.approx(likelihood)


def test_a_signal_that_a_model_needs_is_never_taken_for_nothing():
    with pytest.raises(KeyError):
        Logistic(intercept=0.0, slopes={"score": 1.0}, yes_from=0.5).likelihood({"margin": 1.0})


@pytest.mark.parametrize("signal", ANSWER_SIGNALS)
def test_more_of_each_signal_makes_the_shipped_verdict_surer(signal):
    answer = shipped_models()[-1].answer
    assert set(answer.slopes) == set(ANSWER_SIGNALS)
    signals = dict.fromkeys(ANSWER_SIGNALS, 0.5)
    assert answer.likelihood({**signals, signal: 0.6}) > answer.likelihood(signals)


def test_the_subject_is_judged_without_the_margin():
    assert set(shipped_models()[-1].subject.slopes) == set(SUBJECT_SIGNALS)
    assert "margin" not in SUBJECT_SIGNALS


@given(st.floats(-1.1, 1.3), st.floats(0, 1), st.floats(0, 1))
def test_the_shipped_verdict_is_a_likelihood_for_any_signals(score, margin, coverage):
    signals = {"score": score, "margin": margin, "coverage": coverage}
    for logistic in (shipped_models()[-1].answer, shipped_models()[-1].subject):
        assert 0 <= logistic.likelihood(signals) <= 1
