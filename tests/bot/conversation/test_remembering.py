"""What a talk remembers from one line to the next, and what it lets go of."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.moves import (
    EMPTY,
    Ask,
    Conversation,
    More,
    Neighbour,
    SmallTalk,
    Sources,
    Unclear,
    focused,
    interpret,
    neighbour,
    remember,
    shown_more,
    within,
)
from corpus.passage import Passage
from corpus.scope import EVERYTHING, Scope
from embeddings.adding import encode_missing
from tests.searching import search_in

WELLS = "How many wells ran dry in Norland in 2021?"


@pytest.fixture
def passages(reading, page_file) -> list[Passage]:
    return reading(page_file)[2]


@pytest.fixture
def hits(library, page_file, putting, words):
    report = putting(library, page_file)
    encode_missing(library, words, library.all_passages(report.id))
    return search_in(library, words).search("Which wells ran dry?", 6)


def ask(searched=WELLS, scope=EVERYTHING, carried=()):
    return Ask(searched=searched, carried=carried, scope=scope)


def test_a_new_talk_remembers_nothing():
    assert Conversation() == EMPTY
    assert (EMPTY.question, EMPTY.subject, EMPTY.passages, EMPTY.focus) == ("", (), (), None)
    assert EMPTY.scope == EVERYTHING


def test_an_answer_leaves_its_question_subject_passages_and_first_passage(passages):
    talk = remember(EMPTY, ask(), passages[2:4])
    assert talk.question == WELLS
    assert talk.subject == ("wells ran dry", "Norland", "2021")
    assert talk.passages == tuple(passages[2:4])
    assert talk.focus == passages[2]


def test_an_answer_lets_go_of_the_passages_of_the_one_before(passages):
    talk = remember(remember(EMPTY, ask(), passages[:3]), ask("Who struck?"), passages[5:6])
    assert talk.passages == (passages[5],)
    assert talk.subject == ("struck",)


def test_an_answer_without_passages_leaves_no_focus(passages):
    talk = remember(remember(EMPTY, ask(), passages[:3]), ask("Who struck?"), [])
    assert talk.passages == ()
    assert talk.focus is None


def test_what_was_ranked_is_kept_in_its_order_and_told_from_unknown(hits):
    shown = [hit.passage for hit in hits[:3]]
    assert remember(EMPTY, ask(), shown, hits[3:]).ranked == tuple(hits[3:])
    assert remember(EMPTY, ask(), shown, []).ranked == ()
    assert remember(EMPTY, ask(), shown).ranked is None


def test_the_ranking_of_the_question_before_is_never_that_of_the_next(hits):
    first = remember(EMPTY, ask(), [hits[0].passage], hits[1:])
    assert remember(first, ask("Who struck?"), [hits[2].passage]).ranked is None


def test_other_filters_let_the_ranking_go_and_keep_the_talk(hits):
    talk = remember(EMPTY, ask(), [hits[0].passage], hits[1:])
    filtered = within(talk, Scope(country="Norland"))
    assert filtered.ranked is None
    assert filtered.scope == Scope(country="Norland")
    assert dataclasses.replace(filtered, ranked=talk.ranked, scope=talk.scope) == talk


def test_more_passages_stand_after_those_shown_and_the_first_of_them_is_in_focus(passages):
    talk = shown_more(remember(EMPTY, ask(), passages[:3]), passages[5:7])
    assert talk.passages == (*passages[:3], *passages[5:7])
    assert talk.focus == passages[5]
    assert talk.question == WELLS


def test_no_more_passages_leave_the_focus_where_it_was(passages):
    talk = focused(remember(EMPTY, ask(), passages[:3]), passages[1])
    assert shown_more(talk, []) == talk


def test_looking_at_a_neighbour_leaves_the_passages_shown(passages):
    talk = remember(EMPTY, ask(), passages[:2])
    assert focused(talk, passages[7]).passages == talk.passages


@pytest.mark.parametrize(
    ("place", "step", "expected"),
    [(3, 1, 4), (3, -1, 2), (0, 1, 1), (1, -1, 0), (0, -1, None), (-1, 1, None)],
)
def test_a_neighbour_is_one_on_in_the_report_and_none_beyond_its_ends(
    passages, place, step, expected
):
    talk = focused(EMPTY, passages[place])
    found = neighbour(talk, step, passages)
    assert found == (None if expected is None else passages[expected])


def test_a_passage_that_left_its_report_has_no_neighbour(passages):
    talk = focused(EMPTY, passages[3])
    assert neighbour(talk, 1, passages[:3]) is None
    assert neighbour(talk, 1, []) is None


@given(st.lists(st.sampled_from([-1, 1]), max_size=12))
def test_steps_back_and_forth_end_where_their_sum_is(page_passages, steps):
    """As long as no end is passed: a step that leads nowhere leaves the focus."""
    place, talk = 4, focused(EMPTY, page_passages[4])
    for step in steps:
        found = neighbour(talk, step, page_passages)
        if found is not None:
            place, talk = place + step, focused(talk, found)
        else:
            assert place + step in {-1, len(page_passages)}
    assert talk.focus == page_passages[place]


@pytest.fixture(scope="module")
def page_passages(tmp_path_factory, page, reading):
    path = tmp_path_factory.mktemp("page") / "norland.txt"
    path.write_text(page, "utf-8")
    return reading(path)[2]


@pytest.mark.parametrize(
    ("line", "scope"),
    [
        # Another year moves the filter of a year, nothing else.
        ("and in 2013?", Scope(country="Norland", year=2013)),
        ("2013?", Scope(country="Norland", year=2013)),
        ("why in 2013?", Scope(country="Norland", year=2013)),
        ("why?", Scope(country="Norland", year=2021)),
        ("and women?", Scope(country="Norland", year=2021)),
        # Two years, or open ones, are no year to move to.
        ("and in 2013 and 2014?", Scope(country="Norland", year=2021)),
        ("and between 2013 and 2015?", Scope(country="Norland", year=2021)),
        ("and since 2013?", Scope(country="Norland", year=2021)),
        # A new question keeps what the person chose.
        ("Which mines were closed in 2013?", Scope(country="Norland", year=2021)),
    ],
)
def test_a_follow_up_that_names_one_year_moves_the_filter_of_a_year(line, scope, passages):
    talk = remember(EMPTY, ask(scope=Scope(country="Norland", year=2021)), passages[:1])
    assert interpret(line, talk).scope == scope


def test_a_year_in_a_follow_up_makes_no_filter_where_there_was_none(passages):
    talk = remember(EMPTY, ask(scope=Scope(country="Norland")), passages[:1])
    assert interpret("and in 2013?", talk).scope == Scope(country="Norland")


@pytest.mark.parametrize(
    ("line", "move"),
    [
        ("more", More()),
        ("and more?", More()),
        ("give me more results", More()),
        ("some more of those", More()),
        ("anything else?", More()),
        ("What else is there?", More()),
        ("see the other passages", More()),
        ("the others", More()),
        ("next page", More()),
        ("other results please", More()),
        ("above", Neighbour(step=-1)),
        ("before this", Neighbour(step=-1)),
        ("previous", Neighbour(step=-1)),
        ("the paragraph above", Neighbour(step=-1)),
        ("go to the preceding passage", Neighbour(step=-1)),
        ("the last but one sentence", Neighbour(step=-1)),
        ("back", Neighbour(step=-1)),
        ("go one paragraph up", Neighbour(step=-1)),
        ("and what does it say just before that?", Neighbour(step=-1)),
        ("below", Neighbour(step=1)),
        ("after that", Neighbour(step=1)),
        ("next one", Neighbour(step=1)),
        ("the subsequent lines", Neighbour(step=1)),
        ("continue", Neighbour(step=1)),
        ("keep reading", Neighbour(step=1)),
        ("one further", Neighbour(step=1)),
        ("what does the report say after this?", Neighbour(step=1)),
        ("sources please", Sources()),
        ("show me the citations", Sources()),
        ("where is that from?", Sources()),
        ("What's your source for that?", Sources()),
        ("cite it", Sources()),
        ("in which report is this?", Sources()),
        ("how do you know?", Sources()),
    ],
)
def test_a_wish_about_the_last_answer_needs_an_answer(line, move, passages):
    assert interpret(line, remember(EMPTY, ask(), passages[:1])) == move
    assert interpret(line, remember(EMPTY, ask(), [])) == Unclear(line=line)


@pytest.mark.parametrize(
    "line",
    [
        "more about wells",
        "more than 200 wells?",
        "what else happened in Norland?",
        "others fled?",
        "next year?",
        "previous governments of Norland",
        "back to school rules",
        "and before that?",
        "before 2013?",
        "what happened after the storm?",
        "sources of water in Norland",
        "which report names the miners?",
        "citations of the law",
        "how do you know that miners struck?",
        "up to how many were held?",
    ],
)
def test_a_question_with_the_words_of_a_wish_is_asked(line, passages):
    assert isinstance(interpret(line, remember(EMPTY, ask(), passages[:1])), Ask)


@pytest.mark.parametrize(
    ("line", "searched"),
    [
        # A bare line after an answer goes on from it.
        ("why?", "wells ran dry, Norland, 2021: why?"),
        ("Thanks! And why?", "wells ran dry, Norland, 2021: why?"),
        ("Please tell me why", "wells ran dry, Norland, 2021: why"),
        # A whole question takes over nothing, and its opener is not searched.
        ("And which mines were closed in Kell?", "which mines were closed in Kell?"),
        ("Hi! Which mines were closed in Kell?", "Which mines were closed in Kell?"),
    ],
)
def test_what_is_searched_is_what_was_meant(line, searched, passages):
    assert interpret(line, remember(EMPTY, ask(), passages[:1])).searched == searched


@pytest.mark.parametrize("line", ["and?", "them", "it", "the", "those ones"])
def test_a_line_that_names_and_asks_nothing_is_unclear_even_after_an_answer(line, passages):
    assert interpret(line, remember(EMPTY, ask(), passages[:1])) == Unclear(line=line)


@pytest.mark.parametrize("line", ["hello", "thanks", "who are you?", "help"])
def test_small_talk_is_answered_before_and_after_a_question(line, passages):
    before = interpret(line, EMPTY)
    assert isinstance(before, SmallTalk)
    assert interpret(line, remember(EMPTY, ask(), passages[:1])) == before


@given(st.integers(1, 12))
def test_the_subject_of_a_long_talk_stays_short(turns):
    talk = remember(EMPTY, ask(), [])
    for number in range(turns):
        move = interpret(f"and what about their thing{chr(97 + number)}?", talk)
        talk = remember(talk, move, [])
    assert len(talk.subject) <= 7
    assert talk.subject[0] == "wells ran dry"
    assert talk.subject[-1] == f"thing{chr(96 + turns)}"
