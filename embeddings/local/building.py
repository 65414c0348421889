"""A search index written from what the library stores, going on from an older one where it can."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.errors import NotEncoded, NotInLibrary
from corpus.remedy import Remedy
from corpus.storage.library import Library
from embeddings.local.dense import DenseIndex, VectorFile
from embeddings.local.index_files import (
    LEXICAL,
    PIECES,
    REPORTS,
    SearchIndex,
    kept_sums,
    write_sums,
)
from embeddings.local.lexical import LexicalIndex
from embeddings.vectors import Integers, Numbers, Vectors

_TOGETHER = 1_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Older:
    """An index that another goes on from, and where it lies."""

    folder: Path
    index: SearchIndex


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Change:
    """What an older index has in common with the library: numbers of passages, ascending.

    A number may name another passage than it did where a copy of the library was put back: what
    tells is the digest of a report's passages. `kept` are the same in both; `new` and `gone` are in
    the library or the index alone. `known` are those of the index that the library still stores.
    """

    kept: Numbers
    new: Numbers
    gone: Numbers
    known: Numbers

    @property
    def is_of_library(self) -> bool:
        """Whether the library still stores all that the index is of."""
        return bool(np.isin(self.gone, self.known, assume_unique=True).all())


def write_index(
    older: Older | None, library: Library, identity: str, folder: Path, name: str
) -> None:
    """Write an index into an empty folder, which is to be called `name`.

    Raises NotInLibrary for an empty library, NotEncoded where a passage is not encoded,
    DamagedVectors where the older index is damaged.
    """
    held = np.array(library.numbers(), np.int64)
    if not len(held):
        raise NotInLibrary(f"the library {library.folder} holds no report", Remedy.ADD_REPORT)
    editions = library.editions()
    change = _change(older, editions, held)
    of_older = older.index if older else None
    vectors = VectorFile.write(folder, _vectors(library, identity, held, change, of_older))
    codes = of_older.dense if of_older and not len(change.gone) else None
    DenseIndex.build(folder, held, vectors, codes)
    np.save(folder / PIECES, _piece_frequency(library, identity, held, change, of_older))
    active = set(held.tolist())
    digests = [digest for digest, numbers in editions if not active.isdisjoint(numbers)]
    np.save(folder / REPORTS, np.frombuffer(b"".join(digests), np.uint8).reshape(len(digests), -1))
    lexical = folder / LEXICAL
    lexical.mkdir()
    # Tantivy keeps and counts the words of what is deleted: of what is not in the library any more
    # nothing stays.
    if older is None or not change.is_of_library:
        LexicalIndex.build(lexical, _texts(library, held.tolist()))
        write_sums(folder, name, {})
        return
    texts = _texts(library, change.new.tolist())
    LexicalIndex.update(older.folder / LEXICAL, lexical, set(change.gone.tolist()), texts)
    shared = {
        file: found
        for file, found in kept_sums(older.folder).items()
        if (folder / file).exists() and (folder / file).samefile(older.folder / file)
    }
    write_sums(folder, name, shared)


def _change(
    older: Older | None, editions: Sequence[tuple[bytes, Sequence[int]]], held: Numbers
) -> _Change:
    none = np.zeros(0, np.int64)
    if older is None:
        return _Change(kept=none, new=held, gone=none, known=none)
    digests = {row.tobytes() for row in older.index.reports}
    same = [number for digest, numbers in editions if digest in digests for number in numbers]
    known = np.intersect1d(np.array(same, np.int64), older.index.dense.numbers)
    kept = np.intersect1d(known, held, assume_unique=True)
    return _Change(
        kept=kept,
        new=np.setdiff1d(held, kept, assume_unique=True),
        gone=np.setdiff1d(older.index.dense.numbers, kept, assume_unique=True),
        known=known,
    )


def _vectors(
    library: Library, identity: str, held: Numbers, change: _Change, older: SearchIndex | None
) -> Iterator[Vectors]:
    """The vectors of passages, ascending, in parts; those that an older index has, from there."""
    for start in range(0, len(held), _TOGETHER):
        part = held[start : start + _TOGETHER]
        is_kept = np.isin(part, change.kept, assume_unique=True)
        new = [
            np.frombuffer(vector, "<f4")
            for vector, _ in _encoded(library, identity, part[~is_kept].tolist())
        ]
        if older is None or not is_kept.any():
            yield np.stack(new)
            continue
        rows = np.searchsorted(older.dense.numbers, part[is_kept])
        old = np.concatenate(list(older.dense.vectors.parts(rows)))
        vectors = np.empty((len(part), old.shape[1]), np.float32)
        vectors[is_kept] = old
        vectors[~is_kept] = new or old[:0]
        yield vectors


def _piece_frequency(
    library: Library, identity: str, held: Numbers, change: _Change, older: SearchIndex | None
) -> Integers:
    """How many passages hold each word piece, from what an older index counted where it can be."""
    # Else they were removed with what was counted of them, or are no more what was counted.
    if older is not None and change.is_of_library:
        gone, new = change.gone.tolist(), change.new.tolist()
        of_gone = [pieces for _, pieces in library.vectors(identity, gone)]
        if len(of_gone) == len(gone):
            new_pieces = (pieces for _, pieces in _encoded(library, identity, new))
            frequency = _counted(older.piece_frequency, new_pieces, 1)
            return _counted(frequency, of_gone, -1)
    everything = (pieces for _, pieces in _encoded(library, identity, held.tolist()))
    return _counted(np.zeros(0, np.int64), everything, 1)


def _counted(frequency: Integers, passages: Iterable[bytes], each: int) -> Integers:
    for pieces in passages:
        held = np.unique(np.frombuffer(pieces, "<u4").astype(np.int64))
        if len(held) and held[-1] >= len(frequency):
            frequency = np.pad(frequency, (0, int(held[-1]) + 1 - len(frequency)))
        frequency[held] += each
    return frequency


def _encoded(
    library: Library, identity: str, numbers: Sequence[int]
) -> Iterator[tuple[bytes, bytes]]:
    """Vector and word pieces of each passage; raises NotEncoded where one has none."""
    found = 0
    for found, encoding in enumerate(library.vectors(identity, numbers), 1):  # noqa: B007
        yield encoding
    if found != len(numbers):
        raise not_encoded(library, len(numbers) - found, len(numbers))


def not_encoded(library: Library, missing: int, of: int) -> NotEncoded:
    """That some passages of a library have no encoding."""
    return NotEncoded(
        f"{missing} of {of} passages of the library {library.folder} are not encoded",
        Remedy.REBUILD,
        folder=library.folder,
    )


def _texts(library: Library, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
    for start in range(0, len(numbers), _TOGETHER):
        part = library.passages(numbers[start : start + _TOGETHER])
        yield from ((number, passage.searched) for number, passage in part.items())
