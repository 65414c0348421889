"""The default model as it is served, against sentence-transformers."""

import contextlib
from dataclasses import replace

import numpy as np
import onnx
import pytest

from bot.models import open_encoder
from bot.settings import Settings
from corpus.errors import ModelFault, UnusableGraph
from embeddings.encoders.default_model import default_model_folder
from embeddings.encoders.onnx_encoder import OnnxEncoder, read_graph, write_graph
from embeddings.encoders.onnx_graph import CHECKED_TEXTS, make
from embeddings.encoders.reference import recorded
from embeddings.encoders.torch_encoder import SentenceTransformerEncoder
from embeddings.encoders.whole_passages import encode_whole

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
    return open_encoder(Settings.read({}), lambda *_: contextlib.nullcontext(lambda _: None))


@pytest.fixture(scope="module")
def reference():
    pytest.importorskip("sentence_transformers", reason="a light installation has what it recorded")
    return SentenceTransformerEncoder()


def test_it_says_the_same_as_sentence_transformers(served, reference):
    assert served.identity == reference.identity
    for one, other in zip(served.encode(TEXTS), reference.encode(TEXTS), strict=True):
        assert one.vector @ other.vector == pytest.approx(1, abs=1e-4)
        assert one.pieces.tolist() == other.pieces.tolist()
        assert one.offsets.tolist() == other.offsets.tolist()
        assert np.allclose((one.tokens * other.tokens).sum(axis=1), 1, atol=1e-3)


def test_what_it_is_checked_against_is_what_sentence_transformers_says(reference):
    kept = recorded()
    assert len(kept) >= CHECKED_TEXTS
    now = reference.encode([one.text for one in kept])
    assert min(one.vector @ found.vector for one, found in zip(kept, now, strict=True)) > 0.999999


def test_a_form_that_says_something_else_is_not_kept(tmp_path):
    wrong = [replace(one, vector=-one.vector) for one in recorded()[:1]] + recorded()[1:]
    with pytest.raises(ModelFault, match=r"differs from sentence-transformers \(cosine -1\.0"):
        make(default_model_folder(), tmp_path / "graph", "x", wrong)
    with pytest.raises(ValueError, match="the check needs 50"):
        make(default_model_folder(), tmp_path / "graph", "x", wrong[:49])
    assert list(tmp_path.iterdir()) == []


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


@pytest.mark.parametrize("how", ["truncated", "flipped"])
def test_a_prepared_model_that_is_damaged_is_prepared_again(served, home, pincite, prepared, how):
    (graph,) = home.rglob("*.graph")
    content = bytearray(graph.read_bytes())
    if how == "flipped":
        content[len(content) // 2] ^= 1
    graph.write_bytes(content[: 100 if how == "truncated" else None])
    assert read_graph(graph) is None
    ran = pincite("ask", TEXTS[0], "--library", str(prepared))
    assert (ran.status, ran.err) == (3, "")
    assert read_graph(graph) is not None


def of_a_version_to_come(graph):
    """The same graph in a format that the installed ONNX Runtime does not know."""
    model = onnx.load_from_string(read_graph(graph))
    model.ir_version = 99
    write_graph(graph, model.SerializeToString())


def test_a_prepared_model_that_onnx_runtime_cannot_load_is_prepared_again(
    served, home, pincite, prepared
):
    (graph,) = home.rglob("*.graph")
    before = graph.read_bytes()
    of_a_version_to_come(graph)
    with pytest.raises(UnusableGraph, match=r"ONNX Runtime \d.* cannot load the prepared model"):
        OnnxEncoder(graph, default_model_folder(), served.identity)
    ran = pincite("ask", TEXTS[0], "--library", str(prepared))
    assert (ran.status, ran.err) == (3, "")
    assert graph.read_bytes() == before


def test_a_prepared_model_that_cannot_be_kept_is_one_sentence(
    pincite, prepared, tmp_path, monkeypatch
):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    ran = pincite("ask", TEXTS[0], "--library", str(prepared))
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("pincite: the prepared model cannot be kept in ")


def test_a_graph_is_read_as_it_was_written_or_not_at_all(tmp_path):
    path = tmp_path / "graph"
    assert read_graph(path) is None
    write_graph(path, b"graph")
    assert read_graph(path) == b"graph"
    path.write_bytes(b"graph")
    assert read_graph(path) is None
    with pytest.raises(UnusableGraph, match="is damaged; delete it"):
        OnnxEncoder(path, default_model_folder(), "x")
