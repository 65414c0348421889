"""Every form in which a year, a range, a bound or a number is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.names.years import numbers, times, years

MONTHS = (
    "January February March April May June July August September October November December "
    "Jan. Feb. Mar. Apr. Aug. Sept. Oct. Nov. Dec. Jan Sep Dec"
)
DECADES = st.integers(190, 209).map(lambda number: number * 10)
BOUNDS = "since, after, before, until, till, by, prior to, later than, earlier than, ever since"
NUMBERED = (
    "resolution resolutions res no nos number article art section para paragraph page p. pp. room "
    "flight form chapter line case law act decree order bill rule regulation directive decision "
    "item id passage clause footnote note annex appendix figure table file docket ticket ref "
    "reference version model route highway"
)
COUNTED = (
    "people persons men women children calories kg km tons dollars won prisoners detainees "
    "soldiers workers refugees defectors doses homes families deaths cases times troops hours "
    "days words civilians migrants students victims pages copies votes villages"
)


@pytest.mark.parametrize("month", MONTHS.split())
def test_a_month_goes_with_its_year(month):
    text = f"It rained on 7 {month} 2013 again."
    (time,) = times(text)
    assert text[time.span.start : time.span.stop] == f"7 {month} 2013"
    assert text[time.figures.start : time.figures.stop] == "2013"
    assert (time.years, time.is_plain) == ((2013,), True)


@pytest.mark.parametrize("bound", BOUNDS.split(", "))
@pytest.mark.parametrize("date", ["2013", "May 2013", "7 May 2013", "the end of 2013", "mid-2013"])
def test_a_bound_is_open_whatever_date_it_has(bound, date):
    text = f"Who fled {bound} {date}?"
    (time,) = times(text)
    assert text[time.span.start : time.span.stop] == f"{bound} {date}"
    assert (time.years, time.is_plain) == ((), False)


@pytest.mark.parametrize("word", NUMBERED.split())
def test_what_is_numbered_is_no_year(word):
    assert years(f"Under {word} 2004 it rained.") == ()
    assert years(f"Under {word.capitalize()} 2004 it rained.") == ()
    (number,) = numbers(f"Under {word} 2004 it rained.")
    assert number.start == len("Under ")


@pytest.mark.parametrize("counted", COUNTED.split())
def test_what_is_counted_is_no_year_but_in_a_year_it_is(counted):
    assert years(f"There were 2004 {counted} there.") == ()
    assert years(f"In 2004 {counted} were there.") == (2004,)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        # Ranges.
        ("2013-2015", (2013, 2014, 2015)),
        ("2013 – 2015", (2013, 2014, 2015)),
        ("2013/14", (2013, 2014)),
        ("2013–15", (2013, 2014, 2015)),
        ("1999–2001", (1999, 2000, 2001)),
        ("from 2013 until May 2015", (2013, 2014, 2015)),
        ("2013 through 2015", (2013, 2014, 2015)),
        ("between 2013 and 2015", (2013, 2014, 2015)),
        # Not between: two years.
        ("in 2013 and 2015", (2013, 2015)),
        ("2013 or 2015", (2013, 2015)),
        ("2013, 2014 and 2015", (2013, 2014, 2015)),
        # A month, not a range.
        ("2013-07", (2013,)),
        ("2013-12-31", (2013,)),
        # Backwards is no range.
        ("2015 to 2013", (2015, 2013)),
        ("2015/14", (2015,)),
        # Decades.
        ("the 1990s", tuple(range(1990, 2000))),
        ("the 1990's famine", tuple(range(1990, 2000))),
        ("in the 2010s", tuple(range(2010, 2020))),
        ("1995s", ()),
        # The ends of what counts as a year.
        ("1899, 1900, 2099, 2100", (1900, 2099)),
        # A resolution's year, not its number.
        ("Resolution 1973 (2011)", (2011,)),
        ("Law No. 2003 of 2005", (2005,)),
        # In order, each once.
        ("2013, 2011, 2013", (2013, 2011)),
        ("", ()),
    ],
)
def test_the_years_that_are_named(text, named):
    assert years(text) == named


@pytest.mark.parametrize(
    "text",
    [
        "€2000",
        "£ 2000",
        "Rs. 2000",
        "EUR 2000",
        "#2000",
        "nearly 2000",
        "at least 2000",
        "up to 2000",
        "an estimated 2000",
        "approx. 2000",
        "2000 per cent",
        "2000%",
        "2000 metres",
        "2000 kilometers",
        "x2000",
        "2000x",
        "1.2000",
        "1,2000",
        "2000,5",
        "2000.5",
    ],
)
def test_an_amount_is_no_year(text):
    assert years(text) == ()


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("resolutions 1973 and 2009", ["resolutions 1973", "resolutions 1973 and 2009"]),
        ("over 2000 and in 2013", ["over 2000"]),
        ("in 2013", []),
        ("since 2013", []),
        ("2000 people and 1999 cats", ["2000 people"]),
    ],
)
def test_numbers_that_are_no_years_keep_the_words_that_say_so(text, spans):
    assert [text[span.start : span.stop] for span in numbers(text)] == spans


@given(st.integers(1900, 2099))
def test_every_year_of_two_centuries_is_one(year):
    assert years(f"What happened in {year}?") == (year,)
    assert years(f"{year}?") == (year,)


@given(st.integers(1900, 2090), st.integers(1, 9))
def test_a_range_names_every_year_in_it(first, more):
    for mark in ("-", "–", "/", " to ", " until "):
        assert years(f"in {first}{mark}{first + more}") == tuple(range(first, first + more + 1))
    assert years(f"between {first} and {first + more}") == tuple(range(first, first + more + 1))


@given(DECADES)
def test_a_decade_names_its_ten_years(decade):
    assert years(f"in the {decade}s") == tuple(range(decade, decade + 10))


@given(st.integers(1900, 2099), st.integers(1900, 2099))
def test_no_figure_is_both_a_time_and_a_number(first, second):
    for text in (
        f"In {first} there were {second} people.",
        f"Law {first} of {second}",
        f"since {first}, over {second}",
    ):
        figures = [time.figures for time in times(text)]
        counted = numbers(text)
        assert len(figures) + len(counted) == 2
        assert not any(
            figure.start < number.stop and number.start < figure.stop
            for figure in figures
            for number in counted
        )
