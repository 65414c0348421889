"""What the library keeps of a model's reading of a text: bytes, whose meaning is the encoder's."""

from dataclasses import dataclass

from corpus.storage.digests import sha256_of_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEncoding:
    """A text's vector, and its word pieces' numbers, offsets and vectors."""

    vector: bytes
    pieces: bytes
    offsets: bytes
    tokens: bytes

    def reading_seal(self, model: str, key: bytes) -> bytes:
        """SHA-256 of what only late interaction reads."""
        return sha256_of_bytes(model, key, self.offsets, self.tokens)


def vector_seal(model: str, key: bytes, vector: bytes, pieces: bytes) -> bytes:
    """SHA-256 of what an index is built on."""
    return sha256_of_bytes(model, key, vector, pieces)
