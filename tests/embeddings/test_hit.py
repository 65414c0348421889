"""A hit cannot hold what is not so."""

import dataclasses
import math

import pytest

from corpus.passage import Passage, Span
from embeddings.hit import Hit, Why

WHY = Why(
    terms=("well",),
    dense_rank=1,
    lexical_rank=None,
    cosine=0.5,
    bm25=0.2,
    passage_maxsim=0.4,
    sentence_maxsim=0.4,
    coverage=0.5,
    margin=0.0,
)


@pytest.fixture
def hit(make):
    source = "The wells ran dry."
    passage = Passage(report=make(), section=(), number=1, start=0, stop=len(source), source=source)
    return Hit(passage=passage, score=0.5, highlight=Span(start=0, stop=len(source)), why=WHY)


def test_the_highlight_may_be_the_whole_passage(hit):
    assert hit.quoted.quotation == hit.passage.text


def test_a_highlight_beyond_the_passage_is_refused(hit):
    with pytest.raises(ValueError, match="within its text"):
        dataclasses.replace(hit, highlight=Span(start=0, stop=19))


@pytest.mark.parametrize("score", [math.nan, math.inf, -math.inf])
def test_scores_are_finite(hit, score):
    with pytest.raises(ValueError, match="finite"):
        dataclasses.replace(hit, score=score)
    with pytest.raises(ValueError, match="finite"):
        dataclasses.replace(WHY, cosine=score)
