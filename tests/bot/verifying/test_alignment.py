"""A quotation aligned with a text, against all stretches of it tried one by one."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from bot.verifying.alignment import align

LETTERS = st.lists(st.sampled_from("abcd"), min_size=1, max_size=7)


@given(LETTERS, LETTERS, st.integers(0, 3))
def test_no_stretch_is_nearer(quoted, text, start):
    found = align(quoted, text, start)
    stretches = [
        text[first:stop]
        for first in range(start, len(text))
        for stop in range(first + 1, len(text) + 1)
    ]
    nearest = min((Levenshtein.distance(quoted, one) for one in stretches), default=len(quoted))
    if found is None:
        assert nearest >= len(quoted) or not set(quoted) & set(text[start:])
        return
    assert start <= found.first <= found.last < len(text)
    assert found.cost <= nearest
    assert Levenshtein.distance(quoted, text[found.first : found.last + 1]) == found.cost


@given(LETTERS, LETTERS)
def test_changes_turn_the_quotation_into_the_text(quoted, text):
    found = align(quoted, text)
    if found is None:
        return
    turned = list(quoted)
    for change in reversed(found.changes):
        assert tuple(turned[change.place : change.place + len(change.quoted)]) == change.quoted
        assert tuple(text[change.at : change.at + len(change.source)]) == change.source
        turned[change.place : change.place + len(change.quoted)] = change.source
    assert turned == list(text[found.first : found.last + 1])


def test_a_last_word_that_differs_stands_for_the_text_s_own():
    found = align(["wells", "ran", "wet"], ["the", "wells", "ran", "dry", "in", "May"])
    assert [(one.quoted, one.source) for one in found.changes] == [(("wet",), ("dry",))]
