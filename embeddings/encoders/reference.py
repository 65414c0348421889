"""What sentence-transformers makes of some texts with the default model, as it was recorded.

The form of the model that ONNX Runtime serves is checked against it, so that neither preparing nor
using that model needs PyTorch. `tests/bench/record_reference.py` records it anew.
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np

from embeddings.encoders.encoder import unit
from embeddings.vectors import Vectors

FILE_NAME = "reference.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A text and its unit vector, shape (dimensions,), 32-bit floats that were kept in 16."""

    text: str
    vector: Vectors


def recorded() -> list[Recorded]:
    """All that ships with Pincite: passages of a report, and texts that are hard to read."""
    lines = (
        (resources.files("embeddings.encoders") / FILE_NAME)
        .read_text(encoding="utf-8")
        .splitlines()
    )
    return [
        Recorded(
            text=row["text"],
            vector=unit(_vector(row["vector"])[np.newaxis])[0],
        )
        for row in map(json.loads, lines)
    ]


def _vector(text: str) -> Vectors:
    return np.frombuffer(base64.b64decode(text), "<f2").astype(np.float32)


def to_lines(texts: Sequence[str], vectors: Sequence[Vectors]) -> str:
    """The text of the file for texts and their vectors."""
    return "".join(
        json.dumps(
            {"text": text, "vector": base64.b64encode(vector.astype("<f2").tobytes()).decode()}
        )
        + "\n"
        for text, vector in zip(texts, vectors, strict=True)
    )
