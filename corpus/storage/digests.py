"""The digests that damage is found by, for Python and, under their names here, for SQL."""

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any

Value = str | int | bytes | None
_BITS = 256
# Made once: json.dumps makes one anew for each call that wants other than its defaults.
_as_json = json.JSONEncoder(ensure_ascii=False, default=bytes.hex).encode


def sha256_of(*values: Value) -> bytes:
    """SHA-256 of any number of values: they are told apart by their JSON, bytes as hexadecimal."""
    return hashlib.sha256(_as_json(values).encode()).digest()


def sha256_of_bytes(*values: str | bytes) -> bytes:
    """SHA-256 of any number of values that may be long: they are told apart by their lengths."""
    found = hashlib.sha256()
    for value in values:
        content = value.encode() if isinstance(value, str) else value
        found.update(len(content).to_bytes(8))
        found.update(content)
    return found.digest()


def digest_of(numbered: Iterable[tuple[int, str | bytes | None]]) -> bytes:
    """SHA-256 of numbered values in whatever order they come; of none it is empty."""
    lines = sorted(f"{number} {value!r}" for number, value in numbered)
    return hashlib.sha256("\0".join(lines).encode()).digest() if lines else b""


def added(seals: Iterable[bytes | None]) -> str:
    """The sum of seals, in hexadecimal; what damage left of one counts nothing."""
    return hexadecimal(sum(int.from_bytes(seal) for seal in seals if isinstance(seal, bytes)))


def hexadecimal(total: int) -> str:
    """A sum of seals in the form in which it is kept."""
    return f"{total % 2**_BITS:064x}"


class _Digest:
    """`digest_of`, a row at a time."""

    def __init__(self) -> None:
        self._rows: list[tuple[int, str | bytes | None]] = []

    def step(self, number: int, value: str | bytes | None) -> None:
        self._rows.append((number, value))

    def finalize(self) -> bytes:
        return digest_of(self._rows)


class _Sum:
    """`added`, a row at a time."""

    def __init__(self) -> None:
        self._seals: list[bytes | None] = []

    def step(self, seal: bytes | None) -> None:
        self._seals.append(seal)

    def finalize(self) -> str:
        return added(self._seals)


FUNCTIONS: dict[str, Callable[..., bytes]] = {
    "sha256_of": sha256_of,
    "sha256_of_bytes": sha256_of_bytes,
}
AGGREGATES: dict[str, Any] = {"digest_of": _Digest, "sum_of": _Sum}
