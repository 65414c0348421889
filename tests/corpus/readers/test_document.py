"""Lines with a date and a kind."""

import datetime

import pytest

from corpus.readers.document import dated_heading, dated_line


@pytest.mark.parametrize(
    ("line", "date", "kind"),
    [
        ("May 23, 2022 • Report", "2022-05-23", "Report"),
        ("Sep. 3, 2022 · Press Release", "2022-09-03", "Press Release"),
        ("3 September 2022 | News", "2022-09-03", "News"),
        ("2022-09-03 – Urgent Action", "2022-09-03", "Urgent Action"),
        ("  December 1, 2013 — Report ", "2013-12-01", "Report"),
    ],
)
def test_a_line_with_a_date_and_a_kind(line, date, kind):
    assert dated_line(line) == (datetime.date.fromisoformat(date), kind)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "May 23, 2022",
        "• Report",
        "February 30, 2022 • Report",
        "2022-13-01 • Report",
        "In May 23, 2022 • Report",
        "May 2022 • Report",
        "May 23, 2022 • " + "long " * 12,
    ],
)
def test_a_line_without_both(line):
    assert dated_line(line) is None


def test_a_heading_with_a_date_a_kind_and_a_title():
    item = dated_heading("2022-05-23 · Report · Dry wells • Tarn valley")
    assert item is not None
    assert (item.date, item.kind) == (datetime.date(2022, 5, 23), "Report")
    assert item.title == "Dry wells • Tarn valley"


@pytest.mark.parametrize("line", ["2022-05-23 · Report", "2022-02-30 · Report · Dry wells", ""])
def test_a_heading_without_all_three(line):
    assert dated_heading(line) is None
