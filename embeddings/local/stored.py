"""Encodings as the library stores them: little-endian bytes, token vectors as 8-bit integers."""

from collections.abc import Sequence

import numpy as np

from corpus.storage.stored_encoding import StoredEncoding
from embeddings.encoders.encoder import Encoded
from embeddings.ranking.late_interaction import Readings


def pack(encoded: Encoded) -> StoredEncoding:
    """To bytes; a token vector keeps 8 bits a dimension, scaled by its own largest."""
    largest = np.abs(encoded.tokens).max(axis=1, keepdims=True, initial=1e-12)
    return StoredEncoding(
        vector=encoded.vector.astype("<f4").tobytes(),
        pieces=encoded.pieces.astype("<u4").tobytes(),
        offsets=encoded.offsets.astype("<u4").tobytes(),
        tokens=np.rint(encoded.tokens / largest * 127).astype(np.int8).tobytes(),
    )


def unpack(stored: Sequence[StoredEncoding], dimensions: int) -> Readings:
    """The word pieces of several texts, one after the other."""
    tokens = np.frombuffer(b"".join(one.tokens for one in stored), np.int8)
    pieces = np.frombuffer(b"".join(one.pieces for one in stored), "<u4")
    offsets = np.frombuffer(b"".join(one.offsets for one in stored), "<u4")
    lengths = [len(one.pieces) // pieces.itemsize for one in stored]
    return Readings(
        tokens=tokens.reshape(-1, dimensions),
        pieces=pieces.astype(np.int64),
        offsets=offsets.astype(np.int64).reshape(-1, 2),
        edges=np.cumsum([0, *lengths]),
    )
