"""What an answer claims to be."""

import dataclasses
import json

import pytest

from embeddings.adding import encode_missing
from embeddings.encoders.default_model import DEFAULT_IDENTITY
from embeddings.judging.verdict import (
    Unfitted,
    Verdict,
    fitted_to,
    judge,
    model_from_json,
    model_to_json,
    shipped_model,
)


@pytest.fixture
def hits(library, page_file, putting, words, search_of):
    report = putting(library, page_file)
    encode_missing(library, words, library.all_passages(report.id))
    return search_of(library, words).search("Which wells ran dry?", 3)


def scored(hit, score, cosine):
    return dataclasses.replace(
        hit, score=score, why=dataclasses.replace(hit.why, cosine=cosine, margin=0.1)
    )


def test_nothing_found_is_outside():
    assert (judge([], shipped_model()).verdict, judge([], shipped_model()).confidence) == (
        Verdict.OUTSIDE,
        0,
    )


def test_a_better_hit_is_never_less_sure_and_never_claims_less(hits):
    found = [
        judge([scored(hits[0], step / 10, step / 20)], shipped_model()) for step in range(-20, 21)
    ]
    confidences = [judgement.confidence for judgement in found]
    assert all(0 <= confidence <= 1 for confidence in confidences)
    assert confidences == sorted(confidences)
    order = [Verdict.OUTSIDE, Verdict.CLOSEST, Verdict.ANSWERED]
    claims = [order.index(judgement.verdict) for judgement in found]
    assert claims == sorted(claims)
    assert {claims[0], claims[-1]} == {0, 2}


def test_the_verdict_rests_on_the_best_hit(hits):
    assert judge(hits, shipped_model()) == judge(hits[:1], shipped_model())


def test_a_model_survives_being_written():
    model = shipped_model()
    assert model_from_json(model_to_json(model, fitted_on=["a"])) == model


def test_a_model_that_does_not_say_what_it_was_fitted_to_is_refused():
    written = json.loads(model_to_json(shipped_model()))
    del written["model"]["encoder"]
    with pytest.raises(KeyError):
        model_from_json(json.dumps(written))


def test_a_model_judges_for_the_encoder_that_it_was_fitted_to():
    shipped = shipped_model()
    own = dataclasses.replace(shipped, encoder="tiny@1")
    assert shipped.encoder == DEFAULT_IDENTITY
    assert fitted_to("tiny@1", [own, shipped]) is own
    assert fitted_to(DEFAULT_IDENTITY, [own, shipped]) is shipped
    assert fitted_to("tiny@2", [own, shipped]) == Unfitted(encoder="tiny@2")


def test_without_a_model_the_best_hit_is_never_an_answer(hits):
    unfitted = Unfitted(encoder="tiny@1")
    sure = scored(hits[0], 2.0, 1.0)
    assert judge([sure], shipped_model()).verdict is Verdict.ANSWERED
    assert judge([sure], unfitted).verdict is Verdict.CLOSEST
    assert judge([], unfitted).verdict is Verdict.OUTSIDE
