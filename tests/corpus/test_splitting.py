"""A report on many countries becomes one report each, and nothing of it is lost or moved."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import BadMetadata
from corpus.intake import is_unchanged, loaded, were_parted
from corpus.passage import NoteMark, PageStart, Span
from corpus.readers.document import Block, BlockKind, CountryEntry, Document
from corpus.readers.extraction import Doubt, Extraction, Furniture, Suspicion

HEADING, PARAGRAPH, NOTE = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.NOTE
# Kind, level, words, sheet.
BOOK = [
    (HEADING, 1, "Foreword", 1),
    (PARAGRAPH, 0, "This book is on two countries.", 1),
    (HEADING, 1, "NORLAND", 2),
    (PARAGRAPH, 0, "Kingdom of Norland", 2),
    (HEADING, 2, "Water", 2),
    (PARAGRAPH, 0, "Wells ran dry.1", 2),
    (HEADING, 1, "CÔTE D’OR", 3),
    (HEADING, 2, "Water", 3),
    (PARAGRAPH, 0, "Rivers rose.2", 4),
    (HEADING, 1, "Notes", 5),
    (NOTE, 0, "Ministry of Water.", 5),
    (NOTE, 0, "River Board.", 5),
]


@pytest.fixture
def book():
    text, blocks, notes = "", [], []
    for kind, level, words, sheet in BOOK:
        start = len(text)
        text += f"{words}\n\n"
        notes += [start] if kind is NOTE else []
        block = Block(
            kind=kind,
            start=start,
            stop=start + len(words),
            level=level,
            heading=words if kind is HEADING else "",
            label=str(len(notes)) if kind is NOTE else None,
            pages=(PageStart(start=start, sheet=sheet, printed=str(sheet + 8)),),
        )
        blocks.append(block)
    for index, at in ((5, notes[0]), (8, notes[1])):
        stop = blocks[index].stop - blocks[index].start
        mark = NoteMark(start=stop - 1, stop=stop, note=text[blocks[index].stop - 1], at=at)
        hidden = (Span(start=stop - 1, stop=stop),)
        blocks[index] = replace(blocks[index], notes=(mark,), hidden=hidden)
    return Document(
        text=text,
        blocks=tuple(blocks),
        metadata={"title": "State of the World"},
        guesses={"country": "Norland", "published": "2021-03-01"},
        extraction=Extraction(
            sheets=5,
            furniture=(Furniture(text="State of the World", sheets=(1, 2, 3, 4, 5)),),
            suspicions=(Suspicion(sheet=2, doubt=Doubt.GLUED, sentence="“ofthe”"),),
            joined=2,
        ),
        entries=(
            CountryEntry(name="NORLAND", formal_name="Kingdom of Norland", first=2, last=5),
            CountryEntry(name="CÔTE D’OR", first=6, last=8),
        ),
    )


@pytest.fixture
def parts(book):
    given = {"publisher": "Watch House", "period": "2021"}
    whole = loaded(Path("world.pdf"), book, b"bytes", given)
    return {part.country: part for part in whole.by_country()}


def test_each_country_is_a_report_with_the_books_title_publisher_and_period(parts):
    assert list(parts) == [None, "Norland", "Côte D’Or"]
    for country, part in parts.items():
        report = part.report
        assert (report.title, report.publisher) == ("State of the World", "Watch House")
        assert (str(report.period), report.country) == ("2021", country)
    base = parts[None].report.id
    assert base == "watch-house-state-of-the-world-2021"
    assert parts["Norland"].report.id == f"{base}-norland"


def test_passages_keep_their_section_below_the_country_and_the_books_pages(parts):
    first, note = parts["Norland"].passages
    assert (first.section, first.text) == (("Water",), "Wells ran dry.")
    assert [(page.sheet, page.printed) for page in first.pages] == [(2, "10")]
    assert (note.section, note.label, note.text) == (("Notes",), "note 1", "Ministry of Water.")
    assert [page.printed for page in note.pages] == ["13"]
    assert first.notes[0].words == "Ministry of Water."
    (rest,) = parts[None].passages
    assert (rest.section, rest.text) == (("Foreword",), "This book is on two countries.")


def test_every_passage_is_a_slice_of_its_parts_text(parts):
    for part in parts.values():
        for passage in part.passages:
            text = part.document.text
            assert text[passage.start : passage.stop] == passage.source
    assert "Kingdom of Norland" in parts["Norland"].document.text
    held = "".join(part.document.text for part in parts.values())
    assert all(words in held for _, _, words, _ in BOOK)


def test_what_is_doubtful_is_told_of_the_part_that_it_stands_in(parts):
    assert [len(part.document.extraction.suspicions) for part in parts.values()] == [0, 1, 0]
    assert parts["Norland"].document.extraction.joined == 1
    assert parts["Norland"].document.guesses == {"published": "2021-03-01"}


def test_a_country_for_all_is_refused(book):
    whole = loaded(Path("world.pdf"), book, b"bytes", {"country": "Norland"})
    with pytest.raises(BadMetadata, match="no country is given for all"):
        whole.by_country()


def test_a_file_without_entries_stays_one(book):
    whole = loaded(Path("n.pdf"), replace(book, entries=()), b"bytes", {})
    assert whole.by_country() == [whole]


def test_parts_are_known_again_by_their_bytes(parts):
    reports = [part.report for part in parts.values()]
    assert were_parted(reports)
    assert not were_parted(reports[:1])
    for part in parts.values():
        assert part.among(reports) == part.report
    path, content = Path("world.pdf"), b"bytes"
    assert is_unchanged(path, content, {}, reports)
    assert is_unchanged(path, content, {"period": "2021"}, reports)
    assert not is_unchanged(path, content, {"period": "2022"}, reports)
    assert not is_unchanged(path, content, {}, [])


def test_what_is_stated_later_makes_new_versions_of_the_same_reports(book, parts):
    reports = [part.report for part in parts.values()]
    again = loaded(Path("world.pdf"), book, b"bytes", {"language": "en"}).by_country()
    known = [part.known_as(part.among(reports)).report for part in again]
    assert [report.id for report in known] == [report.id for report in reports]
    assert {report.language for report in known} == {"en"}
    assert {report.publisher for report in known} == {"Watch House"}
