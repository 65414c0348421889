"""A file read, described and cut, once."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.cutting import cut
from corpus.metadata import describe
from corpus.passage import Passage
from corpus.readers import Document, read
from corpus.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A report's file as read and checked, before any library is opened."""

    path: Path
    content: bytes
    document: Document
    given: Mapping[str, str]

    def report(self, known: Report | None = None) -> Report:
        """The report that the file is; raises BadMetadata."""
        today = datetime.date.today()
        return describe(
            self.path, self.document, self.content, given=self.given, known=known, today=today
        )

    def passages(self) -> list[Passage]:
        """Its passages, as if the library did not know it; raises UnreadableReport."""
        return cut(self.report(), self.document)


def load(path: Path, given: Mapping[str, str]) -> Loaded:
    """Read and check a report's file; raises UnreadableReport and BadMetadata."""
    document, content = read(path)
    loaded = Loaded(path=path, content=content, document=document, given=given)
    loaded.passages()
    return loaded
