"""The library in words: what adding did, a report's block, a passage, and the state of it all."""

import datetime
from dataclasses import replace

import pytest

from bot.rendering.reports import (
    added_lines,
    report_block,
    report_lines,
    status_block,
)
from corpus.readers.document import Document
from corpus.report import Kind, Period
from corpus.storage.entries import Entry, Outcome
from embeddings.adding import Added
from embeddings.local.index import Condition

TODAY = datetime.date(2026, 1, 31)


@pytest.fixture
def added(make):
    return Added(
        report=make(),
        outcome=Outcome.ADDED,
        version=1,
        passages=12,
        encoded=9,
        document=Document(text="", blocks=(), metadata={}),
    )


@pytest.fixture
def entry(make):
    period = Period.parse("2021")
    return Entry(report=make(period=period), version=2, added=TODAY, passages=12, aside_for=None)


def test_what_was_added_is_said_in_one_line(added):
    assert "\n".join(added_lines(added, [])) == (
        "Added norland-2021 (“Norland”): 12 passages, 9 newly encoded."
    )


def test_what_was_there_already_says_that_nothing_changed(added):
    line = "\n".join(added_lines(replace(added, outcome=Outcome.UNCHANGED), []))
    assert line == "norland-2021 (“Norland”) is already in the library; nothing changed."


def test_a_new_version_says_what_becomes_of_the_old_citations(added):
    text = "\n".join(added_lines(replace(added, outcome=Outcome.NEW_VERSION, version=3), []))
    assert "This is version 3: answers come from it" in text
    assert "citations of earlier versions still resolve" in text


def test_a_digest_that_steps_aside_for_what_was_added_is_named(added, entry, make):
    digest = replace(entry, report=make(id="short"), aside_for="norland-2021")
    other = replace(entry, report=make(id="else"), aside_for="another-report")
    text = "\n".join(added_lines(added, [digest, other, entry]))
    assert "The digest short steps aside from answers for norland-2021." in text
    assert "else" not in text


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "“Norland”, Watch House, Norland, covering 2021, verbatim, 12 passages, version 2"),
        ({"publisher": None}, "“Norland”, publisher not stated, Norland, covering 2021"),
        ({"period": None}, "Watch House, Norland, period not stated, verbatim"),
        ({"kind": Kind.DIGEST}, "“Norland”, digest of Watch House, Norland, covering 2021, digest"),
    ],
)
def test_a_report_is_listed_by_what_it_states_and_what_it_does_not(entry, fields, says):
    listed = report_lines(replace(entry, report=replace(entry.report, **fields)))
    assert listed.splitlines()[0] == "norland-2021"
    assert says in listed


def test_a_report_that_steps_aside_is_listed_so(entry):
    assert report_lines(replace(entry, aside_for="norland")).endswith("steps aside for norland")


def test_a_block_states_every_field_and_what_is_not_stated(entry, page_file, reading):
    _, _, passages = reading(page_file)
    lines = report_block(entry, passages).splitlines()
    stated = {line[:10].strip(): line[11:] for line in lines[: lines.index("")]}
    assert stated["id"] == "norland-2021"
    assert stated["period"] == "2021"
    assert stated["published"] == "2022-03-29"
    assert stated["licence"] == "not stated"
    assert stated["version"] == "2, added 2026-01-31"
    assert stated["kind"] == "verbatim"
    assert stated["sha256"] == "0" * 64


def test_a_block_counts_the_passages_of_each_section_in_order(entry, page_file, reading):
    _, _, passages = reading(page_file)
    lines = report_block(entry, passages).splitlines()
    assert lines[lines.index("") + 1 :] == [
        "   2 passages  (introduction)",
        "   2 passages  Right to water",
        "   1 passage   Freedom of assembly",
        "   1 passage   Economic and social rights – Workers’ rights",
        "   1 passage   Economic and social rights – Child labour",
        "   2 passages  Norland Newsroom",
    ]


def test_a_digest_is_said_not_to_be_its_publishers_words(entry, make):
    digest = replace(entry, report=make(kind=Kind.DIGEST))
    assert "digest (not its publisher's words)" in report_block(digest, [])


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        (None, "index      none yet: the first question makes it"),
        (Condition(is_exact=True, size=1_500_000, damage=None), "index      1.5 MB, exact search"),
        (Condition(is_exact=False, size=90_000_000, damage=None), "90.0 MB, approximate search"),
    ],
)
def test_the_status_says_what_the_index_is(library, condition, says):
    text, sound = status_block(library, condition)
    assert says in text
    assert sound


def test_the_status_counts_reports_and_passages_and_is_sound(library, page_file, putting):
    putting(library, page_file)
    lines = status_block(library, None)[0].splitlines()
    assert "reports    1" in lines
    assert "passages   9" in lines
    assert "model      none yet" in lines
    assert "health     sound" in lines


def test_a_damaged_index_is_said_to_mend_itself_and_the_library_is_still_sound(library):
    damaged = Condition(is_exact=True, size=1, damage="not whole")
    text, sound = status_block(library, damaged)
    assert "sound; the index is not whole: pincite rebuild makes it anew" in text
    assert sound


def test_a_passage_that_is_not_what_its_report_says_makes_the_library_unsound(
    library, page_file, putting
):
    putting(library, page_file)
    (first, *_) = library.numbers()
    library._db.change(
        "UPDATE texts SET text = replace(text, 'sums', 'adds')",
    )
    text, sound = status_block(library, None)
    assert not sound
    assert library.passages([first])[first].id in text
