"""Other forms of the terms that a question holds."""

import tomllib
from importlib import resources

import pytest

from corpus.names.thesaurus import expansions


def found(question: str) -> dict[str, tuple[str, ...]]:
    return dict(expansions(question))


def test_a_term_is_found_as_written_with_its_other_forms() -> None:
    assert list(found("Are defectors from the DPRK shot?")) == ["defectors", "DPRK"]
    assert "North Korea" in found("Are defectors from the DPRK shot?")["DPRK"]
    assert "DPRK" not in found("Are defectors from the DPRK shot?")["DPRK"]


def test_hangul_is_found_under_its_particles() -> None:
    assert "kwanliso" in found("관리소에서는 무엇이 일어나는가?")["관리소"]
    assert list(found("정치범수용소")) == ["정치범수용소"]


def test_korean_and_english_lead_to_each_other() -> None:
    assert "songbun" in found("What is ascribed status?")["ascribed status"]
    assert "ascribed status" in found("What is Songbun?")["Songbun"]
    assert "political prison camp" in found("kwan li so")["kwan li so"]


def test_the_longest_term_is_the_one() -> None:
    assert list(found("the Ministry of Social Security")) == ["Ministry of Social Security"]
    assert list(found("political prison camps")) == ["political prison camps"]


@pytest.mark.parametrize("question", ["", "How tall is the tower?", "supermarkets", "broken"])
def test_other_words_are_left_alone(question: str) -> None:
    assert expansions(question) == ()


def test_no_form_stands_in_two_groups() -> None:
    text = resources.files("corpus.names").joinpath("thesaurus.toml").read_text("utf-8")
    forms = [form.casefold() for group in tomllib.loads(text)["groups"] for form in group]
    assert len(forms) == len(set(forms))
