"""What an answer claims to be."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.verdict import (
    Verdict,
    judge,
    model_from_json,
    model_to_json,
    shipped_model,
    signals_of,
)


@pytest.fixture
def hits(library, page_file, putting, words):
    from embeddings.encoding import encode_missing
    from embeddings.retriever import Retriever

    report = putting(library, page_file)
    encode_missing(library, words, library.all_passages(report.id))
    return Retriever(library, words).search("Which wells ran dry?", 3)


def test_nothing_found_is_outside():
    assert judge([]).verdict is Verdict.OUTSIDE
    assert judge([]).confidence == 0


def test_a_verdict_follows_from_its_confidence(hits):
    model = shipped_model()
    for score in (-5, -1, 0, 0.2, 0.4, 0.6, 0.8, 1, 5):
        best = dataclasses.replace(hits[0], score=score)
        found = judge([best, *hits[1:]])
        assert 0 <= found.confidence <= 1
        if found.confidence >= model.answer.yes_from:
            assert found.verdict is Verdict.ANSWERED
        elif model.subject.likelihood(signals_of(best)) >= model.subject.yes_from:
            assert found.verdict is Verdict.CLOSEST
        else:
            assert found.verdict is Verdict.OUTSIDE


def test_a_better_score_is_never_less_sure(hits):
    scored = [dataclasses.replace(hits[0], score=score / 10) for score in range(-10, 20)]
    confidences = [judge([hit]).confidence for hit in scored]
    assert confidences == sorted(confidences)
    assert judge([scored[-1]]).verdict is Verdict.ANSWERED
    assert judge([scored[0]]).verdict is not Verdict.ANSWERED


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-50, max_value=50))
def test_a_model_survives_being_written(number):
    shipped = shipped_model()
    answer = dataclasses.replace(shipped.answer, intercept=number)
    model = dataclasses.replace(shipped, answer=answer)
    assert model_from_json(model_to_json(model, fitted_on=["a"])) == model
