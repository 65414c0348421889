"""Reports and passages survive the library's rows."""

import datetime
import sqlite3

from hypothesis import given
from hypothesis import strategies as st

from corpus.passage import NoteMark, PageStart, Passage, PressItem, Span
from corpus.report import Kind, Period, Report
from corpus.storage.rows import (
    PASSAGE_COLUMNS,
    REPORT_COLUMNS,
    passage_from_row,
    passage_to_row,
    report_from_row,
    report_to_row,
    vector_key,
)

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
STATED = st.none() | WORDS
DATES = st.dates()


@st.composite
def periods(draw):
    one, other = draw(DATES), draw(DATES)
    return Period(first=min(one, other), last=max(one, other))


REPORTS = st.builds(
    Report,
    id=st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,5}){0,2}", fullmatch=True),
    title=WORDS.filter(str.strip),
    publisher=STATED,
    country=STATED,
    period=st.none() | periods(),
    published=st.none() | DATES,
    accessed=DATES,
    url=STATED,
    language=STATED,
    licence=STATED,
    kind=st.sampled_from(Kind),
    sha256=st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
)


def through_sqlite(columns, values):
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    try:
        connection.execute(f"CREATE TABLE t ({', '.join(columns)})")
        connection.execute(f"INSERT INTO t VALUES ({', '.join('?' * len(columns))})", values)
        return connection.execute("SELECT * FROM t").fetchone()
    finally:
        connection.close()


@given(REPORTS)
def test_a_report_survives(report):
    values = report_to_row(report)
    row = through_sqlite(REPORT_COLUMNS, [values[name] for name in REPORT_COLUMNS])
    assert report_from_row(row) == report


@given(
    REPORTS,
    st.lists(WORDS, max_size=3),
    WORDS.filter(str.strip),
    st.none() | st.builds(PressItem, date=DATES, kind=WORDS, title=WORDS),
    st.integers(1, 99),
)
def test_a_passage_survives(report, section, words, press, number):
    passage = Passage(
        report=report,
        section=tuple(section),
        number=number,
        start=number,
        stop=number + len(words) + 1,
        source=words + "7",
        hidden=(Span(start=len(words), stop=len(words) + 1),) if number % 2 else (),
        press=press,
        occurrence=number,
        pages=(
            PageStart(start=number, sheet=number, printed=None),
            PageStart(start=number + 1, sheet=number + 1, printed=words),
        )
        if number % 2
        else (),
        printed_number=words if number % 3 else None,
        label=None if number % 3 else words,
        notes=(NoteMark(start=0, stop=1, note=words, at=number, words=words),)
        if number % 2
        else (),
    )
    row = through_sqlite(PASSAGE_COLUMNS, passage_to_row(passage, 1))
    assert passage_from_row(row, report) == passage


def test_equal_texts_share_one_encoding_and_others_do_not():
    assert vector_key("Wells") == vector_key("Wells") != vector_key("wells")
    assert len(vector_key("")) == 32


def test_a_day_is_written_so_that_it_sorts(make):
    assert report_to_row(make())["published"] == str(datetime.date(2022, 3, 29)) == "2022-03-29"
