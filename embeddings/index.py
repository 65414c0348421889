"""The derived search index on disk: built aside, swapped in by one rename, opened, checked.

An index is a folder named after what it was built from: the library's generation and the model.
One that is missing, stale or damaged is built again from the vectors in the library, which
encodes nothing. A reader that has an old one open goes on with it.
"""

import contextlib
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np

from corpus.errors import LibraryFault, ModelFault, NotInLibrary
from corpus.library import Library
from corpus.passage import Passage
from corpus.rows import vector_key
from embeddings.dense import DenseIndex
from embeddings.vectors import Encoder, Progress

FOLDER = "index"
_DENSE = "dense.faiss"
_MANIFEST = "manifest.json"
# Passages between two commits of vectors: what is encoded by then survives a killed process.
_ENCODED_TOGETHER = 256


def encode_missing(
    library: Library, encoder: Encoder, passages: list[Passage], progress: Progress | None = None
) -> int:
    """Encode what the library has no vector for; returns how many texts that were.

    `progress` is called with how many more passages are ready.
    """
    texts = {vector_key(passage.searched): passage.searched for passage in passages}
    known = library.encoded(encoder.identity, list(texts))
    missing = [key for key in texts if key not in known]
    if progress:
        progress(len(passages) - len(missing))
    for start in range(0, len(missing), _ENCODED_TOGETHER):
        keys = missing[start : start + _ENCODED_TOGETHER]
        vectors = encoder.encode([texts[key] for key in keys], progress)
        stored = {
            key: vector.astype("<f4").tobytes() for key, vector in zip(keys, vectors, strict=True)
        }
        library.store_vectors(encoder.identity, stored)
    return len(missing)


def check_model(library: Library, identity: str) -> None:
    """Refuse a model that is not the library's with the command that changes it."""
    if library.model is not None and library.model != identity:
        raise ModelFault(
            f"the library {library.folder} is encoded with {library.model}, not {identity}; ask "
            "with that model, or encode the library anew: "
            f"pincite rebuild --library '{library.folder}' --model NAME."
        )


def open_index(library: Library, identity: str) -> tuple[DenseIndex, int]:
    """The index of the library as it stands and the generation that it was built from.

    Builds it where it is missing, stale or damaged.
    """
    check_model(library, identity)
    while True:
        generation = library.generation
        folder = index_folder(library, identity, generation)
        index = _read(folder)
        if index is not None:
            return index, generation
        index = _build(library, identity)
        if library.generation == generation:  # else a report came or went meanwhile
            break
    with contextlib.suppress(OSError):  # a library that can only be read still answers
        _swap_in(index, folder)
    return index, generation


def index_folder(library: Library, identity: str, generation: int) -> Path:
    """Where the index of a generation and a model lies."""
    model = hashlib.sha256(identity.encode()).hexdigest()[:12]
    return library.folder / FOLDER / f"{generation}-{model}"


def damage(folder: Path) -> str | None:
    """What is wrong with an index on disk, None where nothing is."""
    if not folder.is_dir():
        return "missing"
    try:
        sums = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        for name, expected in sums.items():
            if _sha256(folder / name) != expected:
                return f"{name} is damaged"
    except (OSError, ValueError, AttributeError):
        return "incomplete"
    return None


def _read(folder: Path) -> DenseIndex | None:
    if damage(folder) is not None:
        return None
    try:
        return DenseIndex.read(folder / _DENSE)
    except ValueError:
        return None


def _build(library: Library, identity: str) -> DenseIndex:
    stored = list(library.vectors(identity))
    expected = library.numbers()
    if not expected:
        raise NotInLibrary(
            f"the library {library.folder} holds no report; add one: pincite add FILE."
        )
    if [number for number, _ in stored] != expected:
        raise LibraryFault(
            f"{len(expected) - len(stored)} of {len(expected)} passages of the library "
            f"{library.folder} have no vector; encode them: "
            f"pincite rebuild --library '{library.folder}'."
        )
    vectors = np.frombuffer(b"".join(vector for _, vector in stored), dtype="<f4")
    numbers = np.array(expected, dtype=np.int64)
    return DenseIndex.build(numbers, vectors.reshape(len(stored), -1).astype(np.float32))


def _swap_in(index: DenseIndex, folder: Path) -> None:
    """Write aside, rename, then let go of older ones; a reader's open files stay readable."""
    folder.parent.mkdir(exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".building-", dir=folder.parent))
    try:
        index.write(aside / _DENSE)
        sums = {_DENSE: _sha256(aside / _DENSE)}
        (aside / _MANIFEST).write_text(json.dumps(sums), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        aside.replace(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    for other in folder.parent.iterdir():
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
