"""What an answer claims to be."""

import dataclasses

import pytest

from embeddings.encoding import encode_missing
from embeddings.retriever import Retriever
from embeddings.verdict import Verdict, judge, model_from_json, model_to_json, shipped_model


@pytest.fixture
def hits(library, page_file, putting, words):
    report = putting(library, page_file)
    encode_missing(library, words, library.all_passages(report.id))
    return Retriever(library, words).search("Which wells ran dry?", 3)


def scored(hit, score, cosine):
    return dataclasses.replace(
        hit, score=score, why=dataclasses.replace(hit.why, cosine=cosine, margin=0.1)
    )


def test_nothing_found_is_outside():
    assert (judge([]).verdict, judge([]).confidence) == (Verdict.OUTSIDE, 0)


def test_a_better_hit_is_never_less_sure_and_never_claims_less(hits):
    found = [judge([scored(hits[0], step / 10, step / 20)]) for step in range(-20, 21)]
    confidences = [judgement.confidence for judgement in found]
    assert all(0 <= confidence <= 1 for confidence in confidences)
    assert confidences == sorted(confidences)
    order = [Verdict.OUTSIDE, Verdict.CLOSEST, Verdict.ANSWERED]
    claims = [order.index(judgement.verdict) for judgement in found]
    assert claims == sorted(claims)
    assert {claims[0], claims[-1]} == {0, 2}


def test_the_verdict_rests_on_the_best_hit(hits):
    assert judge(hits) == judge(hits[:1])


def test_a_model_survives_being_written():
    model = shipped_model()
    assert model_from_json(model_to_json(model, fitted_on=["a"])) == model
