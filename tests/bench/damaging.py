"""Ways in which a library's files are damaged, each by chance: for damages.py and its quick test.

A way is given a folder with a library and a copy of it from before its last report, and damages one
thing. What is written through SQLite is damage that its own checks of the file cannot see.
"""

import contextlib
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

_FIELDS = {
    "texts": ("text",),
    "passages": (
        "passage_id",
        "section",
        "number",
        "start",
        "stop",
        "source",
        "hidden",
        "occurrence",
        "key",
        "pages",
        "notes",
        "version",
        "report_id",
        "seal",
    ),
    "reports": (
        "title",
        "publisher",
        "country",
        "period",
        "published",
        "accessed",
        "kind",
        "sha256",
        "version",
        "current",
        "seal",
        "passages",
        "sections",
    ),
    "encodings": ("vector", "pieces", "offsets", "tokens", "key", "model"),
    "encoding_seals": ("vector", "reading"),
    "settings": ("value",),
    "removed": ("id",),
}
# What names a row of a table without numbers.
_NAMES = {"settings": "name", "removed": "id", "encoding_seals": "key"}
_BLOCK = 4_096


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What is damaged, with chance: a library, an older copy of it, and another library."""

    library: Path
    older: Path
    other: Path
    chance: random.Random

    @property
    def file(self) -> Path:
        return self.library / "library.sqlite"

    def index_file(self) -> Path:
        """One of the index's files that are not empty, any of them as likely as another."""
        files = (self.library / "index").rglob("*")
        return self.chance.choice(
            sorted(path for path in files if path.is_file() and path.stat().st_size)
        )


def stored(table: str) -> Callable[[Place], None]:
    """A bit of a stored value, through SQLite."""

    def damage(place: Place) -> None:
        name = place.chance.choice(_FIELDS[table])
        row = _NAMES.get(table, "rowid")
        with _open(place.file) as opened:
            keys = [key for (key,) in opened.execute(f"SELECT {row} FROM {table}")]
            if not keys:
                return
            key = place.chance.choice(keys)
            statement = f"SELECT {name} FROM {table} WHERE {row} = ?"
            (value,) = opened.execute(statement, (key,)).fetchone()
            with contextlib.suppress(sqlite3.IntegrityError):  # two rows of one name cannot be
                statement = f"UPDATE {table} SET {name} = ? WHERE {row} = ?"
                opened.execute(statement, (_flipped(value, place.chance), key))

    return damage


def lost_row(table: str) -> Callable[[Place], None]:
    """A row that is gone."""

    def damage(place: Place) -> None:
        row = _NAMES.get(table, "rowid")
        with _open(place.file) as opened:
            keys = [key for (key,) in opened.execute(f"SELECT {row} FROM {table}")]
            if keys:
                statement = f"DELETE FROM {table} WHERE {row} = ?"
                opened.execute(statement, (place.chance.choice(keys),))

    return damage


def exchanged_values(place: Place) -> None:
    """Two values of one column exchanged."""
    table = place.chance.choice(["passages", "encodings", "texts"])
    name = place.chance.choice(_FIELDS[table])
    with _open(place.file) as opened, contextlib.suppress(sqlite3.IntegrityError):
        rows = opened.execute(f"SELECT rowid, {name} FROM {table}").fetchall()
        (one, of_one), (two, of_two) = place.chance.sample(rows, 2)
        opened.execute(f"UPDATE {table} SET {name} = ? WHERE rowid = ?", (of_two, one))
        opened.execute(f"UPDATE {table} SET {name} = ? WHERE rowid = ?", (of_one, two))


def library_bit(place: Place) -> None:
    """A bit anywhere in library.sqlite."""
    _change(place.file, _bit, place.chance)


def library_block(place: Place) -> None:
    """A block of zeros in library.sqlite."""
    _change(place.file, _block, place.chance)


def library_length(place: Place) -> None:
    """library.sqlite shorter than it was."""
    _change(place.file, _shorter, place.chance)


def library_older(place: Place) -> None:
    """An older copy of library.sqlite beside the newer index."""
    shutil.copy(place.older / "library.sqlite", place.file)


def library_other(place: Place) -> None:
    """Another library's file beside the index."""
    shutil.copy(place.other / "library.sqlite", place.file)


