"""Lists of publications in plain text and in Markdown: what is an item, and where it ends."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.document import BlockKind, dated_heading, dated_line
from corpus.readers.markdown import read_markdown
from corpus.readers.text import read_text
from corpus.report import MONTHS

KINDS = ("Report", "Press Release", "News", "Q&A", "Open letter")
PLAIN = """\
Norland

It was dry.

Newsroom

May 23, 2021 • Report

Dry wells

A team walked the valley.

It measured 60 wells.

June 8, 2019 • Press Release

Free the marchers

Twelve people were held.

Further reading

A list of books.
"""


def items(document):
    return [
        (str(block.press.date), block.press.kind, block.press.title)
        for block in document.blocks
        if block.press
    ]


def test_an_item_runs_to_the_next_and_the_last_to_the_next_heading():
    document = read_text(PLAIN)
    bodies = [PLAIN[block.start : block.stop] for block in document.blocks if block.press]
    assert bodies[0].endswith("It measured 60 wells.")
    assert bodies[1].endswith("Twelve people were held.")
    assert [PLAIN[b.start : b.stop] for b in document.blocks if b.kind is BlockKind.HEADING] == [
        "Newsroom",
        "Further reading",
    ]


def test_an_item_without_a_body_is_its_title():
    text = (
        "Norland\n\nIt was dry.\n\nMay 23, 2021 • Report\n\nDry wells\n\nMay 2, 2021 • News\n\nRain"
    )
    assert items(read_text(text)) == [
        ("2021-05-23", "Report", "Dry wells"),
        ("2021-05-02", "News", "Rain"),
    ]


def test_the_title_of_an_item_opens_no_group_of_sections():
    text = (
        "Norland\n\nIt was dry.\n\nMay 23, 2021 • Report\n\nDry wells\n\nFurther reading\n\n"
        "A list of books.\n\nAnnex\n\nA map.\n"
    )
    levels = [b.level for b in read_text(text).blocks if b.kind is BlockKind.HEADING]
    assert levels == [1, 1]


def test_a_dated_line_at_the_end_of_a_file_has_nothing_to_be_the_title_of():
    assert items(read_text("Norland\n\nIt was dry.\n\nMay 23, 2021 • Report")) == []


@pytest.mark.parametrize(
    "line",
    [
        "May 23, 2021 • Report",
        "May 23, 2021 | Report",
        "May 23, 2021 — Report",
        "23 May 2021 · Report",
        "2021-05-23 – Report",
        "  May 23, 2021 •   Report ",
    ],
)
def test_a_date_is_read_in_every_form_that_sites_write(line):
    assert dated_line(line) == (datetime.date(2021, 5, 23), "Report")


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)), st.sampled_from(KINDS))
def test_every_day_of_the_calendar_is_read_in_long_and_in_short(date, kind):
    month = MONTHS[date.month - 1]
    for written in (
        f"{month} {date.day}, {date.year}",
        f"{month[:3]}. {date.day}, {date.year}",
        f"{date.day} {month} {date.year}",
        str(date),
    ):
        assert dated_line(f"{written} • {kind}") == (date, kind)


@pytest.mark.parametrize(
    "line",
    [
        "February 30, 2021 • Report",
        "2021-13-01 • Report",
        "Maytember 3, 2021 • Report",
        "May 23, 2021",
        "On May 23, 2021 • Report",
        f"May 23, 2021 • {'long ' * 9}",
        "May 23, 2021 • Report\nDry wells",
    ],
)
def test_what_is_no_date_with_a_kind_opens_no_item(line):
    assert dated_line(line) is None


def test_a_heading_of_markdown_states_date_kind_and_title():
    found = dated_heading("2021-05-23 · Report · Dry wells · the whole story")
    assert (found.kind, found.title) == ("Report", "Dry wells · the whole story")
    assert dated_heading("2021-05-23 · Report") is None


def test_plain_text_and_markdown_make_the_same_items():
    markdown = (
        "# Norland\n\nIt was dry.\n\n## Newsroom\n\n### 2021-05-23 · Report · Dry wells\n\n"
        "A team walked the valley.\n\nIt measured 60 wells.\n\n"
        "### 2019-06-08 · Press Release · Free the marchers\n\nTwelve people were held.\n\n"
        "## Further reading\n\nA list of books.\n"
    )
    assert items(read_markdown(markdown, "n.md")) == items(read_text(PLAIN))
