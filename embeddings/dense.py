"""The door to FAISS: exact inner product over unit vectors, filtered inside the search."""

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from embeddings.vectors import Vectors

# Threads wait for each other longer than they search: a question's search takes one.
faiss.omp_set_num_threads(1)

# Given to every faiss index here: an identifier of a passage is its number in the library.
Numbers = NDArray[np.int64]


class DenseIndex:
    """Vectors and the numbers of their passages."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, numbers: Numbers, vectors: Vectors) -> "DenseIndex":
        """Of numbers, shape (n,), and unit vectors, shape (n, dimensions)."""
        index = faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1]))
        index.add_with_ids(vectors, numbers)
        return cls(index)

    @classmethod
    def read(cls, path: Path) -> "DenseIndex":
        """From a file; raises ValueError where it is not an index."""
        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError as error:
            raise ValueError(str(error)) from None

    def write(self, path: Path) -> None:
        """To a file."""
        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def numbers(self) -> Numbers:
        """The numbers of all passages, shape (n,)."""
        numbers: Numbers = faiss.vector_to_array(self._index.id_map)  # type: ignore[attr-defined]
        return numbers

    def cosines(self, vector: Vectors, numbers: Sequence[int]) -> dict[int, float]:
        """The cosine of a unit vector, shape (dimensions,), with each of these passages."""
        vectors = self._index.reconstruct_batch(np.asarray(numbers, dtype=np.int64))
        return dict(zip(numbers, (vectors @ vector).tolist(), strict=True))

    def search(
        self, vector: Vectors, k: int, allowed: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """The k passages nearest to a unit vector, shape (dimensions,), best first.

        Each is a number and a cosine. `allowed` restricts the search itself, so that k passages
        come back where k are allowed.
        """
        parameters = None
        if allowed is not None:
            selector = faiss.IDSelectorBatch(np.asarray(allowed, dtype=np.int64))
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        cosines, numbers = self._index.search(vector[np.newaxis], k, params=parameters)
        return [
            (int(number), float(cosine))
            for number, cosine in zip(numbers[0], cosines[0], strict=True)
            if number >= 0
        ]
