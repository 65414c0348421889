"""A file read, described and cut, once; a report on many countries parted."""

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.countries import with_countries
from corpus.cutting import cut
from corpus.errors import BadMetadata
from corpus.guessing import country_guess, period_guess
from corpus.json_values import to_values
from corpus.metadata import describe, slug, usable_guesses
from corpus.passage import Passage
from corpus.readers import Document, read_content
from corpus.readers.file import file_bytes
from corpus.report import Report
from corpus.splitting import by_country


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A report's file as read, described and cut, before any library is opened.

    Of a file that was parted, `country` is the one that this part is on; `parted` says that it is
    such a part, or what is left beside them.
    """

    path: Path
    content: bytes
    document: Document
    given: Mapping[str, str]
    report: Report
    passages: tuple[Passage, ...]
    parted: bool = False
    country: str | None = None

    @property
    def keeps_original(self) -> bool:
        """Whether the file can show its pages, and so is kept in the library."""
        return self.document.extraction.sheets > 0

    @property
    def extraction(self) -> str:
        """How the reading went, as JSON."""
        return json.dumps(to_values(self.document.extraction), ensure_ascii=False)

    def known_as(self, known: Report) -> "Loaded":
        """The same with what a library knows of these bytes, where nobody states otherwise.

        Raises BadMetadata.
        """
        stated = self.document.metadata
        report = _described(
            self.path, stated, self.content, self.given, known=known, country=self.country
        )
        if report.title == self.report.title:
            passages = tuple(replace(passage, report=report) for passage in self.passages)
        else:
            # Whether a file's own title names a section depends on the report's.
            passages = tuple(cut(report, self.document))
        return replace(self, report=report, passages=passages)

    def among(self, held: Sequence[Report]) -> Report | None:
        """The one of the reports that a library made of these bytes that this is, None if none."""
        if not self.parted:
            same = [one for one in held if one.id == self.report.id]
            return next(iter([*same, *held]), None)
        wanted = (self.country or "").casefold()
        same = [one for one in held if _is_part(one) == (self.country is not None)]
        if self.country is not None:
            same = [one for one in same if (one.country or "").casefold() == wanted]
        return next(iter(same), None)

    def by_country(self) -> "list[Loaded]":
        """A report of each country's entry, after what stands in none; itself without entries.

        Raises BadMetadata where a country is given for all.
        """
        if not self.document.entries:
            return [self]
        if "country" in self.given:
            raise BadMetadata(
                f"{self.path} is to be parted into its countries, so no country is given for all "
                "of it; leave one of the two out."
            )
        return [
            loaded(self.path, document, self.content, self.given, parted=True, country=country)
            for country, document in by_country(self.document)
        ]


def load(path: Path, given: Mapping[str, str], *, guessing: bool = False) -> Loaded:
    """Read and check a report's file; raises UnreadableReport and BadMetadata.

    `guessing` takes what the file seems to say of itself for stated.
    """
    content = file_bytes(path)
    return of_content(path, content, given, guessing=guessing)


def of_content(
    path: Path,
    content: bytes,
    given: Mapping[str, str],
    *,
    name: str | None = None,
    guessing: bool = False,
) -> Loaded:
    """The same of bytes that are at hand, fetched from where `name` says.

    Raises UnreadableReport and BadMetadata.
    """
    document = with_countries(read_content(path, content, name))
    document = replace(
        document,
        guesses=usable_guesses(
            {**country_guess(document), **period_guess(document), **document.guesses},
            document.metadata,
        ),
    )
    if guessing:
        stated = {**document.guesses, **document.metadata}
        document = replace(document, metadata=stated, guesses={})
    return loaded(path, document, content, given)


def loaded(
    path: Path,
    document: Document,
    content: bytes,
    given: Mapping[str, str],
    *,
    parted: bool = False,
    country: str | None = None,
) -> Loaded:
    """A document described and cut; raises UnreadableReport and BadMetadata."""
    report = _described(path, document.metadata, content, given, known=None, country=country)
    return Loaded(
        path=path,
        content=content,
        document=document,
        given=given,
        report=report,
        passages=tuple(cut(report, document)),
        parted=parted,
        country=country,
    )


def is_unchanged(
    path: Path, content: bytes, given: Mapping[str, str], held: Sequence[Report]
) -> bool:
    """Whether a library that made these reports of a file would change nothing by it.

    The file need not be read to know that. Raises BadMetadata.
    """
    parts = were_parted(held)
    parted = [one.country if parts and _is_part(one) else None for one in held]
    return bool(held) and all(
        _described(path, {}, content, given, known=one, country=country) == one
        for one, country in zip(held, parted, strict=True)
    )


def were_parted(held: Sequence[Report]) -> bool:
    """Whether reports that a library made of one file are its parts by country."""
    return len(held) > 1 and len({_of_whole(report) for report in held}) == 1


def sha256_of(content: bytes) -> str:
    """The name of a file's bytes in a library."""
    return hashlib.sha256(content).hexdigest()


def _is_part(report: Report) -> bool:
    """Whether a report's id ends in its country, as those of a parted file do."""
    return report.country is not None and report.id.endswith(f"-{slug(report.country)}")


def _of_whole(report: Report) -> str:
    """The id of what a report is a part of, or its own."""
    return report.id.removesuffix(f"-{slug(report.country)}") if report.country else report.id


def _described(
    path: Path,
    stated: Mapping[str, str],
    content: bytes,
    given: Mapping[str, str],
    *,
    known: Report | None,
    country: str | None,
) -> Report:
    """The report that a file is, or its part on a country, whose name its id then ends in."""
    if country is not None:
        given = {**given, "country": country}
    today = datetime.date.today()
    report = describe(path, stated, content, given=given, known=known, today=today)
    if country is None or _is_part(report):
        return report
    return replace(report, id=f"{report.id}-{slug(country)}")
