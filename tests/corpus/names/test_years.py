"""Years that a text names, bounds, and numbers that are no years."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.names.years import numbers, times, years

YEARS = st.integers(1900, 2099)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("executions in 2013", (2013,)),
        ("What about 2013?", (2013,)),
        ("the year 2021/22", (2021, 2022)),
        ("2019-2021 and 2014/2015", (2019, 2020, 2021, 2014, 2015)),
        ("between 2010 and 2013", (2010, 2011, 2012, 2013)),
        ("between May 2010 and 7 June 2013", (2010, 2011, 2012, 2013)),
        ("2013 and 2019", (2013, 2019)),
        ("from 2016 to 2018", (2016, 2017, 2018)),
        ("the famine of the 1990s", tuple(range(1990, 2000))),
        ("on 2021-12-07, 7 December 2021", (2021,)),
        ("the 2021 report", (2021,)),
        ("the 1951 Convention", (1951,)),
        ("in 2021 people starved", (2021,)),
        ("Iran,2019.", (2019,)),
        ("resolution 1973 of 2011", (2011,)),
    ],
)
def test_a_year_is_named(text: str, named: tuple[int, ...]) -> None:
    assert years(text) == named


@pytest.mark.parametrize(
    "text",
    [
        "2,021 people",
        "2021 people fled",
        "Resolution 1973",
        "resolutions 1973 and 2009",
        "S/RES/1973",
        "Article 2010",
        "Law 2004",
        "decree no. 1998",
        "item 2001",
        "id 2001",
        "passage: 2003",
        "2000 calories a day",
        "more than 2000 soldiers",
        "over 2000",
        "2000+",
        "2000 %",
        "2000 North Korean soldiers",
        "$2000",
        "USD 2000",
        "20210 or 1899 or 12021",
        "2.2021 metres",
        "2021-4455",
    ],
)
def test_a_number_that_is_no_year_names_none(text: str) -> None:
    assert years(text) == ()


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("What has changed since 2015?", "since 2015"),
        ("before 2013", "before 2013"),
        ("since the end of 2013", "since the end of 2013"),
        ("Who has fled since May 2003?", "since May 2003"),
        ("until 7 June 2013", "until 7 June 2013"),
        ("by 2013", "by 2013"),
        ("prior to the 1990s", "prior to the 1990s"),
        ("post-2015", "post-2015"),
        ("from 2015 onwards", "from 2015 onwards"),
        ("from 2015 on?", "from 2015 on"),
        ("2015 and later", "2015 and later"),
        ("since 2003 people have fled", "since 2003"),
    ],
)
def test_a_bound_names_no_year_and_keeps_its_words(text: str, span: str) -> None:
    (time,) = times(text)
    assert text[time.span.start : time.span.stop] == span
    assert (time.years, time.is_plain) == ((), False)


def test_from_2015_on_the_border_is_no_bound() -> None:
    assert years("from 2015 on the border") == (2015,)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Were more than 2000 held?", "more than 2000"),
        ("over 2000 soldiers left", "over 2000 soldiers"),
        ("resolution No. 1973", "No. 1973"),
        ("paid $2000", "$2000"),
    ],
)
def test_a_number_keeps_the_words_that_make_it_one(text: str, span: str) -> None:
    assert [text[number.start : number.stop] for number in numbers(text)] == [span]


PIECES = st.sampled_from(
    [
        "since ",
        "in ",
        "between ",
        " and ",
        "2003",
        "2015",
        "-",
        "from ",
        " to ",
        "No. ",
        "May ",
        "1990s",
        " people",
        ", ",
        "over ",
        "$",
        " onwards",
        "/",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_times_lie_in_order_around_their_figures(text: str) -> None:
    found = times(text)
    assert all(before.span.stop <= after.span.start for before, after in pairwise(found))
    for time in found:
        assert 0 <= time.span.start <= time.figures.start < time.figures.stop <= time.span.stop
        assert time.span.stop <= len(text)
        assert list(time.years) == sorted(set(time.years))
    assert all(1900 <= year <= 2099 for year in years(text))


@given(YEARS, st.sampled_from(["since", "before", "after", "until", "till", "by", "prior to"]))
def test_a_bounded_year_is_never_a_named_one(year: int, bound: str) -> None:
    for text in (f"{bound} {year}", f"Who fled {bound} May {year}?", f"{bound.upper()} {year}"):
        assert years(text) == ()
        assert len(times(text)) == 1


@given(YEARS, YEARS)
def test_a_range_names_all_its_years(first: int, last: int) -> None:
    named = tuple(range(first, last + 1)) or (first, last)
    assert set(years(f"between {first} and {last}")) == set(named)


@given(YEARS, st.sampled_from(["resolution", "article", "law", "item", "no.", "over", "$", "page"]))
def test_a_numbered_or_counted_thing_is_no_time(number: int, said: str) -> None:
    assert times(f"What of {said} {number}?") == []
