"""The words that quotations are compared by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.english.folded import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3,200 people", "3200 people"),
        ("3,200 people", "3 200 people"),
        ("3,200 people", "3\u202f200 people"),
        ("1,234,567.5", "1234567.5"),
        ("the U.S. army", "the US army"),
        ("e.g. wells", "eg wells"),
        ("an oﬃce in Cæsar’s œuvre", "an office in Caesar's oeuvre"),
        ("naïve (NFC)", "nai\u0308ve (NFC)"),
        ("“So,” it said – twice", "so it said: twice"),
        ("a fam\u00adily", "a family"),
        ("prisoners’ rights", "prisoners rights"),
        ("−5 degrees", "-5 degrees"),
    ],
)
def test_what_is_punctuation_or_typesetting_is_not_compared(one, other):
    assert fold(one).words == fold(other).words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("4.2", "42"),
        ("4.2", "4,2"),
        ("-5", "5"),
        ("5%", "5"),
        ("$5", "€5"),
        ("1/3", "13"),
        ("10:30", "1030"),
        ("32,00", "3200"),
        ("in 2021 300 fled", "in 2021300 fled"),
        ("did not", "didn’t"),
        ("the 1990s", "the 1990"),
    ],
)
def test_what_changes_a_figure_or_a_word_is_compared(one, other):
    assert fold(one).words != fold(other).words


@given(st.text(max_size=80))
def test_words_stand_in_order_where_their_spans_say(text):
    folded = fold(text)
    end = 0
    for word, (start, stop) in zip(folded.words, folded.spans, strict=True):
        assert end <= start < stop <= len(text)
        assert word
        assert word == word.casefold() or not word.isascii()
        end = stop


@given(st.text(max_size=80))
def test_no_letter_and_no_digit_is_lost(text):
    covered = {place for a, b in fold(text).spans for place in range(a, b)}
    lost = [c for place, c in enumerate(text) if c.isalnum() and place not in covered]
    assert lost == []
