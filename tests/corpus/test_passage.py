"""Passages and spans: what cannot be built, and names that stay."""

import contextlib
import dataclasses
import datetime
import sqlite3

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corpus.english.sentences import sentences
from corpus.passage import NoteMark, PageStart, Passage, PressItem, Span, without
from corpus.quoted import Quoted


def passage(report, source="The wells ran dry.", **fields):
    stated = {
        "report": report,
        "section": ("Right to water",),
        "number": 1,
        "start": 10,
        "stop": 10 + len(source),
        "source": source,
    }
    return Passage(**{**stated, **fields})


@pytest.mark.parametrize(("start", "stop"), [(-1, 2), (2, 2), (3, 2)])
def test_a_span_is_not_empty_and_not_backward(start, stop):
    with pytest.raises(ValueError, match="0 <= start < stop"):
        Span(start=start, stop=stop)


@given(st.text(min_size=1), st.data())
def test_without_takes_out_the_spans_and_nothing_else(text, data):
    edges = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = tuple(Span(start=a, stop=b) for a, b in zip(edges[::2], edges[1::2], strict=False))
    gone = {index for span in spans for index in range(span.start, span.stop)}
    assert without(text, spans) == "".join(c for i, c in enumerate(text) if i not in gone)


@pytest.mark.parametrize(
    "fields",
    [
        {"source": "   "},
        {"source": "ab", "hidden": (Span(start=0, stop=2),)},
        {"stop": 5},
        {"start": -18, "stop": 0},
        {"number": 0},
        {"occurrence": 0},
        {"hidden": (Span(start=0, stop=4), Span(start=3, stop=5))},
        {"hidden": (Span(start=4, stop=6), Span(start=0, stop=2))},
        {"hidden": (Span(start=15, stop=99),)},
        {"pages": (PageStart(start=11, sheet=1, printed=None),)},
        {"pages": tuple(PageStart(start=10 + at, sheet=1, printed=None) for at in (0, 18))},
        {"pages": tuple(PageStart(start=10 + at, sheet=1, printed=None) for at in (0, 9, 3))},
        {"notes": (NoteMark(start=17, stop=19, note="8"),)},
    ],
)
def test_a_passage_that_cannot_be_is_refused(make, fields):
    source = fields.get("source", "The wells ran dry.")
    with pytest.raises(ValueError, match=r"passage|source|numbered|pages"):
        passage(make(), **{**fields, "source": source})


def test_the_text_leaves_the_markers_out(make):
    marked = passage(make(), "The wells ran dry.12", hidden=(Span(start=18, stop=20),))
    assert marked.text == "The wells ran dry."
    assert marked.source == "The wells ran dry.12"


@given(st.text(min_size=1), st.integers(0, 9), st.data())
def test_a_stretch_of_the_text_is_found_in_the_report(make, source, start, data):
    edges = sorted(data.draw(st.sets(st.integers(0, len(source)), max_size=8)))
    hidden = tuple(Span(start=a, stop=b) for a, b in zip(edges[::2], edges[1::2], strict=False))
    assume(without(source, hidden).strip())
    stop = start + len(source)
    one = passage(make(), source, start=start, stop=stop, hidden=hidden)
    first = data.draw(st.integers(0, len(one.text) - 1))
    last = data.draw(st.integers(first, len(one.text) - 1))
    found = one.in_report(Span(start=first, stop=last + 1))
    gone = {index for span in hidden for index in range(span.start, span.stop)}
    shown = [index for index in range(len(source)) if index not in gone]
    assert (found.start, found.stop) == (start + shown[first], start + shown[last] + 1)


def test_what_is_hidden_counts_inside_a_stretch_and_not_at_its_edges(make):
    marks = tuple(Span(start=start, stop=start + 3) for start in (0, 9, 25))
    one = passage(make(), "[1]Wells [2]ran dry. Rain[3] fell.", hidden=marks)
    assert one.in_report(Span(start=0, stop=14)) == Span(start=13, stop=30)
    assert one.in_report(Span(start=15, stop=19)) == Span(start=31, stop=35)
    with pytest.raises(ValueError, match="nothing at"):
        one.in_report(Span(start=0, stop=99))


def test_offsets_are_those_of_the_text_that_the_library_stores(library, putting, invented_report):
    report = putting(library, invented_report)
    with contextlib.closing(sqlite3.connect(library.folder / "library.sqlite")) as database:
        ((stored,),) = database.execute("SELECT text FROM texts")
    passages = library.all_passages(report.id)
    assert any(one.hidden for one in passages)
    for one in passages:
        for sentence in sentences(one.text):
            found = one.in_report(sentence)
            inside = tuple(
                span.moved(one.start - found.start)
                for span in one.hidden
                if found.start - one.start < span.start < found.stop - one.start
            )
            quoted = Quoted(text=one.text, span=sentence)
            assert without(stored[found.start : found.stop], inside) == quoted.quotation


def test_title_and_headings_are_searched_with_the_text(make):
    assert passage(make()).searched == "Norland – Right to water\nThe wells ran dry."
    assert passage(make(), section=()).searched == "Norland\nThe wells ran dry."


def test_the_id_is_made_of_the_report_and_the_text_alone(make):
    one = passage(make())
    press = PressItem(date=datetime.date(2021, 5, 1), kind="Report", title="Wells")
    moved = dataclasses.replace(one, section=("Elsewhere",), number=9, start=0, stop=18)
    assert one.id == moved.id == dataclasses.replace(one, press=press).id
    assert len(one.id) == 16
    assert set(one.id) <= set("0123456789abcdef")


def test_the_id_does_not_change_between_releases(make):
    assert passage(make()).id == "55ed84d146de715b"


def test_the_id_changes_with_the_report_the_text_and_the_occurrence(make):
    one = passage(make())
    others = [
        passage(make(id="another")),
        passage(make(), "The wells ran dry!"),
        passage(make(), occurrence=2),
    ]
    assert len({one.id, *(other.id for other in others)}) == 4


def test_the_id_is_that_of_the_words_whatever_the_markers(make):
    marked = passage(make(), "The wells ran dry.12", hidden=(Span(start=18, stop=20),))
    assert marked.id == passage(make()).id
