"""Countries that a question names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.names.mentions import Mentions, mentions


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


def test_years_are_read_by_the_reader_of_years() -> None:
    assert mentions("Is torture common in Iran in 2021, under law 2004?").years == (2021,)


@given(st.text(max_size=200))
def test_any_text_has_mentions_each_once(text: str) -> None:
    found = mentions(text)
    assert len(set(found.countries)) == len(found.countries)
    assert all(1900 <= year <= 2099 for year in found.years)


@given(st.text(alphabet="ab ,.?", max_size=30))
def test_words_around_do_not_hide_a_country(around: str) -> None:
    expected = Mentions(countries=("North Korea",), years=())
    assert mentions(f"{around} North Korea {around}") == expected
