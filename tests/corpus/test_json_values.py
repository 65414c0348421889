"""Dataclasses go through JSON and come back equal."""

import datetime
import json
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.json_values import from_values, to_values
from corpus.passage import NoteMark, PageStart, PressItem, Span
from corpus.readers.document import Block, BlockKind, CountryEntry, Document
from corpus.readers.extraction import (
    Doubt,
    Dropped,
    Extraction,
    Furniture,
    LeftOut,
    Mended,
    Suspicion,
)

PLACES = st.integers(0, 9)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
SHEETS = st.lists(st.integers(1, 9), max_size=3).map(tuple)
STATED = st.dictionaries(WORDS, WORDS, max_size=3)


def many(strategy):
    return st.lists(strategy, max_size=3).map(tuple)


SPANS = st.builds(Span, start=PLACES, stop=st.integers(10, 19))
BLOCKS = st.builds(
    Block,
    kind=st.sampled_from(BlockKind),
    start=PLACES,
    stop=st.integers(10, 19),
    level=PLACES,
    heading=WORDS,
    hidden=many(SPANS),
    press=st.none() | st.builds(PressItem, date=st.dates(), kind=WORDS, title=WORDS),
    pages=many(st.builds(PageStart, start=PLACES, sheet=st.integers(1), printed=st.none() | WORDS)),
    printed_number=st.none() | WORDS,
    label=st.none() | WORDS,
    notes=many(
        st.builds(NoteMark, start=PLACES, stop=st.just(12), note=WORDS, at=st.none() | PLACES)
    ),
)
EXTRACTIONS = st.builds(
    Extraction,
    encoding=WORDS,
    sheets=PLACES,
    dropped=many(st.builds(Dropped, what=st.sampled_from(LeftOut), start=PLACES, stop=PLACES)),
    furniture=many(st.builds(Furniture, text=WORDS, sheets=SHEETS)),
    mended=many(st.builds(Mended, what=WORDS, becomes=st.none() | WORDS, count=PLACES)),
    suspicions=many(
        st.builds(
            Suspicion,
            sheet=st.none() | st.integers(1),
            doubt=st.sampled_from(Doubt),
            sentence=WORDS,
        )
    ),
    pictures=SHEETS,
    properties=STATED,
)
DOCUMENTS = st.builds(
    Document,
    text=WORDS,
    blocks=many(BLOCKS),
    metadata=STATED,
    guesses=STATED,
    extraction=EXTRACTIONS,
    entries=many(st.builds(CountryEntry, name=WORDS, first=PLACES, last=PLACES)),
)


@given(DOCUMENTS)
def test_a_document_goes_through_json(document):
    said = json.dumps(to_values(document))
    assert from_values(Document, json.loads(said)) == document


def test_what_is_as_it_is_by_default_is_not_said():
    assert to_values(Extraction(sheets=3)) == {"sheets": 3}
    assert from_values(Extraction, {}) == Extraction()


@dataclass(frozen=True)
class Day:
    day: datetime.date


@pytest.mark.parametrize(
    ("kind", "values"),
    [(Day, {"day": "yesterday"}), (Day, {"night": ""}), (Span, {"start": "0", "stop": 1})],
)
def test_what_was_not_said_so_is_refused(kind, values):
    with pytest.raises((TypeError, ValueError, KeyError)):
        from_values(kind, values)


def test_what_json_cannot_say_is_refused():
    with pytest.raises(TypeError, match="nothing for object"):
        to_values((object(),))
