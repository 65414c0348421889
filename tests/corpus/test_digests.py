"""The digest that ships: readable by itself, whole, and honest about where its facts stand."""

import re

import pytest

from corpus.digests import shipped
from corpus.report import Kind, Period
from corpus.sentences import sentences


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


def test_it_shares_no_sentence_with_the_report(digest, real_report, reading):
    _, text, _ = digest
    _, theirs, _ = reading(real_report)

    def runs(of):
        words = re.findall(r"[a-z0-9]+", of.lower().replace("’", "").replace("'", ""))
        return {tuple(words[i : i + 8]) for i in range(len(words) - 7)}

    assert not runs(text) & runs(theirs)


def test_it_covers_every_paragraph_of_the_report_and_names_no_other(digest, real_report, reading):
    _, _, ours = digest
    _, _, theirs = reading(real_report)
    known = {
        (passage.section[-1] if passage.section else "introduction", passage.number)
        for passage in theirs
        if not passage.press
    }
    named = {
        (section or "introduction", int(number))
        for passage in ours
        for section, numbers in re.findall(
            r"(?:“([^”]+)”|introduction), paragraphs? ([\d, and]+)", passage.text
        )
        for number in re.findall(r"\d+", numbers)
    }
    assert named == known
    assert {passage.press.date for passage in ours if passage.press} == {
        passage.press.date for passage in theirs if passage.press
    }
