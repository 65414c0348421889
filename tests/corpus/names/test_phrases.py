"""Phrases of a list found in a text: whole words, the longest first, each once."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.names.phrases import fold, phrases

NAMES = phrases(
    {
        "Sudan": "sudan",
        "South Sudan": "south sudan",
        "Côte d'Ivoire": "ivory coast",
        "prison camp": "camp",
        "political prison camp": "political camp",
        "Guinea-Bissau": "bissau",
        "people's unit": "unit",
        "U.S": "us",
        "bus": "bus",
    }
)


def found(text):
    return [(meaning, text[span.start : span.stop]) for meaning, span in NAMES.found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sudan", [("sudan", "Sudan")]),
        ("in sudan, then SUDAN", [("sudan", "sudan"), ("sudan", "SUDAN")]),
        # The longest of several, and nothing inside it again.
        ("South Sudan", [("south sudan", "South Sudan")]),
        ("a political prison camp", [("political camp", "political prison camp")]),
        ("a prison camp", [("camp", "prison camp")]),
        ("Sudan South Sudan", [("sudan", "Sudan"), ("south sudan", "South Sudan")]),
        # What begins like a longer one and is none.
        ("South of Sudan", [("sudan", "Sudan")]),
        ("political prison", []),
        ("political prison political prison camp", [("political camp", "political prison camp")]),
        # Accents, apostrophes and hyphens.
        ("Cote d’Ivoire", [("ivory coast", "Cote d’Ivoire")]),
        ("COTE DIVOIRE", [("ivory coast", "COTE DIVOIRE")]),
        ("guinea bissau", [("bissau", "guinea bissau")]),
        ("the peoples unit", [("unit", "peoples unit")]),
        ("the U.S. army", [("us", "U.S")]),
        # The last word in the plural or the possessive, no other word.
        ("prison camps", [("camp", "prison camps")]),
        ("prison camp’s", [("camp", "prison camp’s")]),
        ("the prison camps' guards", [("camp", "prison camps")]),
        ("Sudan's", [("sudan", "Sudan's")]),
        ("prisons camp", []),
        # Too short a word has no plural.
        ("bus", [("bus", "bus")]),
        ("bu", []),
        # Whole words alone.
        ("Sudanese", []),
        ("buses", []),
        ("unSudan", []),
        ("", []),
        ("?!", []),
    ],
)
def test_a_phrase_is_found_as_people_write_it(text, expected):
    assert found(text) == expected


def test_an_empty_list_finds_nothing():
    assert list(phrases({}).found("Sudan")) == []


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Türkiye", "turkiye"),
        ("São", "sao"),
        ("People's", "peoples"),
        ("People’s", "peoples"),
        ("Straße", "strasse"),
        # Composed again: Hangul stays what it was.
        ("관리소", "관리소"),
        ("ПЕТРОВ", "петров"),
        ("", ""),
    ],
)
def test_words_compare_without_case_accents_and_apostrophes(word, folded):
    assert fold(word) == folded


@given(st.text(max_size=20))
def test_a_folded_word_is_not_folded_again(word):
    assert fold(fold(word)) == fold(word)


PIECES = st.sampled_from(
    ["Sudan", "South", "prison", "camps", "political", ",", "of", "Guinea", "Bissau", "U.S."]
)


@given(st.lists(PIECES, max_size=12).map(" ".join))
def test_what_is_found_stands_in_order_without_overlap(text):
    spans = [span for _, span in NAMES.found(text)]
    assert all(one.stop <= after.start for one, after in pairwise(spans))
    assert all(span.stop <= len(text) for span in spans)


@given(st.text(alphabet="ab ,.-", max_size=20), st.sampled_from(["Sudan", "prison camps"]))
def test_what_stands_around_hides_no_phrase(around, phrase):
    assert [words for _, words in found(f"{around} {phrase} {around}")] == [phrase]
