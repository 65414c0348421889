"""The default model as it is served, against sentence-transformers."""

import numpy as np
import pytest

from bot.assemble import open_encoder
from bot.settings import Settings
from embeddings.encoder import SentenceTransformerEncoder
from embeddings.encoding import encode_whole

TEXTS = [
    "How many people fled to the South in 2021?",
    "Wells in the Tarn valley ran dry in May, leaving 4,200 households without water.",
    "평양 — Côte d’Ivoire … “quoted” ²",
    "water " * 600,
    "",
    "?",
]


@pytest.fixture(scope="module")
def served():
    import contextlib

    return open_encoder(Settings.read({}), lambda *_: contextlib.nullcontext(lambda _: None))


@pytest.fixture(scope="module")
def reference():
    return SentenceTransformerEncoder()


def test_it_says_the_same_as_sentence_transformers(served, reference):
    assert served.identity == reference.identity
    for one, other in zip(served.encode(TEXTS), reference.encode(TEXTS), strict=True):
        assert one.vector @ other.vector == pytest.approx(1, abs=1e-4)
        assert one.pieces.tolist() == other.pieces.tolist()
        assert one.offsets.tolist() == other.offsets.tolist()
        assert np.allclose((one.tokens * other.tokens).sum(axis=1), 1, atol=1e-3)


def test_a_vector_does_not_depend_on_its_company(served):
    together = served.encode(TEXTS)
    for text, found in zip(TEXTS, together, strict=True):
        (alone,) = served.encode([text])
        assert alone.vector.tobytes() == found.vector.tobytes()


def test_progress_counts_every_text(served):
    done = []
    served.encode(TEXTS, done.append)
    assert sum(done) == len(TEXTS)
    assert served.encode([]) == []


def test_a_long_text_is_read_to_its_end(served):
    text = "water " * 600 + "zebra."
    (whole,) = encode_whole(served, [text])
    (cut,) = served.encode([text])
    assert len(cut.pieces) < 300
    assert len(whole.pieces) == 602
    start, stop = whole.offsets[-2]
    assert text[start:stop] == "zebra"
    assert np.linalg.norm(whole.vector) == pytest.approx(1, abs=1e-5)
