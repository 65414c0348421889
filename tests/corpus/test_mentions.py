"""Countries and years that a question names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.mentions import Mentions, mentions


@pytest.mark.parametrize(
    ("question", "countries"),
    [
        ("Is torture common in iran?", ("Iran",)),
        ("What do North Koreans eat?", ("North Korea",)),
        ("the democratic peoples republic of korea and its army", ("North Korea",)),
        ("Prisons in the D.P.R.K.", ("North Korea",)),
        ("South Korea's dramas", ("South Korea",)),
        ("Republic of Korea", ("South Korea",)),
        (
            "Guinea-Bissau, Equatorial Guinea and Guinea",
            ("Guinea-Bissau", "Equatorial Guinea", "Guinea"),
        ),
        ("Democratic Republic of the Congo", ("Democratic Republic of the Congo",)),
        ("Republic of the Congo", ("Republic of the Congo",)),
        ("Sudan or South Sudan", ("Sudan", "South Sudan")),
        ("Cote d’Ivoire and türkiye", ("Côte d'Ivoire", "Turkey")),
        ("iran, then Iran, then Iranians", ("Iran",)),
        ("sanctions by the us", ("United States",)),
        ("US sanctions, U.S. citizens", ("United States",)),
        ("torture in turkey, chad or jordan", ("Turkey", "Chad", "Jordan")),
        ("Is Jordan safe?", ("Jordan",)),
        ("china's border", ("China",)),
        (
            "Hong Kong, Taiwan, Kosovo, Western Sahara",
            ("Hong Kong", "Taiwan", "Kosovo", "Western Sahara"),
        ),
    ],
)
def test_a_country_is_known_by_its_names(question: str, countries: tuple[str, ...]) -> None:
    assert mentions(question).countries == countries


@pytest.mark.parametrize(
    "question",
    [
        "Tell us about the camps",
        "Do prisoners get turkey to eat?",
        "Are plates made of fine china?",
        "Who is Michael Jordan?",
        "What did Chad Smith write?",
        "Is the report there in Polish?",
        "They polish the floor",
        "How do I get there by car?",
        "Are guinea pigs kept?",
        "Human rights in Korea",
        "What happened in Congo?",
        "New Mexico",
        "Who is the director of Amnesty International USA?",
        "Romanised names; peruse the list; a germane remark",
    ],
)
def test_what_only_looks_like_a_country_is_none(question: str) -> None:
    assert mentions(question).countries == ()


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("executions in 2013", (2013,)),
        ("the year 2021/22", (2021, 2022)),
        ("2019-2021 and 2014/2015", (2019, 2020, 2021, 2014, 2015)),
        ("between 2010 and 2013", (2010, 2011, 2012, 2013)),
        ("2013 and 2019", (2013, 2019)),
        ("from 2016 to 2018", (2016, 2017, 2018)),
        ("the famine of the 1990s", tuple(range(1990, 2000))),
        ("on 2021-12-07, 7 December 2021", (2021,)),
        ("the 2021 report", (2021,)),
        ("in 2021 people starved", (2021,)),
        ("Iran,2019.", (2019,)),
    ],
)
def test_years(question: str, years: tuple[int, ...]) -> None:
    assert mentions(question).years == years


@pytest.mark.parametrize(
    "question",
    [
        "2,021 people",
        "2021 people fled",
        "Resolution 1973",
        "S/RES/1973",
        "Article 2010",
        "2000 calories a day",
        "more than 2000 soldiers",
        "2000 North Korean soldiers",
        "$2000",
        "What has changed since 2015?",
        "before 2013",
        "20210 or 1899 or 12021",
        "2.2021 metres",
    ],
)
def test_a_number_that_is_no_year_and_a_bound_name_none(question: str) -> None:
    assert mentions(question).years == ()


@given(st.text(max_size=200))
def test_any_text_has_mentions_each_once(text: str) -> None:
    found = mentions(text)
    assert len(set(found.countries)) == len(found.countries)
    assert all(1900 <= year <= 2099 for year in found.years)


@given(st.text(alphabet="ab ,.?", max_size=30))
def test_words_around_do_not_hide_a_country(around: str) -> None:
    expected = Mentions(countries=("North Korea",), years=())
    assert mentions(f"{around} North Korea {around}") == expected
