"""The shipped digest against the report that it retells."""

import json
import re

import pytest

from corpus.digests import shipped


@pytest.fixture(scope="module")
def digest(reading):
    (path,) = shipped()
    return reading(path)


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


def test_the_digest_steps_aside_and_comes_back(pincite, with_real, own_copy):
    library = ["--library", str(own_copy(with_real))]
    aside = "steps aside from answers for amnesty-international-north-korea-2021"
    status = pincite("status", *library)
    assert status.status == 0
    assert aside in status.out
    hits = json.loads(
        pincite(
            "ask", "How many people fled to the South in 2021?", "-k", "50", "--json", *library
        ).out
    )["hits"]
    assert {hit["citation"]["kind"] for hit in hits} == {"verbatim"}
    pincite("remove", "amnesty-international-north-korea-2021", *library)
    assert aside not in pincite("status", *library).out
    hits = json.loads(
        pincite("ask", "How many people fled to the South in 2021?", "--json", *library).out
    )["hits"]
    assert {hit["citation"]["kind"] for hit in hits} == {"digest"}
