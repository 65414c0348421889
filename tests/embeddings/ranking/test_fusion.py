"""One score from four signals, and the candidates that are scored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.ranking.fusion import TEASER, Part, candidates, fuse, normalised
from embeddings.ranking.late_interaction import Interaction

SIGNAL = st.floats(-1, 1)
SCORE = st.floats(0, 2)


def met(passage=0.0, sentence=0.0, **others):
    return Interaction(passage=passage, sentence=sentence, best=0, coverage=0.0, **others)


@pytest.mark.parametrize(
    ("part", "score"),
    [
        (Part.DENSE, 0.4),
        (Part.LEXICAL, 0.2),
        (Part.FUSION, 0.3),
        (Part.FULL, 0.5 * 0.8 + 0.5 * 0.6 + 0.1 * 0.2 + 0.1 * 0.4),
    ],
)
def test_each_part_of_the_recipe_scores_by_its_own_signals(part, score):
    interaction = met(passage=0.8, sentence=0.6)
    assert fuse(part, interaction, cosine=0.4, bm25=0.2) == pytest.approx(score)


@pytest.mark.parametrize(
    ("part", "ignored"),
    [
        (Part.DENSE, {"bm25": 0.9}),
        (Part.LEXICAL, {"cosine": 0.9}),
        (Part.DENSE, {"interaction": met(passage=0.9, sentence=0.9)}),
        (Part.LEXICAL, {"interaction": met(passage=0.9, sentence=0.9)}),
        (Part.FUSION, {"interaction": met(passage=0.9, sentence=0.9)}),
    ],
)
def test_a_part_of_the_recipe_leaves_the_other_signals_out(part, ignored):
    signals = {"interaction": met(), "cosine": 0.4, "bm25": 0.2}
    assert fuse(part, **signals) == fuse(part, **{**signals, **ignored})


@pytest.mark.parametrize(
    "better",
    [
        {"interaction": met(passage=0.6, sentence=0.5)},
        {"interaction": met(passage=0.5, sentence=0.6)},
        {"cosine": 0.6},
        {"bm25": 0.6},
    ],
    ids=["passage", "sentence", "cosine", "bm25"],
)
def test_every_signal_raises_the_full_score(better):
    signals = {"interaction": met(passage=0.5, sentence=0.5), "cosine": 0.5, "bm25": 0.5}
    assert fuse(Part.FULL, **{**signals, **better}) > fuse(Part.FULL, **signals)


@given(SIGNAL, SCORE)
def test_how_pieces_meet_outweighs_both_searches(cosine, bm25):
    whole = fuse(Part.FULL, met(passage=1.0, sentence=1.0), cosine=-1.0, bm25=0.0)
    assert whole > fuse(Part.FULL, met(), cosine, bm25)


@given(SIGNAL, SIGNAL, SIGNAL, SCORE)
def test_coverage_and_the_chosen_sentence_do_not_rank(passage, sentence, cosine, bm25):
    plain = Interaction(passage=passage, sentence=sentence, best=0, coverage=0.0)
    other = Interaction(passage=passage, sentence=sentence, best=3, coverage=1.0, met=(0.5,))
    for part in Part:
        assert fuse(part, plain, cosine, bm25) == fuse(part, other, cosine, bm25)


def test_a_teaser_has_to_be_better_by_more_than_noise_and_less_than_a_signal():
    assert 0 < TEASER < 0.1


@pytest.mark.parametrize(
    ("rankings", "order"),
    [
        ([], []),
        ([[]], []),
        ([[], []], []),
        ([[(7, 0.9), (3, 0.5)]], [7, 3]),
        ([[(7, 0.9), (3, 0.5)], []], [7, 3]),
        # Each once.
        ([[(7, 0.9)], [(7, 4.0)]], [7]),
        # By the best rank, whichever search gave it; the scores of two searches do not compare.
        ([[(1, 0.9), (2, 0.8), (3, 0.7)], [(3, 0.1), (9, 0.05)]], [1, 3, 2, 9]),
        ([[(5, 0.1), (6, 0.05)], [(8, 99.0), (6, 98.0)]], [5, 8, 6]),
        # The first ranking's rank is kept where it is the better one.
        ([[(4, 1.0), (5, 0.9)], [(6, 2.0), (5, 1.5), (4, 1.0)]], [4, 6, 5]),
        # Of one rank the lower number comes first, so that an order is repeated.
        ([[(9, 1.0)], [(2, 1.0)]], [2, 9]),
        ([[(9, 1.0)], [(2, 1.0)], [(5, 1.0)]], [2, 5, 9]),
    ],
)
def test_candidates_stand_in_the_order_of_their_best_ranks(rankings, order):
    assert candidates(*rankings) == order


NUMBERS = st.lists(st.integers(0, 50), unique=True, max_size=12)


@given(NUMBERS, NUMBERS)
def test_no_candidate_of_either_search_is_lost_or_doubled(dense, lexical):
    found = candidates([(n, 0.0) for n in dense], [(n, 0.0) for n in lexical])
    assert sorted(found) == sorted(set(dense) | set(lexical))


@given(NUMBERS, NUMBERS)
def test_the_order_of_the_two_searches_does_not_matter(dense, lexical):
    one, other = [(n, 0.0) for n in dense], [(n, 1.0) for n in lexical]
    assert candidates(one, other) == candidates(other, one)


@given(NUMBERS)
def test_one_search_alone_keeps_its_order(numbers):
    assert candidates([(number, 0.5) for number in numbers], []) == numbers


@pytest.mark.parametrize(
    ("scores", "weights", "expected"),
    [
        ({1: 6.0, 2: 3.0}, [2.0, 4.0], {1: 1.0, 2: 0.5}),
        ({1: 6.0}, [12.0], {1: 0.5}),
        ({1: 0.25}, [0.25, 0.25], {1: 0.5}),
        ({}, [2.0], {}),
        # A question without a term that is known has no share to give.
        ({}, [], {}),
        ({1: 6.0}, [], {}),
        ({1: 6.0}, [0.0], {}),
    ],
)
def test_bm25_is_a_share_of_what_all_terms_would_get(scores, weights, expected):
    assert normalised(scores, weights) == pytest.approx(expected)


@given(st.floats(0.1, 10), st.lists(st.floats(0.1, 5), min_size=1, max_size=5))
def test_bm25_of_a_long_question_compares_with_that_of_a_short_one(score, weights):
    """A question that is asked twice over has twice the score and twice the weights."""
    once = normalised({1: score}, weights)
    twice = normalised({1: 2 * score}, [*weights, *weights])
    assert once == pytest.approx(twice)
