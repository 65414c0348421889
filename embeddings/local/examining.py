"""What is derived from a library's texts examined: its encodings and its search index."""

from collections.abc import Iterator

import numpy as np

from corpus.storage.examining import Examined, examined
from corpus.storage.library import Library
from embeddings.local.index import condition
from embeddings.local.quotations import damage

# Of a unit vector in 32-bit floats.
_LENGTH_WITHIN = 1e-3
_TOGETHER = 1_000


def examine(library: Library, identity: str) -> Iterator[Examined]:
    """The encodings of a model and the index over them, one after the other; reads all of them."""
    yield examined("encodings", lambda: _encodings(library, identity), mendable=True)
    yield examined("index", lambda: _index(library, identity), mendable=True)
    yield examined("index of quotations", lambda: damage(library.folder), mendable=True)


def _index(library: Library, identity: str) -> str | None:
    """What is wrong with an index that is there; a missing one is made by the next question."""
    found = condition(library, identity).damage
    return None if found == "missing" else found


def _encodings(library: Library, identity: str) -> str | None:
    if others := library.models() - {identity}:
        return f"some are of {', '.join(sorted(others))}, which is not the library's model"
    numbers = library.numbers()
    missing, wrong = 0, 0
    dimensions: int | None = None
    for start in range(0, len(numbers), _TOGETHER):
        part = numbers[start : start + _TOGETHER]
        found = library.encodings(identity, part)
        missing += len(part) - len(found)
        for one in found.values():
            vector = np.frombuffer(one.vector, "<f4") if len(one.vector) % 4 == 0 else np.zeros(0)
            dimensions = dimensions or len(vector)
            length = float(np.linalg.norm(vector)) if np.isfinite(vector).all() else 0.0
            wrong += len(vector) != dimensions or abs(length - 1) > _LENGTH_WITHIN
    if wrong:
        return f"{wrong} of {len(numbers)} passages have one that is damaged"
    return f"{missing} of {len(numbers)} passages have none" if missing else None
