"""Questions to begin with or to ask instead, which the library at hand really answers."""

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from dataclasses import asdict
from itertools import chain, islice

from bot.answering.answer import Answer
from corpus.stated import read_json
from corpus.storage.library import Library
from corpus.writing import write
from embeddings.judging.verdict import Model, Unfitted, Verdict

FILE_NAME = "examples.json"
WANTED = 3
# A large library need not be asked about every section it has.
_MOST_TRIED = 40
_ABOUT = "What is reported about "
# Headings that do not say what stands under them.
_GENERAL = frozenset({"background", "conclusion", "introduction", "overview", "summary"})
# A refusal waits for each of these to be asked once.
_MOST_NEAR = 2
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
    about = (question_about(path[-1]) for path in sections if path)
    found: list[str] = []
    for question in dict.fromkeys(islice(chain(_WRITTEN, about), _MOST_TRIED)):
        if len(found) == WANTED:
            break
        if is_answered(ask(question)):
            found.append(question)
    return found


def near_examples(
    answer: Answer, ask: Callable[[str], Answer], known: MutableMapping[str, bool]
) -> list[str]:
    """Questions about the sections nearest to one that is not answered, which are answered.

    `known` says of questions whether they are, and learns it of those that are asked now.
    """
    passages = [hit.passage for hit in answer.hits if hit.passage.press is None]
    headings = [passage.section[-1] for passage in passages if passage.section]
    about = dict.fromkeys(heading for heading in headings if heading.casefold() not in _GENERAL)
    questions = [question_about(heading) for heading in islice(about, _MOST_NEAR)]
    for question in questions:
        if question not in known:
            known[question] = is_answered(ask(question))
    return [question for question in questions if known[question]]


def question_about(heading: str) -> str:
    """A question whose answer stands under a heading, if anywhere."""
    return f"{_ABOUT}{_inside(heading)}?"


def in_short(question: str, room: int) -> str:
    """A question, or what it is about where it is longer than `room` characters."""
    if len(question) <= room or not question.startswith(_ABOUT):
        return question
    subject = question.removeprefix(_ABOUT).removesuffix("?")
    return subject[0].upper() + subject[1:]


def is_answered(answer: Answer) -> bool:
    """Whether an answer is one, or perhaps."""
    return answer.verdict in (Verdict.ANSWERED, Verdict.PERHAPS)


def state(library: Library, judged_by: Model | Unfitted) -> str:
    """Stands for what the verdicts on questions depend on; another state, other examples."""
    parts = [library.generation, library.model, asdict(judged_by)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def read_examples(library: Library, found_for: str) -> list[str] | None:
    """The questions that were found for the library in a state, None where none were."""
    try:
        kept = read_json((library.folder / FILE_NAME).read_text(encoding="utf-8"))
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
