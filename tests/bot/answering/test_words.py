"""What a question is made of: words that build it, words that it is about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.words import is_bare, phrases, words


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("How many wells ran dry in Norland in 2021?", ("wells ran dry", "Norland", "2021")),
        ("What is songbun?", ("songbun",)),
        # Words between two phrases part them, and so do stops.
        ("prices of rice", ("prices", "rice")),
        ("rice, maize; salt", ("rice", "maize", "salt")),
        ("rice (maize) salt", ("rice", "maize", "salt")),
        # Each phrase once.
        ("rice or rice", ("rice",)),
        # As written, in the question's order.
        ("Are POLICE in Kell armed?", ("POLICE", "Kell armed")),
        # A hyphen, an apostrophe and a stop belong to a word.
        ("re-education of farmers’ children", ("re-education", "farmers’ children")),
        ("the U.N’s envoy", ("U.N’s envoy",)),
        # A time keeps the word that bounds it; one that is plain does not need it.
        ("Who fled since 2003?", ("fled", "since 2003")),
        ("Who fled in May 2003?", ("fled", "May 2003")),
        ("Who fled between 2015 and 2018?", ("fled", "between 2015 and 2018")),
        ("Who fled before May 1990?", ("fled", "before May 1990")),
        # A count keeps what makes it one.
        ("Were over 2000 men held?", ("over 2000 men", "held")),
        ("resolution 1973 on Libya", ("resolution 1973", "Libya")),
        # Nothing but building words.
        ("Why did they not?", ()),
        ("", ()),
        ("?!", ()),
        # "May" is a month inside a question, a verb at its start.
        ("May farmers sell rice?", ("farmers sell rice",)),
        ("storms in May", ("storms", "May")),
        ("may it rain", ("rain",)),
    ],
)
def test_the_subject_of_a_question_is_its_words_of_content(question, subject):
    assert phrases(question) == subject


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Wells", "wells"),
        ("Norland's", "norland"),
        ("Norland’s", "norland"),
        ("farmers’", "farmers"),
        ("farmers'", "farmers"),
        ("isn’t", "isn't"),
        ("U.N", "u.n"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("성분", "성분"),
    ],
)
def test_words_compare_without_case_and_possessive(written, plain):
    (word,) = words(written)
    assert (word.written, word.plain, word.start) == (written, plain, 0)


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("women in 2013", ["people", None, "year"]),
        ("storms in May", [None, None, "month"]),
        ("May storms", [None, None]),
        ("since 2013", [None, "year"]),
        ("in 1990s", [None, "year"]),
        ("over 2000 soldiers", [None, None, None]),
        ("resolution 1973", [None, None]),
        ("Children, adults", ["people", "people"]),
        ("the march", [None, "month"]),
    ],
)
def test_what_kind_of_thing_another_word_can_take_the_place_of(text, slots):
    assert [word.slot for word in words(text)] == slots


@pytest.mark.parametrize(
    ("text", "follow"),
    [
        ("rice, maize", [False, True]),
        ("rice maize", [False, False]),
        ("“rice” maize", [True, True]),
        ("rice – maize", [False, True]),
        ("(rice", [True]),
    ],
)
def test_a_word_knows_whether_a_stop_stands_before_it(text, follow):
    assert [word.follows_stop for word in words(text)] == follow


@pytest.mark.parametrize(
    "line", ["why?", "when was that?", "how many?", "since when?", "more or less?", "did they?"]
)
def test_a_line_is_bare_that_asks_without_a_word_of_content(line):
    assert is_bare(line)


@pytest.mark.parametrize("line", ["", "?", "yes", "the", "them", "and", "why wells?", "wells"])
def test_a_line_that_asks_nothing_or_has_content_is_not_bare(line):
    assert not is_bare(line)


@given(st.text(max_size=120))
def test_every_word_stands_where_it_says_in_order(text):
    found = words(text)
    assert all(text[word.start :].startswith(word.written) for word in found)
    starts = [word.start for word in found]
    assert starts == sorted(set(starts))


@given(st.text(max_size=120))
def test_no_letter_or_figure_of_a_text_is_outside_its_words(text):
    inside = {
        place for word in words(text) for place in range(word.start, word.start + len(word.written))
    }
    bare = {
        place for place, character in enumerate(text) if character.isalnum() and place not in inside
    }
    assert bare == set()


VOCABULARY = "wells ran in the 2013 since over 2000 , May of women"


@given(st.lists(st.sampled_from(VOCABULARY.split())))
def test_a_phrase_is_a_stretch_of_the_question(parts):
    question = " ".join(parts)
    for phrase in phrases(question):
        assert phrase in question
