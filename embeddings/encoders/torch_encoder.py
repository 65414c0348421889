"""The door to sentence-transformers: any of its models, by name or path; never the network."""

import hashlib
import importlib.util
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.errors import ModelFault
from embeddings.encoders.default_model import DEFAULT_IDENTITY, DEFAULT_MODEL, default_model_folder
from embeddings.encoders.encoder import Encoded, Progress, own_pieces, unit
from embeddings.encoders.vocabulary import background
from embeddings.vectors import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# Texts to a batch, so that progress is shown about once a second on two cores.
_BATCH = 32


def check_installed(model: str) -> None:
    """Raise ModelFault where sentence-transformers, which runs the model, is not installed."""
    if importlib.util.find_spec("sentence_transformers") is None:
        raise ModelFault(
            f"the model {model!r} runs in sentence-transformers, which this light installation "
            "leaves out; install Pincite whole (pip install . in its clone), or name no model."
        )


class SentenceTransformerEncoder:
    """A sentence-transformers model as an encoder."""

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        """Load a model; raises ModelFault where it is missing, altered or not a model."""
        if model == DEFAULT_MODEL:
            folder = default_model_folder()
            self._model = _load(str(folder), model)
            self.identity = DEFAULT_IDENTITY
        else:
            self._model = _load(model, model)
            self.identity = f"{Path(model).name}@{_weights_sha256(self._model)[:12]}"

    @cached_property
    def background(self) -> Vectors:
        """From the model's own vocabulary; see Encoder."""
        return background(self._model.tokenizer.backend_tokenizer.to_str())

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> list[Encoded]:
        """Each text encoded, in order; see Encoder."""
        lengths = [len(text) for text in texts]
        order = sorted(range(len(texts)), key=lengths.__getitem__)
        encoded: dict[int, Encoded] = {}
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            encoded.update(zip(rows, self._encode([texts[row] for row in rows]), strict=True))
            if progress:
                progress(len(rows))
        return [encoded[row] for row in range(len(texts))]

    def _encode(self, texts: list[str]) -> list[Encoded]:
        outputs: Any = self._model.encode(texts, output_value=None, show_progress_bar=False)
        read = self._model.tokenizer(
            texts,
            truncation=True,
            max_length=self._model.max_seq_length,
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
        )
        return [
            _encoded(text, output, ids, offsets, special)
            for text, output, ids, offsets, special in zip(
                texts,
                outputs,
                read["input_ids"],
                read["offset_mapping"],
                read["special_tokens_mask"],
                strict=True,
            )
        ]


def _encoded(
    text: str,
    output: dict[str, Any],
    ids: list[int],
    offsets: list[tuple[int, int]],
    special: list[int],
) -> Encoded:
    own, places = own_pieces(text, offsets, special)
    tokens: Vectors = output["token_embeddings"].cpu().numpy().astype(np.float32)
    vector: Vectors = output["sentence_embedding"].cpu().numpy().astype(np.float32)
    return Encoded(
        vector=unit(vector[np.newaxis])[0],
        tokens=unit(tokens[own]),
        pieces=np.array(ids, np.int64)[own],
        offsets=places,
    )


def _load(path: str, name: str) -> "SentenceTransformer":
    check_installed(name)
    # Read when the libraries are imported, so they come before the import.
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TRANSFORMERS_OFFLINE"] = "1"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    try:
        model = SentenceTransformer(path, device="cpu", local_files_only=True)
    except Exception as error:  # noqa: BLE001  the libraries raise OSError, ValueError, RuntimeError, ...
        detail = str(error).split("\n", 1)[0]
        raise ModelFault(
            f"the model {name!r} cannot be loaded ({detail}); name the folder of a "
            "sentence-transformers model that is on this machine. Nothing is downloaded."
        ) from None
    if not getattr(model.tokenizer, "is_fast", False):
        raise ModelFault(
            f"the model {name!r} does not tell where its word pieces stand in a text; name a model "
            "whose folder has a tokenizer.json."
        )
    return model


def _weights_sha256(model: "SentenceTransformer") -> str:
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.contiguous().numpy().tobytes())
    return digest.hexdigest()
