"""The files of a search index: what they hold, and whether they are what was written.

Every file is held against its SHA-256 when an index is opened, but for the vectors, which are most
of it: these are held against a sum a row when they are read.
"""

import contextlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import DamagedVectors
from embeddings.local.dense import VECTORS, DenseIndex
from embeddings.local.lexical import LexicalIndex
from embeddings.local.sums import Sums, differing, sums_of
from embeddings.vectors import Integers

LEXICAL = "lexical"
PIECES = "pieces.npy"
REPORTS = "reports.npy"
_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SearchIndex:
    """All that a search reads but the passages themselves.

    `piece_frequency` counts the passages that hold each word piece, shape (vocabulary,); `reports`
    are the digests of the passages of the reports that are in it, shape (reports, 32).
    """

    generation: int
    dense: DenseIndex
    lexical: LexicalIndex
    piece_frequency: Integers
    reports: NDArray[np.uint8]


def opened(folder: Path, generation: int) -> SearchIndex | None:
    """An index on disk, None where it is damaged or what reads it is of another version."""
    if damage(folder) is not None:
        return None
    with contextlib.suppress(ValueError, OSError):
        return SearchIndex(
            generation=generation,
            dense=DenseIndex.read(folder),
            lexical=LexicalIndex.read(folder / LEXICAL),
            piece_frequency=np.load(folder / PIECES),
            reports=np.load(folder / REPORTS),
        )
    return None


def damage(folder: Path, *, thorough: bool = False) -> str | None:
    """What is wrong with an index on disk, None where nothing is.

    Vectors are looked at only where `thorough`: a search looks at those that it reads.
    """
    if not folder.is_dir():
        return "missing"
    try:
        if name := differing(folder, kept_sums(folder)):
            return f"damaged ({name})"
        if thorough:
            list(DenseIndex.read(folder).vectors.everything())
    except DamagedVectors:
        return f"damaged ({VECTORS})"
    except (OSError, ValueError, AttributeError, TypeError, KeyError):
        return "incomplete"
    return None


def kept_sums(folder: Path) -> dict[str, tuple[int, str | None]]:
    """The sums of the files of an index, as they were written down under its name."""
    manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    if manifest["name"] != folder.name:
        raise ValueError(f"{folder.name} is {manifest['name']}")
    return {name: (size, sha256) for name, (size, sha256) in manifest["files"].items()}


def write_sums(folder: Path, name: str, known: Sums) -> None:
    """Write down what the files of a finished index are, which is to be called `name`.

    Of those that it shares with an older index, that is what is `known` of them there.
    """
    names = {
        file.relative_to(folder).as_posix()
        for file in folder.rglob("*")
        if file.is_file() and file.suffix != ".lock"
    }
    found = sums_of(folder, sorted(names - known.keys() - {VECTORS}))
    vectors = {VECTORS: ((folder / VECTORS).stat().st_size, None)}
    text = json.dumps({"name": name, "files": {**known, **found, **vectors}})
    (folder / _MANIFEST).write_text(text, encoding="utf-8")
