"""The reports that ship with Pincite, put into a library.

What reads files is loaded only where one of them is not in the library yet: every command that
opens a library comes by here.
"""

import datetime
import hashlib

from corpus.digests import shipped
from corpus.storage.library import Library


def ship(library: Library) -> None:
    """Put in the digests that ship with Pincite, or their newer texts, but for those removed.

    Nothing is encoded: what searches first does that. A library that cannot be written to stays
    as it is.
    """
    if not library.is_writable:
        return
    for path in shipped():
        if library.holding(hashlib.sha256(path.read_bytes()).hexdigest()):
            continue
        from corpus.intake import load

        digest = load(path, {})
        if not library.was_removed(digest.report.id):
            text, today = digest.document.text, datetime.date.today()
            library.add(
                digest.report, text, digest.passages, today=today, extraction=digest.extraction
            )
