"""How a file was read, in words: what is left out, what is doubtful, what it seems to say."""

import pytest

from bot.rendering.reading import (
    country_lines,
    extraction_lines,
    extraction_object,
    outline_lines,
    warning_lines,
)
from corpus.cutting import cut
from corpus.passage import PageStart
from corpus.readers.document import Block, BlockKind, CountryEntry, Document
from corpus.readers.extraction import (
    Doubt,
    Dropped,
    Extraction,
    Furniture,
    LeftOut,
    Mended,
    Suspicion,
)
from tests.conftest import make_report


def read_as(entries=(), guesses=None, **extraction):
    return Document(
        text="",
        blocks=(),
        metadata={},
        guesses=guesses or {},
        entries=entries,
        extraction=Extraction(**extraction),
    )


def warned(title="my report", parted=False, **read):
    bare = make_report(title=title, period=None)
    return warning_lines(read_as(**read), "my report.pdf", bare, parted=parted)


def left_out(what, *lines, words=3):
    return tuple(
        Dropped(what=what, start=0, stop=1, line=first, last_line=last, words=words)
        for first, last in lines
    )


@pytest.fixture
def passages(make):
    """Two sections on three sheets, the second of which prints no number."""
    text, blocks = "", []
    for words, *pages in [("Water",), ("Dry.", ("9", 11)), ("Sea",), ("Salt.", (None, 12))]:
        start = len(text)
        text += words + "\n\n"
        blocks.append(
            Block(
                kind=BlockKind.PARAGRAPH if pages else BlockKind.HEADING,
                start=start,
                stop=start + len(words),
                level=1,
                heading="" if pages else words,
                pages=tuple(PageStart(start=start, sheet=s, printed=p) for p, s in pages),
            )
        )
    return cut(make(), Document(text=text, blocks=tuple(blocks), metadata={}))


def test_a_file_that_was_read_as_it_is_gives_nothing_to_say():
    assert warned() == []


@pytest.mark.parametrize(
    ("texts", "line"),
    [
        (["Home"], "Left out beside the text: 1 stretch, such as “Home” (--report names it)."),
        (
            ["Home", "Hidden"],
            "Left out beside the text: 2 stretches, such as “Home” (--report names each).",
        ),
    ],
)
def test_what_stands_beside_the_text_is_counted_and_begun(texts, line):
    assert warned(furniture=tuple(Furniture(text=text) for text in texts)) == [line]


@pytest.mark.parametrize("encoding", ["UTF-16", "Windows-1252"])
def test_an_encoding_that_was_guessed_or_marked_is_said(encoding):
    assert warned(encoding=encoding) == [f"Read as {encoding}: see that its letters are right."]


@pytest.mark.parametrize(
    ("dropped", "line"),
    [
        (left_out(LeftOut.TAG, (4, 4), words=0), "Left out: 1 HTML tag (0 words), line 4."),
        (left_out(LeftOut.TAG, (4, 4), words=1), "Left out: 1 HTML tag (1 word), line 4."),
        (left_out(LeftOut.COMMENT, (4, 7)), "Left out: 1 HTML comment (3 words), lines 4–7."),
        (
            left_out(LeftOut.PICTURE, (4, 4), (9, 9)),
            "Left out: 2 pictures (6 words), lines 4, 9.",
        ),
        (
            left_out(LeftOut.ADDRESS, (4, 4), (4, 4)),
            "Left out: 2 link addresses (6 words), line 4.",
        ),
    ],
)
def test_what_is_left_out_is_counted_and_placed(dropped, line):
    assert warned(dropped=dropped) == [line]


def test_of_many_lines_the_first_ten_are_named_and_the_rest_counted():
    (line,) = warned(dropped=left_out(LeftOut.TAG, *[(at, at) for at in range(1, 14)]))
    assert line.endswith("lines 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 3 more.")


def test_each_kind_of_what_is_left_out_has_a_line_of_its_own():
    dropped = (*left_out(LeftOut.TAG, (1, 1)), *left_out(LeftOut.COMMENT, (2, 2)))
    lines = warned(dropped=dropped)
    assert ["HTML comment" in lines[0], "HTML tag" in lines[1], len(lines)] == [True, True, 2]


