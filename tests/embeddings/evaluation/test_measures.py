import math
import random

import ir_measures
import pytest

from embeddings.evaluation.formats import read_qrels, read_run, write_qrels, write_run
from embeddings.evaluation.measures import STANDARD, Measure, means, statistics, values

pytest.importorskip("scipy", reason="a light installation measures nothing")


@pytest.fixture(scope="module")
def outcomes(outcome):
    """Three hundred questions: some unanswerable, some without a result, some graded."""
    chance = random.Random(7)
    made = []
    for number in range(300):
        names = [f"p{place}" for place in chance.sample(range(40), chance.choice([0, 5, 10, 10]))]
        relevant = chance.sample(range(40), chance.choice([0, 1, 1, 2, 4]))
        grades = {f"p{place}": chance.choice([1, 1, 2]) for place in relevant}
        made.append(
            outcome(
                f"q{number}",
                names,
                grades,
                verdict=chance.choice(["answered", "closest", "outside"]),
                confidence=chance.random(),
            )
        )
    return made


@pytest.mark.parametrize("measure", list(STANDARD))
def test_ir_measures_on_the_written_files_gives_the_same_figure_to_the_last_digit(
    outcomes, measure, tmp_path
):
    name, cutoff = STANDARD[measure]
    gold = {o.question.id: o.grades for o in outcomes if o.answerable}
    rankings = {o.question.id: o.ids for o in outcomes}
    (tmp_path / "qrels.txt").write_text(write_qrels(gold))
    (tmp_path / "run.txt").write_text(write_run(rankings, "ours"))
    theirs = ir_measures.calc_aggregate(
        [getattr(ir_measures, name) @ cutoff],
        ir_measures.read_trec_qrels(str(tmp_path / "qrels.txt")),
        ir_measures.read_trec_run(str(tmp_path / "run.txt")),
    )
    assert list(theirs.values()) == [
        pytest.approx(means(values(outcomes))[measure].value, rel=0, abs=1e-15)
    ]


def test_written_trec_files_are_read_back(outcomes):
    gold = {o.question.id: dict(o.grades) for o in outcomes if o.answerable}
    rankings = {o.question.id: o.ids for o in outcomes if o.ids}
    assert read_qrels("qrels", write_qrels(gold)) == gold
    assert read_run("run", write_run(rankings, "ours")) == rankings


def test_a_question_without_a_result_counts_zero(outcome):
    found = values([outcome("a", ["x"], {"x": 1}), outcome("b", [], {"y": 1})])
    for measure in STANDARD:
        assert found[measure] == {"a": 1.0, "b": 0.0}


def test_the_verdict_is_precise_where_it_is_right_and_recalls_what_it_answers(outcome):
    found = values(
        [
            outcome("right", ["x"], {"x": 1}, "answered", 0.9),
            outcome("wrong", ["y"], {"x": 1}, "answered", 0.8),
            outcome("shy", ["x"], {"x": 1}, "closest", 0.4),
            outcome("none", ["x"], {}, "answered", 0.6),
            outcome("none-too", ["x"], {}, "outside", 0.1),
        ]
    )
    assert found[Measure.PRECISION] == {"right": 1, "wrong": 0, "none": 0}
    assert found[Measure.VERDICT_RECALL] == {"right": 1, "wrong": 0, "shy": 0}
    assert found[Measure.WRONGLY_ANSWERED] == {"none": 1, "none-too": 0}


def test_a_ranking_without_verdicts_has_no_figures_of_them(outcome):
    ranked = [outcome("a", ["x"], {"x": 1}), outcome("b", ["x"], {})]
    assert not values(ranked)[Measure.WRONGLY_ANSWERED]
    assert {name for name, figure in statistics(ranked).items() if figure.n} == set()


def test_statistics_lie_between_their_bounds(outcomes):
    for name, figure in statistics(outcomes).items():
        if name.startswith("latency"):
            assert figure.n == 0
            assert math.isnan(figure.value)
        else:
            assert figure.low <= figure.value <= figure.high
            assert figure.n == len(outcomes)
