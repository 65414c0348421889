"""Public test collections as real libraries, for measuring.

Each is a folder with `passages.jsonl` (id, title, text) and `questions-tune.jsonl` (id, question,
relevant, answers), in a folder that the environment variable PINCITE_COLLECTIONS names, else
`shared/data` beside the checkout.
"""

import datetime
import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from bot.cli.progress import display
from bot.models import open_encoder
from bot.settings import Settings
from corpus.cutting import cut
from corpus.metadata import slug
from corpus.readers import Block, BlockKind, Document
from corpus.report import Kind, Period, Report
from corpus.storage.library import Library
from embeddings.adding import encode_missing
from embeddings.encoders.encoder import Encoded, Encoder, Progress

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"
COLLECTIONS = Path(os.environ.get("PINCITE_COLLECTIONS", BESIDE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question of a collection; `half` tells the questions to tune on from those to report."""

    id: str
    question: str
    relevant: frozenset[str]
    answers: tuple[str, ...]

    @property
    def half(self) -> str:
        return "AB"[hashlib.sha256(self.id.encode()).digest()[-1] % 2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A collection's passages in order and its questions."""

    name: str
    passages: tuple[dict[str, str], ...]
    questions: tuple[Question, ...]

    def articles(self) -> list[tuple[str, list[dict[str, str]]]]:
        """Passages by article, in order."""
        ordered = sorted(self.passages, key=lambda passage: passage["title"])
        return [(title, list(inside)) for title, inside in groupby(ordered, lambda p: p["title"])]


def load(name: str) -> Collection:
    """A collection by the name of its folder."""
    folder = COLLECTIONS / name
    return Collection(
        name=name,
        passages=tuple(_lines(folder / "passages.jsonl")),
        questions=tuple(
            Question(
                id=line["id"],
                question=line["question"],
                relevant=frozenset(line["relevant"]),
                answers=tuple(line["answers"]),
            )
            for line in _lines(folder / "questions-tune.jsonl")
        ),
    )


def fill(
    library: Library, encoder: Encoder, articles: Sequence[tuple[str, list[dict[str, str]]]]
) -> dict[str, int]:
    """Put articles into a library, one report each; returns passages' numbers by their ids.

    A long passage becomes several in the library: the number is that of the first.
    """
    numbers: dict[str, int] = {}
    for title, inside in articles:
        report, document = as_report(title, [passage["text"] for passage in inside])
        passages = cut(report, document)
        encode_missing(library, encoder, passages)
        if library.model is None:
            library.set_model(encoder.identity)
        before = set(library.numbers())
        library.add(report, document.text, passages, today=datetime.date.today())
        added = [number for number in library.numbers() if number not in before]
        at = {made.start: number for number, made in library.passages(added).items()}
        starts = [block.start for block in document.blocks]
        numbers |= {p["id"]: at[start] for p, start in zip(inside, starts, strict=True)}
    return numbers


def as_report(
    title: str, paragraphs: Sequence[str], *, copy: int = 1, period: Period | None = None
) -> tuple[Report, Document]:
    """Paragraphs as a report and its document; copies of one have the same text and other ids."""
    texts = [paragraph.strip() for paragraph in paragraphs]
    blocks, start = [], 0
    for text in texts:
        blocks.append(Block(kind=BlockKind.PARAGRAPH, start=start, stop=start + len(text)))
        start += len(text) + 2
    document = Document(text="\n\n".join(texts), blocks=tuple(blocks), metadata={})
    digest = hashlib.sha256(f"{copy} {document.text}".encode()).hexdigest()
    report = Report(
        id=f"{slug(title)}-{digest[:8]}",
        title=title or "Untitled",
        publisher=None,
        country=None,
        period=period,
        published=None,
        accessed=datetime.date.today(),
        url=None,
        language="en",
        licence=None,
        kind=Kind.VERBATIM,
        sha256=digest,
    )
    return report, document


def _lines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


class Remembering:
    """An encoder that reads no text twice."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, Encoded] = {}
        self.identity = encoder.identity
        self.background = encoder.background

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> list[Encoded]:
        missing = list(dict.fromkeys(text for text in texts if text not in self._known))
        encoded = self._encoder.encode(missing, progress)
        self._known |= dict(zip(missing, encoded, strict=True))
        return [self._known[text] for text in texts]


def default_encoder() -> Encoder:
    """The default model as Pincite serves it."""
    return open_encoder(Settings.read(), display)