def test_what_may_be_wrong_is_said_unasked_with_its_sheets():
    doubt = [
        Suspicion(sheet=sheet, doubt=Doubt.COLUMNS, sentence="Lines do not meet.")
        for sheet in (4, 5, 6, 9)
    ]
    lost = Mended(what="glyph 7", becomes=None, count=3)
    lines = warned(suspicions=tuple(doubt), mended=(lost,), pictures=(2,), without_text=(2, 8))
    assert "The text of sheet 2 is in pictures and is not searched" in lines[0]
    assert lines[1] == "Without text: sheet 8."
    assert lines[2].startswith("The text of sheets 4–6, 9 may not be what is printed there")
    assert lines[3] == "3 characters could not be told and are missing from the text."


def test_guesses_are_options_to_be_copied():
    (line,) = warned(guesses={"title": "The State of Rights", "period": "2021"})
    assert "nothing of it is cited until you confirm it" in line
    assert "seems to say --title 'The State of Rights' --period 2021;" in line
    assert "pincite add 'my report.pdf' --use-guesses" in line


def test_what_is_stated_is_not_guessed_at():
    assert warned(title="Rights", guesses={"title": "The State of Rights", "country": "X"}) == []


ENTRIES = tuple(CountryEntry(name=f"Land {n}", first=n, last=n) for n in range(8))


def test_that_a_file_can_be_parted_is_offered_until_it_is():
    (line,) = warned(entries=ENTRIES)
    assert "a report on 8 countries (Land 0, Land 1, Land 2, Land 3, Land 4, Land 5 and 2" in line
    assert line.endswith("pincite add 'my report.pdf' --split-by country")
    assert warned(entries=ENTRIES, parted=True) == []


def test_the_outline_has_pages_as_they_are_printed(passages):
    assert outline_lines(passages) == [
        "   1 passage   Water, p. 9",
        "   1 passage   Sea, sheet 12 (unnumbered)",
    ]


def test_countries_are_shown_with_pages_how_they_were_found_and_what_disagrees(passages):
    entry = CountryEntry(
        name="Norland",
        formal_name="Republic of Norland",
        first=0,
        last=1,
        recognised_by="its heading",
        disagreement="The contents page says p. 10.",
    )
    assert [*country_lines([(entry, passages)])] == [
        "   2 passages  Norland (Republic of Norland), p. 9 to sheet 12 (unnumbered), "
        "recognised by its heading",
        "      The contents page says p. 10.",
    ]


EXTRACTION = Extraction(
    sheets=12,
    furniture=(Furniture(text="Annual Report", sheets=(1, 2, 3)),),
    mended=(Mended(what="he", becomes="The", count=4, sheets=(2,)),),
    joined=5,
    unjoined=("Note 9 has no marker.",),
    suspicions=(Suspicion(sheet=4, doubt=Doubt.GLUED, sentence="“ofthe” twice."),),
    properties={"modified": "2022-01-02"},
)


def test_the_extraction_report_says_all(passages):
    text = "\n".join(extraction_lines(EXTRACTION, passages))
    for said in (
        "sheets      12",
        "5 joined to their markers, 1 not",
        "Note 9 has no marker.",
        "“Annual Report” on sheets 1–3",
        "“he” read as “The”, 4 times on sheet 2",
        "sheet 4: words glued together: “ofthe” twice.",
        "modified    2022-01-02",
        "Water, p. 9",
    ):
        assert said in text


def test_the_same_as_an_object(passages):
    found = extraction_object(EXTRACTION, passages, file="n.pdf")
    assert found["file"] == "n.pdf"
    assert found["outline"][0] == {
        "section": ["Water"],
        "passages": 1,
        "page": "9",
        "page_end": "9",
        "sheet": 11,
        "sheet_end": 11,
    }
    assert found["suspicions"][0]["doubt"] == "words glued together"
    assert found["notes"] == {"joined": 5, "unjoined": ["Note 9 has no marker."]}
