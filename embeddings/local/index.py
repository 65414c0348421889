"""The derived search index on disk: built aside, swapped in by one rename, opened, checked.

An index is a folder named after what it was built from: the library's contents and the model. One
that is missing, stale or damaged is built again from what the library stores, which encodes
nothing. A reader that has an old one open goes on with it.
"""

import contextlib
import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

from corpus.aside import aside
from corpus.errors import DamagedVectors, LibraryFault, ModelFault
from corpus.private import narrow
from corpus.remedy import Remedy
from corpus.storage.library import Library
from embeddings.local.building import Older, write_index
from embeddings.local.dense import DenseIndex
from embeddings.local.derived import INDEX_FOLDER as FOLDER
from embeddings.local.index_files import SearchIndex, damage, opened

# Raised when the files change meaning: an index of another format is another index.
_FORMAT = 3
# Before any generation that a library has.
_BEFORE = -1
# 64 bits of the contents in a folder's name; the whole of it need not be read by anybody.
_NAMED = 16
# Another process may let go of an index as soon as it is there; other causes do not go away.
_TRIES = 5


class _LetGoError(Exception):
    """The index that this one goes on from is gone, or was let go of as it is damaged."""


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
            folder = index_folder(library, identity)
            index = opened(folder, library.generation)
            if index is None and not library.is_writable:
                index = _built_elsewhere(library, identity, folder)
            if index is None:
                _build(library, identity, folder)
                index = opened(folder, library.generation)
        if index is not None:
            narrow(library.folder / FOLDER)
            return index
    raise LibraryFault(
        f"the search index of {library.folder} does not come out whole, as on a failing disk",
        Remedy.REBUILD,
        folder=library.folder,
    )


def older_index(library: Library, identity: str) -> SearchIndex | None:
    """The newest index that is there, of what the library held before; None where there is none."""
    parent = library.folder / FOLDER
    newest = _newest(parent, _suffix(identity)) if parent.is_dir() else None
    return newest.index if newest else None


def index_folder(library: Library, identity: str) -> Path:
    """Where the index of a library as it stands and of a model lies."""
    return library.folder / FOLDER / f"{library.contents[:_NAMED]}{_suffix(identity)}"


def condition(library: Library, identity: str) -> Condition:
    """How the index of a library as it stands is; reads all of it."""
    folder = index_folder(library, identity)
    found = damage(folder, thorough=True)
    return Condition(
        size=sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
        is_exact=found is None and DenseIndex.read(folder).is_exact,
        damage=found,
    )


def _suffix(identity: str) -> str:
    return f"-{hashlib.sha256(identity.encode()).hexdigest()[:12]}-{_FORMAT}"


def _build(library: Library, identity: str, folder: Path) -> None:
    """Write an index aside, put it in its place, let go of older ones."""
    try:
        folder.parent.mkdir(mode=0o700, exist_ok=True)
        with aside(folder.parent) as beside:
            made = beside / folder.name
            made.mkdir(mode=0o700)
            _write(library, identity, made, folder)
            _swap_in(made, folder)
    except _LetGoError:
        return  # try again
    except OSError as error:
        why = error.strerror or error  # NumPy's has no error number
        raise LibraryFault(
            f"the search index in {folder.parent} cannot be written ({why})",
            Remedy.MAKE_ROOM,
        ) from None


def _built_elsewhere(library: Library, identity: str, folder: Path) -> SearchIndex | None:
    """The index of a library that cannot be written to, of which nothing stays when it is open."""
    try:
        with aside(Path(tempfile.gettempdir())) as beside:
            made = beside / folder.name
            made.mkdir()
            write_index(None, library, identity, made, folder.name)
            return opened(made, library.generation)
    except OSError as error:
        raise LibraryFault(
            f"the search index of {library.folder}, which cannot be written to, cannot be made in "
            f"{tempfile.gettempdir()} either ({error.strerror})",
            Remedy.COPY_LIBRARY,
        ) from None


def _write(library: Library, identity: str, made: Path, folder: Path) -> None:
    """Write an index into the empty folder `made`, going on from the newest beside `folder`."""
    newest = _newest(folder.parent, _suffix(identity))
    try:
        write_index(newest, library, identity, made, folder.name)
    except (OSError, ValueError, DamagedVectors):
        if newest is not None and damage(newest.folder, thorough=True) is not None:
            _let_go(newest.folder)
            raise _LetGoError from None
        raise


def _newest(parent: Path, suffix: str) -> Older | None:
    """The newest index of the same model and format that can be gone on from."""
    finished = [folder for folder in _finished(parent) if folder.name.endswith(suffix)]
    finished.sort(key=_written, reverse=True)
    for folder in finished:
        if (index := opened(folder, _BEFORE)) is not None:
            return Older(folder=folder, index=index)
    return None


def _written(folder: Path) -> float:
    """When a folder was written; the beginning of time where another process let go of it."""
    try:
        return folder.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _swap_in(made: Path, folder: Path) -> None:
    """One rename; then older indexes go. A reader's open files stay readable."""
    if opened(folder, 0) is not None:
        return  # another process was quicker
    _let_go(folder)
    try:
        made.replace(folder)
    except OSError:
        if damage(folder) is not None:
            raise
    for other in _finished(folder.parent):
        if other != folder:
            _let_go(other)


def _let_go(folder: Path) -> None:
    """Take an index away, out of the way first: what others have open may be deleted later only."""
    with contextlib.suppress(OSError), aside(folder.parent) as beside:
        folder.rename(beside / folder.name)


def _finished(parent: Path) -> list[Path]:
    """The folders of indexes, none that is still being made."""
    return [folder for folder in parent.iterdir() if not folder.name.startswith(".")]
