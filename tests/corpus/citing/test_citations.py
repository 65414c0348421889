"""Citations in words."""

import dataclasses
import datetime

import pytest

from corpus.citing.citations import cite, not_stated, page, pinpoint
from corpus.passage import PageStart, Passage, PressItem, Span
from corpus.report import Kind, Period

PRESS = PressItem(date=datetime.date(2021, 5, 23), kind="Report", title="Dry wells")


@pytest.fixture
def passage(make):
    source = "The wells ran dry."
    return Passage(
        report=make(title="State of Rights", period=Period.parse("2021")),
        section=("Economic rights", "Water"),
        number=3,
        pages=(PageStart(start=0, sheet=14, printed="12"),),
        start=0,
        stop=len(source),
        source=source,
    )


def of(passage, **fields):
    return dataclasses.replace(passage, report=dataclasses.replace(passage.report, **fields))


def test_a_citation_says_all_that_is_known(passage):
    assert cite(passage) == (
        "Watch House, “State of Rights”, Norland, covering 2021, published 29 March 2022, "
        "section “Economic rights – Water”, para. 3 (counted), p. 12, https://example.org/norland, "
        f"accessed 31 January 2026, passage {passage.id}"
    )


def test_a_body_apart_from_its_publisher_a_number_and_a_capture_are_cited(passage):
    known = of(
        passage,
        author="Inquiry into Water",
        number="A/HRC/46/1",
        archived="https://archive.example/2022/norland",
        captured=datetime.date(2022, 5, 2),
    )
    assert cite(known) == (
        "Inquiry into Water, “State of Rights”, A/HRC/46/1, Norland, covering 2021, published by "
        "Watch House on 29 March 2022, section “Economic rights – Water”, para. 3 (counted), "
        "p. 12, https://example.org/norland, archived 2 May 2022 at "
        "https://archive.example/2022/norland, accessed 31 January 2026, "
        f"passage {passage.id}"
    )


def test_what_is_missing_is_left_out_and_said_apart(passage):
    bare = of(passage, publisher=None, country=None, period=None, published=None, url=None)
    bare = dataclasses.replace(bare, pages=(), section=())
    assert cite(bare) == (
        "State of Rights, introduction, para. 3 (counted), accessed 31 January 2026, "
        f"passage {passage.id}"
    )
    assert not_stated(bare) == (
        "publisher",
        "country",
        "period covered",
        "publication date",
        "web address",
    )


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("publisher", "publisher"),
        ("country", "country"),
        ("period", "period covered"),
        ("published", "publication date"),
        ("url", "web address"),
    ],
)
def test_each_thing_that_is_missing_is_named(passage, field, name):
    assert not_stated(of(passage, **{field: None})) == (name,)
    assert not_stated(passage) == ()


def test_a_country_that_the_title_names_is_not_said_twice(passage):
    assert cite(of(passage, title="Norland 2021")).count("Norland") == 1


def test_a_digest_is_never_cited_as_its_publisher(passage):
    assert "digest of Watch House" in cite(of(passage, kind=Kind.DIGEST))
    assert "digest" not in cite(passage)


def test_a_press_item_is_cited_with_its_date_and_kind(passage):
    item = dataclasses.replace(passage, press=PRESS, pages=())
    assert pinpoint(item) == ("section “Economic rights – Water”, item 3 (Report, 23 May 2021)")


def test_a_press_item_is_not_of_the_time_that_its_report_covers(passage):
    item = dataclasses.replace(passage, press=PRESS, pages=())
    assert cite(item) == (
        "Watch House, “State of Rights”, Norland, section “Economic rights – Water”, "
        "item 3 (Report, 23 May 2021), https://example.org/norland, accessed 31 January 2026, "
        f"passage {item.id}"
    )
    bare = of(item, period=None, published=None)
    assert cite(bare) == cite(item)
    assert str(item.period) == "2021-05-23"
    assert item.published == PRESS.date
    assert (passage.period, passage.published) == (
        passage.report.period,
        passage.report.published,
    )


def test_a_pinpoint_is_section_paragraph_and_page(passage):
    assert pinpoint(passage) == "section “Economic rights – Water”, para. 3 (counted), p. 12"
    bare = dataclasses.replace(passage, section=(), pages=())
    assert pinpoint(bare) == "introduction, para. 3 (counted)"


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        (["9"], "p. 9"),
        (["xii", "xiii"], "pp. xii–xiii"),
        (["47699", "47700", "47701"], "pp. 47699–47701"),
        ([None], "sheet 5 (unnumbered)"),
        ([None, None], "sheets 5–6 (unnumbered)"),
        ([None, "1"], "sheet 5 (unnumbered) to p. 1"),
        ([], None),
    ],
)
def test_pages_are_cited_as_they_are_printed_and_else_by_their_sheet(passage, numbers, said):
    pages = tuple(
        PageStart(start=4 * index, sheet=5 + index, printed=number)
        for index, number in enumerate(numbers)
    )
    assert page(dataclasses.replace(passage, pages=pages)) == said


def test_the_pages_are_those_of_the_words_that_are_quoted(passage):
    pages = tuple(
        PageStart(start=at, sheet=sheet, printed=str(sheet - 2))
        for at, sheet in [(0, 11), (10, 12)]
    )
    over = dataclasses.replace(passage, pages=pages)
    assert over.text[4:9] == "wells"
    assert page(over) == "pp. 9–10"

    def quoting(start, stop):
        return dataclasses.replace(over, quoted=Span(start=start, stop=stop))

    assert page(quoting(4, 9)) == "p. 9"
    assert page(quoting(0, 10)) == "p. 9"
    assert page(quoting(10, 13)) == "p. 10"
    assert "para. 3 (counted), p. 10, https" in cite(quoting(10, 13))
    assert quoting(4, 9) == over


def test_a_page_whose_text_is_doubtful_is_to_be_checked(passage):
    doubtful = tuple(dataclasses.replace(page, doubtful=True) for page in passage.pages)
    cited = cite(dataclasses.replace(passage, pages=doubtful))
    assert "para. 3 (counted), p. 12 (check against the page), https" in cited


def test_numbers_and_names_that_the_report_prints_are_cited_as_its_own(passage):
    printed = dataclasses.replace(passage, printed_number="124.16")
    assert "para. 124.16, p. 12" in cite(printed)
    assert "”, note 8, p. 12" in cite(dataclasses.replace(printed, label="note 8"))
