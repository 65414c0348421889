"""The derived search index on disk: built aside, swapped in by one rename, opened, checked.

An index is a folder named after what it was built from: the library's generation and the model.
One that is missing, stale or damaged is built again from what the library stores, which encodes
nothing. A reader that has an old one open goes on with it.
"""

import contextlib
import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.errors import LibraryFault, ModelFault, NotInLibrary
from corpus.library import Library
from embeddings.dense import DenseIndex
from embeddings.lexical import LexicalIndex
from embeddings.vectors import Integers, Vectors

FOLDER = "index"
_DENSE = "dense.faiss"
_LEXICAL = "lexical"
_PIECES = "pieces.npy"
_MANIFEST = "manifest.json"
# Raised when the files change meaning: an index of another format is another index.
_FORMAT = 1
_ASIDE = ".building-"
# A build that took longer was killed.
_ABANDONED_S = 3600.0
_TEXTS_TOGETHER = 1000
# A report that comes or goes during a build makes another one due; other causes do not go away.
_TRIES = 5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SearchIndex:
    """All that a search reads but the passages themselves.

    `piece_frequency` counts the passages that hold each word piece, shape (vocabulary,).
    """

    generation: int
    dense: DenseIndex
    lexical: LexicalIndex
    piece_frequency: Integers


def check_model(library: Library, identity: str) -> None:
    """Refuse a model that is not the library's with the command that changes it."""
    if library.model is not None and library.model != identity:
        raise ModelFault(
            f"the library {library.folder} is encoded with {library.model}, not {identity}; ask "
            "with that model, or encode the library anew: "
            f"pincite rebuild --library '{library.folder}' --model NAME."
        )


def open_index(library: Library, identity: str) -> SearchIndex:
    """The index of the library as it stands, built where it is missing, stale or damaged.

    Raises ModelFault for a model that is not the library's, NotInLibrary for an empty library.
    """
    check_model(library, identity)
    for _ in range(_TRIES):
        generation = library.generation
        folder = index_folder(library, identity, generation)
        if damage(folder) is None:
            with contextlib.suppress(ValueError, OSError):
                return _read(folder, generation)
        try:
            _build(library, identity, folder)
        except (LibraryFault, NotInLibrary):
            if library.generation == generation:  # else a report came or went meanwhile
                raise
    raise LibraryFault(
        f"the search index of {library.folder} does not come out whole; check the disk, then: "
        f"pincite rebuild --library '{library.folder}'."
    )


def index_folder(library: Library, identity: str, generation: int) -> Path:
    """Where the index of a generation and a model lies."""
    return library.folder / FOLDER / f"{generation}{_suffix(identity)}"


def damage(folder: Path) -> str | None:
    """What is wrong with an index on disk, None where nothing is."""
    if not folder.is_dir():
        return "missing"
    try:
        sums = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        for name, expected in sums.items():
            if _sha256(folder / name) != expected:
                return f"damaged ({name})"
    except (OSError, ValueError, AttributeError):
        return "incomplete"
    return None


def _suffix(identity: str) -> str:
    return f"-{hashlib.sha256(identity.encode()).hexdigest()[:12]}-{_FORMAT}"


def _read(folder: Path, generation: int) -> SearchIndex:
    return SearchIndex(
        generation=generation,
        dense=DenseIndex.read(folder / _DENSE),
        lexical=LexicalIndex.read(folder / _LEXICAL),
        piece_frequency=np.load(folder / _PIECES),
    )


def _build(library: Library, identity: str, folder: Path) -> None:
    """Write an index aside, put it in its place, let go of older ones."""
    aside = None
    try:
        folder.parent.mkdir(exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=folder.parent))
        _write(library, identity, aside)
        _swap_in(aside, folder)
    except (FileNotFoundError, ValueError):
        return  # another process let go of the index that this one went on from: try again
    except OSError as error:
        raise LibraryFault(
            f"the search index in {folder.parent} cannot be written ({error.strerror}); make the "
            "library's folder writable and see that it has room, or choose another --library."
        ) from None
    finally:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)


def _write(library: Library, identity: str, folder: Path) -> None:
    numbers = library.numbers()
    if not numbers:
        raise NotInLibrary(
            f"the library {library.folder} holds no report; add one: pincite add FILE."
        )
    vectors, frequency = _dense_parts(library, identity, numbers)
    DenseIndex.build(np.array(numbers, np.int64), vectors).write(folder / _DENSE)
    np.save(folder / _PIECES, frequency)
    lexical = folder / _LEXICAL
    lexical.mkdir()
    older = _newest(folder.parent, _suffix(identity))
    if older is None:
        LexicalIndex.build(lexical, _texts(library, numbers))
    else:
        held = set(DenseIndex.read(older / _DENSE).numbers().tolist())
        new = [number for number in numbers if number not in held]
        gone = held - set(numbers)
        LexicalIndex.update(older / _LEXICAL, lexical, gone, _texts(library, new))
    sums = {
        str(file.relative_to(folder)): _sha256(file)
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.suffix != ".lock"
    }
    (folder / _MANIFEST).write_text(json.dumps(sums), encoding="utf-8")


def _dense_parts(library: Library, identity: str, numbers: list[int]) -> tuple[Vectors, Integers]:
    """The passages' vectors, shape (n, dimensions), and how many hold each word piece."""
    vectors, frequency = [], np.zeros(0, np.int64)
    for vector, pieces in library.vectors(identity, numbers):
        vectors.append(np.frombuffer(vector, "<f4"))
        held = np.bincount(np.unique(np.frombuffer(pieces, "<u4").astype(np.int64)))
        if len(held) > len(frequency):
            frequency = np.pad(frequency, (0, len(held) - len(frequency)))
        frequency[: len(held)] += held
    if len(vectors) != len(numbers):
        raise LibraryFault(
            f"{len(numbers) - len(vectors)} of {len(numbers)} passages of the library "
            f"{library.folder} are not encoded; encode them: "
            f"pincite rebuild --library '{library.folder}'."
        )
    return np.stack(vectors).astype(np.float32), frequency


def _texts(library: Library, numbers: list[int]) -> Iterator[tuple[int, str]]:
    for start in range(0, len(numbers), _TEXTS_TOGETHER):
        part = library.passages(numbers[start : start + _TEXTS_TOGETHER])
        yield from ((number, passage.searched) for number, passage in part.items())


def _newest(parent: Path, suffix: str) -> Path | None:
    """The newest whole index of the same model and format, to go on from."""
    finished = [folder for folder in parent.iterdir() if folder.name.endswith(suffix)]
    finished.sort(key=lambda folder: folder.stat().st_mtime, reverse=True)
    return next((folder for folder in finished if damage(folder) is None), None)


def _swap_in(aside: Path, folder: Path) -> None:
    """One rename; then older indexes go. A reader's open files stay readable."""
    if damage(folder) is None:
        return  # another process was quicker
    shutil.rmtree(folder, ignore_errors=True)
    try:
        aside.replace(folder)
    except OSError:
        if damage(folder) is not None:
            raise
    for other in folder.parent.iterdir():
        abandoned = time.time() - other.stat().st_mtime > _ABANDONED_S
        if other != folder and (abandoned or not other.name.startswith(_ASIDE)):
            shutil.rmtree(other, ignore_errors=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
