"""The derived search index on disk: built aside, swapped in by one rename, opened, checked.

An index is a folder named after what it was built from: the library's generation and the model.
One that is missing, stale or damaged is built again from what the library stores, which encodes
nothing. A reader that has an old one open goes on with it.
"""

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.errors import LibraryFault, ModelFault, NotEncoded, NotInLibrary
from corpus.private import narrow
from corpus.remedy import Remedy
from corpus.storage.library import Library
from embeddings.local.dense import DenseIndex, VectorFile
from embeddings.local.derived import INDEX_FOLDER as FOLDER
from embeddings.local.lexical import LexicalIndex
from embeddings.vectors import Integers, Numbers, Vectors

_LEXICAL = "lexical"
_PIECES = "pieces.npy"
_MANIFEST = "manifest.json"
# Raised when the files change meaning: an index of another format is another index.
_FORMAT = 2
_ASIDE = ".building-"
# A build that took longer was killed.
_ABANDONED_S = 3600.0
_TOGETHER = 1000
# Of a larger file the two ends are read when an index is opened, so that opening takes no longer
# where a library is larger; `pincite status` reads the whole.
_READ_WHOLE = 4 << 20
_END = 1 << 16
# Another process may let go of an index as soon as it is there; other causes do not go away.
_TRIES = 5


class _LetGoError(Exception):
    """Another process let go of the index that this one goes on from."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SearchIndex:
    """All that a search reads but the passages themselves.

    `piece_frequency` counts the passages that hold each word piece, shape (vocabulary,).
    """

    generation: int
    dense: DenseIndex
    lexical: LexicalIndex
    piece_frequency: Integers


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """How an index on disk is.

    `size` in bytes; `is_exact`: it compares a question with every vector; `damage`: what is wrong
    with it, None where nothing is.
    """

    size: int
    is_exact: bool
    damage: str | None


def check_model(library: Library, identity: str) -> None:
    """Raise ModelFault for a model that is not the library's."""
    if library.model is not None and library.model != identity:
        raise ModelFault(
            f"the library {library.folder} is encoded with {library.model}, not {identity}",
            Remedy.CHANGE_MODEL,
            folder=library.folder,
        )


def open_index(library: Library, identity: str) -> SearchIndex:
    """The index of the library as it stands, built where it is missing, stale or damaged.

    A report that comes or goes during a build is not in it: the generation says so. Raises
    ModelFault for a model that is not the library's, NotInLibrary for an empty library,
    NotEncoded where a passage is not encoded.
    """
    for _ in range(_TRIES):
        with library.reading():
            check_model(library, identity)
            folder = index_folder(library, identity, library.generation)
            index = _opened(folder)
            if index is None:
                _build(library, identity, folder)
                index = _opened(folder)
        if index is not None:
            narrow(library.folder / FOLDER)
            return index
    raise LibraryFault(
        f"the search index of {library.folder} does not come out whole, as on a failing disk",
        Remedy.REBUILD,
        folder=library.folder,
    )


def index_folder(library: Library, identity: str, generation: int) -> Path:
    """Where the index of a generation and a model lies."""
    return library.folder / FOLDER / f"{generation}{_suffix(identity)}"


def damage(folder: Path, *, thorough: bool = False) -> str | None:
    """What is wrong with an index on disk, None where nothing is.

    A flipped bit in the middle of a file of many megabytes is found only where `thorough`.
    """
    if not folder.is_dir():
        return "missing"
    try:
        sums = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        for name, (size, whole, ends) in sums.items():
            path = folder / name
            sound = path.stat().st_size == size and (
                _sha256(path) == whole if thorough or ends is None else _ends(path) == ends
            )
            if not sound:
                return f"damaged ({name})"
    except (OSError, ValueError, AttributeError, TypeError):
        return "incomplete"
    return None


def condition(library: Library, identity: str) -> Condition:
    """How the index of a library as it stands is; reads all of it."""
    folder = index_folder(library, identity, library.generation)
    found = damage(folder, thorough=True)
    return Condition(
        size=sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
        is_exact=found is None and DenseIndex.read(folder).is_exact,
        damage=found,
    )


def _suffix(identity: str) -> str:
    return f"-{hashlib.sha256(identity.encode()).hexdigest()[:12]}-{_FORMAT}"


def _opened(folder: Path) -> SearchIndex | None:
    """An index on disk, None where it is damaged or what reads it is of another version."""
    if damage(folder) is not None:
        return None
    with contextlib.suppress(ValueError, OSError):
        return SearchIndex(
            generation=int(folder.name.partition("-")[0]),
            dense=DenseIndex.read(folder),
            lexical=LexicalIndex.read(folder / _LEXICAL),
            piece_frequency=np.load(folder / _PIECES),
        )
    return None


def _build(library: Library, identity: str, folder: Path) -> None:
    """Write an index aside, put it in its place, let go of older ones."""
    aside = None
    try:
        folder.parent.mkdir(mode=0o700, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=folder.parent))
        _write(library, identity, aside)
        _swap_in(aside, folder)
    except _LetGoError:
        return  # try again
    except OSError as error:
        raise LibraryFault(
            f"the search index in {folder.parent} cannot be written ({error.strerror})",
            Remedy.MAKE_ROOM,
        ) from None
    finally:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)


def _write(library: Library, identity: str, folder: Path) -> None:
    """Write an index into an empty folder, going on from the newest where there is one."""
    newest = _newest(folder.parent, _suffix(identity))
    try:
        _write_from(newest, library, identity, folder)
    except (OSError, ValueError):
        if newest is not None and damage(newest[0]) is not None:
            raise _LetGoError from None
        raise


