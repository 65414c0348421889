"""Questions to begin with, kept beside the library that was found to answer them."""

import contextlib
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict

from corpus.library import Library
from corpus.writing import write
from embeddings.verdict import shipped_model

FILE_NAME = "examples.json"


def read_examples(library: Library) -> list[str] | None:
    """The questions that were found for this library as it stands, None where none were."""
    try:
        kept = json.loads((library.folder / FILE_NAME).read_text(encoding="utf-8"))
        return list(kept["questions"]) if kept["found_for"] == _stamp(library) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_examples(library: Library, questions: Sequence[str]) -> None:
    """Keep questions for the next time; where that cannot be they are found again."""
    kept = {"found_for": _stamp(library), "questions": list(questions)}
    with contextlib.suppress(OSError):
        write(library.folder / FILE_NAME, json.dumps(kept, ensure_ascii=False))


def _stamp(library: Library) -> str:
    """What the verdicts on questions depend on: the library, its model, the verdict's model."""
    state = [library.generation, library.model, asdict(shipped_model())]
    return hashlib.sha256(json.dumps(state).encode()).hexdigest()
