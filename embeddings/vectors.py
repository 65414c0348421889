"""What an encoder makes of a text, and the arrays that it travels in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Integers = NDArray[np.int64]
# Numbers of passages in the library.
Numbers = NDArray[np.int64]
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Encoded:
    """A text as a model reads it, cut at the model's length.

    `vector`: the text, a unit vector, shape (dimensions,). For each of its word pieces (the
    model's own marks left out): `tokens`, unit vectors in context, shape (pieces, dimensions);
    `pieces`, numbers in the model's vocabulary, shape (pieces,); `offsets`, where each starts and
    stops in the text in code points, shape (pieces, 2).
    """

    vector: Vectors
    tokens: Vectors
    pieces: Integers
    offsets: Integers


class Encoder(Protocol):
    """Text to unit vectors."""

    @property
    def identity(self) -> str:
        """Names the model and its weights; vectors of two identities never mix."""
        ...

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> list[Encoded]:
        """Each text encoded, in order; `progress` is called with how many more are done."""
        ...


def unit(vectors: Vectors) -> Vectors:
    """The same directions at length one, shape (n, dimensions); zeros stay zeros."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = vectors / np.maximum(lengths, np.float32(1e-12))
    return scaled
