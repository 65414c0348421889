"""The sizes and SHA-256 of files in a folder: by these it is seen that they are as written."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

# A file's name in its folder to its size and, where it is looked at whole, its SHA-256.
Sums = Mapping[str, tuple[int, str | None]]


def sums_of(folder: Path, names: Iterable[str]) -> dict[str, tuple[int, str | None]]:
    """The sums of files as they are; raises OSError."""
    return {name: ((folder / name).stat().st_size, _sha256(folder / name)) for name in names}


def differing(folder: Path, sums: Sums) -> str | None:
    """The name of a file that is not as its sum says, None where all are; raises OSError."""
    for name, (size, expected) in sums.items():
        path = folder / name
        if path.stat().st_size != size or (expected and _sha256(path) != expected):
            return name
    return None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
