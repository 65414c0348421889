"""Question sets: JSON lines, one question each, with gold by quotation."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from corpus.errors import BadQuestionSet
from corpus.remedy import Remedy
from corpus.stated import read_json

# The kind of a question that states none.
UNLABELLED = "unlabelled"
_REQUIRED = ("id", "question", "evidence")
_OPTIONAL = ("answers", "kind", "turns")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a set, and where it stands.

    `evidence` are short quotations, each of which stands in a passage that answers; it is empty
    where the library has no answer. `answers` are texts of the answer itself. `turns` are what
    was said before, oldest first. `line` counts from 1 in `file`.
    """

    id: str
    question: str
    evidence: tuple[str, ...]
    answers: tuple[str, ...] = ()
    kind: str = UNLABELLED
    turns: tuple[str, ...] = ()
    file: str
    line: int

    def fault(self, field: str, what: str, remedy: Remedy | None = None) -> BadQuestionSet:
        """The error that something is wrong with a field of this question."""
        wrong = f"{self.file}, line {self.line}, field {field}: {what}"
        return BadQuestionSet(wrong, remedy) if remedy else BadQuestionSet(f"{wrong}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with a line; `field` is None where it is the line itself."""

    file: str
    line: int
    field: str | None
    what: str

    def __str__(self) -> str:
        field = f", field {self.field}" if self.field else ""
        return f"{self.file}, line {self.line}{field}: {self.what}"


def parse(files: Mapping[str, str]) -> tuple[Question, ...]:
    """The questions of files, given as their text by name.

    Raises BadQuestionSet, naming the first file, line and field that cannot be used, and how
    many more there are. Ids are unique over all the files.
    """
    questions, faults = parse_leniently(files)
    if faults:
        others = len(faults) - 1
        more = f" ({others} more fault{'s' * (others > 1)} after it)" if others else ""
        raise BadQuestionSet(f"{faults[0]}{more}.")
    if not questions:
        raise BadQuestionSet(f"{', '.join(files)}: there is no question.")
    return questions


def parse_leniently(files: Mapping[str, str]) -> tuple[tuple[Question, ...], list[Fault]]:
    """The questions of the lines that can be used, and the faults of the others."""
    questions: list[Question] = []
    faults: list[Fault] = []
    seen: dict[str, Question] = {}
    for file, text in files.items():
        # Not splitlines(), which also cuts at characters that JSON strings may hold.
        for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
            if not line.strip():
                continue
            found = _question(file, number, line)
            if isinstance(found, Question) and found.id in seen:
                first = seen[found.id]
                what = f"{found.id!r} is already the id of {first.file}, line {first.line}"
                found = [Fault(file=file, line=number, field="id", what=what)]
            if isinstance(found, Question):
                seen[found.id] = found
                questions.append(found)
            else:
                faults += found
    return tuple(questions), faults


def to_line(question: Question) -> str:
    """A question as a line of a set, without the line's end."""
    evidence: Any = list(question.evidence) or None
    row: dict[str, Any] = {
        "id": question.id,
        "question": question.question,
        "evidence": evidence[0] if evidence and len(evidence) == 1 else evidence,
    }
    if question.answers:
        row["answers"] = list(question.answers)
    if question.kind != UNLABELLED:
        row["kind"] = question.kind
    if question.turns:
        row["turns"] = list(question.turns)
    return json.dumps(row, ensure_ascii=False)


def _question(file: str, number: int, line: str) -> Question | list[Fault]:
    def fault(field: str | None, what: str) -> Fault:
        return Fault(file=file, line=number, field=field, what=what)

    try:
        row = read_json(line, _unrepeated)
    except json.JSONDecodeError as error:
        return [fault(None, f"not JSON ({error.msg} at column {error.colno})")]
    except _RepeatedField as error:
        return [fault(str(error), "given twice")]
    except ValueError:
        return [fault(None, "not JSON (a number, a nesting or a character that is none)")]
    if not isinstance(row, dict):
        return [fault(None, "not a JSON object")]
    known = (*_REQUIRED, *_OPTIONAL)
    faults = [
        fault(name, f"unknown; the fields are {', '.join(known)}")
        for name in row
        if name not in known
    ]
    faults += [fault(name, "missing") for name in _REQUIRED if name not in row]
    faults += [
        fault(name, wrong)
        for name, value in row.items()
        if name in _CHECKS and (wrong := _CHECKS[name](value))
    ]
    if faults:
        return faults
    return Question(
        id=row["id"],
        question=row["question"],
        evidence=_texts(row["evidence"]),
        answers=_texts(row.get("answers")),
        kind=row.get("kind", UNLABELLED),
        turns=_texts(row.get("turns")),
        file=file,
        line=number,
    )


class _RepeatedField(ValueError):
    pass


def _unrepeated(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, value in pairs:
        if name in row:
            raise _RepeatedField(name)
        row[name] = value
    return row


def _wrong_text(value: Any) -> str | None:
    return None if isinstance(value, str) and value.strip() else "not a text, or an empty one"


def _wrong_id(value: Any) -> str | None:
    # White space separates the columns of TREC files.
    if isinstance(value, str) and value and not any(letter.isspace() for letter in value):
        return None
    return "not a text without white space"


def _wrong_question(value: Any) -> str | None:
    if isinstance(value, str) and any(letter.isalnum() for letter in value):
        return None
    return "not a text with a letter or figure"


def _wrong_texts(value: Any) -> str | None:
    if isinstance(value, list) and not any(_wrong_text(text) for text in value):
        return None
    return "not a list of texts"


def _wrong_evidence(value: Any) -> str | None:
    if value is None or not _wrong_text(value) or (value and not _wrong_texts(value)):
        return None
    return "neither a quotation, nor a list of quotations, nor null (which means: no answer)"


_CHECKS: dict[str, Callable[[Any], str | None]] = {
    "id": _wrong_id,
    "question": _wrong_question,
    "evidence": _wrong_evidence,
    "answers": _wrong_texts,
    "kind": _wrong_text,
    "turns": _wrong_texts,
}


def _texts(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())
