"""A quotation is the exact stretch of its text, or it cannot be."""

import dataclasses

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corpus.passage import Span
from corpus.quoted import Quoted


def quoted(data: st.DataObject, text: str) -> Quoted:
    start = data.draw(st.integers(0, len(text) - 1))
    stop = data.draw(st.integers(start + 1, len(text)))
    return Quoted(text=text, span=Span(start=start, stop=stop))


@given(st.text(min_size=1), st.data())
def test_the_three_parts_are_the_text(text, data):
    one = quoted(data, text)
    assert one.before + one.quotation + one.after == text
    assert (len(one.before), len(one.quotation)) == (
        one.span.start,
        one.span.stop - one.span.start,
    )


@given(st.text(min_size=1), st.data())
def test_every_medium_gets_the_same_three_parts_in_order(text, data):
    one = quoted(data, text)
    told = one.rendered(lambda around: ("around", around), lambda words: ("quoted", words))
    assert told == (("around", one.before), ("quoted", one.quotation), ("around", one.after))


@given(st.text(), st.data())
def test_what_is_no_stretch_of_the_text_cannot_be_quoted(text, data):
    edges = st.integers(-2, len(text) + 2)
    start, stop = data.draw(edges), data.draw(edges)
    assume(not 0 <= start < stop <= len(text))
    with pytest.raises(ValueError, match=r"0 <= start < stop|within its text"):
        Quoted(text=text, span=Span(start=start, stop=stop))


@given(st.text(), st.data())
def test_a_quotation_does_not_pass_the_end_by_one_character(text, data):
    start = data.draw(st.integers(0, len(text)))
    with pytest.raises(ValueError, match="within its text"):
        Quoted(text=text, span=Span(start=start, stop=len(text) + 1))


def test_a_quotation_does_not_outlive_its_text():
    one = Quoted(text="Wells ran dry.", span=Span(start=6, stop=14))
    with pytest.raises(ValueError, match="of 5 characters, not at 6:14"):
        dataclasses.replace(one, text="Wells")
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.text = "Wells flow all year."
