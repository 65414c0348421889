"""Dates, periods and reports."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import BadMetadata
from corpus.report import Kind, Period, parse_date, spell_date


@given(st.dates())
def test_a_date_is_read_as_it_is_written(date):
    assert parse_date(f" {date.isoformat()} ", "published") == date


@pytest.mark.parametrize("text", ["", "29 March 2022", "2022-02-30", "2022/03/29", "soon"])
def test_a_date_that_is_none_is_refused_with_its_field(text):
    with pytest.raises(BadMetadata, match=r"^published .* is not a date; write it as"):
        parse_date(text, "published")


def test_a_date_is_spelled_the_same_everywhere():
    assert spell_date(datetime.date(2022, 3, 9)) == "9 March 2022"


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", "2021-01-01", "2021-12-31"),
        (" 2021 ", "2021-01-01", "2021-12-31"),
        ("2021/22", "2021-01-01", "2022-12-31"),
        ("1999/00", "1999-01-01", "2000-12-31"),
        ("2021-2023", "2021-01-01", "2023-12-31"),
        ("2021–2023", "2021-01-01", "2023-12-31"),
        ("2021/2023", "2021-01-01", "2023-12-31"),
        ("2021-02", "2021-02-01", "2021-02-28"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2021-07/2022-06", "2021-07-01", "2022-06-30"),
        ("2021-07-15/2022-06", "2021-07-15", "2022-06-30"),
        ("2021-07-15", "2021-07-15", "2021-07-15"),
    ],
)
def test_a_period_is_read(text, first, last):
    assert Period.parse(text) == Period(first=day(first), last=day(last))


@pytest.mark.parametrize(
    "text", ["", "last year", "2021-13", "2021-02-30", "21", "2021/2022/2023", "0000", "2021-7"]
)
def test_a_period_that_is_none_is_refused(text):
    with pytest.raises(BadMetadata, match="is not understood; write a year"):
        Period.parse(text)


@pytest.mark.parametrize("text", ["2022-2021", "2021-07-02/2021-07-01"])
def test_a_period_does_not_end_before_it_begins(text):
    with pytest.raises(BadMetadata, match="ends before it begins"):
        Period.parse(text)


@given(st.dates(), st.dates())
def test_a_period_survives_being_written(one, other):
    period = Period(first=min(one, other), last=max(one, other))
    assert Period.parse(str(period)) == period


@given(st.integers(1, 9999), st.integers(1, 9999), st.integers(1, 12), st.integers(1, 12))
def test_a_period_of_whole_years_and_months_survives_too(a, b, month, other):
    for text in (f"{a:04}", f"{min(a, b):04}-{max(a, b):04}", f"{a:04}-{month:02}"):
        assert str(Period.parse(str(Period.parse(text)))) == str(Period.parse(text))
    first, last = min((a, month), (b, other)), max((a, month), (b, other))
    period = Period.parse(f"{first[0]:04}-{first[1]:02}/{last[0]:04}-{last[1]:02}")
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("2021/22", "2021-2022"),
        ("2021-01/2021-12", "2021"),
        ("2021-03-01/2021-03-31", "2021-03"),
        ("2021-07/2022-06", "2021-07/2022-06"),
        ("2021-07-02/2021-07-02", "2021-07-02"),
    ],
)
def test_a_period_is_written_as_short_as_can_be(text, short):
    assert str(Period.parse(text)) == short


def test_a_period_touches_its_calendar_years():
    assert list(Period.parse("2020-12/2022-01").years) == [2020, 2021, 2022]


@pytest.mark.parametrize("bad", ["", "Norland", "nor land", "-norland", "nor--land", "nor/land"])
def test_the_id_of_a_report_is_a_slug(make, bad):
    with pytest.raises(BadMetadata, match="is not a slug"):
        make(id=bad)


def test_a_report_has_a_title_and_a_sum(make):
    with pytest.raises(BadMetadata, match="no title; give one"):
        make(title="  ")
    with pytest.raises(ValueError, match="64 hexadecimal digits"):
        make(sha256="12")


def test_a_report_cannot_be_changed(make):
    with pytest.raises(AttributeError):
        make().title = "Another"


def test_a_digest_digests_the_report_of_the_same_publisher_country_and_period(make):
    period = Period.parse("2021")
    whole = make(period=period)
    digest = make(id="digest", period=period, kind=Kind.DIGEST, publisher="watch house")
    assert digest.digests(whole)
    assert not whole.digests(digest)
    assert not digest.digests(digest)
    for other in (
        make(period=Period.parse("2020")),
        make(period=period, country="Sudland"),
        make(period=period, publisher="Another"),
    ):
        assert not digest.digests(other)


def test_without_a_publisher_nothing_is_known_to_be_digested(make):
    digest = make(id="digest", publisher=None, kind=Kind.DIGEST)
    assert not digest.digests(make(publisher=None))
