"""The digest that ships: readable by itself, whole, and honest about where its facts stand."""

import re

import pytest

from corpus.digests import shipped
from corpus.english.sentences import sentences
from corpus.report import Kind, Period


@pytest.fixture(scope="module")
def digest(reading):
    (path,) = shipped()
    return reading(path)


def test_it_says_that_it_is_a_digest(digest):
    report, _, _ = digest
    assert report.kind is Kind.DIGEST
    assert (report.publisher, report.country) == ("Amnesty International", "North Korea")
    assert report.period == Period.parse("2021")
    assert report.url
    assert report.licence


def test_every_paragraph_names_where_its_fact_stands(digest):
    _, _, passages = digest
    told = [passage for passage in passages if passage.section]
    assert len(told) > 40
    for passage in told:
        place = passage.text[sentences(passage.text)[-1].start :]
        assert re.match(r"\(Amnesty International, (introduction|“.+”)", place), passage.text


def test_its_publications_have_dates(digest):
    _, _, passages = digest
    items = [passage.press for passage in passages if passage.press]
    assert len(items) == 10
    assert {item.kind for item in items} == {"Report", "Press release"}


def test_no_markup_is_left_in_what_is_shown(digest):
    _, _, passages = digest
    for passage in passages:
        assert not re.search(r"\*|\]\(|`|^#", passage.text), passage.text
