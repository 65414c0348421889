"""What is shown is what was stored: words, place, and all that a citation is made of."""

import sqlite3

import pytest

from corpus.errors import LibraryFault, NotInLibrary

# Each changes one thing that is shown of the second passage of a report.
DAMAGES = {
    "a word": "UPDATE passages SET source = replace(source, 'e', 'o') WHERE number = 2",
    "the report's text": "UPDATE texts SET text = replace(text, 'e', 'o')",
    "a word, in both": "UPDATE passages SET source = replace(source, 'e', 'o');"
    " UPDATE texts SET text = replace(text, 'e', 'o')",
    "the section": """UPDATE passages SET section = '["Elsewhere"]'""",
    "the paragraph": "UPDATE passages SET number = number + 1",
    "the page": "UPDATE passages SET pages = json_array(json_array(start, 7, '7', 0))",
    "the printed number": "UPDATE passages SET printed_number = '124.16'",
    "the publisher": "UPDATE reports SET publisher = 'Somebody else'",
    "the title": "UPDATE reports SET title = title || '.'",
    "the period": "UPDATE reports SET period = '2020'",
    "the address": "UPDATE reports SET url = 'https://example.org/'",
    "the day of access": "UPDATE reports SET accessed = '1999-01-01'",
    "what is hidden": "UPDATE passages SET hidden = '[[0, 1]]'",
}


@pytest.fixture
def report(library, page_file, putting):
    return putting(library, page_file, id="norland", period="2021", publisher="Wells Watch")


def damage(library, statement):
    with sqlite3.connect(library.path) as other:
        other.executescript(statement)
    other.close()


def test_what_was_stored_is_proven(library, report):
    passages = library.all_passages(report.id)
    for passage in passages:
        library.prove(passage)
        assert library.resolve(passage.id).passage == passage
    assert library.damage() is None


@pytest.mark.parametrize("statement", DAMAGES.values(), ids=DAMAGES.keys())
def test_no_damage_is_shown(library, report, statement):
    damage(library, statement)
    with pytest.raises(LibraryFault, match=r"is not what was stored; remove that report and add"):
        library.prove(library.all_passages(report.id)[1])
    assert library.damage() is not None


@pytest.mark.parametrize("statement", DAMAGES.values(), ids=DAMAGES.keys())
def test_what_was_read_before_the_damage_is_not_shown_either(library, report, statement):
    before = library.all_passages(report.id)[1]
    damage(library, statement)
    with pytest.raises(LibraryFault):
        library.prove(before)


def test_a_passage_of_an_older_version_is_still_proven(library, report, page_file, putting):
    before = library.all_passages(report.id)[0]
    putting(library, page_file, id="norland", period="2022", publisher="Wells Watch")
    library.prove(before)


def test_what_was_removed_meanwhile_is_said_to_be(library, report):
    passage = library.all_passages(report.id)[0]
    library.remove(report.id)
    with pytest.raises(NotInLibrary, match="was removed from the library meanwhile; ask again"):
        library.prove(passage)
