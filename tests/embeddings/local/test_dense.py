"""Nearest vectors: few compared exactly, many by codes first, filters always exactly."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DamagedVectors
from embeddings.encoders.encoder import unit
from embeddings.local import dense
from embeddings.local.dense import DenseIndex, VectorFile

MANY = 12_000
DIMENSIONS = 128
CENTRES = np.random.default_rng(1).normal(size=(200, DIMENSIONS))


def build(folder, numbers, vectors, older=None):
    folder.mkdir()
    parts = (vectors[start : start + 999] for start in range(0, len(vectors), 999))
    return DenseIndex.build(folder, numbers, VectorFile.write(folder, parts), older)


def random_vectors(count, seed=5):
    """Unit vectors around some hundred centres, as those of a library's subjects are."""
    chance = np.random.default_rng(seed)
    spread = chance.normal(size=(count, DIMENSIONS)) * 0.8
    return unit((CENTRES[chance.integers(0, len(CENTRES), count)] + spread).astype(np.float32))


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    numbers = np.array([3, 7, 11, 40, 41, 1_000_000], np.int64)
    vectors = random_vectors(len(numbers))
    return build(tmp_path_factory.mktemp("few") / "index", numbers, vectors), numbers, vectors


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    numbers, vectors = np.arange(MANY, dtype=np.int64) * 3 + 5, random_vectors(MANY)
    return build(tmp_path_factory.mktemp("many") / "index", numbers, vectors), numbers, vectors


def nearest(numbers, vectors, question, k, allowed):
    order = np.argsort(-(vectors @ question), kind="stable")
    return [int(number) for number in numbers[order] if number in allowed][:k]


@given(st.data())
@pytest.mark.parametrize("size", ["few", "many"])
def test_the_nearest_allowed_are_found_exactly(size, request, data):
    index, numbers, vectors = request.getfixturevalue(size)
    k = data.draw(st.integers(1, 20))
    allowed = data.draw(st.sets(st.sampled_from(numbers.tolist()), min_size=1, max_size=60))
    question = vectors[data.draw(st.integers(0, len(vectors) - 1))]
    found = index.search(question, k, np.array(sorted(allowed)))
    assert [number for number, _ in found] == nearest(numbers, vectors, question, k, allowed)
    cosines = {n: float(v @ question) for n, v in zip(numbers.tolist(), vectors, strict=True)}
    assert [cosine for _, cosine in found] == pytest.approx(
        [cosines[n] for n, _ in found], abs=1e-6
    )


def test_few_vectors_are_all_compared(few):
    index, numbers, vectors = few
    assert index.is_exact
    assert index.search(vectors[0], 99)[0][0] == 3
    assert len(index.search(vectors[0], 99)) == len(index) == len(numbers)
    assert index.numbers.tolist() == numbers.tolist()


def test_of_many_vectors_the_nearest_are_found_and_compared_exactly(many):
    index, numbers, vectors = many
    assert not index.is_exact
    everything = set(numbers.tolist())
    met = []
    for question in random_vectors(60, seed=6):
        found = index.search(question, 10)
        assert len(found) == 10
        assert [cosine for _, cosine in found] == sorted((c for _, c in found), reverse=True)
        row = int(np.searchsorted(numbers, found[0][0]))
        assert found[0][1] == pytest.approx(float(vectors[row] @ question), abs=1e-6)
        expected = nearest(numbers, vectors, question, 10, everything)
        met.append(len({number for number, _ in found} & set(expected)) / 10)
    assert np.mean(met) >= 0.98


@pytest.mark.parametrize("every", [1, 3, 7])
def test_a_filter_that_lets_much_through(many, every):
    index, numbers, vectors = many
    allowed = numbers[::every][: dense._ROWS_TOGETHER + 50]
    question = vectors[-1]
    found = [number for number, _ in index.search(question, 5, allowed)]
    assert found == nearest(numbers, vectors, question, 5, set(allowed.tolist()))


@pytest.mark.parametrize("size", ["few", "many"])
def test_what_an_index_does_not_have_is_not_found(size, request):
    index, numbers, vectors = request.getfixturevalue(size)
    unknown = np.array([1, int(numbers[-1]) + 1, int(numbers[-1]) + 9])
    assert index.search(vectors[0], 3, unknown) == []
    allowed = np.sort(np.concatenate([unknown, numbers[1:3]]))
    assert {number for number, _ in index.search(vectors[0], 9, allowed)} == set(
        numbers[1:3].tolist()
    )


@pytest.mark.parametrize("size", ["few", "many"])
def test_an_index_survives_the_disk(size, request):
    index, _, vectors = request.getfixturevalue(size)
    again = DenseIndex.read(index.vectors.folder)
    assert again.is_exact == index.is_exact
    assert again.search(vectors[1], 3) == index.search(vectors[1], 3)


def test_codes_are_kept_where_vectors_are_only_added(many, tmp_path):
    older, numbers, vectors = many
    more = random_vectors(500, seed=7)
    numbers = np.concatenate([numbers, numbers[-1] + 1 + np.arange(500)])
    vectors = np.concatenate([vectors, more])
    again = DenseIndex.read(older.vectors.folder)
    grown = build(tmp_path / "grown", numbers, vectors, again)
    assert len(grown) == MANY + 500
    assert grown.codes is again.codes
    assert grown.search(more[3], 1)[0][0] == numbers[MANY + 3]
    shrunk = build(tmp_path / "shrunk", numbers[1:], vectors[1:], grown)
    assert shrunk.codes is not grown.codes
    assert shrunk.search(more[3], 1)[0][0] == numbers[MANY + 3]


@pytest.mark.parametrize("content", [b"", b"not an index"])
@pytest.mark.parametrize("name", ["dense.faiss", "numbers.npy"])
def test_what_is_no_index_is_refused(few, tmp_path, name, content):
    _, numbers, vectors = few
    build(tmp_path / "index", numbers, vectors)
    (tmp_path / "index" / name).write_bytes(content)
    with pytest.raises(ValueError, match=r"\w"):
        DenseIndex.read(tmp_path / "index")
    with pytest.raises(OSError, match="No such file"):
        DenseIndex.read(tmp_path / "none")


def test_a_file_of_vectors_that_ends_too_early_is_noticed(few, tmp_path):
    _, numbers, vectors = few
    index = build(tmp_path / "index", numbers, vectors)
    with (tmp_path / "index" / "vectors.f32").open("r+b") as file:
        file.truncate(100)
    with pytest.raises(DamagedVectors):
        index.search(vectors[0], 3, np.array([3, 1_000_000]))
