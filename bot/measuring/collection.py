"""A public test collection asked as a library, and a library written as a collection."""

import contextlib
import tempfile
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bot.measuring.bench import Bench, MeasuredPincite
from bot.settings import Settings
from corpus.intake import loaded
from corpus.passage import Passage
from corpus.readers.document import Block, BlockKind, Document
from embeddings.adding import Display
from embeddings.evaluation.formats import Collection, Entry
from embeddings.evaluation.gold import Gold, section_name


@contextlib.contextmanager
def of_collection(
    collection: Collection, name: str, settings: Settings, display: Display
) -> Iterator[tuple[MeasuredPincite, Gold]]:
    """A library made of a collection, for as long as it is measured, and its gold."""
    with tempfile.TemporaryDirectory(prefix="pincite-", ignore_cleanup_errors=True) as folder:
        pincite = MeasuredPincite(replace(settings, library=Path(folder)), display)
        try:
            for shipped in pincite.active():
                pincite.library.remove(shipped.id)
            document, starts = _document(collection.entries)
            text = document.text.encode()
            path = Path(f"{name}.txt")
            added = pincite.add(loaded(path, document, text, {"title": name}))
            names = _passages_of(starts, pincite.library.all_passages(added.report.id))
            gold = {
                question: {
                    name: grade
                    for entry, grade in grades.items()
                    for name in names.get(entry, [entry])
                }
                for question, grades in collection.gold.items()
            }
            yield pincite, gold
        finally:
            pincite.library.close()


def _passages_of(starts: Mapping[str, int], passages: Sequence[Passage]) -> dict[str, list[str]]:
    """The ids of each entry's passages, by where the entries start: a long entry has several."""
    order = sorted(starts, key=lambda entry: starts[entry])
    places = [starts[entry] for entry in order]
    found: dict[str, list[str]] = {}
    for passage in passages:
        found.setdefault(order[bisect_right(places, passage.start) - 1], []).append(passage.id)
    return found


def as_collection(bench: Bench) -> Collection:
    """A library, a question set and its gold as a collection."""
    return Collection(
        entries=tuple(
            Entry(id=passage.id, title=section_name(passage), text=passage.text)
            for passage in bench.passages
        ),
        questions=bench.questions,
        gold=bench.gold,
    )


def _document(entries: Sequence[Entry]) -> tuple[Document, dict[str, int]]:
    """A collection's texts as one document, each under its title, and where each starts."""
    parts: list[str] = []
    blocks: list[Block] = []
    starts: dict[str, int] = {}
    position, title = 0, ""
    for entry in entries:
        for kind, part in [
            (BlockKind.HEADING, entry.title if entry.title != title else ""),
            (BlockKind.PARAGRAPH, entry.text),
        ]:
            if not part.strip():
                continue
            if kind is BlockKind.PARAGRAPH:
                starts[entry.id] = position
            level, heading = (1, part) if kind is BlockKind.HEADING else (0, "")
            blocks.append(
                Block(
                    kind=kind,
                    start=position,
                    stop=position + len(part),
                    level=level,
                    heading=heading,
                )
            )
            parts.append(part)
            position += len(part) + 2
        title = entry.title
    return Document(text="\n\n".join(parts), blocks=tuple(blocks), metadata={}), starts
