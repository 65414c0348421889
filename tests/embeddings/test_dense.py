"""Exact inner product, filtered inside the search."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.dense import DenseIndex
from embeddings.vectors import unit

NUMBERS = np.array([3, 7, 11, 40, 41, 1_000_000], np.int64)


@pytest.fixture(scope="module")
def vectors():
    return unit(np.random.default_rng(5).normal(size=(len(NUMBERS), 16)).astype(np.float32))


@pytest.fixture(scope="module")
def index(vectors):
    return DenseIndex.build(NUMBERS, vectors)


@given(st.integers(1, 20), st.sets(st.sampled_from(NUMBERS.tolist()), min_size=1))
def test_the_nearest_allowed_are_found_best_first(index, vectors, k, allowed):
    question = vectors[2]
    expected = sorted(
        (
            (-float(vectors[row] @ question), number)
            for row, number in enumerate(NUMBERS.tolist())
            if number in allowed
        ),
    )[:k]
    found = index.search(question, k, sorted(allowed))
    assert [number for number, _ in found] == [number for _, number in expected]
    assert [cosine for _, cosine in found] == pytest.approx([-score for score, _ in expected])


def test_without_a_filter_all_are_searched(index, vectors):
    assert index.search(vectors[0], 99)[0][0] == 3
    assert len(index.search(vectors[0], 99)) == len(index) == len(NUMBERS)
    assert index.numbers().tolist() == NUMBERS.tolist()


def test_an_index_survives_the_disk(index, vectors, tmp_path):
    index.write(tmp_path / "index")
    again = DenseIndex.read(tmp_path / "index")
    assert again.search(vectors[1], 3) == index.search(vectors[1], 3)


@pytest.mark.parametrize("content", [b"", b"not an index"])
def test_what_is_no_index_is_refused(tmp_path, content):
    (tmp_path / "index").write_bytes(content)
    with pytest.raises(ValueError, match=r"index|open|read|Error"):
        DenseIndex.read(tmp_path / "index")
    with pytest.raises(ValueError, match=r"index|open|read|Error"):
        DenseIndex.read(tmp_path / "none")
