"""The sheets of questions about country reports, and their reports as a library, for measuring.

Beside the public collections (see bench_collections) lie `country-questions/` (passages.jsonl,
questions.jsonl) and `us-country-reports-2016-2024.jsonl.xz`, all paragraphs of the reports. What
was kept aside when the reader learnt stands in a file that its training wrote:
{"tested": [countries], "chosen_on": [countries], "articles": [titles]}.
"""

import contextlib
import json
import lzma
import re
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench_collections import COLLECTIONS

from bot.assemble import Pincite
from bot.cli.progress import display
from bot.settings import Settings
from corpus.intake import load
from corpus.metadata import slug
from corpus.storage.library import FILE_NAME

SHEETS = COLLECTIONS / "country-questions"
REPORTS = COLLECTIONS / "us-country-reports-2016-2024.jsonl.xz"
PUBLISHER = "United States Department of State"
# The same country under another name, as the training names it.
_ONE_NAME = {
    "bahamas, the": "bahamas",
    "the bahamas": "bahamas",
    "the gambia": "gambia",
    "gambia, the": "gambia",
    "the netherlands": "netherlands",
    "north macedonia": "macedonia",
    "federated states of micronesia": "micronesia",
    "kyrgyz republic": "kyrgyzstan",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question about a paragraph, with its words that answer; None where it does not answer."""

    id: str
    question: str
    style: str
    answer: str | None
    passage: str
    report: str
    country: str
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAside:
    """What the reader did not learn from: countries to measure and to choose on, articles."""

    tested: frozenset[str]
    chosen_on: frozenset[str]
    articles: frozenset[str]


def kept_aside(path: Path) -> KeptAside:
    return KeptAside(**{k: frozenset(v) for k, v in json.loads(path.read_text("utf-8")).items()})


def country_name(name: str) -> str:
    """A country's name by which a split knows it."""
    plain = re.sub(r"\(.*", "", name.lower().replace("’", "'")).strip()
    return _ONE_NAME.get(plain, plain)


def short_name(country: str) -> str:
    """A country's name as people write it."""
    return country.split(" (", maxsplit=1)[0]


def asked_of(countries: Collection[str]) -> list[Asked]:
    """The sheets' questions about some countries whose reports are at hand."""
    passages = {line["id"]: line for line in _lines(SHEETS / "passages.jsonl")}
    found = []
    for line in _lines(SHEETS / "questions.jsonl"):
        passage = passages[line["passage"]]
        if country_name(passage["country"]) in countries and int(passage["year"]) >= 2016:
            found.append(
                Asked(
                    id=line["id"],
                    question=line["question"],
                    style=line["kind"],
                    answer=line["answer"],
                    passage=passage["text"],
                    report=passage["report"],
                    country=short_name(passage["country"]),
                    year=int(passage["year"]),
                )
            )
    return found


@contextlib.contextmanager
def library_of(folder: Path, names: Sequence[str], *, reads: bool) -> Iterator[Pincite]:
    """A library of country reports, made where the folder lacks it."""
    has_all = (folder / FILE_NAME).exists()
    pincite = Pincite(_settings(folder, reads=reads), display)
    try:
        missing = set(names) - {shelved.id for shelved in pincite.active()} if has_all else {*names}
        if missing:
            _add(pincite, missing)
        yield pincite
    finally:
        pincite.library.close()


def _settings(folder: Path, *, reads: bool) -> Settings:
    return Settings.read(library=str(folder), reads=reads)


def _add(pincite: Pincite, names: Collection[str]) -> None:
    reports: dict[str, list[dict]] = {}
    with lzma.open(REPORTS, "rt", encoding="utf-8") as lines:
        for line in lines:
            paragraph = json.loads(line)
            if slug(paragraph["report"]) in names:
                reports.setdefault(paragraph["report"], []).append(paragraph)
    with tempfile.TemporaryDirectory() as folder:
        for name, paragraphs in reports.items():
            path = Path(folder) / f"{name}.md"
            path.write_text(markdown(paragraphs), "utf-8")
            given = {
                "id": slug(name),
                "country": short_name(paragraphs[0]["country"]),
                "period": str(paragraphs[0]["year"]),
                "publisher": PUBLISHER,
            }
            pincite.add(load(path, given))


def markdown(paragraphs: Sequence[dict]) -> str:
    """A report's paragraphs under their headings."""
    first = paragraphs[0]
    lines = [f"# {short_name(first['country'])} {first['year']} Human Rights Report", ""]
    last: list[str] = []
    for paragraph in paragraphs:
        section = [heading.replace("\n", " ") for heading in paragraph["section"]]
        if section != last:
            pairs = enumerate(zip(section, last, strict=False))
            same = next((n for n, (a, b) in pairs if a != b), min(len(section), len(last)))
            for level in range(min(same, len(section) - 1), len(section)):
                lines += [f"{'#' * (level + 2)} {section[level]}", ""]
            last = section
        text = paragraph["text"].replace("\n", " ").replace("<", "\\<")
        lines += [re.sub(r"^([#>*+-]|\d+[.)])", r"\\\1", text), ""]
    return "\n".join(lines)


def _lines(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)
