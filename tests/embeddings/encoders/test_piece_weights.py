"""What a word piece weighs: by the library, by its vocabulary, and where neither knows it."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.encoders.vocabulary import BACKGROUND, background, piece_weights

NONE = np.zeros(0, np.float32)


def weights(pieces, frequency, passages, shares=NONE):
    return piece_weights(
        np.array(pieces, np.int64), np.array(frequency, np.int64), passages, shares
    ).tolist()


def tokenizer(kind, vocabulary, **fields):
    return json.dumps({"model": {"type": kind, "vocab": vocabulary, **fields}})


@given(st.lists(st.integers(0, 50), min_size=1, max_size=20))
def test_the_more_passages_hold_a_piece_the_less_it_weighs(frequency):
    found = weights(range(len(frequency)), frequency, 50)
    for one, weight in zip(frequency, found, strict=True):
        for other, other_weight in zip(frequency, found, strict=True):
            assert (one < other) <= (weight > other_weight)
    assert min(found) > 0


def test_a_piece_that_the_library_never_saw_weighs_most():
    seen, unseen, beyond = weights([0, 1, 99], [3, 0], 10)
    assert unseen == beyond > seen


def test_without_a_vocabulary_the_library_alone_tells():
    assert weights([0], [4], 10) == [pytest.approx(math.log1p(6.5 / 4.5))]


def test_with_a_vocabulary_a_small_library_is_filled_with_ordinary_passages():
    shares = np.array([0.5, 0.01], np.float32)
    common, rare = weights([0, 1], [1, 1], 2, shares)
    assert common == pytest.approx(math.log1p((2 + BACKGROUND - 151 + 0.5) / 151.5), rel=1e-5)
    assert rare > 2 * common


def test_a_large_library_outweighs_the_vocabulary():
    shares = np.array([0.9], np.float32)
    (by_library,) = weights([0], [1], 1_000_000)
    (by_both,) = weights([0], [1], 1_000_000, shares)
    assert by_both > 0.5 * by_library


@pytest.mark.parametrize("kind", ["WordPiece", "BPE", "WordLevel"])
def test_shares_fall_with_the_rank_and_marks_stand_apart(kind):
    names = ["[PAD]", "!", "a", "the", "of", "wells"]
    shares = background(tokenizer(kind, {name: n for n, name in enumerate(names)}))
    assert shares.shape == (6,)
    assert shares[:3] == pytest.approx(0.05)
    assert list(shares[3:]) == sorted(shares[3:], reverse=True)
    assert shares[3] == 1


@pytest.mark.parametrize(
    ("piece", "fields"),
    [
        ("##ing", {"continuing_subword_prefix": "##"}),
        ("ing</w>", {"end_of_word_suffix": "</w>"}),
        ("Ġing", {}),
        ("▁ing", {}),
    ],
)
def test_a_word_is_one_whatever_marks_it(piece, fields):
    kind = "BPE" if "continuing_subword_prefix" not in fields else "WordPiece"
    shares = background(tokenizer(kind, {"[UNK]": 0, piece: 1}, **fields))
    assert shares.tolist() == [pytest.approx(0.05), 1]


def test_holes_in_the_numbers_of_a_vocabulary_are_pieces_too():
    assert len(background(tokenizer("BPE", {"the": 5, "of": 9}))) == 10


@given(st.lists(st.floats(-20, -0.01), min_size=1, max_size=9))
def test_a_likelier_piece_of_a_unigram_vocabulary_stands_in_more_passages(scores):
    vocabulary = [[f"p{place}", score] for place, score in enumerate(scores)]
    shares = background(tokenizer("Unigram", vocabulary))
    assert all(0 < share <= 1 for share in shares)
    order = np.argsort(scores)
    assert list(shares[order]) == sorted(shares)


@pytest.mark.parametrize(
    ("kind", "vocabulary"), [("Other", {"the": 0}), ("BPE", {"!": 0, "a": 1}), ("WordLevel", {})]
)
def test_a_vocabulary_that_tells_nothing_has_no_shares(kind, vocabulary):
    assert len(background(tokenizer(kind, vocabulary))) == 0
