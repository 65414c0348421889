"""Where quoted words may stand: all passages of all versions, by words in their order.

The index is derived from the library alone and loads no model. It holds what the library holds:
its numbers are compared with the library's each time it is opened, and only what differs is
written, in one commit of Tantivy's.
"""

import json
import os
import shutil
import time
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import tantivy

from corpus.english.folded import fold
from corpus.errors import LibraryFault
from corpus.private import narrow
from corpus.remedy import Remedy
from corpus.storage.versions import Standing, Versions
from corpus.writing import write
from embeddings.local.derived import QUOTATIONS_FOLDER as FOLDER
from embeddings.local.lockable import lockable
from embeddings.local.sums import differing, sums_of

_SUMS = "sums.json"
_WRITER_MEMORY = 100_000_000
_TOGETHER = 1000
# 307,000 passages took 205 s to write on two cores that others used, too.
_WAIT_FOR_OTHERS_S, _BETWEEN_TRIES_S = 300.0, 0.1
_WORDS, _REPORT, _NUMBER = "words", "report", "number"
# Pairs of words that are looked for beside the words themselves; the rarest of a quotation say
# most. 6 and 24 of each give the same verdicts as 12 on 617 quotations from 11,400 passages
# (tests/bench/verify.py).
_RARE_WORDS, _RARE_PAIRS = 12, 12
# A pair of words that stand together is rarer than either.
_OF_A_PAIR = 2.0


class QuotationIndex:
    """The passages of a library by their words as quotations are compared."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()

    @classmethod
    def open(cls, folder: Path, versions: Versions) -> "QuotationIndex":
        """The index in a library's folder, brought to what the library holds.

        Raises LibraryFault where it cannot be written.
        """
        if not os.access(folder, os.W_OK):
            return cls(_only_read(folder / FOLDER, versions))
        try:
            return cls(_synchronised(folder / FOLDER, versions))
        except ValueError:  # Tantivy's, for files that it cannot read
            shutil.rmtree(folder / FOLDER, ignore_errors=True)
        except OSError as error:
            raise _unwritable(folder, error.strerror or str(error)) from None
        try:
            return cls(_synchronised(folder / FOLDER, versions))
        except OSError as error:
            raise _unwritable(folder, str(error)) from None
        except ValueError as error:
            shutil.rmtree(folder / FOLDER, ignore_errors=True)  # nothing half written
            raise _unwritable(folder, str(error)) from None

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def find(self, words: Sequence[str], k: int, reports: Collection[str] = ()) -> list[int]:
        """Numbers of the k passages that hold most of these words, the likeliest first.

        Those with the words themselves in their order come first. `reports` restricts the search
        to passages of these, where there are any.
        """
        found: list[int] = []
        if len(words) > 1:
            found = self._best(self._phrase(words), k, reports)
        if len(found) < k:
            found += self._best(self._rare(words), k, reports)
        return list(dict.fromkeys(found))[:k]

    def _best(self, query: tantivy.Query, k: int, reports: Collection[str]) -> list[int]:
        if reports:
            within = tantivy.Query.term_set_query(self._schema, _REPORT, list(reports))
            query = tantivy.Query.boolean_query(
                [
                    (tantivy.Occur.Must, query),
                    (tantivy.Occur.Must, tantivy.Query.const_score_query(within, 0.0)),
                ]
            )
        hits = self._searcher.search(query, limit=k, count=False).hits
        addresses = [address for _, address in hits]
        return [int(n or 0) for n in self._searcher.fast_field_values(_NUMBER, addresses)]

    def _phrase(self, words: Sequence[str]) -> tantivy.Query:
        return tantivy.Query.phrase_query(self._schema, _WORDS, list(words))

    def _rare(self, words: Sequence[str]) -> tantivy.Query:
        """Passages with any of the rarest words and of the rarest pairs of neighbours."""
        count = {word: self._searcher.doc_freq(_WORDS, word) for word in set(words)}
        known = sorted(
            (word for word in count if count[word]), key=lambda word: (count[word], word)
        )
        pairs = sorted(
            {pair for pair in pairwise(words) if count[pair[0]] and count[pair[1]]},
            key=lambda pair: (count[pair[0]] * count[pair[1]], pair),
        )
        parts = [
            tantivy.Query.term_query(self._schema, _WORDS, word, index_option="position")
            for word in known[:_RARE_WORDS]
        ]
        parts += [
            tantivy.Query.boost_query(self._phrase(pair), _OF_A_PAIR)
            for pair in pairs[:_RARE_PAIRS]
        ]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, part) for part in parts])


def damage(library: Path) -> str | None:
    """What is wrong with the index in a library's folder; None where nothing is, or it is none."""
    folder = library / FOLDER
    return "damaged" if folder.is_dir() and _held(folder) is None else None


