"""The default model in ONNX Runtime, without torch."""

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Encoding, Tokenizer

from corpus.errors import UnusableGraph
from embeddings.encoders.encoder import Encoded, Progress, own_pieces, unit
from embeddings.encoders.vocabulary import background
from embeddings.onnx_sessions import VERSION, Session, Unloadable, open_session
from embeddings.vectors import Integers, Vectors

WEIGHTS = "model.safetensors"
# Tokens, padding included, in one run of bulk encoding: the activations of 512 tokens stay in a
# core's cache. Measured on 2 cores: passages a second of CPU 25.3 at 512, 24.0 at 2,048, 19.5
# at 8,192.
TOKENS_PER_RUN = 512


class OnnxEncoder:
    """Serves the graph of a sentence-transformers model; safe to call from several threads.

    `graph` is a file that `onnx_graph.make` made, `folder` the model it was made from, whose
    weights are mapped into memory. Each run uses one core and several texts run side by side:
    on two cores that encodes faster than one run on both, and a question does not wait for a
    core that is busy elsewhere. Raises UnusableGraph where the graph has to be made anew.
    """

    def __init__(self, graph: Path, folder: Path, identity: str) -> None:
        self.identity = identity
        self._tokenizer = _tokenizer(folder)
        self._session = _session(graph, folder)

    @property
    def weights_sha256(self) -> str:
        """SHA-256 of the weights that the graph was made for."""
        return str(self._session.get_modelmeta().custom_metadata_map["weights_sha256"])

    @cached_property
    def background(self) -> Vectors:
        """From the model's own vocabulary; see Encoder."""
        return background(self._tokenizer.to_str())

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> list[Encoded]:
        """Each text encoded, in order; see Encoder."""
        read = self._tokenizer.encode_batch(list(texts))
        found: dict[int, Encoded] = {}

        def run(rows: Integers) -> None:
            encodings = [read[row] for row in rows.tolist()]
            for row, encoding, states in zip(
                rows.tolist(), encodings, self._run(encodings), strict=True
            ):
                found[row] = _encoded(texts[row], encoding, states[: len(encoding)])
            if progress:
                progress(len(rows))

        _each(_batches(np.array([len(encoding) for encoding in read], np.int64)), run)
        return [found[row] for row in range(len(texts))]

    def _run(self, encodings: list[Encoding]) -> Vectors:
        """Token embeddings, shape (texts, longest, dimensions); past a text's end is padding."""
        length = max(map(len, encodings))
        ids = np.zeros((len(encodings), length), np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding)] = encoding.ids
            mask[row, : len(encoding)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask}
        states: Vectors = self._session.run(["token_embeddings"], inputs)[0]
        return states


def _encoded(text: str, encoding: Encoding, states: Vectors) -> Encoded:
    """Of a text's token embeddings, shape (its length, dimensions).

    A sum serves for the mean, since normalisation takes the number of tokens out again. It is
    taken here, text by text, and not in the graph, where its last bits depend on the padding: so
    an encoding is the same to the last bit whatever texts are encoded with it.
    """
    own, offsets = own_pieces(text, encoding.offsets, encoding.special_tokens_mask)
    return Encoded(
        vector=unit(states.sum(axis=0, keepdims=True))[0],
        tokens=unit(states[own]),
        pieces=np.array(encoding.ids, np.int64)[own],
        offsets=offsets,
    )


def _each(batches: list[Integers], run: Callable[[Integers], None]) -> None:
    """Run every batch, side by side where there are several."""
    if len(batches) == 1:
        run(batches[0])
        return
    with ThreadPoolExecutor(os.cpu_count() or 1) as workers:
        for _ in workers.map(run, batches):
            pass


def _batches(lengths: Integers) -> list[Integers]:
    """Rows, longest text first, in batches of at most TOKENS_PER_RUN tokens with their padding.

    The longest go first so that no worker is left alone with a long batch at the end.
    """
    order = np.argsort(-lengths, kind="stable")
    batches = []
    start = 0
    while start < len(order):
        stop = start + max(1, TOKENS_PER_RUN // int(lengths[order[start]]))
        batches.append(order[start:stop])
        start = stop
    return batches


def write_graph(path: Path, graph: bytes) -> None:
    """Keep a graph in a file, after its SHA-256: a flipped bit may name other weights."""
    path.write_bytes(hashlib.sha256(graph).digest() + graph)


def read_graph(path: Path) -> bytes | None:
    """The graph in a file, None where it is missing or not as it was written."""
    if not path.is_file():
        return None
    content = path.read_bytes()
    size = hashlib.sha256().digest_size
    graph = content[size:]
    return graph if hashlib.sha256(graph).digest() == content[:size] else None


def _tokenizer(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    settings: dict[str, Any] = json.loads((folder / "sentence_bert_config.json").read_text("utf-8"))
    tokenizer.enable_truncation(settings["max_seq_length"])
    tokenizer.no_padding()
    return tokenizer


def _session(graph: Path, folder: Path) -> Session:
    content = read_graph(graph)
    if content is None:
        raise UnusableGraph(f"the prepared model {graph} is damaged; delete it and ask again.")
    try:
        # Bytes, not a path: given a path, ONNX Runtime looks for the weights beside it.
        return open_session(content, folder)
    except Unloadable as error:
        raise UnusableGraph(
            f"ONNX Runtime {VERSION} cannot load the prepared model {graph} ({error}); install "
            "the version of onnxruntime that constraints.txt names."
        ) from None
