"""The door to FAISS: the passages whose vectors are nearest to a question's.

Few vectors are all compared. Of many, a scan over short codes (product quantisation: Jégou, Douze
and Schmid 2011; its fast scan: André, Kermarrec and Le Scouarnec 2017) finds candidates, which
are then compared exactly. A filtered search compares all that the filter lets through.
"""

import errno
import os
import threading
import weakref
import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.errors import DamagedVectors
from corpus.remedy import Remedy
from embeddings.vectors import Numbers, Vectors

# Threads wait for each other longer than they search: a question's search takes one.
faiss.omp_set_num_threads(1)

Rows = NDArray[np.int64]

# Up to here comparing all takes under a millisecond, and a scan would save nothing that is noticed.
EXACT_UP_TO = 10_000
# Four bits for every two dimensions, and eight candidates for each passage wanted: recall@10 is
# 1.000 on questions and on passages alike; lists (IVF) with 8-bit codes take four times as long for
# 0.98 on questions, graphs (HNSW) three times for 0.97: tests/bench/approximate_search.py.
_DIMENSIONS_A_CODE = 2
_BITS = 4
_CANDIDATES = 8
# faiss asks for 39 training vectors to each of the 16 centroids; more than so many change nothing.
_TRAINED_ON = 20_000
# Codes made for fewer vectors than this share of them are made anew.
_STILL_TRAINED = 0.25
# Rows that are compared together: 12 MB.
_ROWS_TOGETHER = 8_192
# Where no more than four rows lie for each that is wanted, all are read: a reading of its own takes
# as long as four rows.
_THINNEST = 4

VECTORS = "vectors.f32"
_SUMS = "vectors.crc32.npy"
_NUMBERS = "numbers.npy"
_FAISS = "dense.faiss"


class DenseIndex:
    """Vectors and the numbers of their passages, in a folder of an index."""

    def __init__(self, numbers: Numbers, index: faiss.Index, vectors: "VectorFile") -> None:
        self._numbers = numbers
        self._index = index
        self._vectors = vectors

    @classmethod
    def build(
        cls, folder: Path, numbers: Numbers, vectors: "VectorFile", older: "DenseIndex | None"
    ) -> "DenseIndex":
        """Write what a search of vectors needs beside their file, and open it.

        `numbers` ascend, shape (n,), and name the rows of `vectors`. The codes of an older index
        that this one only adds to are kept. Raises OSError.
        """
        np.save(folder / _NUMBERS, numbers)
        index = _built(numbers, vectors, older)
        try:
            faiss.write_index(index, str(folder / _FAISS))
        except RuntimeError:
            raise OSError(errno.EIO, "not all of it was written") from None
        return cls(numbers, index, vectors)

    @classmethod
    def read(cls, folder: Path) -> "DenseIndex":
        """From a folder; raises ValueError or OSError where it holds no such index."""
        try:
            numbers = np.load(folder / _NUMBERS)
            index = faiss.read_index(str(folder / _FAISS))
        except (EOFError, RuntimeError) as error:
            raise ValueError(str(error)) from None
        return cls(numbers, index, VectorFile(folder, index.d))

    def __len__(self) -> int:
        return len(self._numbers)

    @property
    def is_exact(self) -> bool:
        """Whether an unfiltered search compares all vectors."""
        return isinstance(self._index, faiss.IndexFlat)

    @property
    def numbers(self) -> Numbers:
        """The numbers of all passages, ascending, shape (n,)."""
        return self._numbers

    @property
    def vectors(self) -> "VectorFile":
        """Their vectors, in that order."""
        return self._vectors

    @property
    def codes(self) -> faiss.Index:
        """What faiss searches, in that order."""
        return self._index

    def search(
        self, vector: Vectors, k: int, allowed: Numbers | None = None
    ) -> list[tuple[int, float]]:
        """The k passages nearest to a unit vector, shape (dimensions,), best first.

        Each is a number and a cosine. `allowed`, numbers in ascending order, restricts the search
        itself, so that k passages come back where k are allowed.
        """
        if allowed is not None:
            # A library that grew since this index was made allows what it does not have.
            places = np.minimum(np.searchsorted(self._numbers, allowed), len(self) - 1)
            return self._nearest(vector, k, places[self._numbers[places] == allowed])
        if self.is_exact:
            cosines, found = self._index.search(vector[np.newaxis], min(k, len(self)))
            return self._named(found[0], cosines[0])
        _, found = self._index.search(vector[np.newaxis], min(k * _CANDIDATES, len(self)))
        return self._nearest(vector, k, np.sort(found[found >= 0]))

    def _nearest(self, vector: Vectors, k: int, rows: Rows) -> list[tuple[int, float]]:
        """The k nearest of some rows, ascending, each compared exactly."""
        cosines = np.concatenate(
            [np.zeros(0, np.float32), *(part @ vector for part in self._vectors.parts(rows))]
        )
        best = np.argsort(-cosines, kind="stable")[:k]
        return self._named(rows[best], cosines[best])

    def _named(self, rows: Rows, cosines: Vectors) -> list[tuple[int, float]]:
        return list(zip(self._numbers[rows].tolist(), cosines.tolist(), strict=True))


