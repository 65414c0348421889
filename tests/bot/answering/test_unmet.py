"""What of a question its best passage does not meet."""

import pytest

from bot.answering.unmet import WrongFigure, unmet
from corpus.passage import Passage, Span
from embeddings.hit import Hit, Why
from embeddings.wording import Change

TEXT = "By the end of 2021, at least 63 people had left Norland for Sudland: 40 men and 23 women."
SECTION = "The World Health Organization warned of camp 16 in Kilvar. Some 12,400 had left in 2003."


@pytest.fixture
def hit_of(make):
    def made(changes=(), met=()):
        passage = Passage(
            report=make(country="North Korea", period=None),
            section=("Leaving",),
            number=1,
            start=0,
            stop=len(TEXT),
            source=TEXT,
        )
        why = Why(
            terms=(),
            dense_rank=1,
            lexical_rank=1,
            cosine=0.5,
            bm25=0.5,
            passage_maxsim=0.5,
            sentence_maxsim=0.5,
            coverage=0.5,
            margin=0.0,
            changes=changes,
            met=met,
        )
        return Hit(passage=passage, score=0.5, highlight=Span(start=0, stop=len(TEXT)), why=why)

    return made


def missed(question, hit):
    return unmet(question, hit, lambda: SECTION)


@pytest.mark.parametrize(
    ("question", "given"),
    [
        ("Did 64 people leave?", "63"),
        ("Did 41 men leave?", "40"),
        ("Were there 24 women among them?", "23"),
        ("Did sixty-four people leave?", "63"),
        # It counts nothing that the sentence counts, or numbers a thing.
        ("Did 64 children leave?", None),
        ("What is camp 14?", None),
    ],
)
def test_a_figure_that_is_otherwise_is_named_with_the_one_that_is_given(hit_of, question, given):
    (wrong,) = missed(question, hit_of()).figures
    assert wrong.given == given


@pytest.mark.parametrize(
    "question",
    [
        "Did 63 people leave?",
        "Did 12400 people leave?",
        "Did 12.4 thousand people leave?",
        # Bounds are not figures to be found.
        "Did more than 60 people leave?",
        "Did at least 50 leave?",
        "Did between 50 and 70 leave?",
        "Did 60 or more people leave?",
        "Did about 65 people leave?",
        # Years, names and small words.
        "How many left in 2021?",
        "Did Covid-19 play a part?",
        "Was one of them a child?",
    ],
)
def test_figures_that_stand_there_or_are_none_are_not_wrong(hit_of, question):
    assert missed(question, hit_of()).figures == ()


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Did anyone leave Harrow?", ("Harrow",)),
        ("Did Otto Brandt leave?", ("Otto Brandt",)),
        ("Was anyone held at Kilvar?", ()),
        ("Was anyone held at Kilvra?", ()),  # misspelt
        ("What did the WHO say?", ()),  # spelt out there
        ("What did the Watch House say?", ()),  # who published it
        ("Did Sudland's police help?", ()),
        ("Who left North Korea?", ()),
        ("Why did Pyongyang refuse?", ()),  # its government
        ("Who was held in Pyongyang?", ("Pyongyang",)),  # the place
        ("Did people leave in May?", ()),
        ("Harrow?", ()),  # a capital opens a question anyway
    ],
)
def test_names_that_stand_nowhere_in_the_section_are_missed(hit_of, question, names):
    assert missed(question, hit_of()).names == names


def test_a_name_that_was_read_as_another_is_not_missed(hit_of):
    changed = hit_of(changes=(Change(asked="Hermit", read="Norland"),))
    assert missed("Who left Hermit?", changed).names == ()


def test_a_year_that_stands_neither_there_nor_in_the_section_is_missed(hit_of):
    assert missed("How many left in 1998?", hit_of()).years == ("1998",)
    assert missed("How many left in 2003?", hit_of()).years == ()


def test_the_section_is_read_only_where_the_passage_lacks_something(hit_of):
    def read():
        raise AssertionError("nothing is missing")

    assert not unmet("How many people left in 2021?", hit_of(), read).is_wrong


def test_words_that_nothing_comes_near_are_missed(hit_of):
    hit = hit_of(met=(("did", 0.1), ("wells", 0.2), ("people", 0.9)))
    assert missed("Did people dig wells?", hit).words == ("wells",)
    assert missed("Did 64 people leave?", hit).figures == (WrongFigure(asked="64", given="63"),)
