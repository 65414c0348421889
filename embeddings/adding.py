"""A report enters: its passages encoded and kept, the search index made anew."""

import contextlib
import datetime
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from corpus.errors import LibraryFault, NotEncoded, Stopped
from corpus.intake import Loaded
from corpus.passage import Passage
from corpus.readers import Document
from corpus.remedy import Remedy
from corpus.report import Report
from corpus.storage.entries import Outcome
from corpus.storage.library import Library
from corpus.storage.rows import vector_key
from embeddings.encoders.encoder import Encoder, Progress
from embeddings.encoders.whole_passages import encode_passages
from embeddings.local.derived import discard
from embeddings.local.index import check_model, open_index
from embeddings.local.index_files import SearchIndex
from embeddings.local.stored import pack

# Opens a display of something that takes time: its title, and how many steps where that is known.
# What it yields is called with how many more steps are done.
Display = Callable[[str, int | None], AbstractContextManager[Progress]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What adding a report did, with what it was made of."""

    report: Report
    outcome: Outcome
    version: int
    encoded: int
    passages: int
    document: Document


# Texts between two commits: what is encoded by then survives a killed process.
_KEPT_TOGETHER = 256
# Passages that are looked through together for what is not encoded.
_READ_TOGETHER = 1_000


class Adding:
    """The way of reports into a library.

    `encoder` gives the model where something has to be encoded, and is not called before.
    """

    def __init__(self, library: Library, encoder: Callable[[], Encoder], display: Display) -> None:
        self._library = library
        self._encoder = encoder
        self._display = display

    def add(self, loaded: Loaded) -> Added:
        """Add a report; raises BadMetadata, ModelFault, LibraryFault, Stopped."""
        (added,) = self.add_all([loaded])
        return added

    def add_all(self, several: Sequence[Loaded]) -> list[Added]:
        """Add reports that were made of one file, each in a transaction of its own.

        Raises as `add` does.
        """
        added = [self._put(loaded) for loaded in several]
        if any(one.outcome is not Outcome.UNCHANGED for one in added):
            self.open_index()
        return added

    def _put(self, loaded: Loaded) -> Added:
        known = loaded.among(self._library.holding(loaded.report.sha256))
        if known is not None and ("id" not in loaded.given or loaded.report.id == known.id):
            # The same bytes are the same report: only what is stated now can change it.
            loaded = loaded.known_as(known)
        report = loaded.report
        encoded, outcome = 0, Outcome.UNCHANGED
        if known == report:
            version = self._library.entry(report.id).version
        else:
            check_model(self._library, self._encoder().identity)
            name = loaded.country or report.title
            encoded = self._encode(f"Encoding {name}", loaded.passages)
            self._begin_with_model()
            outcome, version = self._library.add(
                report,
                loaded.document.text,
                loaded.passages,
                today=datetime.date.today(),
                extraction=loaded.extraction,
                original=loaded.content if loaded.keeps_original else None,
            )
        return Added(
            report=report,
            outcome=outcome,
            version=version,
            encoded=encoded,
            passages=len(loaded.passages),
            document=loaded.document,
        )

    def rebuild(self) -> int:
        """Encode every report with the model, build the index; returns how many were encoded.

        What is not what was stored of the model's encodings is made anew, and so is the index,
        of nothing but the library.
        """
        self._library.drop_damaged_encodings(self._encoder().identity)
        with self._library.reading():
            passages = [
                passage
                for entry in self._library.entries()
                for passage in self._library.all_passages(entry.report.id)
            ]
        encoded = self._encode("Encoding the library", passages)
        if self._library.model != (identity := self._encoder().identity):
            self._library.set_model(identity)
        try:
            discard(self._library.folder)
        except OSError as error:
            raise LibraryFault(
                f"the search index {error.filename} cannot be deleted ({error.strerror})"
            ) from None
        self.open_index()
        return encoded

    def open_index(self) -> SearchIndex:
        """The search index of the library as it stands, for which all of it is encoded.

        Raises ModelFault, NotInLibrary, LibraryFault, Stopped.
        """
        identity = self._encoder().identity
        try:
            return open_index(self._library, identity)
        except NotEncoded as error:
            if not self._library.is_writable:
                raise LibraryFault(error.wrong, Remedy.COPY_LIBRARY) from None
            # What ships with Pincite comes without encodings.
            self._encode_all()
            self._begin_with_model()
        return open_index(self._library, identity)

    def _encode_all(self) -> None:
        """Encode what is not encoded of the passages that answers may come from."""
        numbers = self._library.numbers()
        with self._shown("Encoding the library", len(numbers)) as progress:
            for start in range(0, len(numbers), _READ_TOGETHER):
                part = self._library.passages(numbers[start : start + _READ_TOGETHER])
                encode_missing(self._library, self._encoder(), list(part.values()), progress)

    def _encode(self, title: str, passages: Sequence[Passage]) -> int:
        with self._shown(title, len(passages)) as progress:
            return encode_missing(self._library, self._encoder(), passages, progress)

    @contextlib.contextmanager
    def _shown(self, title: str, steps: int) -> Iterator[Progress]:
        try:
            with self._display(title, steps) as progress:
                yield progress
        except KeyboardInterrupt:
            raise Stopped(
                "stopped before all was encoded; the same command goes on from there."
            ) from None

    def _begin_with_model(self) -> None:
        """Make the model the library's where it has none; refuse another that came meanwhile."""
        identity = self._encoder().identity
        check_model(self._library, identity)
        if self._library.model is None:
            self._library.set_model(identity)


def encode_missing(
    library: Library,
    encoder: Encoder,
    passages: Sequence[Passage],
    progress: Progress | None = None,
) -> int:
    """Encode what the library has no encoding of; returns how many passages that were.

    `progress` is called with how many more passages are ready.
    """
    by_key = {vector_key(passage.searched): passage for passage in passages}
    known = library.encoded(encoder.identity, list(by_key))
    missing = [key for key in by_key if key not in known]
    if progress:
        progress(len(passages) - len(missing))
    for start in range(0, len(missing), _KEPT_TOGETHER):
        keys = missing[start : start + _KEPT_TOGETHER]
        encodings = encode_passages(encoder, [by_key[key] for key in keys], progress)
        stored = {key: pack(encoded) for key, encoded in zip(keys, encodings, strict=True)}
        library.store_encodings(encoder.identity, stored)
    return len(missing)