class VectorFile:
    """Vectors in a file, row after row of little-endian 32-bit floats.

    They are read where they are needed and not mapped: a map of the file would count as memory
    of the process, page after page, until all of it did. Each row has a CRC-32, which is compared
    when the row is first read: DamagedVectors is raised by whatever reads one that differs.
    """

    def __init__(self, folder: Path, dimensions: int) -> None:
        self.folder = folder
        self._row = dimensions * 4
        self._file = (folder / VECTORS).open("rb", buffering=0)
        weakref.finalize(self, self._file.close)
        self._placed = threading.Lock()
        self._sums = np.load(folder / _SUMS)
        self._is_proven = np.zeros(len(self._sums), bool)
        self.shape = (self._file.seek(0, os.SEEK_END) // self._row, dimensions)

    @classmethod
    def write(cls, folder: Path, parts: Iterator[Vectors]) -> "VectorFile":
        """Write one or more parts of shape (any, dimensions), one after the other."""
        sums: list[int] = []
        with (folder / VECTORS).open("wb") as file:
            for part in parts:
                rows = part.astype("<f4")
                sums += map(zlib.crc32, rows)
                file.write(rows.tobytes())
        np.save(folder / _SUMS, np.array(sums, np.uint32))
        return cls(folder, part.shape[1])

    def parts(self, rows: Rows) -> Iterator[Vectors]:
        """Some rows, ascending, in parts of shape (at most some thousand, dimensions)."""
        for start in range(0, len(rows), _ROWS_TOGETHER):
            yield self._read(rows[start : start + _ROWS_TOGETHER])

    def everything(self) -> Iterator[Vectors]:
        """All rows, in such parts."""
        return self.parts(np.arange(self.shape[0]))

    def _read(self, rows: Rows) -> Vectors:
        """Some rows; at once those that follow each other, and all where gaps are few."""
        first, last = int(rows[0]), int(rows[-1])
        if last - first < _THINNEST * len(rows):
            everything = np.empty((last - first + 1, self.shape[1]), "<f4")
            self._fill(everything, first)
            return everything[rows - first]
        vectors = np.empty((len(rows), self.shape[1]), "<f4")
        edges = [0, *(np.flatnonzero(np.diff(rows) != 1) + 1).tolist(), len(rows)]
        for start, stop in pairwise(edges):
            self._fill(vectors[start:stop], int(rows[start]))
        return vectors

    def _fill(self, vectors: Vectors, first: int) -> None:
        with self._placed:  # reading at a place without seeking is not for every system
            self._file.seek(first * self._row)
            read = self._file.readinto(vectors.data.cast("B"))
        proven = self._is_proven[first : first + len(vectors)]
        sums = self._sums[first : first + len(vectors)]
        if read != vectors.nbytes or any(
            zlib.crc32(vectors[row]) != sums[row] for row in np.flatnonzero(~proven)
        ):
            raise DamagedVectors(f"{self.folder / VECTORS} is damaged", Remedy.REPAIR)
        proven[:] = True


def _built(numbers: Numbers, vectors: VectorFile, older: DenseIndex | None) -> faiss.Index:
    """What faiss searches: all vectors where they are few, else their codes."""
    everything = np.arange(len(numbers))
    if len(numbers) <= EXACT_UP_TO:
        flat = faiss.IndexFlatIP(vectors.shape[1])
        _add(flat, vectors, everything)
        return flat
    kept = 0
    if older is not None and not older.is_exact:
        kept = len(older)
        is_added_to = np.array_equal(older.numbers, numbers[:kept])
        kept = kept if is_added_to and kept >= _STILL_TRAINED * len(numbers) else 0
    if kept and older is not None:
        codes = older.codes
    else:
        dimensions = vectors.shape[1]
        each = _DIMENSIONS_A_CODE if dimensions % _DIMENSIONS_A_CODE == 0 else 1
        codes = faiss.IndexPQFastScan(
            dimensions, dimensions // each, _BITS, faiss.METRIC_INNER_PRODUCT
        )
        spread = everything[:: max(1, len(numbers) // _TRAINED_ON)]
        codes.train(np.concatenate(list(vectors.parts(spread))))
    _add(codes, vectors, everything[kept:])
    return codes


def _add(index: faiss.Index, vectors: VectorFile, rows: Rows) -> None:
    for part in vectors.parts(rows):
        index.add(part)
