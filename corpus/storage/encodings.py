"""What models made of passages, each with its seals: nothing is read that they do not hold of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields

from corpus.errors import LibraryFault
from corpus.remedy import Remedy
from corpus.storage.database import Database, Row, columns
from corpus.storage.stored_encoding import StoredEncoding, vector_seal

_COLUMNS = tuple(field.name for field in fields(StoredEncoding))
# CROSS makes SQLite take the passages first: with many of them it took every encoding instead.
_OF_PASSAGES = (
    "FROM passages p CROSS JOIN encodings e ON e.model = ? AND e.key = p.key"
    " LEFT JOIN encoding_seals s ON s.model = e.model AND s.key = e.key"
    " WHERE p.number_in_library IN ({marks})"
)
_SEALS = "e.model, e.key, s.vector AS vector_seal, s.reading AS reading_seal"


def known(database: Database, model: str, keys: Sequence[bytes]) -> set[bytes]:
    """Those of the keys that `model` has encoded."""
    rows = database.rows_by_parts(
        "SELECT key FROM encodings WHERE model = ? AND key IN ({marks})", keys, model
    )
    return {row["key"] for row in rows}


def store(database: Database, model: str, encodings: Mapping[bytes, StoredEncoding]) -> None:
    """Keep what `model` made of texts, by their keys, sealed; in a transaction."""
    database.insert(
        "encodings",
        ("model", "key", *_COLUMNS),
        [
            (model, key, *(getattr(stored, name) for name in _COLUMNS))
            for key, stored in encodings.items()
        ],
        replace=True,
    )
    database.insert(
        "encoding_seals",
        ("model", "key", "vector", "reading"),
        [
            (
                model,
                key,
                vector_seal(model, key, stored.vector, stored.pieces),
                stored.reading_seal(model, key),
            )
            for key, stored in encodings.items()
        ],
        replace=True,
    )


def vectors(
    database: Database, model: str, numbers: Sequence[int]
) -> Iterator[tuple[bytes, bytes]]:
    """Vector and word pieces of each of these passages that has them, by number.

    Raises LibraryFault where they are not what was stored.
    """
    for row in database.rows_by_parts(
        f"SELECT e.vector, e.pieces, {_SEALS} {_OF_PASSAGES} ORDER BY p.number_in_library",
        sorted(numbers),
        model,
    ):
        if not _holds_vector(row):
            raise _damaged(database)
        yield row["vector"], row["pieces"]


def read(database: Database, model: str, numbers: Sequence[int]) -> dict[int, StoredEncoding]:
    """What `model` made of these passages, by their numbers; raises as `vectors` does."""
    found = {}
    for row in database.rows_by_parts(
        f"SELECT p.number_in_library, {columns('e', _COLUMNS)}, {_SEALS} {_OF_PASSAGES}",
        numbers,
        model,
    ):
        if not _holds(row):
            raise _damaged(database)
        found[row["number_in_library"]] = _stored(row)
    return found


def models(database: Database) -> set[str]:
    """The models whose encodings are kept."""
    return {row["model"] for row in database.rows("SELECT DISTINCT model FROM encodings")}


def drop_damaged(database: Database, model: str) -> int:
    """Drop every encoding of `model` that is not what was stored; returns how many. Reads all.

    Those of what is named after no model that the library has go, too.
    """
    keys = [
        row["key"]
        for row in database.rows("SELECT key FROM encodings WHERE model = ?", (model,))
        if not _is_sound(database, model, row["key"])
    ]
    with database.transaction():
        database.change("DELETE FROM encodings WHERE model IS NOT ?", (model,))
        database.change_by_parts("DELETE FROM encodings WHERE key IN ({marks})", keys)
    return len(keys)


def _is_sound(database: Database, model: str, key: bytes) -> bool:
    row = database.row(
        f"SELECT {columns('e', _COLUMNS)}, {_SEALS} FROM encodings e LEFT JOIN encoding_seals s"
        " ON s.model = e.model AND s.key = e.key WHERE e.model = ? AND e.key = ?",
        (model, key),
    )
    return row is not None and _holds(row)


def _holds(row: Row) -> bool:
    found = _stored(row).reading_seal(row["model"], row["key"])
    return _holds_vector(row) and found == row["reading_seal"]


def _holds_vector(row: Row) -> bool:
    found = vector_seal(row["model"], row["key"], row["vector"], row["pieces"])
    return bool(found == row["vector_seal"])


def _stored(row: Row) -> StoredEncoding:
    return StoredEncoding(**{name: row[name] for name in _COLUMNS})


def _damaged(database: Database) -> LibraryFault:
    return LibraryFault(
        f"{database.path} is damaged: what it holds of a model's encodings is not what was stored",
        Remedy.REPAIR,
    )