def _write_from(
    newest: tuple[Path, SearchIndex] | None, library: Library, identity: str, folder: Path
) -> None:
    numbers = library.numbers()
    if not numbers:
        raise NotInLibrary(f"the library {library.folder} holds no report", Remedy.ADD_REPORT)
    old_folder, older = newest or (None, None)
    held = np.array(numbers, np.int64)
    vectors = VectorFile.write(folder, _vectors(library, identity, held, older))
    DenseIndex.build(folder, held, vectors, older.dense if older else None)
    np.save(folder / _PIECES, _piece_frequency(library, identity, held, older))
    lexical = folder / _LEXICAL
    lexical.mkdir()
    gone, new = _changes(older, held) if older else ([], [])
    # Tantivy keeps the words of what is deleted from its files.
    is_removed = len(library.passages(gone)) < len(gone)
    if old_folder is None or older is None or is_removed:
        LexicalIndex.build(lexical, _texts(library, numbers))
    else:
        LexicalIndex.update(old_folder / _LEXICAL, lexical, set(gone), _texts(library, new))
    sums = {
        str(file.relative_to(folder)): (file.stat().st_size, _sha256(file), _ends(file))
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.suffix != ".lock"
    }
    (folder / _MANIFEST).write_text(json.dumps(sums), encoding="utf-8")


def _changes(older: SearchIndex, numbers: Numbers) -> tuple[list[int], list[int]]:
    """The numbers that an older index has and these lack, and the other way round."""
    gone = np.setdiff1d(older.dense.numbers, numbers, assume_unique=True)
    new = np.setdiff1d(numbers, older.dense.numbers, assume_unique=True)
    return gone.tolist(), new.tolist()


def _vectors(
    library: Library, identity: str, numbers: Numbers, older: SearchIndex | None
) -> Iterator[Vectors]:
    """The vectors of passages, ascending, in parts; those that an older index has, from there."""
    known = older.dense.numbers if older else np.zeros(0, np.int64)
    for start in range(0, len(numbers), _TOGETHER):
        part = numbers[start : start + _TOGETHER]
        is_known = np.isin(part, known, assume_unique=True)
        new = [
            np.frombuffer(vector, "<f4")
            for vector, _ in _encoded(library, identity, part[~is_known].tolist())
        ]
        if older is None or not is_known.any():
            yield np.stack(new)
            continue
        rows = np.searchsorted(known, part[is_known])
        old = np.concatenate(list(older.dense.vectors.parts(rows)))
        vectors = np.empty((len(part), old.shape[1]), np.float32)
        vectors[is_known] = old
        vectors[~is_known] = new or old[:0]
        yield vectors


def _piece_frequency(
    library: Library, identity: str, numbers: Numbers, older: SearchIndex | None
) -> Integers:
    """How many passages hold each word piece, from what an older index counted where it can be."""
    if older is not None:
        gone, new = _changes(older, numbers)
        of_gone = [pieces for _, pieces in library.vectors(identity, gone)]
        if len(of_gone) == len(gone):  # else they were removed with what was counted of them
            new_pieces = (pieces for _, pieces in _encoded(library, identity, new))
            frequency = _counted(older.piece_frequency, new_pieces, 1)
            return _counted(frequency, of_gone, -1)
    everything = (pieces for _, pieces in _encoded(library, identity, numbers.tolist()))
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
        raise NotEncoded(
            f"{len(numbers) - found} of {len(numbers)} passages of the library "
            f"{library.folder} are not encoded",
            Remedy.REBUILD,
            folder=library.folder,
        )


def _texts(library: Library, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
    for start in range(0, len(numbers), _TOGETHER):
        part = library.passages(numbers[start : start + _TOGETHER])
        yield from ((number, passage.searched) for number, passage in part.items())


def _newest(parent: Path, suffix: str) -> tuple[Path, SearchIndex] | None:
    """The newest index of the same model and format that can be gone on from."""
    finished = [folder for folder in parent.iterdir() if folder.name.endswith(suffix)]
    finished.sort(key=_written, reverse=True)
    for folder in finished:
        if (index := _opened(folder)) is not None:
            return folder, index
    return None


def _written(folder: Path) -> float:
    """When a folder was written; the beginning of time where another process let go of it."""
    try:
        return folder.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _swap_in(aside: Path, folder: Path) -> None:
    """One rename; then older indexes go. A reader's open files stay readable."""
    if _opened(folder) is not None:
        return  # another process was quicker
    # Out of the way first: what others have open cannot be deleted at once on every file system.
    away = aside.with_name(f"{aside.name}-away")
    with contextlib.suppress(OSError):
        folder.rename(away)
    shutil.rmtree(away, ignore_errors=True)
    try:
        aside.replace(folder)
    except OSError:
        if damage(folder) is not None:
            raise
    for other in folder.parent.iterdir():
        abandoned = time.time() - _written(other) > _ABANDONED_S
        if other != folder and (abandoned or not other.name.startswith(_ASIDE)):
            shutil.rmtree(other, ignore_errors=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _ends(path: Path) -> str | None:
    """SHA-256 of the two ends of a large file, None for another, which is read whole."""
    if path.stat().st_size <= _READ_WHOLE:
        return None
    with path.open("rb") as file:
        first = file.read(_END)
        file.seek(-_END, os.SEEK_END)
        return hashlib.sha256(first + file.read()).hexdigest()
