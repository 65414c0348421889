"""The door to Tantivy: BM25 over stemmed English words, filtered inside the search."""

import errno
import math
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import tantivy

from corpus.english.figures import in_digits
from embeddings.local.lockable import lockable
from embeddings.vectors import Numbers

# Tantivy's own BM25 has k1 = 1.2 and b = 0.75 (Robertson and Zaragoza 2009).
_WRITER_MEMORY = 50_000_000
# A longer "word" is an address or a key; the default analyzer of Tantivy drops it too.
_LONGEST_WORD = 40
# A longer list of numbers takes longer to go through than the passages that have the terms: at
# 86,000 passages 3 ms for 5,000 and 10 ms for 20,000.
_MOST_LISTED = 5_000
_STEMS = "stems"
_WORDS = "words"


def _analyzer(*filters: tantivy.Filter) -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for one in (
        tantivy.Filter.remove_long(_LONGEST_WORD),
        tantivy.Filter.lowercase(),
        *filters,
    ):
        builder = builder.filter(one)
    return builder.build()


def _stemming() -> tantivy.TextAnalyzer:
    return _analyzer(tantivy.Filter.ascii_fold(), tantivy.Filter.stemmer("english"))


def _register(index: tantivy.Index) -> None:
    index.register_tokenizer(_STEMS, _stemming())
    index.register_tokenizer(_WORDS, _analyzer())


class LexicalIndex:
    """Words and the numbers of the passages that have them."""

    def __init__(self, index: tantivy.Index) -> None:
        _register(index)
        self._schema = index.schema
        self._searcher = index.searcher()
        self._stemming = _stemming()
        self._vocabulary: dict[str, int] | None = None

    @classmethod
    def build(cls, folder: Path, texts: Iterable[tuple[int, str]]) -> "LexicalIndex":
        """Write an index of numbered texts into an empty folder."""
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", tokenizer_name=_STEMS, index_option="freq")
        builder.add_text_field("words", tokenizer_name=_WORDS, index_option="basic")
        builder.add_integer_field("number", stored=True, indexed=True, fast=True)
        index = tantivy.Index(builder.build(), path=str(folder))
        _register(index)
        _write(index, set(), texts)
        return cls(index)

    @classmethod
    def update(
        cls, old: Path, folder: Path, gone: set[int], texts: Iterable[tuple[int, str]]
    ) -> "LexicalIndex":
        """Write into an empty folder what an older index becomes, which stays as it was.

        Tantivy never changes a segment's file once it is written, so the two share them.
        """
        for file in old.iterdir():
            if file.suffix in (".json", ".lock"):
                shutil.copyfile(file, folder / file.name)
            else:
                _share(file, folder / file.name)
        index = tantivy.Index.open(str(folder))
        _register(index)
        _write(index, gone, texts)
        return cls(index)

    @classmethod
    def read(cls, folder: Path) -> "LexicalIndex":
        """From a folder; raises ValueError where it is not an index."""
        with lockable(folder) as files:
            return cls(tantivy.Index.open(str(files)))

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def terms(self, text: str) -> list[str]:
        """The distinct stemmed words of a text, in order; a number in digits, however written."""
        return list(dict.fromkeys(self._stemming.analyze(in_digits(text))))

    def has_word(self, word: str) -> bool:
        """Whether some passage has this word, in any form of it that has the same stem."""
        return all(self._searcher.doc_freq("text", term) for term in self.terms(word))

    def vocabulary(self) -> Mapping[str, int]:
        """Every word, in lower case, and how many passages have it; read once."""
        if self._vocabulary is None:
            self._vocabulary = dict(self._searcher.terms_with_prefix("words", ""))
        return self._vocabulary

    def weights(self, terms: Sequence[str]) -> dict[str, float]:
        """The inverse document frequency of each term, as Tantivy weighs it."""
        total = len(self)
        frequencies = {term: self._searcher.doc_freq("text", term) for term in terms}
        return {
            term: math.log(1 + (total - min(frequency, total) + 0.5) / (frequency + 0.5))
            for term, frequency in frequencies.items()
        }

    def search(
        self, terms: Sequence[str], k: int, allowed: Numbers | None = None
    ) -> list[tuple[int, float]]:
        """The k passages with the highest BM25, best first: numbers and scores.

        `allowed`, numbers in ascending order, restricts the search itself. A passage with none of
        the terms is not found.
        """
        if not terms:
            return []
        having = tantivy.Query.boolean_query(
            [
                (
                    tantivy.Occur.Should,
                    tantivy.Query.term_query(self._schema, "text", term, index_option="freq"),
                )
                for term in terms
            ]
        )
        if allowed is None:
            return self._best(having, k)
        if len(allowed) > _MOST_LISTED:
            return self._best_of_many(having, k, allowed)
        within = tantivy.Query.term_set_query(self._schema, "number", allowed.tolist())
        unscored = tantivy.Query.const_score_query(within, 0.0)
        found = [(tantivy.Occur.Must, having), (tantivy.Occur.Must, unscored)]
        return self._best(tantivy.Query.boolean_query(found), k)

    def _best(self, query: tantivy.Query, k: int) -> list[tuple[int, float]]:
        hits = self._searcher.search(query, limit=k, count=False).hits
        addresses = [address for _, address in hits]
        numbers = self._searcher.fast_field_values("number", addresses)
        return [
            (int(number or 0), float(score))
            for number, (score, _) in zip(numbers, hits, strict=True)
        ]

    def _best_of_many(
        self, query: tantivy.Query, k: int, allowed: Numbers
    ) -> list[tuple[int, float]]:
        """The best that are allowed, from more and more of the best of all until they are k."""
        many = 2 * k * len(self) // len(allowed) + 1
        while True:
            found = self._best(query, many)
            numbers = np.array([number for number, _ in found], np.int64)
            places = np.minimum(np.searchsorted(allowed, numbers), len(allowed) - 1)
            kept = np.flatnonzero(allowed[places] == numbers)
            if len(kept) >= k or len(found) < many:
                return [found[place] for place in kept[:k]]
            many *= 4


def _share(file: Path, other: Path) -> None:
    """Give a file another name, or a copy where the file system gives a file one name only.

    exFAT does, and what some servers share; each system says so with another error number.
    """
    try:
        os.link(file, other)
    except OSError:
        shutil.copyfile(file, other)


def _write(index: tantivy.Index, gone: set[int], texts: Iterable[tuple[int, str]]) -> None:
    """Take passages out, add others, commit; raises OSError."""
    try:
        writer = index.writer(_WRITER_MEMORY, 1)
        for number in gone:
            writer.delete_documents_by_term("number", number)
        for number, text in texts:
            writer.add_document(tantivy.Document(number=number, text=in_digits(text), words=text))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
    except ValueError as error:  # Tantivy's for whatever a disk refuses
        raise OSError(errno.EIO, str(error)) from None
