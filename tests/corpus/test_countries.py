"""Which countries a report has entries on, told by names, by shape and by lists of contents."""

from pathlib import Path

import pytest

from corpus.countries import country_name, with_countries
from corpus.readers import read
from corpus.readers.markdown import read_markdown

SAMPLES = Path(__file__).parents[1] / "data" / "annual"
LANDS = ["Aldmark", "Brenova", "Corvessa", "Dunmere", "Halmora", "Ostrela"]


def entries(*lines):
    """The entries of a report of these blocks, headings with their #."""
    return with_countries(read_markdown("\n\n".join(lines), "book.md")).entries


def names(*lines):
    return [entry.name for entry in entries(*lines)]


def test_headings_that_are_countries_are_entries():
    found = names("## Kenya", "It rained.", "## Mali 2021", "Dry.", "## The Gambia", "Calm.")
    assert found == ["Kenya", "Mali 2021", "The Gambia"]


def test_what_stands_in_order_between_countries_is_an_entry_too():
    found = entries(
        *("## Egypt", "Hot.", "## European Union", "Wide.", "## Ghana", "Calm."),
        *("## Methods", "Asked.", "## Kenya", "Green.", "## Recommendations", "Many."),
    )
    assert [entry.name for entry in found] == ["Egypt", "European Union", "Ghana", "Kenya"]
    assert found[1].recognised_by == "a heading between countries"


def test_countries_that_nobody_knows_are_told_by_the_names_below_theirs():
    blocks = [(f"## {land}", f"Republic of {land}", "It rained.") for land in LANDS[:6]]
    found = entries("## Foreword", "Read.", *sum(blocks, ()), "## Recommendations", "Do.")
    assert [(one.name, one.formal_name) for one in found] == [
        (land, f"Republic of {land}") for land in LANDS
    ]


def test_countries_that_nobody_knows_are_told_by_sections_that_come_again():
    blocks = [(f"## {land}", "Here.", "### Courts", "Fair.", "### Wells", "Dry.") for land in LANDS]
    assert names(*sum(blocks, ())) == LANDS


def test_sections_of_a_report_on_one_country_are_no_entries():
    sections = ["Background", "Courts", "Findings", "Methods", "Prisons", "Recommendations"]
    assert names(*sum(((f"## {name}", "Something.") for name in sections), ())) == []


def test_an_entry_under_another_countrys_formal_name_says_so():
    found = entries(
        *("## Kenya", "Republic of Mali", "Dry.", "## Ghana", "Republic of Ghana", "Calm."),
        *("## Togo", "Togolese Republic", "Small."),
    )
    assert [entry.disagreement for entry in found] == [
        "Kenya stands above “Republic of Mali”, which is Mali.",
        None,
        None,
    ]


def test_a_list_of_contents_without_a_country_disagrees():
    found = entries(
        *("## Contents", "Ghana 3\nKenya 5", "## Ghana", "Calm.", "## Kenya", "Green."),
        *("## Mali", "Dry."),
    )
    assert [entry.disagreement for entry in found] == [
        None,
        None,
        "Mali is not named in the list of contents of the file.",
    ]


@pytest.mark.parametrize("file", ["annual.html", "annual.docx", "annual.md", "annual.txt"])
def test_every_format_of_a_book_is_parted_into_the_same_countries(file):
    document = with_countries(read(SAMPLES / file)[0])
    assert [entry.name for entry in document.entries] == LANDS
    assert all(entry.formal_name for entry in document.entries)
    last = document.entries[-1]
    after = document.blocks[last.last + 1]
    assert (after.heading, after.level) == ("Recommendations", document.blocks[last.first].level)


def test_a_web_page_and_its_contents_agree():
    found = with_countries(read(SAMPLES / "annual.html")[0]).entries
    assert {entry.recognised_by for entry in found} == {"a heading and the list of contents"}
    assert {entry.disagreement for entry in found} == {None}


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("NORTH KOREA", "North Korea"),
        ("CÔTE D’IVOIRE", "Côte d'Ivoire"),
        ("BURMA", "Burma"),
        ("DEMOCRATIC REPUBLIC OF THE CONGO", "Democratic Republic of the Congo"),
        ("Mali 2021", "Mali"),
        ("TOGO (2021/22)", "Togo"),
        ("Türkiye", "Türkiye"),
    ],
)
def test_a_countrys_name_is_written_as_in_a_sentence(heading, name):
    assert country_name(heading) == name
