"""Encodings as the library stores them: little-endian bytes, token vectors as 8-bit integers."""

import numpy as np

from corpus.encoding import StoredEncoding
from embeddings.vectors import Encoded, unit


def pack(encoded: Encoded) -> StoredEncoding:
    """To bytes; a token vector keeps 8 bits a dimension, scaled by its own largest."""
    largest = np.abs(encoded.tokens).max(axis=1, keepdims=True, initial=1e-12)
    return StoredEncoding(
        vector=encoded.vector.astype("<f4").tobytes(),
        tokens=np.rint(encoded.tokens / largest * 127).astype(np.int8).tobytes(),
        pieces=encoded.pieces.astype("<u4").tobytes(),
        offsets=encoded.offsets.astype("<u4").tobytes(),
    )


def unpack(stored: StoredEncoding) -> Encoded:
    """From bytes."""
    vector = np.frombuffer(stored.vector, "<f4").astype(np.float32)
    tokens = np.frombuffer(stored.tokens, np.int8).reshape(-1, len(vector))
    return Encoded(
        vector=vector,
        tokens=unit(tokens.astype(np.float32)),
        pieces=np.frombuffer(stored.pieces, "<u4").astype(np.int64),
        offsets=np.frombuffer(stored.offsets, "<u4").astype(np.int64).reshape(-1, 2),
    )
