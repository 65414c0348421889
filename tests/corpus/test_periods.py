"""Periods at their edges: leap days, turns of a century, and which years they touch."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import BadMetadata
from corpus.report import Period, parse_date, spell_date

DAYS = st.dates(datetime.date(1000, 1, 1), datetime.date(9999, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("1999/00", "1999-01-01", "2000-12-31"),
        ("2099/00", "2099-01-01", "2100-12-31"),
        ("2021/21", "2021-01-01", "2021-12-31"),
        ("2021–2023", "2021-01-01", "2023-12-31"),
        ("2021 - 2023", "2021-01-01", "2023-12-31"),
        ("2021/2023", "2021-01-01", "2023-12-31"),
        ("2021-07/2022-06", "2021-07-01", "2022-06-30"),
        ("2021-12-31/2022", "2021-12-31", "2022-12-31"),
        ("2021-03-05", "2021-03-05", "2021-03-05"),
        ("  2021  ", "2021-01-01", "2021-12-31"),
    ],
)
def test_a_period_runs_from_its_first_day_to_its_last(text, first, last):
    period = Period.parse(text)
    assert (str(period.first), str(period.last)) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "21",
        "2021-13",
        "2021-00",
        "2021-02-30",
        "20211",
        "2021/2/3",
        "spring 2021",
        "2021-",
        "x/y",
    ],
)
def test_what_is_no_period_is_refused_with_the_forms_that_are(text):
    with pytest.raises(BadMetadata, match=r"not understood.*2021-2023"):
        Period.parse(text)


@pytest.mark.parametrize("text", ["2022-2021", "2021-06/2021-05", "2021-03-02/2021-03-01"])
def test_a_period_that_ends_before_it_begins_says_so(text):
    with pytest.raises(BadMetadata, match="ends before it begins"):
        Period.parse(text)


@given(DAYS, DAYS)
def test_the_years_of_a_period_are_those_of_its_days(one, other):
    period = Period(first=min(one, other), last=max(one, other))
    assert one.year in period.years
    assert other.year in period.years
    assert len(period.years) == abs(one.year - other.year) + 1


@given(DAYS, DAYS)
def test_a_period_is_written_no_longer_than_its_two_days(one, other):
    period = Period(first=min(one, other), last=max(one, other))
    assert len(str(period)) <= len(f"{period.first}/{period.last}")
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    ("date", "spelled"),
    [
        (datetime.date(2021, 1, 1), "1 January 2021"),
        (datetime.date(2024, 2, 29), "29 February 2024"),
        (datetime.date(987, 12, 31), "31 December 987"),
    ],
)
def test_a_date_is_spelled_without_a_zero_before_it(date, spelled):
    assert spell_date(date) == spelled


@pytest.mark.parametrize("text", ["2021-02-29", "29 March 2022", "2022-3-29", "", "yesterday"])
def test_a_day_that_is_none_is_refused_in_the_name_of_its_field(text):
    with pytest.raises(BadMetadata, match=r"^accessed .* is not a date"):
        parse_date(text, "accessed")
