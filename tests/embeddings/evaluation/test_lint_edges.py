"""Faults of sets at their thresholds: five words and six, four in five alike, ten of a kind."""

from types import SimpleNamespace

import pytest

from embeddings.evaluation.lint import Finding, lint
from embeddings.judging.verdict import Verdict

WATER = "4,200 households"  # stands in the first passage


def findings(questions, passages, answers=None):
    return [str(found) for found in lint(questions, [], passages, answers or {})]


@pytest.mark.parametrize(
    ("asked", "copied"),
    [
        ("When were tankers sent to 4,200 households?", 4),
        ("Which tankers were sent to 4,200 households?", 6),
        ("TANKERS were — sent to ‘4,200’ ... houses?", 5),
        ("How many lacked water?", 0),
    ],
)
def test_more_than_five_words_in_a_row_are_copied(passages, question, asked, copied):
    found = [
        f for f in findings([question("a", [WATER], question=asked)], passages) if "copies" in f
    ]
    assert len(found) == (copied > 5)
    if found:
        assert f"copies {copied} words" in found[0]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("How many wells ran dry there?", "how many wells ran dry there", True),
        ("How many wells ran dry in May?", "How many wells ran dry in June?", False),
        ("How many men were held?", "How many women were held?", False),
        (
            "How many of the old wells of the valley ran dry in May?",
            "How many of the old wells of that valley ran dry in May?",
            True,
        ),
        ("Who?", "When?", False),
    ],
)
def test_questions_are_nearly_the_same_from_four_words_in_five(
    passages, question, one, other, alike
):
    asked = [question("a", question=one), question("b", question=other, line=2)]
    assert any("nearly the question of line 1 (a)" in f for f in findings(asked, passages)) is alike


def test_what_was_said_before_tells_two_follow_ups_apart(passages, question):
    asked = [
        question("a", question="And how many of them?", turns=("Which wells ran dry in May?",)),
        question("b", question="And how many of them?", turns=("Who was held for a week?",)),
    ]
    assert not any("nearly" in found for found in findings(asked, passages))


def test_the_same_question_in_two_files_leaks(passages, question):
    asked = [
        question("a", file="fit.jsonl"),
        question("b", question="What of a?", file="test.jsonl"),
    ]
    assert any(
        found.startswith("test.jsonl, line 1: b: leaks: it is nearly the question of fit.jsonl")
        for found in findings(asked, passages)
    )


@pytest.mark.parametrize(("count", "few"), [(1, True), (9, True), (10, False)])
def test_a_kind_needs_ten_questions(passages, question, count, few):
    asked = [question(f"q{n}", question=f"{n} x{n} y{n}", kind="figure") for n in range(count)]
    assert any("the kind “figure” has" in found for found in findings(asked, passages)) is few


@pytest.mark.parametrize(("none", "few"), [(0, True), (2, True), (3, False), (20, False)])
def test_three_of_twenty_have_no_answer_at_least(passages, question, none, few):
    asked = [
        question(f"q{n}", [] if n < none else [WATER], question=f"{n} x{n} y{n}") for n in range(20)
    ]
    found = [f for f in findings(asked, passages) if "have no answer in the library" in f]
    assert bool(found) is few
    assert not few or f"{none} of 20" in found[0]


def test_sections_that_no_question_is_about_are_named_with_their_size(passages, question):
    found = findings([question("a", [WATER])], passages)
    assert "set.jsonl: no question is about the section “Assembly – Marches” (2 passages)" in found
    assert not any("“Water”" in one for one in found)


def test_a_set_without_evidence_is_not_said_to_leave_sections_out(passages, question):
    assert not any("section" in found for found in findings([question("a")], passages))


@pytest.mark.parametrize(
    ("verdict", "confidence", "suspect"),
    [
        (Verdict.ANSWERED, 0.9, True),
        (Verdict.ANSWERED, 0.8, True),
        (Verdict.ANSWERED, 0.7, False),
        (Verdict.CLOSEST, 0.9, False),
    ],
)
def test_an_unanswerable_question_is_suspect_from_the_median_confidence_of_the_others(
    asked_twice, verdict, confidence, suspect
):
    assert asked_twice(verdict, confidence) is suspect


@pytest.fixture
def asked_twice(passages, question, hit):
    """Whether an unanswerable question is suspect beside one answered with confidence 0.8."""
    asked = [question("a", [WATER]), question("b", question="Who is king of Orrest?")]

    def reply(verdict, confidence):
        return SimpleNamespace(verdict=verdict, confidence=confidence, hits=[hit(passages[0])])

    def is_suspect(verdict, confidence):
        answers = {"a": reply(Verdict.ANSWERED, 0.8), "b": reply(verdict, confidence)}
        found = findings(asked, passages, answers)
        return any("b: is said to have no answer" in one for one in found)

    return is_suspect


def test_findings_stand_by_file_and_line_and_those_of_the_whole_file_last(passages, question):
    asked = [
        question("late", ["no such words"], line=9),
        question("early", ["nor these"], question="Early one?", line=2),
    ]
    lines = [found.line for found in lint(asked, [], passages, {})]
    stated = [line for line in lines if line]
    assert stated == sorted(stated)
    assert lines == stated + [None] * (len(lines) - len(stated))


def test_a_finding_reads_as_where_and_what():
    assert str(Finding(file="a.jsonl", line=3, what="it is odd")) == "a.jsonl, line 3: it is odd"
    assert str(Finding(file="a.jsonl", line=None, what="it is odd")) == "a.jsonl: it is odd"