class QuotationSearch:
    """What verifying needs of a library, over its file and its index of quotations."""

    def __init__(self, folder: Path, versions: Versions) -> None:
        """Open the index in a library's folder; raises LibraryFault."""
        self._versions = versions
        self._index = QuotationIndex.open(folder, versions)

    def find(self, words: Sequence[str], k: int, reports: Collection[str]) -> Sequence[int]:
        """See QuotationIndex.find."""
        return self._index.find(words, k, reports)

    def around(self, number: int, reach: int) -> Sequence[Standing]:
        """A passage and those up to `reach` before and after it, in the same version.

        Empty where it is gone.
        """
        found = self._versions.standing(range(number - reach, number + reach + 1))
        if number not in found:
            return []
        of = found[number]
        return [
            one
            for _, one in sorted(found.items())
            if one.passage.report.id == of.passage.report.id and one.version == of.version
        ]

    def with_id(self, passage_id: str) -> Sequence[Standing]:
        """The passages that have or had a permanent id."""
        return list(self._versions.standing(self._versions.with_id(passage_id)).values())

    def of_reports(self, reports: Collection[str]) -> Sequence[Standing]:
        """All passages of the newest versions of reports, in order."""
        found = self._versions.standing(self._versions.of_reports(sorted(reports)))
        return [one for _, one in sorted(found.items()) if one.current]


def _synchronised(folder: Path, versions: Versions) -> tantivy.Index:
    folder.mkdir(mode=0o700, exist_ok=True)
    editions = versions.editions()
    wanted = {digest.hex() for digest, _ in editions}
    if _held(folder) == wanted:
        narrow(folder)
        return tantivy.Index(_schema(), path=str(folder))
    index = tantivy.Index(_schema(), path=str(folder))
    writer = _writer(index)
    held = _held(folder)  # what another process wrote meanwhile
    index.reload()
    numbers = _numbers(index) if held is not None else set()
    # A number may name another passage than it did where a copy of the library was put back.
    kept = {n for digest, of in editions if digest.hex() in (held or ()) for n in of} & numbers
    if held is None or numbers - kept:
        # Of a removed report: Tantivy keeps the words of what is deleted from its files.
        writer.delete_all_documents()
        kept = set()
    new = {number for _, of in editions for number in of} - kept
    _write_out(index, writer, versions, sorted(new))
    files = [file.name for file in folder.iterdir() if file.name[0] != "." and file.name != _SUMS]
    kept_now = {"editions": sorted(wanted), "files": sums_of(folder, files)}
    write(folder / _SUMS, json.dumps(kept_now))
    narrow(folder)
    return index


def _only_read(folder: Path, versions: Versions) -> tantivy.Index:
    """The index of a library that cannot be written to, in memory where it is not as wanted."""
    editions = versions.editions()
    if _held(folder) == {digest.hex() for digest, _ in editions}:
        with lockable(folder) as files:
            return tantivy.Index(_schema(), path=str(files))
    index = tantivy.Index(_schema())
    numbers = sorted(number for _, of in editions for number in of)
    _write_out(index, index.writer(_WRITER_MEMORY, 1), versions, numbers)
    return index


def _write_out(
    index: tantivy.Index, writer: tantivy.IndexWriter, versions: Versions, numbers: Sequence[int]
) -> None:
    """Add passages by their numbers, and commit."""
    for one in _standing(versions, numbers):
        words = " ".join(fold(one.passage.text).words)
        writer.add_document(
            tantivy.Document(number=one.number, words=words, report=one.passage.report.id)
        )
    writer.commit()
    writer.wait_merging_threads()
    index.reload()


def _held(folder: Path) -> set[str] | None:
    """The digests of the versions that are in an index, None where a file is not as written."""
    try:
        kept = json.loads((folder / _SUMS).read_text(encoding="utf-8"))
        return set(kept["editions"]) if differing(folder, kept["files"]) is None else None
    except (OSError, ValueError, AttributeError, KeyError, TypeError):
        return None


def _writer(index: tantivy.Index) -> tantivy.IndexWriter:
    """What writes the index: one process at a time, for which others wait."""
    until = time.monotonic() + _WAIT_FOR_OTHERS_S
    while True:
        try:
            return index.writer(_WRITER_MEMORY, 1)
        except ValueError as error:
            if "LockBusy" not in str(error):
                raise
            if time.monotonic() > until:
                raise OSError("another process is writing it") from None
        time.sleep(_BETWEEN_TRIES_S)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(_WORDS, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field(_REPORT, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field(_NUMBER, indexed=True, fast=True)
    return builder.build()


def _numbers(index: tantivy.Index) -> set[int]:
    searcher = index.searcher()
    if not searcher.num_docs:
        return set()
    hits = searcher.search(tantivy.Query.all_query(), limit=searcher.num_docs, count=False).hits
    addresses = [address for _, address in hits]
    return {int(number or 0) for number in searcher.fast_field_values(_NUMBER, addresses)}


def _standing(versions: Versions, numbers: Sequence[int]) -> Iterator[Standing]:
    for start in range(0, len(numbers), _TOGETHER):
        yield from versions.standing(numbers[start : start + _TOGETHER]).values()


def _unwritable(folder: Path, why: str) -> LibraryFault:
    return LibraryFault(
        f"the index of quotations in {folder} cannot be written ({why})", Remedy.MAKE_ROOM
    )
