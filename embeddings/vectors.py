"""What an encoder is, and the arrays that vectors travel in."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Progress = Callable[[int], None]


class Encoder(Protocol):
    """Text to unit vectors."""

    @property
    def identity(self) -> str:
        """Names the model and its weights; vectors of two identities never mix."""
        ...

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Unit vectors, float32, shape (texts, dimensions).

        `progress` is called with how many more texts are done.
        """
        ...
