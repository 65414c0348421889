"""Whether a line leans on the one before, and what it takes over of it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.words import phrases, words
from bot.conversation.follow_up import joined, leans, without_opener

WELLS = "How many wells ran dry in Norland in 2021?"


def follows(line, question=WELLS):
    return joined(line, phrases(question), question)


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("and for women?", "for women?"),
        ("And, women?", "women?"),
        ("but why?", "why?"),
        ("or men?", "men?"),
        ("so what happened?", "what happened?"),
        ("also in Kell?", "in Kell?"),
        ("then what?", "what?"),
        ("plus children?", "children?"),
        ("what about women?", "women?"),
        ("How about women?", "women?"),
        ("what if they leave?", "they leave?"),
        ("the same for 2013", "for 2013"),
        ("same with women", "with women"),
        ("more on wells", "wells"),
        ("more about wells", "wells"),
        ("only women?", "women?"),
        ("even children?", "children?"),
        # One after another.
        ("and what about women?", "women?"),
        ("but also in Kell?", "in Kell?"),
        ("and then, so, why?", "why?"),
    ],
)
def test_an_opener_is_taken_off_a_line(line, rest):
    assert without_opener(line) == (rest, True)


@pytest.mark.parametrize(
    "line",
    [
        # The word goes on.
        "android phones?",
        "order in the camps?",
        "sooner or later?",
        "button mines?",
        "evening prayers?",
        "thenceforth?",
        # "Same" and "more" open only with what they belong to.
        "same sex couples?",
        "more wells?",
        "what happened?",
        "Is it legal?",
        "",
        # A line that is an opener alone is left: there is nothing behind it.
        "and",
        "what about",
    ],
)
def test_what_only_begins_like_an_opener_is_left(line):
    assert without_opener(line) == (line, False)


def test_an_opener_alone_after_another_is_left():
    assert without_opener("and what about") == ("what about", True)


@pytest.mark.parametrize(
    "line",
    [
        # No word of content.
        "why?",
        "how many?",
        "since when?",
        "by whom?",
        "really?",
        "is that so?",
        # A pronoun without a noun.
        "who arrested them?",
        "Why did they strike?",
        "Was he released?",
        "were mines given to it?",
        "Is it still shut?",
        "what happened to her family?",
        "do their families know?",
        "Are theirs open?",
        # A word that points.
        "is that true?",
        "who lives there?",
        "what do these cost?",
        "were those closed?",
        "why this law?",
        "and of that?",
        "how many of all?",
        "did some?",
        # An echo with little beside it.
        "and the others?",
        "men too?",
        "women instead?",
        "the same in Kell?",
        # An opener with a subject that is no question of its own.
        "and women?",
        "what about farmers?",
        "and how many children?",
        "and were guards punished?",
        "or in the capital?",
        # A place, a time or a comparison without a question.
        "in Kell?",
        "for children under five?",
        "since 2003?",
        "2013?",
        "in May?",
        "more than men?",
        "earlier?",
        "women?",
        "women and children?",
        "children 2019",
        # One word and a question mark.
        "prices?",
        "the reason?",
        # A question whose one word of content is no definition.
        "how many died?",
        "where were wells?",
        "what was the reason?",
        "which prisons?",
    ],
)
def test_a_line_without_a_subject_of_its_own_leans(line):
    assert leans(line)


@pytest.mark.parametrize(
    "line",
    [
        WELLS,
        "What is songbun?",
        "Who are kulaks?",
        "Is there torture?",
        "Are there camps?",
        "price of rice",
        "wells",
        "prisoner treatment",
        "Is it legal to own a radio?",
        "Is it true that guards shoot?",
        # So many words make it whole in spite of a pronoun.
        "Do prison guards let sick inmates see their own doctors?",
        "Do families of prisoners visit them in the camps?",
        "Why did they close Orrest mines, Kell harbour and Tarn wells?",
        # A pronoun that stands for what the line names.
        "Is the mine open when it rains?",
        "Is the mine so old that it leaks?",
        "Is the mine open and it leaks?",
        "Do farmers sell what they grow?",
        "Can women leave if they want?",
        # Words that point to nothing before.
        "Which laws changed this year?",
        "What does this report say on water?",
        "Were those who fled punished?",
        "people that fled",
        "Are there wells that are dry?",
        # "And" before a whole question.
        "And which wells ran dry in Norland?",
        "But did the police arrest miners in Orrest?",
        # An echo in a whole question.
        "Were other miners arrested by the police in Orrest?",
        "before the courts, who defends arrested miners from Orrest?",
    ],
)
def test_a_line_with_its_own_subject_does_not_lean(line):
    assert not leans(line)


@pytest.mark.parametrize(
    ("line", "leaning"),
    [
        # The first sentence with a subject decides.
        ("Is it legal to own a radio? And why?", False),
        ("Why? Which wells ran dry?", False),
        ("They went home by boat. Which wells ran dry?", True),
        ("Bread was dear. Why did they strike?", False),
        ("Did they strike then? Which wells ran dry in Norland?", False),
        # None has one: the line as a whole decides.
        ("Why? When?", True),
        ("Really? Women?", True),
    ],
)
def test_of_several_sentences_the_first_with_a_subject_decides(line, leaning):
    assert leans(line) is leaning


@pytest.mark.parametrize(
    ("line", "searched"),
    [
        # A time takes the place of the time.
        ("and in 2013?", "How many wells ran dry in Norland in 2013?"),
        ("2013?", "How many wells ran dry in Norland in 2013?"),
        ("same for 2013", "How many wells ran dry in Norland in 2013?"),
        ("and since 2003?", "How many wells ran dry in Norland since 2003?"),
        ("and from 2015 to 2018?", "How many wells ran dry in Norland from 2015 to 2018?"),
        ("in 2015-2018?", "How many wells ran dry in Norland in 2015-2018?"),
        # No time of its own: it follows the subject, the year included.
        ("why?", "wells ran dry, Norland, 2021: why?"),
        ("and mines?", "wells ran dry, Norland, 2021: mines?"),
        ("who said so?", "wells ran dry, Norland, 2021: who said so?"),
        # A new time and a new question: the old time is not searched.
        ("why in 2013?", "wells ran dry, Norland: why in 2013?"),
        ("and mines in 2013?", "wells ran dry, Norland: mines in 2013?"),
        ("and in 2013 and 2014?", "wells ran dry, Norland: in 2013 and 2014?"),
        # What the line says itself is not said twice.
        ("why in Norland?", "wells ran dry, 2021: why in Norland?"),
        ("NORLAND why?", "wells ran dry, 2021: NORLAND why?"),
    ],
)
def test_a_line_takes_over_what_it_does_not_say(line, searched):
    assert follows(line)[0] == searched


@pytest.mark.parametrize(
    ("question", "line", "searched"),
    [
        # Groups of people.
        ("Were women held in Kell?", "and men?", "Were men held in Kell?"),
        ("Were women held in Kell?", "what about children?", "Were children held in Kell?"),
        ("Were womenfolk and women held?", "and men?", "Were womenfolk and men held?"),
        # Months.
        ("What happened in May 2021?", "and in June?", "What happened in June 2021?"),
        ("What happened in May 2021?", "and in June 2019?", "What happened in June 2019?"),
        ("What happened in May 2021?", "and in 2019?", "What happened in May 2019?"),
        # Things of the same name.
        (
            "Who runs the Ministry of Water Security?",
            "and the Ministry of State Security?",
            "Who runs the Ministry of State Security?",
        ),
        ("Do salt workers in Kell eat?", "and coal workers?", "Do coal workers in Kell eat?"),
        # The first that is of its kind.
        ("Do women marry women?", "and men?", "Do men marry women?"),
        # What the line names stays: both are asked about.
        ("Were women held in Kell?", "and women and men?", "held, Kell: women and men?"),
        ("Were women held in Kell?", "and men and women?", "held, Kell: men and women?"),
        ("Were women held in Kell?", "and men and children?", "held, Kell: men and children?"),
        ("Did it rain in May 2021?", "and in May and June?", "rain, 2021: in May and June?"),
        # No rival of its kind: it follows.
        ("Are salt workers paid?", "and women?", "salt workers paid: women?"),
        ("Are salt workers paid?", "and in June?", "salt workers paid: in June?"),
        ("Are salt workers paid?", "and coal miners?", "salt workers paid: coal miners?"),
        # Bounds.
        ("Who fled since 2003?", "and in 2013?", "Who fled in 2013?"),
        ("Who fled since 2003?", "and before 1990?", "Who fled before 1990?"),
        ("Who fled in 2003?", "and between 2015 and 2018?", "Who fled between 2015 and 2018?"),
        ("Who fled between 2015 and 2018?", "and in 2013?", "Who fled in 2013?"),
        ("Who fled during the 1990s?", "and since 2013?", "Who fled since 2013?"),
        # Where there are two times it is not known which is meant.
        ("Who fled in 2003 and in 2013?", "and in 2019?", "fled: in 2019?"),
        # A count is no time to be replaced.
        ("Were over 2000 men held?", "and in 2013?", "over 2000 men, held: in 2013?"),
    ],
)
def test_what_is_of_one_kind_takes_its_place_in_the_question(question, line, searched):
    assert follows(line, question)[0] == searched


@pytest.mark.parametrize(
    ("question", "line", "kept"),
    [
        (WELLS, "why?", ("wells ran dry", "Norland", "2021")),
        (WELLS, "and in 2013?", ("wells ran dry", "Norland")),
        (WELLS, "why in Norland?", ("wells ran dry", "2021")),
        ("Were women held in Kell?", "and men?", ("held", "Kell")),
        ("What happened in May 2021?", "and in June?", ("2021",)),
        ("Do salt workers in Kell eat?", "and coal workers?", ("Kell eat",)),
        ("Who fled since 2003?", "and in 2013?", ("fled",)),
    ],
)
def test_what_was_kept_is_told_without_what_was_replaced(question, line, kept):
    assert follows(line, question)[1] == kept


def test_a_line_without_anything_to_follow_is_searched_alone():
    assert joined("and women?", (), "") == ("women?", ())


VOCABULARY = (
    "and what about women men children in 2013 since 1998 May of the Norland wells why it they "
    "that those Security State too more ? . , over 2000"
)
LINES = st.lists(st.sampled_from(VOCABULARY.split()), min_size=1, max_size=7).map(" ".join)
OPENED = LINES.filter(lambda line: line[0].isalnum())
QUESTIONS = st.sampled_from(
    [
        WELLS,
        "Were women held in Kell in May 2021?",
        "Who runs State Security?",
        "Who fled since 2003?",
        "Were more than 2000 people held?",
        "songbun",
    ]
)


@given(LINES, QUESTIONS)
def test_no_word_of_content_of_a_line_is_lost(line, question):
    searched = {word.plain for word in words(follows(line, question)[0])}
    said = {word.plain for word in words(without_opener(line)[0]) if word.is_content}
    assert said <= searched


@given(LINES, QUESTIONS)
def test_what_is_said_to_be_kept_stands_in_the_question_and_in_what_is_searched(line, question):
    searched, kept = follows(line, question)
    for part in kept:
        for word in part.split():
            assert word in question
            assert re.search(rf"(?<!\w){re.escape(word)}(?!\w)", searched)


@given(OPENED, QUESTIONS)
def test_a_line_is_followed_alike_with_and_without_an_opener_before_it(line, question):
    assert follows(f"and {line}", question) == follows(line, question)


@given(st.text(max_size=80))
def test_any_line_leans_or_does_not(line):
    assert leans(line) in {True, False}
    assert leans(line) == leans(line)
