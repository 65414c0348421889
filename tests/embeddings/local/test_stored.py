"""What the library keeps of an encoding says nearly the same when it is read again."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from embeddings.encoders.encoder import Encoded, unit
from embeddings.local.stored import pack, unpack

DIMENSIONS = 8
FLOATS = st.floats(-1, 1, width=32)


@st.composite
def encodings(draw, least=0):
    pieces = draw(st.integers(least, 5))
    tokens = draw(arrays.arrays(np.float32, (pieces, DIMENSIONS), elements=FLOATS))
    ends = np.cumsum(draw(arrays.arrays(np.int64, pieces, elements=st.integers(1, 9))))
    return Encoded(
        vector=unit(draw(arrays.arrays(np.float32, (1, DIMENSIONS), elements=FLOATS)))[0],
        tokens=tokens,
        pieces=draw(arrays.arrays(np.int64, pieces, elements=st.integers(0, 250_000))),
        offsets=np.stack([ends - 1, ends], axis=1).astype(np.int64).reshape(-1, 2),
    )


@given(st.lists(encodings(), max_size=4))
def test_pieces_and_places_come_back_exactly_text_by_text(encoded):
    readings = unpack([pack(one) for one in encoded], DIMENSIONS)
    assert readings.edges.tolist() == np.cumsum([0, *(len(one.pieces) for one in encoded)]).tolist()
    for place, one in enumerate(encoded):
        rows = slice(readings.edges[place], readings.edges[place + 1])
        assert readings.pieces[rows].tolist() == one.pieces.tolist()
        assert readings.offsets[rows].tolist() == one.offsets.tolist()


@given(encodings(least=1))
def test_each_value_of_a_word_piece_is_kept_to_half_a_step_of_its_largest(encoded):
    (tokens,) = [unpack([pack(encoded)], DIMENSIONS).tokens]
    for kept, meant in zip(tokens.astype(np.float64), encoded.tokens, strict=True):
        largest = float(np.abs(meant).max())
        if largest > 1e-6:
            assert np.abs(kept / 127 * largest - meant).max() <= largest / 127 * 0.51


@given(encodings())
def test_the_vector_of_a_text_is_kept_to_the_last_bit(encoded):
    kept = np.frombuffer(pack(encoded).vector, "<f4")
    assert kept.tolist() == encoded.vector.tolist()


def test_a_text_without_a_word_piece_takes_no_room():
    empty = Encoded(
        vector=np.ones(DIMENSIONS, np.float32),
        tokens=np.zeros((0, DIMENSIONS), np.float32),
        pieces=np.zeros(0, np.int64),
        offsets=np.zeros((0, 2), np.int64),
    )
    stored = pack(empty)
    assert (stored.tokens, stored.pieces, stored.offsets) == (b"", b"", b"")


def test_the_direction_of_a_word_piece_is_kept(words):
    (encoded,) = words.encode(["Wells ran dry in the Tarn valley"])
    kept = unit(unpack([pack(encoded)], words.dimensions).tokens.astype(np.float32))
    assert (kept * unit(encoded.tokens)).sum(axis=1) == pytest.approx(1, abs=1e-3)
