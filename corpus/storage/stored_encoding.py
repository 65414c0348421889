"""What the library keeps of a model's reading of a text: bytes, whose meaning is the encoder's."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEncoding:
    """A text's vector, and its word pieces' numbers, offsets and vectors."""

    vector: bytes
    pieces: bytes
    offsets: bytes
    tokens: bytes