def library_missing(place: Place) -> None:
    """No library.sqlite beside the index."""
    place.file.unlink()


def library_empty(place: Place) -> None:
    """An empty library.sqlite beside the index."""
    place.file.write_bytes(b"")


def index_bit(place: Place) -> None:
    """A bit anywhere in a file of the index."""
    _change(place.index_file(), _bit, place.chance)


def index_block(place: Place) -> None:
    """A block of zeros in a file of the index."""
    _change(place.index_file(), _block, place.chance)


def index_length(place: Place) -> None:
    """A file of the index shorter than it was."""
    _change(place.index_file(), _shorter, place.chance)


def index_missing(place: Place) -> None:
    """A file of the index that is gone."""
    place.index_file().unlink()


def index_exchanged(place: Place) -> None:
    """Two files of the index exchanged."""
    one, two = place.index_file(), place.index_file()
    content, other = one.read_bytes(), two.read_bytes()
    one.write_bytes(other)
    two.write_bytes(content)


def index_older(place: Place) -> None:
    """The index of an older state, or of another library, under the newer one's name."""
    (ours,) = (place.library / "index").glob("[!.]*")
    (theirs,) = (place.chance.choice([place.older, place.other]) / "index").glob("[!.]*")
    shutil.rmtree(ours)
    shutil.copytree(theirs, ours)


def index_vectors(place: Place) -> None:
    """Two vectors of the index exchanged, whole."""
    (path,) = (place.library / "index").glob("*/vectors.f32")
    content = bytearray(path.read_bytes())
    size = len(content) // len(np.load(path.with_name("vectors.crc32.npy")))
    one, two = place.chance.sample(range(len(content) // size), 2)
    at, to = slice(one * size, (one + 1) * size), slice(two * size, (two + 1) * size)
    content[at], content[to] = content[to], content[at]
    path.write_bytes(content)


LIBRARY: dict[str, Callable[[Place], None]] = {
    **{f"a bit stored in {table}": stored(table) for table in _FIELDS},
    **{f"a row lost of {table}": lost_row(table) for table in _FIELDS},
    "two stored values exchanged": exchanged_values,
    "a bit of library.sqlite": library_bit,
    "a block of library.sqlite zeroed": library_block,
    "library.sqlite cut short": library_length,
    "library.sqlite an older copy": library_older,
    "library.sqlite another library's": library_other,
    "library.sqlite missing": library_missing,
    "library.sqlite empty": library_empty,
    "a bit of the index": index_bit,
    "a block of the index zeroed": index_block,
    "a file of the index cut short": index_length,
    "a file of the index missing": index_missing,
    "two files of the index exchanged": index_exchanged,
    "the index an older or another one": index_older,
    "two vectors of the index exchanged": index_vectors,
}


def damage_file(path: Path, chance: random.Random) -> None:
    """A bit, a block of zeros or a lost end: of a file that may be shared with others."""
    _change(path, chance.choice([_bit, _block, _shorter]), chance)


def _bit(content: bytearray, chance: random.Random) -> bytearray:
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return content


def _block(content: bytearray, chance: random.Random) -> bytearray:
    start = chance.randrange(max(1, len(content) // _BLOCK)) * _BLOCK
    size = len(content[start : start + _BLOCK])
    content[start : start + size] = bytes(size)
    return content


def _shorter(content: bytearray, chance: random.Random) -> bytearray:
    return content[: chance.randrange(len(content))]


def _change(
    path: Path, how: Callable[[bytearray, random.Random], bytearray], chance: random.Random
) -> None:
    content = how(bytearray(path.read_bytes()), chance)
    path.unlink()  # it may have another name elsewhere
    path.write_bytes(content)


def _flipped(value: object, chance: random.Random) -> object:
    match value:
        case int():
            return value ^ (1 << chance.randrange(6))
        case bytes() if value:
            return bytes(_bit(bytearray(value), chance))
        case str() if value:
            at = chance.randrange(len(value))
            return (
                f"{value[:at]}{chr(ord(value[at]) ^ (1 << chance.randrange(5)))}{value[at + 1 :]}"
            )
    return "x"


@contextlib.contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    """SQLite as it comes, without the library's rules; what is written stands in the file."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as opened:
        yield opened
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
