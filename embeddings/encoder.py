"""The door to sentence-transformers: any of its models, by name or path; never the network."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import ModelFault
from embeddings.models import DEFAULT_MODEL, DEFAULT_WEIGHTS_SHA256, default_model_folder
from embeddings.vectors import Progress, Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# Passages to a call, so that progress is shown about once a second on two cores.
_CALL = 32


class SentenceTransformerEncoder:
    """A sentence-transformers model as an encoder."""

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        """Load a model; raises ModelFault where it is missing, altered or not a model."""
        if model == DEFAULT_MODEL:
            folder = default_model_folder()
            self._model = _load(str(folder), model)
            self.identity = f"{model}@{DEFAULT_WEIGHTS_SHA256[:12]}"
        else:
            self._model = _load(model, model)
            self.identity = f"{Path(model).name}@{_weights_sha256(self._model)[:12]}"

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Unit vectors, float32, shape (texts, dimensions); see Encoder."""
        parts = []
        for start in range(0, len(texts), _CALL):
            part = list(texts[start : start + _CALL])
            vectors = self._model.encode(
                part, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
            )
            parts.append(np.asarray(vectors, dtype=np.float32))
            if progress:
                progress(len(part))
        if not parts:
            return np.empty((0, self._model.get_embedding_dimension() or 0), np.float32)
        return np.concatenate(parts)


def _load(path: str, name: str) -> "SentenceTransformer":
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
        return SentenceTransformer(path, device="cpu", local_files_only=True)
    except Exception as error:  # noqa: BLE001  the libraries raise OSError, ValueError, RuntimeError, ...
        detail = str(error).split("\n", 1)[0]
        raise ModelFault(
            f"the model {name!r} cannot be loaded ({detail}); name the folder of a "
            "sentence-transformers model that is on this machine. Nothing is downloaded."
        ) from None


def _weights_sha256(model: "SentenceTransformer") -> str:
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.contiguous().numpy().tobytes())
    return digest.hexdigest()
