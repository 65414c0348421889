"""What is searched for a question, and what is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.answering import (
    LONGEST_QUESTION,
    MOST_PASSAGES,
    answer,
    check_number,
    checked,
    coverage,
)
from bot.rendering.reasons import reason as reason_of
from corpus.errors import BadQuestion
from corpus.report import Period
from embeddings.adding import encode_missing
from embeddings.judging.verdict import Verdict, shipped_models


@given(st.text(max_size=LONGEST_QUESTION))
def test_a_question_is_searched_on_one_line_or_refused(question):
    try:
        searched = checked(question)
    except BadQuestion:
        assert not any(character.isalnum() for character in question)
        return
    assert searched.split() == question.split()
    assert "\n" not in searched
    assert checked(searched) == searched


@pytest.mark.parametrize("question", ["", " \n\t", "???", "–…”", "\x00"])
def test_a_question_without_a_word_is_empty(question):
    with pytest.raises(BadQuestion, match="the question is empty; ask in a few words"):
        checked(question)


def test_a_question_has_a_longest():
    assert checked("x" * LONGEST_QUESTION)
    assert checked("x " + " " * 5000 + "y") == "x y"
    with pytest.raises(BadQuestion, match="has 100,000 characters; ask in at most 1,000"):
        checked("x" * 100_000)


def test_numbers_of_passages():
    check_number(1)
    check_number(MOST_PASSAGES)
    for k in (0, -1, MOST_PASSAGES + 1):
        with pytest.raises(BadQuestion, match=f"{k} is not a number of passages"):
            check_number(k)


def test_what_reports_cover_is_said_once_and_in_order(make):
    period = Period.parse("2020-12/2021")
    covered = coverage(
        [
            make(title="B", period=period),
            make(title="A", country=None),
            make(title="B", country="Sudland", period=period),
        ]
    )
    assert covered.titles == ("B", "A")
    assert covered.countries == ("Norland", "Sudland")
    assert covered.periods == (str(period),)
    assert coverage([]).titles == ()


@pytest.fixture
def searching(library, page_file, putting, words, search_of):
    report = putting(library, page_file, country="Norland", period="2021")
    encode_missing(library, words, library.all_passages(report.id))
    return search_of(library, words), coverage([report])


def test_an_answer_says_what_was_asked_and_what_was_searched(searching):
    search, covered = searching
    found = answer("  Which wells\nran dry? ", search, covered, k=2, model=shipped_models()[-1])
    assert found.question == "  Which wells\nran dry? "
    assert found.searched == "Which wells ran dry?"
    assert len(found.hits) == 2
    assert "Wells" in found.hits[0].passage.text
    assert found.coverage == covered
    carried = answer(
        "and wells?",
        search,
        covered,
        k=1,
        model=shipped_models()[-1],
        asked="and?",
        carried=("wells",),
    )
    assert (carried.question, carried.carried) == ("and?", ("wells",))


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Which wells ran dry in France?", "The question is about France; the reports here"),
        ("Which wells ran dry in 1987?", "The question is about 1987; the reports here cover 2021"),
    ],
)
def test_another_country_or_year_is_refused_with_the_reason(searching, question, reason):
    search, covered = searching
    found = answer(question, search, covered, k=2, model=shipped_models()[-1])
    assert found.verdict is Verdict.OUTSIDE
    assert found.confidence == 0
    assert (reason_of(found) or "").startswith(reason)


def test_an_answer_that_cannot_be_is_refused(searching):
    import dataclasses

    search, covered = searching
    found = answer("Which wells ran dry?", search, covered, k=1, model=shipped_models()[-1])
    with pytest.raises(ValueError, match="from 0 to 1"):
        dataclasses.replace(found, confidence=1.5)
    with pytest.raises(ValueError, match="an answer has a passage"):
        dataclasses.replace(found, verdict=Verdict.ANSWERED, hits=())
