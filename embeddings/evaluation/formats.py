"""The field's own files: TREC qrels and runs, and BEIR's corpus, queries and qrels."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import BadQuestionSet
from corpus.stated import read_json
from corpus.writing import write_chosen
from embeddings.evaluation.gold import Gold
from embeddings.evaluation.measures import by_rank
from embeddings.evaluation.questions import UNLABELLED, Question

_QRELS_COLUMNS = 4
_RUN_COLUMNS = 6
_BEIR_HEADER = ["query-id", "corpus-id", "score"]


def read_text(path: Path) -> str:
    """A file's text; raises BadQuestionSet where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadQuestionSet(f"{path} cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError as error:
        raise BadQuestionSet(f"{path} is not UTF-8 text (byte {error.start}).") from None


def read_qrels(name: str, text: str) -> Gold:
    """The gold of TREC qrels: question, iteration, passage and grade a line."""
    gold: dict[str, dict[str, int]] = {}
    for number, columns in _columns(name, text, _QRELS_COLUMNS, "qrels"):
        question, _, passage, grade = columns
        gold.setdefault(question, {})[passage] = _integer(name, number, "grade", grade)
    return gold


def write_qrels(gold: Gold) -> str:
    """Gold as TREC qrels."""
    return "".join(
        f"{question} 0 {passage} {grade}\n"
        for question, grades in gold.items()
        for passage, grade in sorted(grades.items())
    )


def read_run(name: str, text: str) -> dict[str, tuple[str, ...]]:
    """The rankings of a TREC run by question: passage ids by falling score.

    Ties go by passage id, last one first, as in trec_eval; the rank column counts for nothing.
    """
    scores: dict[str, dict[str, float]] = {}
    for number, columns in _columns(name, text, _RUN_COLUMNS, "a run"):
        question, _, passage, _, score, _ = columns
        try:
            scores.setdefault(question, {})[passage] = float(score)
        except ValueError:
            raise BadQuestionSet(
                f"{name}, line {number}, field score: {score!r} is not a number."
            ) from None
    return {
        question: tuple(sorted(found, key=lambda passage: (found[passage], passage), reverse=True))
        for question, found in scores.items()
    }


def write_run(rankings: Mapping[str, Sequence[str]], tag: str) -> str:
    """Rankings as a TREC run whose scores keep their order."""
    return "".join(
        f"{question} Q0 {passage} {rank} {score:g} {tag}\n"
        for question, ids in rankings.items()
        for rank, (passage, score) in enumerate(by_rank(ids).items(), 1)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One text of a collection."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A collection in BEIR's form: its texts, its questions, and which texts answer them."""

    entries: tuple[Entry, ...]
    questions: tuple[Question, ...]
    gold: Gold


def read_beir(folder: Path) -> Collection:
    """A BEIR folder: corpus.jsonl, queries.jsonl, and qrels/test.tsv or the only other split.

    Its questions are those with qrels, and those whose metadata say that they have no answer
    (`"answerable": false`), as `write_beir` does. Raises BadQuestionSet.
    """
    rows = list(_rows(folder / "corpus.jsonl", ("_id", "text")))
    entries = tuple(
        Entry(id=row["_id"], title=str(row.get("title") or ""), text=row["text"]) for _, row in rows
    )
    gold = _beir_qrels(folder / "qrels")
    queries = folder / "queries.jsonl"
    questions = []
    for number, row in _rows(queries, ("_id", "text")):
        about = row.get("metadata") or {}
        if row["_id"] in gold or about.get("answerable") is False:
            questions.append(
                Question(
                    id=row["_id"],
                    question=row["text"],
                    evidence=(),
                    answers=tuple(about.get("answers", ())),
                    kind=about.get("kind", UNLABELLED),
                    turns=tuple(about.get("turns", ())),
                    file=str(queries),
                    line=number,
                )
            )
    if not questions:
        raise BadQuestionSet(f"{queries}: no question has a judgement in {folder / 'qrels'}.")
    return Collection(entries=entries, questions=tuple(questions), gold=gold)


def write_beir(collection: Collection, folder: Path) -> None:
    """Write a collection as a BEIR folder; raises WrongUse."""
    _write_rows(
        folder / "corpus.jsonl",
        ({"_id": e.id, "title": e.title, "text": e.text} for e in collection.entries),
    )
    _write_rows(
        folder / "queries.jsonl",
        (
            {
                "_id": question.id,
                "text": question.question,
                "metadata": {
                    "answerable": any(g > 0 for g in collection.gold[question.id].values()),
                    "answers": question.answers,
                    "kind": question.kind,
                    "turns": question.turns,
                },
            }
            for question in collection.questions
        ),
    )
    table = io.StringIO()
    writer = csv.writer(table, delimiter="\t", lineterminator="\n")
    writer.writerow(_BEIR_HEADER)
    for question, grades in collection.gold.items():
        writer.writerows([question, passage, grade] for passage, grade in sorted(grades.items()))
    write_chosen(folder / "qrels" / "test.tsv", table.getvalue())


def _beir_qrels(folder: Path) -> Gold:
    splits = sorted(folder.glob("*.tsv"))
    chosen = folder / "test.tsv" if folder / "test.tsv" in splits or not splits else splits[0]
    lines = read_text(chosen).splitlines()
    gold: dict[str, dict[str, int]] = {}
    for number, line in enumerate(lines[1:], 2):
        columns = line.split("\t")
        if len(columns) != len(_BEIR_HEADER):
            raise BadQuestionSet(
                f"{chosen}, line {number}: not the columns {', '.join(_BEIR_HEADER)}."
            )
        gold.setdefault(columns[0], {})[columns[1]] = _integer(
            str(chosen), number, "score", columns[2]
        )
    return gold


def _rows(path: Path, required: tuple[str, ...]) -> Iterable[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = read_json(line)
        except ValueError:
            raise BadQuestionSet(f"{path}, line {number}: not JSON.") from None
        for field in required:
            if not isinstance(row, dict) or not isinstance(row.get(field), str):
                raise BadQuestionSet(f"{path}, line {number}, field {field}: missing or no text.")
        yield number, row


def _write_rows(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    write_chosen(path, "".join(lines))


def _columns(name: str, text: str, count: int, what: str) -> Iterable[tuple[int, list[str]]]:
    for number, line in enumerate(text.splitlines(), 1):
        columns = line.split()
        if columns and len(columns) != count:
            raise BadQuestionSet(
                f"{name}, line {number}: {len(columns)} columns; {what} has {count}."
            )
        if columns:
            yield number, columns


def _integer(name: str, line: int, field: str, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise BadQuestionSet(
            f"{name}, line {line}, field {field}: {text!r} is not a whole number."
        ) from None
