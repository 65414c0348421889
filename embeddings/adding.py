"""A report enters: its passages encoded and kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.passage import Passage
from corpus.readers import Dropped
from corpus.report import Report
from corpus.storage.library import Library, Outcome
from corpus.storage.rows import vector_key
from embeddings.encoders.encoder import Encoder, Progress
from embeddings.encoders.whole_passages import encode_passages
from embeddings.local.stored import pack


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What adding a file did, how its bytes were read and what of it was not."""

    report: Report
    outcome: Outcome
    version: int
    passages: int
    encoded: int
    encoding: str
    dropped: tuple[Dropped, ...]


# Texts between two commits: what is encoded by then survives a killed process.
_KEPT_TOGETHER = 256


def encode_missing(
    library: Library,
    encoder: Encoder,
    passages: Sequence[Passage],
    progress: Progress | None = None,
) -> int:
    """Encode what the library has no encoding of; returns how many passages that were.

    `progress` is called with how many more passages are ready.
    """
    by_key = {vector_key(passage.searched): passage for passage in passages}
    known = library.encoded(encoder.identity, list(by_key))
    missing = [key for key in by_key if key not in known]
    if progress:
        progress(len(passages) - len(missing))
    for start in range(0, len(missing), _KEPT_TOGETHER):
        keys = missing[start : start + _KEPT_TOGETHER]
        encodings = encode_passages(encoder, [by_key[key] for key in keys], progress)
        stored = {key: pack(encoded) for key, encoded in zip(keys, encodings, strict=True)}
        library.store_encodings(encoder.identity, stored)
    return len(missing)
