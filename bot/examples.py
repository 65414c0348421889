"""Questions to begin with: three that the library at hand really answers, kept beside it."""

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from itertools import chain, islice

from bot.answering.answer import Answer
from corpus.storage.library import Library
from corpus.writing import write
from embeddings.judging.verdict import Model, Unfitted, Verdict

FILE_NAME = "examples.json"
WANTED = 3
# A large library need not be asked about every section it has.
_MOST_TRIED = 40
# Of the report that Pincite's digest retells; where a library does not answer them, its sections
# are asked about.
_WRITTEN = (
    "How many people fled to the South in 2021?",
    "What is songbun?",
    "How many detainees are held in kwanliso?",
)


def answered_examples(
    sections: Iterable[tuple[str, ...]], ask: Callable[[str], Answer]
) -> list[str]:
    """At most WANTED questions that are answered, or perhaps, none twice.

    `sections` are paths of headings; no more of them are read than questions are tried.
    """
    about = (f"What is reported about {_inside(path[-1])}?" for path in sections if path)
    found: list[str] = []
    for question in dict.fromkeys(islice(chain(_WRITTEN, about), _MOST_TRIED)):
        if len(found) == WANTED:
            break
        if ask(question).verdict in (Verdict.ANSWERED, Verdict.PERHAPS):
            found.append(question)
    return found


def state(library: Library, judged_by: Model | Unfitted) -> str:
    """Stands for what the verdicts on questions depend on; another state, other examples."""
    parts = [library.generation, library.model, asdict(judged_by)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def read_examples(library: Library, found_for: str) -> list[str] | None:
    """The questions that were found for the library in a state, None where none were."""
    try:
        kept = json.loads((library.folder / FILE_NAME).read_text(encoding="utf-8"))
        return list(kept["questions"]) if kept["found_for"] == found_for else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_examples(library: Library, found_for: str, questions: Sequence[str]) -> None:
    """Keep questions for the next time; where that cannot be they are found again."""
    kept = {"found_for": found_for, "questions": list(questions)}
    with contextlib.suppress(OSError):
        write(library.folder / FILE_NAME, json.dumps(kept, ensure_ascii=False), private=True)


def forget_examples(library: Library) -> None:
    """Let go of what is kept, which can name a section; raises OSError."""
    (library.folder / FILE_NAME).unlink(missing_ok=True)


def _inside(heading: str) -> str:
    """A heading within a sentence: its first letter small, unless the word is all capitals."""
    first = heading.split(maxsplit=1)[0]
    return heading if first.isupper() else heading[0].lower() + heading[1:]
