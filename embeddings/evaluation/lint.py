"""Faults of question sets that make their figures mean less than they seem to."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median

from corpus.passage import Passage
from embeddings.evaluation.gold import folded, section_name, standing_in
from embeddings.evaluation.outcome import Answered
from embeddings.evaluation.questions import Fault, Question
from embeddings.judging.verdict import Verdict

# A question that repeats more words of its passage in a row tests the copying of strings; names
# of laws and bodies have up to five words.
LONGEST_RUN = 5
# Of the words in either question, the share that is in both: four of five, so that two
# questions of eight words that differ in one are told apart ("men", "women").
ALIKE = 0.8
# What a kind needs for its figures: the 95 % interval of a share over fewer than ten questions
# is wider than half of the scale.
FEWEST_OF_A_KIND = 10
# Below this share of unanswerable questions the figures of the verdict hang on a few.
LEAST_UNANSWERABLE = 0.15
# A figure is one word: 4,200 and 2.5.
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+|(?<=\d)[.,]\d+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something to look at; `line` is None where it is about the whole file."""

    file: str
    line: int | None
    what: str

    def __str__(self) -> str:
        return f"{self.file}{f', line {self.line}' if self.line else ''}: {self.what}"


def lint(
    questions: Sequence[Question],
    faults: Iterable[Fault],
    passages: Sequence[Passage],
    answers: Mapping[str, Answered],
) -> list[Finding]:
    """All findings by file and line.

    `answers` are the library's replies by the question's id.
    """
    found = [Finding(file=f.file, line=f.line, what=_with_field(f)) for f in faults]
    texts = [(passage.id, folded(passage.text)) for passage in passages]
    found += [finding for question in questions for finding in _quotations(question, texts)]
    found += _answered(questions, answers)
    found += _alike(questions)
    for file in dict.fromkeys(question.file for question in questions):
        inside = [question for question in questions if question.file == file]
        found += _coverage(file, inside, passages, texts)
        found += _balance(file, inside)
    order = {file: place for place, file in enumerate(dict.fromkeys(f.file for f in found))}
    return sorted(found, key=lambda f: (order[f.file], f.line or 10**9))


def _with_field(fault: Fault) -> str:
    return f"field {fault.field}: {fault.what}" if fault.field else fault.what


def _quotations(question: Question, texts: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    holding = dict(texts)
    for quotation in question.evidence:
        found = standing_in(quotation, texts)
        if not found:
            yield _about(question, f"the quotation “{quotation}” stands in no passage")
        elif len(found) > 1:
            yield _about(
                question,
                f"the quotation “{quotation}” stands in {len(found)} passages "
                f"({', '.join(found[:3])}{', …' * (len(found) > 3)}); each counts as right",  # noqa: PLR2004
            )
        run = max((_longest_run(question.question, holding[name]) for name in found), default=[])
        if len(run) > LONGEST_RUN:
            yield _about(question, f"copies {len(run)} words of its passage: “{' '.join(run)}”")


def _answered(questions: Sequence[Question], answers: Mapping[str, Answered]) -> Iterator[Finding]:
    """Questions said to have no answer that are answered as surely as most that have one."""
    sure = [
        answers[question.id].confidence
        for question in questions
        if question.evidence and question.id in answers
    ]
    high = median(sure) if sure else 0.0
    for question in questions:
        answer = answers.get(question.id)
        if question.evidence or answer is None or answer.verdict is not Verdict.ANSWERED:
            continue
        if answer.hits and answer.confidence >= high:
            yield _about(
                question,
                f"is said to have no answer, but the library answers it (confidence "
                f"{answer.confidence:.2f}, passage {answer.hits[0].passage.id}); see whether it "
                "does",
            )


def _alike(questions: Sequence[Question]) -> Iterator[Finding]:
    words = [
        (question, frozenset(_words(" ".join([*question.turns, question.question]))))
        for question in questions
    ]
    for (first, one), (second, other) in combinations(words, 2):
        smaller, larger = sorted([len(one), len(other)])
        if not larger or smaller / larger < ALIKE or len(one & other) / len(one | other) < ALIKE:
            continue
        if first.file == second.file:
            yield _about(second, f"is nearly the question of line {first.line} ({first.id})")
        else:
            yield _about(
                second,
                f"leaks: it is nearly the question of {first.file}, line {first.line} ({first.id})",
            )


def _coverage(
    file: str,
    questions: Sequence[Question],
    passages: Sequence[Passage],
    texts: Sequence[tuple[str, str]],
) -> Iterator[Finding]:
    asked = {
        name
        for question in questions
        for quotation in question.evidence
        for name in standing_in(quotation, texts)
    }
    sections: dict[str, list[Passage]] = {}
    for passage in passages:
        sections.setdefault(section_name(passage), []).append(passage)
    for section, inside in sections.items():
        if asked and not any(passage.id in asked for passage in inside):
            count = f"{len(inside)} passage{'s' * (len(inside) > 1)}"
            yield Finding(
                file=file,
                line=None,
                what=f"no question is about the section “{section}” ({count})",
            )


def _balance(file: str, questions: Sequence[Question]) -> Iterator[Finding]:
    kinds = Counter(question.kind for question in questions)
    for kind, count in kinds.items():
        if count < FEWEST_OF_A_KIND:
            yield Finding(
                file=file,
                line=None,
                what=f"the kind “{kind}” has {count} question{'s' * (count > 1)}; fewer than "
                f"{FEWEST_OF_A_KIND} say nothing about it",
            )
    none = sum(not question.evidence for question in questions)
    if questions and none / len(questions) < LEAST_UNANSWERABLE:
        yield Finding(
            file=file,
            line=None,
            what=f"{none} of {len(questions)} questions have no answer in the library; with "
            f"fewer than {LEAST_UNANSWERABLE:.0%} the verdict's figures hang on a few",
        )


def _about(question: Question, what: str) -> Finding:
    return Finding(file=question.file, line=question.line, what=f"{question.id}: {what}")


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(text))


def _longest_run(question: str, text: str) -> list[str]:
    """The longest run of words of a question that stands in a text."""
    words, standing = _words(question), " ".join(["", *_words(text), ""])
    runs = (
        words[start:stop]
        for start in range(len(words))
        for stop in range(len(words), start, -1)
        if " ".join(["", *words[start:stop], ""]) in standing
    )
    return max(runs, key=len, default=[])
