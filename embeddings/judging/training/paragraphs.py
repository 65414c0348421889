"""What is read and learnt from: paragraphs, questions about them, and which are kept aside."""

import json
import lzma
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from corpus.errors import WrongUse
from embeddings.judging.packing import context

# Questions about these are asked of every reader to compare them, so none may learn from them.
NEVER_READ = frozenset(
    {
        "belarus",
        "democratic people's republic of korea",
        "equatorial guinea",
        "laos",
        "north korea",
        "tajikistan",
        "turkmenistan",
        "venezuela",
    }
)
NEVER_READ_OF_A_YEAR = frozenset({("angola", 2011), ("uganda", 2011)})
# The same country under another name, so that it is not on both sides of a split.
_ONE_NAME = {
    "bahamas, the": "bahamas",
    "the bahamas": "bahamas",
    "thebahamas": "bahamas",
    "gambia, the": "gambia",
    "the gambia": "gambia",
    "the netherlands": "netherlands",
    "north macedonia": "macedonia",
    "federated states of micronesia": "micronesia",
    "kyrgyz republic": "kyrgyzstan",
}
SHARE_TESTED = 0.10
SHARE_CHOSEN_ON = 0.05
SHARE_OF_ARTICLES = 0.4
# Countries with more paragraphs than this teach more than they would measure.
MOST_KEPT_ASIDE = 45
SPLIT_SEED = 20261125


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question about a paragraph, and its words that answer; None where it does not answer."""

    id: str
    question: str
    answer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of a report or of an article, with the questions that were asked of it."""

    id: str
    report: str
    country: str | None
    year: int | None
    section: tuple[str, ...]
    text: str
    asked: tuple[Asked, ...] = ()

    @property
    def context(self) -> str:
        """What the reader is told of it beside its text."""
        return context(self.country, None if self.year is None else str(self.year), self.section)

    @property
    def is_never_read(self) -> bool:
        """Whether no reader may learn from it."""
        if self.country is None:
            return False
        name = country_name(self.country)
        return name in NEVER_READ or (name, self.year) in NEVER_READ_OF_A_YEAR


class Part(StrEnum):
    """What a paragraph's questions are for."""

    TRAINING = "training"
    CHOICE = "choice"
    TEST = "test"


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """What is kept aside: countries to measure on and to choose on, articles to measure on."""

    tested: frozenset[str]
    chosen_on: frozenset[str]
    articles: frozenset[str]

    def part(self, paragraph: Paragraph) -> Part:
        """The part that a paragraph is in."""
        if paragraph.country is None:
            return Part.TEST if paragraph.report in self.articles else Part.TRAINING
        name = country_name(paragraph.country)
        if name in self.tested:
            return Part.TEST
        return Part.CHOICE if name in self.chosen_on else Part.TRAINING


def split_to_json(kept: Split) -> str:
    """A split as text."""
    parts = {name: sorted(getattr(kept, name)) for name in ("tested", "chosen_on", "articles")}
    return json.dumps(parts, indent=2, ensure_ascii=False) + "\n"


def split_from_json(text: str) -> Split:
    """What split_to_json wrote."""
    return Split(**{name: frozenset(values) for name, values in json.loads(text).items()})


def country_name(country: str) -> str:
    """A country's name as one, whichever way a report writes it."""
    plain = re.sub(r"\(.*", "", country.casefold().replace("’", "'")).strip()
    return _ONE_NAME.get(plain, plain)


def read_sheets(folder: Path) -> list[Paragraph]:
    """The paragraphs of `passages.jsonl` with the questions of `questions.jsonl`.

    Raises WrongUse where the folder does not hold both.
    """
    asked: dict[str, list[Asked]] = {}
    for entry in _lines(folder / "questions.jsonl"):
        asked.setdefault(entry["passage"], []).append(
            Asked(id=entry["id"], question=entry["question"], answer=entry["answer"])
        )
    read = [
        _paragraph(entry, asked.get(entry["id"], ())) for entry in _lines(folder / "passages.jsonl")
    ]
    return [paragraph for paragraph in read if not paragraph.is_never_read]


def read_reports(path: Path, reports: Iterable[str]) -> list[Paragraph]:
    """The paragraphs of some reports of an .xz of JSON lines; raises WrongUse without it."""
    wanted = frozenset(reports)
    read = (_paragraph(entry, ()) for entry in _lines(path) if entry["report"] in wanted)
    return [paragraph for paragraph in read if not paragraph.is_never_read]


def read_public(folder: Path) -> list[Paragraph]:
    """A public collection's paragraphs that questions are asked of; raises WrongUse without it.

    `adversarial-tune.jsonl`, where there is one, holds questions that a paragraph only seems to
    answer.
    """
    asked: dict[str, list[Asked]] = {}
    texts = {entry["id"]: entry for entry in _lines(folder / "passages.jsonl")}
    for entry in _lines(folder / "questions-tune.jsonl"):
        for name in entry["relevant"][:1]:
            words = next((a for a in entry["answers"] if a in texts[name]["text"]), None)
            asked.setdefault(name, []).append(
                Asked(id=entry["id"], question=entry["question"], answer=words or "")
            )
    adversarial = folder / "adversarial-tune.jsonl"
    for entry in _lines(adversarial) if adversarial.exists() else ():
        asked.setdefault(entry["passage"], []).append(
            Asked(id=entry["id"], question=entry["question"], answer=None)
        )
    return [
        Paragraph(
            id=name,
            report=entry["title"],
            country=None,
            year=None,
            section=(entry["title"],),
            text=entry["text"],
            asked=tuple(asked[name]),
        )
        for name, entry in texts.items()
        if name in asked
    ]


def split(
    sheets: Sequence[Paragraph], public: Sequence[Paragraph], seed: int = SPLIT_SEED
) -> Split:
    """Whole countries and whole articles kept aside at random, before anything is learnt."""
    chance = random.Random(seed)  # noqa: S311  no secret hangs on it
    sizes = Counter(country_name(paragraph.country or "") for paragraph in sheets)
    names = sorted(sizes)
    chance.shuffle(names)
    small = [name for name in names if sizes[name] <= MOST_KEPT_ASIDE]
    tested, rest = _until(small, sizes, SHARE_TESTED * len(sheets))
    chosen_on, _ = _until(rest, sizes, SHARE_CHOSEN_ON * len(sheets))
    articles = sorted({paragraph.report for paragraph in public})
    kept = chance.sample(articles, round(SHARE_OF_ARTICLES * len(articles)))
    return Split(tested=frozenset(tested), chosen_on=frozenset(chosen_on), articles=frozenset(kept))


def _until(
    names: Sequence[str], sizes: Mapping[str, int], wanted: float
) -> tuple[list[str], list[str]]:
    """The first names that together have so many paragraphs, and the others."""
    total = 0
    for number, name in enumerate(names):
        if total >= wanted:
            return [*names[:number]], [*names[number:]]
        total += sizes[name]
    return [*names], []


def _paragraph(entry: Mapping[str, Any], asked: Sequence[Asked]) -> Paragraph:
    return Paragraph(
        id=entry["id"],
        report=entry["report"],
        country=entry["country"],
        year=int(entry["year"]),
        section=tuple(entry["section"]),
        text=entry["text"],
        asked=tuple(asked),
    )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    opened = lzma.open if path.suffix == ".xz" else open
    try:
        with opened(path, "rt", encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)
    except FileNotFoundError:
        raise WrongUse(f"{path} is missing; name the folder that holds it.") from None
