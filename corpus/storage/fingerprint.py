"""What a library holds, as one number: two of the same give the same answers."""

import hashlib
from collections.abc import Iterable

from corpus.storage.entries import Entry


def fingerprint(entries: Iterable[Entry]) -> str:
    """SHA-256, in hexadecimal, of the current version of every report and of its file."""
    lines = sorted(f"{one.report.id}\0{one.version}\0{one.report.sha256}\n" for one in entries)
    return hashlib.sha256("".join(lines).encode()).hexdigest()
