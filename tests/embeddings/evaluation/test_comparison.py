import json

import pytest

from corpus.errors import BadRun
from embeddings.evaluation.comparison import against, compare_all
from embeddings.evaluation.measures import Measure
from embeddings.evaluation.run import Run, from_json, to_json

pytest.importorskip("scipy", reason="a light installation measures nothing")


def run_of(outcome, rights, name="full", verdict="answered"):
    outcomes = [
        outcome(f"q{place}", ["x" if right else "y"], {"x": 1}, verdict, 0.5)
        for place, right in enumerate(rights)
    ]
    outcomes.append(outcome("none", ["y"], {}, "outside", 0.1))
    return Run.of(name, outcomes, about={"model": "m"}, sections={})


@pytest.fixture(scope="module")
def baseline(outcome):
    return from_json("run.json", to_json(run_of(outcome, [True] * 90 + [False] * 10)))


def worse(baseline, run, size):
    return {found.measure for found in against(baseline, run) if found.is_worse(size)}


def test_a_kept_run_is_compared_by_its_values(outcome, baseline):
    same = against(baseline, run_of(outcome, [True] * 90 + [False] * 10))
    assert all(found.difference.value == 0 and not found.is_worse(0) for found in same)


def test_worse_is_significant_and_larger_than_the_size(outcome, baseline):
    much = run_of(outcome, [True] * 70 + [False] * 30)
    assert Measure.HIT_1 in worse(baseline, much, 0.02)
    assert worse(baseline, much, 0.25) == set()
    # Three of a hundred: beyond the size, but chance would do as much.
    assert worse(baseline, run_of(outcome, [True] * 87 + [False] * 13), 0.02) == set()
    assert worse(baseline, run_of(outcome, [True] * 100), 0) == set()


def test_answering_the_unanswerable_is_worse_though_the_share_rises(outcome):
    def of(verdict):
        outcomes = [outcome(f"q{n}", ["x"], {}, verdict, 0.5) for n in range(60)]
        return Run.of("full", outcomes, about={}, sections={})

    assert worse(of("outside"), of("answered"), 0.02) == {Measure.WRONGLY_ANSWERED}
    assert worse(of("answered"), of("outside"), 0.02) == set()


def test_each_system_is_compared_with_the_first(outcome):
    runs = [
        run_of(outcome, [place >= wrong for place in range(100)], f"s{wrong}")
        for wrong in (10, 20, 30)
    ]
    found = [c for c in compare_all(runs) if c.measure is Measure.HIT_1]
    assert [(c.first, c.second, round(c.difference.value, 6)) for c in found] == [
        ("s10", "s20", -0.1),
        ("s10", "s30", -0.2),
    ]


def test_a_baseline_of_other_questions_is_refused(outcome, baseline):
    other = Run.of("full", [outcome("z", ["x"], {"x": 1})], about={}, sections={})
    with pytest.raises(BadRun, match="no question of this set"):
        against(baseline, other)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "pincite evaluation", "version": 9}'])
def test_a_file_that_is_no_kept_run_is_refused(text):
    with pytest.raises(BadRun, match=r"last.json is not an evaluation"):
        from_json("last.json", text)


def test_a_kept_run_holds_no_question(outcome, question):
    asked = question("a", question="Who hid the wells?")
    run = Run.of("full", [outcome("a", ["x"], {"x": 1}, question=asked)], about={}, sections={})
    kept = to_json(run)
    assert "wells" not in kept
    assert json.loads(kept)["figures"]["hit@1"]["n"] == 1


def test_figures_come_by_kind_and_section_and_failures_are_listed(outcome, question):
    outcomes = [
        outcome("a", ["x"], {"x": 1}, "answered", 0.9, question=question("a", kind="lookup")),
        outcome("b", ["y"], {"x": 1}, "answered", 0.9, question=question("b", kind="typo")),
        outcome("c", ["y"], {}, "answered", 0.9, question=question("c", kind="none")),
        outcome("d", ["y"], {}, "outside", 0.1, question=question("d", kind="none")),
    ]
    run = Run.of("full", outcomes, about={}, sections={"a": "Water", "b": "Marches"})
    kinds = run.by_kind()
    assert list(kinds) == ["lookup", "typo", "none"]
    assert kinds["typo"][Measure.HIT_1].value == 0
    assert kinds["none"][Measure.WRONGLY_ANSWERED].value == 0.5
    assert run.by_section()["Water"][Measure.HIT_1].value == 1
    assert [outcome.question.id for outcome in run.failures()] == ["b", "c"]
