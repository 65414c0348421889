"""A file read, described and cut, once; the reports that ship with Pincite put into a library."""

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.cutting import cut
from corpus.digests import shipped
from corpus.metadata import describe
from corpus.passage import Passage
from corpus.readers import Document, read
from corpus.report import Report
from corpus.storage.library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A report's file as read, described and cut, before any library is opened."""

    path: Path
    content: bytes
    document: Document
    given: Mapping[str, str]
    report: Report
    passages: tuple[Passage, ...]

    def known_as(self, known: Report) -> "Loaded":
        """The same with what a library knows of these bytes, where nobody states otherwise.

        Raises BadMetadata.
        """
        report = _described(self.path, self.document, self.content, self.given, known)
        if report.title == self.report.title:
            passages = tuple(replace(passage, report=report) for passage in self.passages)
        else:
            # Whether a file's own title names a section depends on the report's.
            passages = tuple(cut(report, self.document))
        return replace(self, report=report, passages=passages)


def load(path: Path, given: Mapping[str, str]) -> Loaded:
    """Read and check a report's file; raises UnreadableReport and BadMetadata."""
    document, content = read(path)
    return loaded(path, document, content, given)


def loaded(path: Path, document: Document, content: bytes, given: Mapping[str, str]) -> Loaded:
    """A document described and cut; raises UnreadableReport and BadMetadata."""
    report = _described(path, document, content, given, None)
    return Loaded(
        path=path,
        content=content,
        document=document,
        given=given,
        report=report,
        passages=tuple(cut(report, document)),
    )


def ship(library: Library) -> None:
    """Put in the digests that ship with Pincite, or their newer texts, but for those removed.

    Nothing is encoded: what searches first does that.
    """
    for path in shipped():
        if library.holding(hashlib.sha256(path.read_bytes()).hexdigest()):
            continue
        digest = load(path, {})
        if not library.was_removed(digest.report.id):
            text, today = digest.document.text, datetime.date.today()
            library.add(digest.report, text, digest.passages, today=today)


def _described(
    path: Path,
    document: Document,
    content: bytes,
    given: Mapping[str, str],
    known: Report | None,
) -> Report:
    today = datetime.date.today()
    return describe(path, document, content, given=given, known=known, today=today)
