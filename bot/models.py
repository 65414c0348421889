"""The models that a search takes: opened, checked, and prepared where they are not yet."""

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import Settings
from corpus.errors import ModelFault, UnusableGraph
from corpus.trust import distrusted, take_back
from embeddings.encoders.default_model import (
    DEFAULT_IDENTITY,
    DEFAULT_MODEL,
    DEFAULT_WEIGHTS_SHA256,
    GRAPH_FORMAT,
    default_model_folder,
)

if TYPE_CHECKING:
    from embeddings.adding import Display
    from embeddings.encoders.encoder import Encoder
    from embeddings.judging.reader_files import Weights
    from embeddings.judging.reordering import Reordering


def open_encoder(settings: Settings, display: "Display") -> "Encoder":
    """The model that the settings name; raises ModelFault.

    The default model runs in ONNX Runtime, in a form that is made from it and checked once;
    every other in sentence-transformers.
    """
    if settings.model != DEFAULT_MODEL:
        from embeddings.encoders.torch_encoder import SentenceTransformerEncoder

        with display(f"Loading {settings.model}", None):
            return SentenceTransformerEncoder(settings.model)
    graph = settings.cache / f"{DEFAULT_IDENTITY}-{GRAPH_FORMAT}.graph"
    with ThreadPoolExecutor(1) as beside:
        # Checking 90 MB of weights takes as long as importing what reads them.
        checking = beside.submit(default_model_folder)
        from embeddings.encoders.onnx_encoder import OnnxEncoder

        folder = checking.result()
    try:
        _check_cache(graph)
        encoder = OnnxEncoder(graph, folder, DEFAULT_IDENTITY)
        if encoder.weights_sha256 == DEFAULT_WEIGHTS_SHA256:
            return encoder
    except UnusableGraph:
        pass
    _make_graph(folder, graph, display)
    return OnnxEncoder(graph, folder, DEFAULT_IDENTITY)


def _check_cache(graph: Path) -> None:
    """Raise UnusableGraph where others could write to a prepared model, and let them no more.

    Raises ModelFault where that cannot be.
    """
    for path in (graph.parent, graph):
        if not path.exists() or (why := distrusted(path)) is None:
            continue
        try:
            take_back(path)
        except OSError:
            raise ModelFault(
                f"the prepared model in {graph.parent} cannot be relied on: {why}; delete it."
            ) from None
        raise UnusableGraph(
            f"the prepared model {graph} may be another's; delete it and ask again."
        )


@lru_cache(1)
def open_reader(weights: "Weights") -> "Reordering":
    """The reader of these weights, one for all libraries of a process; raises ModelFault."""
    from embeddings.judging.reader import Reader
    from embeddings.judging.reordering import Reordering

    return Reordering(Reader(weights))


def _make_graph(folder: Path, graph: Path, display: "Display") -> None:
    from embeddings.encoders.onnx_graph import make
    from embeddings.encoders.reference import recorded

    with display("Preparing the model (once)", None):
        try:
            make(folder, graph, DEFAULT_IDENTITY, recorded())
        except OSError as error:
            raise ModelFault(
                f"the prepared model cannot be kept in {graph.parent} ({error.strerror}); make "
                "that folder writable and see that it has room."
            ) from None
