"""Any sentence-transformers model on this machine, and none from anywhere else."""

import numpy as np
import pytest

from corpus.errors import ModelFault
from embeddings.encoder import SentenceTransformerEncoder

pytest.importorskip("sentence_transformers", reason="a light installation has no other model")
TEXTS = ["The wells ran dry.", "A permit for every march, of over 15 people!", "Rain", ""]


@pytest.fixture(scope="module")
def tiny(tiny_model):
    return SentenceTransformerEncoder(str(tiny_model))


def test_texts_become_unit_vectors_with_the_place_of_every_word_piece(tiny):
    done = []
    encoded = tiny.encode(TEXTS, done.append)
    assert sum(done) == len(encoded) == len(TEXTS)
    for text, found in zip(TEXTS, encoded, strict=True):
        assert found.vector.dtype == np.float32
        assert np.linalg.norm(found.vector) == pytest.approx(1, abs=1e-5)
        assert len(found.tokens) == len(found.pieces) == len(found.offsets)
        assert found.tokens.shape[1] == len(found.vector)
        assert np.allclose(np.linalg.norm(found.tokens, axis=1), 1, atol=1e-5)
        for start, stop in found.offsets.tolist():
            assert text[start:stop].strip() == text[start:stop] != ""


def test_the_order_of_texts_does_not_matter(tiny):
    one = tiny.encode(TEXTS)
    other = tiny.encode(TEXTS[::-1])[::-1]
    for a, b in zip(one, other, strict=True):
        assert a.vector @ b.vector == pytest.approx(1, abs=1e-5)


def test_nothing_to_encode(tiny):
    assert tiny.encode([]) == []


def test_a_model_is_named_after_its_weights(tiny, tiny_model, other_tiny_model):
    assert tiny.identity.startswith(f"{tiny_model.name}@")
    assert SentenceTransformerEncoder(str(tiny_model)).identity == tiny.identity
    assert SentenceTransformerEncoder(str(other_tiny_model)).identity != tiny.identity


@pytest.mark.parametrize("name", ["no-such/model", "no-such-model", "/no/such/folder"])
def test_a_model_that_is_not_here_is_not_looked_for_elsewhere(name):
    with pytest.raises(ModelFault, match=r"cannot be loaded .*Nothing is downloaded\.$") as raised:
        SentenceTransformerEncoder(name)
    assert "\n" not in str(raised.value)


def test_a_folder_that_is_no_model_is_refused(tmp_path):
    (tmp_path / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelFault, match="cannot be loaded"):
        SentenceTransformerEncoder(str(tmp_path))


def test_a_library_changes_its_model_by_the_command_that_the_refusal_names(
    pincite, prepared, own_copy, tiny_model, other_tiny_model
):
    library = ["--library", str(own_copy(prepared))]
    model = ["--model", str(tiny_model)]
    refused = pincite("ask", "Who fled?", *model, *library)
    assert refused.status == 1
    assert f"pincite rebuild {library[0]} '{library[1]}' --model NAME" in refused.err
    assert pincite("ask", "Who fled to the South?", *library).status in (0, 3)

    rebuilt = pincite("rebuild", *model, *library)
    assert rebuilt.status == 0, rebuilt.err
    assert rebuilt.err.count("runs in sentence-transformers") == 1
    assert tiny_model.name in rebuilt.out
    assert pincite("ask", "Who fled?", *model, *library).status in (0, 3)
    assert tiny_model.name in pincite("status", *library).out
    refused = pincite("ask", "Who fled?", *library)
    assert refused.status == 1
    assert tiny_model.name in refused.err
    assert pincite("ask", "Who?", "--model", str(other_tiny_model), *library).status == 1
