"""What came of a question: right or not, at which rank, and by which sentence."""

import itertools
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.evaluation.outcome import ask_each, rank_each, spread
from embeddings.judging.verdict import Verdict


@pytest.mark.parametrize(
    ("ids", "grades", "right", "rank"),
    [
        (["a", "b"], {"a": 1}, True, 1),
        (["b", "a"], {"a": 1}, False, 2),
        (["b", "c"], {"a": 1}, False, None),
        ([], {"a": 1}, False, None),
        (["a"], {"a": 0}, False, None),
        (["a"], {"a": -1, "b": 2}, False, None),
        (["a", "b"], {"b": 2, "a": 1}, True, 1),
        (["a"], {}, False, None),
    ],
)
def test_an_outcome_is_right_where_its_first_passage_answers(outcome, ids, grades, right, rank):
    found = outcome("q", ids, grades)
    assert (found.right, found.rank) == (right, rank)


@pytest.mark.parametrize(
    ("grades", "answerable"), [({}, False), ({"a": 0}, False), ({"a": 0, "b": 1}, True)]
)
def test_a_question_has_an_answer_where_a_passage_has_a_grade_above_zero(
    outcome, grades, answerable
):
    assert outcome("q", ["a"], grades).answerable is answerable


def test_the_sentence_counts_only_in_the_right_passage(outcome, passages, hit, question):
    asked = question("q", ["4,200 households"])
    water, assembly, _ = passages
    right = hit(water, water.text.index("Tankers"))
    for found, says in (
        ([right], True),
        ([hit(water, 0, water.text.index(" Tankers"))], False),
        ([hit(assembly)], None),
        ([], None),
    ):
        made = outcome(
            "q",
            [one.passage.id for one in found],
            {water.id: 1},
            question=asked,
            hits=tuple(found),
        )
        assert made.right_sentence is says


def test_a_ranking_of_ids_alone_says_nothing_of_sentences(outcome, question):
    asked = question("q", ["4,200"])
    assert outcome("q", ["a"], {"a": 1}, question=asked).right_sentence is None


def test_a_set_is_asked_in_its_order_and_each_outcome_has_its_own_gold(question, passages, hit):
    asked = [question("first"), question("second"), question("third")]
    gold = {"second": {passages[1].id: 1}}
    replies = {
        one.id: SimpleNamespace(verdict=Verdict.CLOSEST, confidence=0.4, hits=[hit(passage)])
        for one, passage in zip(asked, passages, strict=True)
    }
    found = list(ask_each(asked, gold, lambda one: replies[one.id], timed=True))
    assert [one.question for one in found] == asked
    assert [one.right for one in found] == [False, True, False]
    assert all(one.seconds >= 0 and one.confidence == 0.4 for one in found)


def test_what_is_not_timed_has_no_seconds(question):
    reply = SimpleNamespace(verdict=Verdict.OUTSIDE, confidence=0.0, hits=[])
    (found,) = ask_each([question("q")], {}, lambda _: reply, timed=False)
    assert (found.seconds, found.ids, found.verdict) == (None, (), Verdict.OUTSIDE)


def test_a_set_is_asked_one_by_one_so_that_a_stop_keeps_what_came(question):
    asked = []

    def reply(one):
        asked.append(one.id)
        return SimpleNamespace(verdict=Verdict.OUTSIDE, confidence=0.0, hits=[])

    questions = [question(f"q{number}") for number in range(9)]
    list(itertools.islice(ask_each(questions, {}, reply, timed=False), 2))
    assert asked == ["q0", "q1"]


def test_a_bare_ranking_has_no_verdict(question, passages, hit):
    (found,) = rank_each([question("q")], {}, lambda _: map(hit, passages))
    assert (found.verdict, found.confidence) == (None, None)
    assert found.ids == tuple(passage.id for passage in passages)


@given(st.integers(0, 500), st.integers(0, 60))
def test_a_spread_is_as_many_as_wanted_and_none_is_far_from_one(count, most):
    places = sorted(spread(count, most))
    assert len(places) == min(count, most)
    assert set(places) <= set(range(count))
    if places:
        gaps = [b - a for a, b in itertools.pairwise([*places, count])]
        assert max(gaps) <= count // len(places) + 1
