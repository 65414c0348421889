"""Lines of several questions, and lines that only look so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.several import MOST_QUESTIONS, questions


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        (
            "is there a food shortage? and did they get covid vaccines?",
            ("is there a food shortage?", "and did they get covid vaccines?"),
        ),
        (
            "is there a food shortage and did they get vaccines",
            ("is there a food shortage", "did they get vaccines"),
        ),
        ("who was arrested and who was released", ("who was arrested", "who was released")),
        ("Is there a famine? Why?", ("Is there a famine?", "Why?")),
        ("Is there a famine? and in 2020?", ("Is there a famine?", "and in 2020?")),
        # A sentence before a question belongs to it, one after the last to that.
        (
            "My client is from Kilvar. Is she at risk? Are there camps? It is urgent.",
            ("My client is from Kilvar. Is she at risk?", "Are there camps? It is urgent."),
        ),
        (
            "What about U.S. policy? What did the U.N. say?",
            ("What about U.S. policy?", "What did the U.N. say?"),
        ),
    ],
)
def test_each_question_of_a_line_is_asked_in_order(line, asked):
    assert questions(line).asked == asked


@pytest.mark.parametrize(
    "line",
    [
        "arrest and detention",
        "Who was arrested and detained?",
        "Which people are arrested and are held in camps?",
        "Do you know where the camps are and how many people they hold?",
        "What does “Is it safe? Who knows?” mean?",
        'Did he ask "Who is it? What now?" there?',
        "Is it legal? I need it for a case.",
        "The camps? How many are there?",
        "Are there camps? Yes or no?",
        "How are you? How many camps are there?",
        "Is there torture? Thanks!",
        "Is it true??",
        "",
    ],
)
def test_one_question_stays_as_it_stands(line):
    assert questions(line).asked == (line,)


def test_what_is_beyond_three_is_left_and_named():
    found = questions("Is there famine? Are there camps? Is there war? Who rules?")
    assert len(found.asked) == MOST_QUESTIONS
    assert found.left == ("Who rules?",)


@given(st.text(alphabet="ab ?.“”\"'\n", max_size=40) | st.text(max_size=60))
def test_no_word_of_a_line_is_lost(line):
    found = questions(line)
    together = " ".join([*found.asked, *found.left])
    assert sorted(together.split()) == sorted(line.split()) or "and" in line.lower()
