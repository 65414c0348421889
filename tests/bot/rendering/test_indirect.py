"""Questions as the end of "they do not say ...": right, or the question word alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.indirect import indirect


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many women are held in the camps?", "how many women are held in the camps"),
        ("How many people fled to the South?", "how many people fled to the South"),
        ("How many doses did Sudland offer?", "how many doses Sudland offered"),
        ("How many of those who left were men?", "how many of those who left were men"),
        ("When did the pandemic start?", "when the pandemic started"),
        ("In which year did they close the border?", "in which year they closed the border"),
        ("Where are the camps?", "where the camps are"),
        ("Why were borders closed?", "why borders were closed"),
        ("Who is the leader of Norland?", "who the leader of Norland is"),
        ("Who was arrested?", "who was arrested"),
        ("What happened to people who were caught?", "what happened to people who were caught"),
        ("Which laws were passed in 2021?", "which laws were passed in 2021"),
        ("Is there a food shortage?", "whether there is a food shortage"),
        ("Are prisoners fed?", "whether prisoners are fed"),
        ("Have people been executed?", "whether people have been executed"),
        ("Did Norland sign the treaty?", "whether Norland signed the treaty"),
        ("Does Norland punish families?", "whether Norland punishes families"),
        ("Can women vote?", "whether women can vote"),
        ("My client is from Kilvar. Is she watched?", "whether she is watched"),
    ],
)
def test_a_question_ends_the_sentence(question, said):
    found = indirect(question)
    assert found is not None
    assert (found.text, found.is_whole) == (said, True)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        # Where the subject ends is not sure.
        ("How long is the border open", "how long"),
        ("Did the drug trade increase", "whether that is so"),
        ("Is the country poor?", "whether that is so"),
        ("Why did Norland not take part?", "why"),
    ],
)
def test_where_the_grammar_is_not_sure_the_question_word_stands_alone(question, said):
    found = indirect(question)
    assert found is not None
    assert (found.text, found.is_whole) == (said, False)


@pytest.mark.parametrize("line", ["camps women number", "songbun", "why?", "", "What about it?"])
def test_a_line_that_is_no_question_has_no_indirect_form(line):
    assert indirect(line) is None


WORDS = [
    "who",
    "what",
    "how",
    "many",
    "is",
    "are",
    "did",
    "the",
    "in",
    "of",
    "not",
    "held",
    ",",
    "?",
]


@given(st.lists(st.sampled_from(WORDS)))
def test_any_line_is_read(words):
    found = indirect(" ".join(words))
    assert found is None or found.text
