"""Countries that a question names."""

import subprocess
import sys
import tomllib
from importlib import resources
from pathlib import Path

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.names.iso_names import iso_names
from corpus.names.mentions import Mentions, mentions

ROOT = Path(__file__).resolve().parents[3]
OURS = tomllib.loads((resources.files("corpus.names") / "countries.toml").read_text("utf-8"))[
    "countries"
]
USUAL = {code: names.usual for code, names in iso_names().items()} | {
    code: added["name"] for code, added in OURS.items() if "name" in added
}


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
        ("prisons on Réunion and in Puerto Rico", ("Réunion", "Puerto Rico")),
        (
            "Greenlanders, Macau, the US Virgin Islands",
            ("Greenland", "Macao", "U.S. Virgin Islands"),
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
        "Were there family reunions?",
        "Is there a reunion of separated families",
        "Do they wear a jersey?",
        "New Jersey",
        "Who is the director of Amnesty International USA?",
        "Romanised names; peruse the list; a germane remark",
    ],
)
def test_what_only_looks_like_a_country_is_none(question: str) -> None:
    assert mentions(question).countries == ()


# What ISO calls Congo may be either of two.
OF_TWO = {"Congo"}


@pytest.mark.parametrize("country", list(pycountry.countries), ids=lambda country: country.alpha_2)
def test_every_country_of_iso_is_known_by_its_common_and_its_official_name(country):
    fields = ("common_name", "name", "official_name")
    names = {getattr(country, field) for field in fields if hasattr(country, field)}
    said = {mentions(f"What about {name}?").countries for name in names - OF_TWO}
    (found,) = said
    assert len(found) == 1
    assert country.alpha_2 in {code for code, usual in USUAL.items() if usual == found[0]}


def test_no_two_countries_have_one_usual_name_and_each_is_found_by_it():
    assert len(set(USUAL.values())) == len(USUAL) == len(pycountry.countries) + 1
    for usual in USUAL.values():
        assert mentions(f"What about {usual}?").countries == (usual,)


def test_our_list_says_nothing_that_iso_says_already():
    for code, added in OURS.items():
        iso = iso_names().get(code)
        assert iso is None or not {*iso.names} & {*added.get("names", ())}
        assert iso is None or added.get("name") != iso.usual


def test_the_table_is_read_without_running_its_package():
    asked = (
        "import sys; from corpus.names.mentions import mentions; "
        "print(mentions('in Oman').countries, 'pycountry' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert ran.stdout.strip() == "('Oman',) False"


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
