from dataclasses import dataclass

import pytest

from embeddings.evaluation.lint import lint
from embeddings.evaluation.questions import parse_leniently
from embeddings.judging.verdict import Verdict


@dataclass
class Reply:
    verdict: Verdict
    confidence: float
    hits: tuple


def findings(passages, *questions, faults=(), answers=()):
    return [str(found) for found in lint(questions, faults, passages, dict(answers))]


def about_lines(found):
    return [text for text in found if ", line " in text]


def test_a_quotation_stands_exactly_once(passages, question):
    found = about_lines(
        findings(
            passages,
            question("a", ["ran dry"], line=1),
            question("b", ["ran wet"], line=2),
            question("c", [" days. The "], line=3),
            question("d", ["were"], question="Who else?", line=4),
        )
    )
    assert found == [
        "set.jsonl, line 2: b: the quotation “ran wet” stands in no passage",
        f"set.jsonl, line 4: d: the quotation “were” stands in 2 passages "
        f"({passages[0].id}, {passages[1].id}); each counts as right",
    ]


def test_a_question_does_not_copy_its_passage(passages, question):
    copied = question("a", ["every march"], question="Is a permit is demanded for every march?")
    own = question("b", ["every march"], question="When does a march need a permit?")
    (found,) = about_lines(findings(passages, copied, own))
    assert found.startswith("set.jsonl, line 1: a: copies 7 words of its passage: “a permit is")


def test_near_duplicates_are_named_in_a_set_and_as_a_leak_between_sets(passages, question):
    text = "How many households of the Tarn valley were left without water?"
    first = question("a", question=text, line=1)
    again = question("b", question=text.replace("left", "now"), line=2)
    leaked = question("c", question=text.upper(), line=5, file="other.jsonl")
    different = question("d", question="How many marchers were held?", line=3)
    found = about_lines(findings(passages, first, again, leaked, different))
    assert found == [
        "set.jsonl, line 2: b: is nearly the question of line 1 (a)",
        "other.jsonl, line 5: c: leaks: it is nearly the question of set.jsonl, line 1 (a)",
        "other.jsonl, line 5: c: leaks: it is nearly the question of set.jsonl, line 2 (b)",
    ]


@pytest.mark.parametrize(
    ("reply", "named"),
    [(("answered", 0.93), True), (("closest", 0.93), False), (("answered", 0.5), False)],
)
def test_an_unanswerable_question_that_is_answered_as_surely_as_others_is_looked_at(
    passages, question, hit, reply, named
):
    replies = {
        "a": Reply(Verdict(reply[0]), reply[1], (hit(passages[2]),)),
        "b": Reply(Verdict.ANSWERED, 0.8, (hit(passages[0]),)),
    }
    asked = [question("a", line=9), question("b", ["ran dry"], question="When?")]
    found = about_lines(findings(passages, *asked, answers=replies.items()))
    assert bool(found) is named
    if named:
        assert f"(confidence 0.93, passage {passages[2].id})" in found[0]


def test_coverage_and_balance_are_about_the_whole_file(passages, question):
    found = findings(passages, question("a", ["ran dry"], kind="lookup"))
    assert found == [
        "set.jsonl: no question is about the section “Assembly – Marches” (2 passages)",
        "set.jsonl: the kind “lookup” has 1 question; fewer than 10 say nothing about it",
        "set.jsonl: 0 of 1 questions have no answer in the library; with fewer than 15% the "
        "verdict's figures hang on a few",
    ]


def test_faults_of_lines_are_findings(passages):
    _, faults = parse_leniently({"set.jsonl": '{"id": "a"}\n'})
    assert findings(passages, faults=faults)[0] == "set.jsonl, line 1: field question: missing"
