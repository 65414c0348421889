"""What an encoder is, and what it makes of a text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from embeddings.vectors import Integers, Vectors

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

    @property
    def background(self) -> Vectors:
        """The share of ordinary passages that hold each piece of the vocabulary.

        Shape (vocabulary,); empty where the vocabulary does not tell. See
        embeddings.encoders.vocabulary.background.
        """
        ...

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> list[Encoded]:
        """Each text encoded, in order; `progress` is called with how many more are done."""
        ...


def own_pieces(
    text: str, offsets: Sequence[tuple[int, int]], special: Sequence[int]
) -> tuple[Integers, Integers]:
    """Which of a text's pieces stand for some of it, shape (n,), and where, shape (n, 2).

    `offsets` and `special` are as a tokenizer gives them. Its marks are left out, and so is a
    piece of nothing but blanks; a blank at a piece's edge, which some tokenizers count to the word
    after it, is none of it.
    """
    rows, places = [], []
    for row, ((start, stop), is_mark) in enumerate(zip(offsets, special, strict=True)):
        piece = text[start:stop]
        if not is_mark and piece.strip():
            rows.append(row)
            before, after = len(piece) - len(piece.lstrip()), len(piece) - len(piece.rstrip())
            places.append((start + before, stop - after))
    return np.array(rows, np.int64), np.array(places, np.int64).reshape(-1, 2)


def unit(vectors: Vectors) -> Vectors:
    """The same directions at length one, shape (n, dimensions); zeros stay zeros."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = vectors / np.maximum(lengths, np.float32(1e-12))
    return scaled
