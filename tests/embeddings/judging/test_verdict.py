"""What an answer claims to be."""

import dataclasses
import json

import pytest

from embeddings.adding import encode_missing
from embeddings.encoders.default_model import DEFAULT_IDENTITY
from embeddings.hit import Reading
from embeddings.judging.verdict import (
    ANSWER_SIGNALS,
    READ_SIGNALS,
    Logistic,
    Model,
    Unfitted,
    Verdict,
    fitted_to,
    judge,
    model_from_json,
    model_to_json,
    shipped_models,
)
from tests.nasty import CONTENTS, broken, with_other_values


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
    assert (
        judge([], shipped_models()[-1]).verdict,
        judge([], shipped_models()[-1]).confidence,
    ) == (
        Verdict.OUTSIDE,
        0,
    )


def test_a_better_hit_is_never_less_sure_and_never_claims_less(hits):
    found = [
        judge([scored(hits[0], step / 10, step / 20)], shipped_models()[-1])
        for step in range(-20, 21)
    ]
    confidences = [judgement.confidence for judgement in found]
    assert all(0 <= confidence <= 1 for confidence in confidences)
    assert confidences == sorted(confidences)
    order = [Verdict.OUTSIDE, Verdict.CLOSEST, Verdict.PERHAPS]
    claims = [order.index(judgement.verdict) for judgement in found]
    assert claims == sorted(claims)
    assert {claims[0], claims[-1]} == {0, 2}


def test_the_verdict_rests_on_the_best_hit(hits):
    assert judge(hits, shipped_models()[-1]) == judge(hits[:1], shipped_models()[-1])


def test_a_model_survives_being_written():
    model = shipped_models()[-1]
    assert model_from_json(model_to_json(model, fitted_on=["a"])) == model


def test_a_model_that_does_not_say_what_it_was_fitted_to_is_refused():
    written = json.loads(model_to_json(shipped_models()[-1]))
    del written["model"]["encoder"]
    with pytest.raises(KeyError):
        model_from_json(json.dumps(written))


def test_a_model_judges_for_the_encoder_that_it_was_fitted_to():
    shipped = shipped_models()[-1]
    own = dataclasses.replace(shipped, encoder="tiny@1")
    assert shipped.encoder == DEFAULT_IDENTITY
    read = dataclasses.replace(shipped, reader="reader@1")
    models = [own, read, shipped]
    assert fitted_to("tiny@1", None, models) is own
    assert fitted_to(DEFAULT_IDENTITY, None, models) is shipped
    assert fitted_to(DEFAULT_IDENTITY, "reader@1", models) is read
    for other in (("tiny@2", None), ("tiny@1", "reader@1"), (DEFAULT_IDENTITY, "reader@2")):
        assert fitted_to(*other, models) == Unfitted(encoder=other[0], reader=other[1])


def test_without_a_model_the_best_hit_is_never_an_answer(hits):
    unfitted = Unfitted(encoder="tiny@1", reader=None)
    sure = scored(hits[0], 2.0, 1.0)
    assert judge([sure], shipped_models()[-1]).verdict is Verdict.PERHAPS
    assert judge([sure], unfitted).verdict is Verdict.CLOSEST
    assert judge([], unfitted).verdict is Verdict.OUTSIDE


def read_as(hit, answers):
    reading = Reading(answers=answers)
    return dataclasses.replace(hit, why=dataclasses.replace(hit.why, reading=reading))


def test_only_what_was_read_is_called_answered(hits):
    read = Model(
        encoder="words@1",
        reader="reader@1",
        answer=Logistic(intercept=0.0, slopes={"reading": 1.0}, yes_from=0.8),
        perhaps_from=0.4,
        subject=Logistic(intercept=0.0, slopes={"reading": 1.0}, yes_from=0.1),
    )
    claims = [judge([read_as(hits[0], logit)], read).verdict for logit in (-4, -1, 0, 3)]
    assert claims == [Verdict.OUTSIDE, Verdict.CLOSEST, Verdict.PERHAPS, Verdict.ANSWERED]
    unread = dataclasses.replace(
        shipped_models()[-1], answer=Logistic(intercept=9.0, slopes={}, yes_from=0.1)
    )
    assert judge(hits, unread).verdict is Verdict.PERHAPS


def test_a_model_from_before_there_was_a_reader_was_fitted_without_one():
    written = json.loads(model_to_json(shipped_models()[-1]))
    del written["model"]["reader"], written["model"]["perhaps_from"]
    assert model_from_json(json.dumps(written)) == shipped_models()[-1]


def test_a_verdict_that_is_none_is_refused_and_any_other_judges():
    whole = json.loads(model_to_json(shipped_models()[-1]))
    others = [json.dumps(other).encode() for other in with_other_values(whole)]
    signals = dict.fromkeys([*ANSWER_SIGNALS, *READ_SIGNALS], -1e9)
    for content in [*CONTENTS, *broken(json.dumps(whole).encode(), 30), *others]:
        try:
            model = model_from_json(content.decode())
        except (KeyError, TypeError, ValueError):
            continue
        assert 0 <= model.answer.likelihood(signals) <= 1
        assert model.subject.likelihood(signals) >= 0
