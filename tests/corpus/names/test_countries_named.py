"""A country is named where it is meant: a wrong one is worse than none."""

import tomllib
from importlib import resources

import pytest

from corpus.names.iso_names import iso_names
from corpus.names.mentions import mentions

ISO = iso_names()
LIST = tomllib.loads(resources.files("corpus.names").joinpath("countries.toml").read_text("utf-8"))


def countries(question):
    return mentions(question).countries


def usual_name(code):
    return LIST["countries"][code].get("name") or ISO[code].usual


@pytest.mark.parametrize("code", LIST["countries"])
def test_every_country_is_known_by_each_of_its_names(code):
    for name in [usual_name(code), *LIST["countries"][code].get("names", ())]:
        assert countries(f"What happens in {name}?") == (usual_name(code),), name


@pytest.mark.parametrize("code", LIST["countries"])
def test_every_country_is_known_by_its_people(code):
    for people in LIST["countries"][code].get("people", ()):
        assert countries(f"Are {people} refugees held?") == (usual_name(code),), people


@pytest.mark.parametrize("phrase", LIST["careful"]["none"])
def test_what_is_no_country_or_one_of_two_names_none(phrase):
    assert countries(f"What is said of the {phrase}?") == ()


@pytest.mark.parametrize(
    ("question", "named"),
    [
        # An ordinary word in small letters needs a word of place.
        ("who fled to turkey?", ("Turkey",)),
        ("refugees from chad", ("Chad",)),
        ("the chad border", ("Chad",)),
        ("mali's army", ("Mali",)),
        ("torture across mali", ("Mali",)),
        ("china/mali", ("Mali",)),
        ("is the chile hot", ()),
        ("a jordan almond", ()),
        ("fine china plates", ()),
        # With a capital it is the country.
        ("Does Turkey deport?", ("Turkey",)),
        ("Chad police", ("Chad",)),
        # A person's name.
        ("Was Michael Jordan held?", ()),
        ("Is Jordan Smith held?", ()),
        ("Has Jordan held him?", ("Jordan",)),
        ("Does India deport?", ("India",)),
        ("In Georgia", ("Georgia",)),
        ("Ms Georgia Tann", ()),
        # Capitals that tell it from a word.
        ("Tell us of US prisons", ("United States",)),
        ("tell us more", ()),
        ("a car in the CAR", ("Central African Republic",)),
        ("the rok", ()),
        ("the ROK", ("South Korea",)),
        # A language.
        ("Is it written in Polish?", ()),
        ("Do they speak Arabic or Turkish?", ("Turkey",)),
        ("Who speaks Burmese?", ()),
        ("in Burmese prisons", ("Myanmar",)),
        # One of two.
        ("in Korea", ()),
        ("in the Congo", ()),
        # In the order of the question, each once.
        ("Iran, Iraq and Iran", ("Iran", "Iraq")),
        ("Iraqis in Iran", ("Iraq", "Iran")),
    ],
)
def test_a_country_is_told_from_a_word_a_person_and_a_language(question, named):
    assert countries(question) == named


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("the Niger River", ()),
        ("Niger", ("Niger",)),
        ("Nigeria", ("Nigeria",)),
        ("Papua New Guinea", ("Papua New Guinea",)),
        ("Guinea pigs of Guinea", ("Guinea",)),
        ("the Sea of Japan", ()),
        ("seas of Japan", ("Japan",)),
        ("North and South Korea", ("South Korea",)),
        ("the United States of America", ("United States",)),
    ],
)
def test_the_longest_name_is_the_one_that_is_meant(question, named):
    assert countries(question) == named
