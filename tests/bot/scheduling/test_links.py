"""Links that open a source at the place that is cited."""

from dataclasses import replace
from urllib.parse import unquote

import pytest

from bot.scheduling.links import link_to
from corpus.passage import PageStart, Passage, Span

SOURCE = (
    "In May the wells ran dry,1 and 4,200 households – north & south – had no water for weeks on "
    "end, a well-known engineer said."
)


@pytest.fixture
def passage(make):
    return Passage(
        report=make(url="https://example.org/norland"),
        section=(),
        number=1,
        start=0,
        stop=len(SOURCE),
        source=SOURCE,
        hidden=(Span(start=25, stop=26),),
    )


def of(passage, **fields):
    return replace(passage, report=replace(passage.report, **fields))


def test_a_source_with_pages_opens_at_the_sheet_and_not_at_the_printed_number(passage):
    paged = replace(passage, pages=(PageStart(start=0, sheet=14, printed="12"),))
    assert link_to(paged) == "https://example.org/norland#page=14"


def test_a_page_is_scrolled_to_words_between_which_no_marker_stands(passage):
    address, _, fragment = link_to(passage).partition("#:~:text=")
    assert address == "https://example.org/norland"
    first, last = fragment.split(",")
    assert unquote(first) == "In May the wells ran dry,"
    assert unquote(last) == "on end, a well-known engineer said."
    assert "-" not in fragment
    assert "&" not in fragment


def test_a_fragment_of_the_address_itself_gives_way(passage):
    assert link_to(of(passage, url="https://example.org/norland#top")).count("#") == 1


def test_a_capture_is_opened_where_no_address_is_stated_and_nothing_where_neither_is(passage):
    archived = of(passage, url=None, archived="https://archive.example/norland")
    assert link_to(archived).startswith("https://archive.example/norland#:~:text=")
    assert link_to(of(passage, url=None)) is None


def test_a_pdf_whose_pages_are_not_known_opens_at_its_beginning(passage):
    assert link_to(of(passage, url="https://example.org/a.PDF")) == "https://example.org/a.PDF"
