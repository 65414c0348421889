"""Results of an evaluation for a terminal: what is shown, what is marked, and what is left out."""

import re

import pytest
from rich.console import Console

from bot.rendering.measures import against_baseline, comparison, results
from embeddings.evaluation.comparison import against, compare_all
from embeddings.evaluation.measures import Measure
from embeddings.evaluation.outcome import Outcome
from embeddings.evaluation.questions import Question
from embeddings.evaluation.run import Run
from embeddings.judging.verdict import Verdict

pytest.importorskip("scipy", reason="a light installation measures nothing")


def outcome(name, ids, grades, verdict="closest", **fields):
    question = {"question": f"What of {name}?", "evidence": (), "file": "s.jsonl", "line": 1}
    stated = {key: fields.pop(key) for key in list(fields) if key in ("kind", "evidence")}
    return Outcome(
        question=Question(id=name, **{**question, **stated}),
        grades=grades,
        ids=tuple(ids),
        verdict=verdict and Verdict(verdict),
        confidence=None if verdict is None else 0.5,
        **fields,
    )


def run_of(*outcomes, name="ours", sections=None):
    return Run.of(name, outcomes, about={}, sections=sections or {})


def printed(lines, width=110):
    output = Console(width=width, highlight=False, color_system=None, legacy_windows=False)
    with output.capture() as captured:
        output.print(lines)
    return captured.get()


def row(text, name):
    return next(line.split() for line in text.splitlines() if line.strip().startswith(name))


GOOD = [outcome(f"q{n}", ["x"], {"x": 1}, "answered", kind="figure") for n in range(20)]
BAD = [outcome(f"q{n}", ["y", "x"], {"x": 1}, kind="figure") for n in range(20)]


def test_each_measure_has_its_value_bounds_and_number():
    text = printed(results(run_of(*GOOD)))
    name, value, low, _, high, count = row(text, "hit@1")
    assert (name, value, high, count) == ("hit@1", "1.000", "1.000", "20")
    assert 0.8 < float(low) < 1


def test_what_is_about_no_question_has_no_row():
    text = printed(results(run_of(*GOOD)))
    assert "wrongly answered" not in text
    assert "latency" not in text
    assert "nan" not in text


def test_seconds_are_said_to_be_seconds():
    timed = [outcome(f"q{n}", ["x"], {"x": 1}, seconds=0.25) for n in range(5)]
    assert "0.250 s" in printed(results(run_of(*timed)))


def test_figures_come_by_kind_and_by_section():
    sections = {f"q{n}": "Water" for n in range(20)}
    text = printed(results(run_of(*GOOD, sections=sections)))
    assert row(text, "figure")[1] == "20"
    assert row(text, "Water")[1] == "20"
    assert "section" not in printed(results(run_of(*GOOD)))


def test_a_set_without_failures_says_so():
    assert "No failures." in printed(results(run_of(*GOOD)))


def test_a_failure_says_what_was_expected_and_what_came():
    failed = outcome("q1", [], {"x": 1}, "outside", kind="figure", evidence=("4,200", "60 wells"))
    text = printed(results(run_of(*GOOD[2:], failed)))
    assert "1 failures" in text
    assert "q1 (figure; right not among the first ten, outside 0.50): What of q1?" in text
    assert "expected: “4,200” or “60 wells”" in text
    assert "came: nothing" in text


@pytest.mark.parametrize(
    ("failed", "says"),
    [
        (outcome("f", ["y", "x"], {"x": 1}), "right at rank 2, closest 0.50"),
        (outcome("f", ["y"], {}, "answered"), "has no answer, answered 0.50"),
        (outcome("f", ["y", "x"], {"x": 1}, None), "right at rank 2): What"),
    ],
)
def test_a_failure_says_at_which_rank_the_right_one_was(failed, says):
    assert says in printed(results(run_of(failed)))


def test_of_many_failures_thirty_are_shown_and_the_rest_are_counted():
    many = [outcome(f"q{n}", ["y"], {"x": 1}) for n in range(35)]
    text = printed(results(run_of(*many)))
    assert "35 failures" in text
    assert len(re.findall(r"What of q\d+\?", text)) == 30
    assert "… and 5 more; --html PAGE.html lists all." in text


def test_a_question_of_a_set_cannot_act_on_the_terminal():
    failed = outcome("\x1b[2J", ["y"], {"x": 1}, kind="\u202eodd")
    assert not set(printed(results(run_of(failed)))) & set("\x1b\u202e")


def test_a_difference_that_leaves_out_zero_is_marked_and_the_first_has_none():
    runs = [run_of(*GOOD, name="ours"), run_of(*BAD, name="theirs")]
    text = printed(comparison(runs, compare_all(runs)), width=140)
    block = text[text.index("hit@1") :].splitlines()[:3]
    assert "ours" in block[1]
    assert "*" not in block[1]
    assert "-1.000 [-1.000, -1.000] *" in block[2]


def test_systems_that_do_the_same_have_no_mark():
    runs = [run_of(*GOOD, name="ours"), run_of(*GOOD, name="theirs")]
    text = printed(comparison(runs, compare_all(runs)), width=140)
    assert "+0.000 [+0.000, +0.000]" in text
    assert "] *" not in text


@pytest.mark.parametrize(
    ("now", "size", "worse"), [(BAD, 0.02, True), (GOOD, 0.02, False), (BAD, 1.0, False)]
)
def test_what_is_worse_than_its_baseline_by_more_than_a_size_is_called_so(now, size, worse):
    compared = against(run_of(*GOOD), run_of(*now))
    text = printed(against_baseline(compared, size), width=140)
    assert ("WORSE" in " ".join(row(text, Measure.HIT_1.value))) is worse
    assert f"by more than {size:g}." in text
