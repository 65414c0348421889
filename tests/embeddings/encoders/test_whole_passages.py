"""A text longer than what a model reads at once is read to its end, each word once."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.passage import Passage
from embeddings.encoders.encoder import Encoded
from embeddings.encoders.whole_passages import encode_passages, encode_whole

LONGEST = 7


class ShortSighted:
    """Reads so many word pieces of a text, each of at most four letters, and no more."""

    identity = "short-sighted@1"
    background = np.zeros(0, np.float32)

    def __init__(self, words) -> None:
        self._words = words
        self.asked: list[str] = []

    def encode(self, texts, progress=None):
        self.asked += texts
        if progress:
            progress(len(texts))
        return [self._cut(text) for text in texts]

    def _cut(self, text):
        spans = [match.span() for match in re.finditer(r"\w{1,4}|[^\w\s]", text)][:LONGEST]
        whole = [self._words.encode([text[start:stop]])[0] for start, stop in spans]
        tokens = [one.tokens for one in whole] or [np.zeros((0, 64), np.float32)]
        (vector,) = self._words.encode([text[: spans[-1][1]] if spans else ""])
        return Encoded(
            vector=vector.vector,
            tokens=np.concatenate(tokens),
            pieces=np.concatenate([one.pieces for one in whole] or [np.zeros(0, np.int64)]),
            offsets=np.array(spans, np.int64).reshape(-1, 2),
        )


@pytest.fixture(scope="module")
def short(word_encoder):
    return ShortSighted(word_encoder())


WORDS = st.sampled_from(
    ["a", "dry", "well", "tanker", "household", "extraordinarily", "4,200", "."]
)
TEXTS = st.lists(WORDS, max_size=40).map(" ".join)


@given(TEXTS)
def test_every_letter_is_read_and_none_of_them_twice(short, text):
    (encoded,) = encode_whole(short, [text])
    read = [place for start, stop in encoded.offsets.tolist() for place in range(start, stop)]
    assert read == [place for place, letter in enumerate(text) if not letter.isspace()]


@given(TEXTS)
def test_vectors_are_of_length_one_however_many_windows_there_are(short, text):
    (encoded,) = encode_whole(short, [text])
    assert np.linalg.norm(encoded.vector) == pytest.approx(1, abs=1e-5)
    assert len(encoded.tokens) == len(encoded.pieces) == len(encoded.offsets)


@given(st.lists(TEXTS, max_size=5))
def test_a_text_is_read_the_same_in_any_company(short, texts):
    alone = [encode_whole(short, [text])[0] for text in texts]
    for one, other in zip(alone, encode_whole(short, texts), strict=True):
        assert one.offsets.tolist() == other.offsets.tolist()
        assert one.pieces.tolist() == other.pieces.tolist()
        assert np.allclose(one.vector, other.vector)


def test_a_text_that_fits_is_encoded_once(words):
    encode_whole(words, ["Wells ran dry."])
    assert words.encoded == ["Wells ran dry."]


def test_a_word_that_was_cut_in_two_is_read_again_whole(word_encoder):
    short = ShortSighted(word_encoder())
    text = "one two six ten old dry extraordinary"
    (encoded,) = encode_whole(short, [text])
    assert short.asked == [text, "extraordinary"]
    pieces = [text[start:stop] for start, stop in encoded.offsets.tolist()]
    assert pieces[6:] == ["extr", "aord", "inar", "y"]


def test_a_word_longer_than_a_window_is_read_on_from_where_it_was_cut(short):
    text = "x" * 100
    (encoded,) = encode_whole(short, [text])
    assert encoded.offsets[-1, 1] == 100


def test_progress_counts_each_text_once_whatever_its_length(short):
    told = []
    encode_whole(short, ["dry", "well " * 40], told.append)
    assert sum(told) == 2


@pytest.fixture
def passage(make):
    def build(text, section=()):
        return Passage(
            report=make(),
            section=section,
            number=1,
            start=0,
            stop=len(text),
            source=text,
        )

    return build


def test_the_places_of_word_pieces_are_those_of_what_is_searched(words, passage):
    found = passage("Wells ran dry.", ("Right to water",))
    (encoded,) = encode_passages(words, [found])
    read = [found.searched[start:stop] for start, stop in encoded.offsets.tolist()]
    assert read == re.findall(r"\w+|[^\w\s]", found.searched)


def test_the_vector_of_a_passage_is_that_of_its_text_alone(words, passage):
    (there,) = encode_passages(words, [passage("Wells ran dry.", ("Right to water",))])
    (here,) = encode_passages(words, [passage("Wells ran dry.", ("Something else",))])
    assert np.allclose(there.vector, here.vector)
    assert there.pieces.tolist() != here.pieces.tolist()


def test_a_context_of_many_passages_is_encoded_once(words, passage):
    encode_passages(words, [passage(text, ("Water",)) for text in ("One.", "Two.", "Three.")])
    assert words.encoded == [passage("One.", ("Water",)).context, "One.", "Two.", "Three."]


def test_nothing_to_encode_is_nothing(words):
    assert encode_passages(words, []) == []
