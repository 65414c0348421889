"""Numbers: one, however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.english.figures import figures, in_digits, in_thousands


@pytest.mark.parametrize(
    "written", ["12400", "12,400", "12 400", "12\u00a0400", "12\u202f400", "12.4 thousand"]
)
def test_a_number_is_one_however_it_is_written(written):
    assert list(figures(written)) == ["12400"]
    assert in_digits(f"Some {written} people fled.") == "Some 12400 people fled."


@given(st.integers(1_000, 10**9))
def test_groups_of_thousands_are_read_back(number):
    grouped = f"{number:,}"
    assert in_digits(grouped) == str(number)
    assert in_digits(grouped.replace(",", " ")) == str(number)
    assert in_thousands(grouped.replace(",", " ")) == grouped


@pytest.mark.parametrize(
    "text",
    ["in 2021 300 people", "Article 19, 200 people", "4.2 per cent", "Covid-19", "5 000x", "1,2,3"],
)
def test_what_is_no_grouped_number_stays(text):
    assert in_digits(text) == text
    assert in_thousands(text) == text


def test_a_question_has_its_long_numbers_as_reports_write_them():
    assert in_thousands("Did 12400 or 4 000 flee in 2021?") == "Did 12,400 or 4,000 flee in 2021?"


@pytest.mark.parametrize(
    "text", ["\u0661\u0662\u0663\u0664\u0665 people", "7" * 5_000, "1 000" * 900]
)
def test_what_is_no_number_of_a_report_stays_as_it_is_written(text):
    assert (in_thousands(text), in_digits(text)) == (text, text)
