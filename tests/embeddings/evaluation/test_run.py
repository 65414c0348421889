"""A run: its figures by part, its failures, and what is kept of it."""

import json

import pytest

from corpus.errors import BadRun
from embeddings.evaluation.comparison import PAIRED, against, compare
from embeddings.evaluation.measures import Measure
from embeddings.evaluation.run import Run, from_json, to_json

pytest.importorskip("scipy", reason="a light installation measures nothing")


@pytest.fixture
def run(outcome, question):
    def about(name, kind):
        return question(name, kind=kind)

    outcomes = [
        outcome("a", ["x"], {"x": 1}, "answered", 0.9, question=about("a", "figure")),
        outcome("b", ["y", "x"], {"x": 1}, "closest", 0.4, question=about("b", "figure")),
        outcome("c", ["x"], {}, "answered", 0.8, question=about("c", "none"), seconds=0.25),
        outcome("d", ["x"], {}, "outside", 0.1, question=about("d", "none")),
        outcome("e", [], {"z": 2}, "outside", 0.0, question=about("e", "name")),
    ]
    sections = {"b": "Water", "a": "Assembly", "e": "Water"}
    return Run.of("ours", outcomes, about={"model": "words@1"}, sections=sections)


def test_the_figures_of_each_kind_are_those_of_its_questions(run):
    parts = run.by_kind()
    assert list(parts) == ["figure", "none", "name"]
    assert {kind: figures[Measure.HIT_1].n for kind, figures in parts.items()} == {
        "figure": 2,
        "none": 0,
        "name": 1,
    }
    assert parts["figure"][Measure.RECIPROCAL_RANK].value == pytest.approx(0.75)
    assert parts["none"][Measure.WRONGLY_ANSWERED].value == 0.5


def test_the_figures_of_each_section_come_in_the_order_of_the_library(run):
    parts = run.by_section()
    assert list(parts) == ["Water", "Assembly"]
    assert parts["Water"][Measure.HIT_1].value == 0
    assert parts["Assembly"][Measure.HIT_1].value == 1


def test_failures_are_wrong_firsts_and_wrong_answers_and_nothing_else(run):
    assert [outcome.question.id for outcome in run.failures()] == ["b", "c", "e"]


def test_parts_add_up_to_the_whole(run):
    for measure, figure in run.figures.items():
        assert sum(part[measure].n for part in run.by_kind().values()) == figure.n


def test_a_kept_run_gives_back_every_value(run):
    kept = from_json("run.json", to_json(run))
    assert (kept.name, kept.about) == ("ours", {"model": "words@1"})
    assert kept.by_question == run.by_question


def test_a_kept_run_names_rankings_and_verdicts_but_no_words(run):
    row = json.loads(to_json(run))["questions"]["b"]
    assert (row["ranking"], row["relevant"]) == (["y", "x"], ["x"])
    assert (row["verdict"], row["section"], row["kind"]) == ("closest", "Water", "figure")
    assert "What of b?" not in to_json(run)


def test_figures_about_no_question_are_not_kept_and_the_file_is_json_for_everyone(run):
    def refuse(constant):
        raise AssertionError(constant)

    kept = json.loads(to_json(run), parse_constant=refuse)
    assert all(figure["n"] for figure in kept["figures"].values())


@pytest.mark.parametrize(
    "change",
    [
        {"format": "another"},
        {"version": 99},
        {"questions": []},
        {"questions": {"a": {"values": {"no measure": 1}}}},
        {"questions": {"a": {"values": {"hit@1": "high"}}}},
        {"questions": {"a": {}}},
    ],
)
def test_a_kept_run_that_was_altered_is_refused_by_its_name(run, change):
    kept = json.dumps({**json.loads(to_json(run)), **change})
    with pytest.raises(BadRun, match=r"^run\.json is not an evaluation"):
        from_json("run.json", kept)


def test_a_run_against_itself_differs_in_nothing(run):
    for found in against(run, run):
        assert found.difference.value == 0
        assert not found.is_worse(0.0)


def test_only_measures_about_the_same_questions_are_paired(run):
    found = [one.measure for one in compare(run, run)]
    assert found == list(PAIRED)
    assert Measure.PRECISION not in found
    assert Measure.SENTENCE not in found
