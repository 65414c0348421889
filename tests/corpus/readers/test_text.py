"""Plain text, such as a web page saved as text."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.passage import PressItem, without
from corpus.readers.document import BlockKind
from corpus.readers.text import HEADING_WORDS, read_text

# What the rules of this reader look at, in any order.
PARTS = st.sampled_from(
    [
        "Norland\n",
        "A heading\n",
        "One sentence.\n",
        "Two lines,\none paragraph.1\n",
        "May 23, 2021 • Report\n",
        "\n",
        "\r\n",
        " \t\n",
        "\r",
        "\f",
        "— a dash\n",
        "é…”\n",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PARTS).map("".join))


def told(text):
    """Kind, level and first words of each block."""
    document = read_text(text)
    return [
        (block.kind.name.lower(), block.level, text[block.start : block.stop].split("\n")[0][:24])
        for block in document.blocks
    ]


def test_a_page_has_a_title_paragraphs_and_two_levels_of_headings(page):
    assert told(page) == [
        ("title", 0, "Norland"),
        ("paragraph", 0, "This entry sums up what "),
        ("paragraph", 0, "The harbour towns were h"),
        ("heading", 1, "Right to water"),
        ("paragraph", 0, "Wells in the Tarn valley"),
        ("paragraph", 0, "Prices rose threefold."),
        ("heading", 1, "Freedom of assembly"),
        ("paragraph", 0, "A permit for every march"),
        ("heading", 1, "Economic and social righ"),
        ("heading", 2, "Workers’ rights"),
        ("paragraph", 0, "Miners at Orrest struck "),
        ("heading", 2, "Child labour"),
        ("paragraph", 0, "Nobody under 16 may work"),
        ("heading", 1, "Norland Newsroom"),
        ("paragraph", 0, "May 23, 2021 • Report"),
        ("paragraph", 0, "June 8, 2019 • Press Rel"),
    ]
    assert read_text(page).metadata == {"title": "Norland"}


def test_press_items_have_their_date_kind_and_title(page):
    items = [block for block in read_text(page).blocks if block.press]
    assert [block.press for block in items] == [
        PressItem(
            date=datetime.date(2021, 5, 23),
            kind="Report",
            title="Dry Wells: How the Tarn valley lost its water",
        ),
        PressItem(date=datetime.date(2019, 6, 8), kind="Press Release", title="Free the marchers"),
    ]
    assert page[items[1].start : items[1].stop].endswith("Twelve people were held for a week.")


@given(TEXTS)
def test_every_character_that_is_not_blank_lies_in_exactly_one_block(text):
    document = read_text(text)
    assert document.text == text
    inside = [i for block in document.blocks for i in range(block.start, block.stop)]
    assert inside == sorted(set(inside))
    assert {i for i, character in enumerate(text) if not character.isspace()} <= set(inside)


@given(st.lists(PARTS).map("".join))
def test_line_ends_of_windows_make_no_difference(text):
    text = text.replace("\r", "")
    windows = text.replace("\n", "\r\n")
    one, other = read_text(text).blocks, read_text(windows).blocks
    assert [
        (block.kind, block.level, block.heading, text[block.start : block.stop]) for block in one
    ] == [
        (
            block.kind,
            block.level,
            block.heading,
            windows[block.start : block.stop].replace("\r\n", "\n"),
        )
        for block in other
    ]


@pytest.mark.parametrize(
    "line",
    [
        "It rained.",
        "“A quotation”",
        "(in brackets)",
        "A list:",
        "2021",
        " ".join(["word"] * (HEADING_WORDS + 1)),
        "two\nlines",
    ],
)
def test_a_line_that_is_no_heading_stays_a_paragraph(line):
    assert [kind for kind, _, _ in told(f"Title\n\n{line}\n\nThen a paragraph.")] == [
        "title",
        "paragraph",
        "paragraph",
    ]


def test_a_heading_has_something_under_it():
    assert told("Title\n\nA paragraph.\n\nThe last line")[-1][0] == "paragraph"


def test_a_text_that_begins_with_a_paragraph_has_no_title():
    document = read_text("It rained.\n\nThen it stopped.")
    assert document.metadata == {}
    assert [block.kind for block in document.blocks] == [BlockKind.PARAGRAPH] * 2


def test_a_date_that_is_none_is_no_press_item():
    text = "Title\n\nWords.\n\nMay 33, 2021 • Report\n\nDry wells\n\nA body."
    assert not any(block.press for block in read_text(text).blocks)


def test_a_text_without_words_has_no_blocks():
    assert read_text(" \r\n\t\n").blocks == ()


def test_headings_alone_are_no_paragraph():
    document = read_text("A heading\n\nAnother heading\n\nA third\n")
    assert not [block for block in document.blocks if block.kind is BlockKind.PARAGRAPH]


def test_the_last_block_of_a_text_with_paragraphs_is_one():
    document = read_text("Title\n\nThe wells ran dry.\n\nSee the annex\n")
    assert document.blocks[-1].kind is BlockKind.PARAGRAPH


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Prices rose threefold.3", "paragraph"),
        ("Prices rose “threefold.”3", "paragraph"),
        ("Prices rose threefold.³", "paragraph"),
        ("Prices rose threefold.[3]", "paragraph"),
        ("He called it “a flood”.12", "paragraph"),
        ("Prices in version 2.5", "heading"),
        ("Resolution No.5", "heading"),
        ("Events of Sept.11", "heading"),
        ("Software v.2", "heading"),
        ("Prices³", "heading"),
    ],
)
def test_a_short_sentence_with_its_note_is_no_heading(line, kind):
    assert told(f"Norland\n\nIt was dry.\n\n{line}\n\nMore was said.\n")[2][0] == kind


def test_lines_that_begin_with_a_bullet_are_items_of_a_list():
    text = "The ministry said:\n- wells are open;\n- pumps\n  are mended.\n\nThe rest is as it was."
    blocks = read_text(text).blocks
    shown = [
        (block.kind, without(text[block.start : block.stop], block.hidden)) for block in blocks
    ]
    assert shown == [
        (BlockKind.PARAGRAPH, "The ministry said:"),
        (BlockKind.ITEM, "wells are open;"),
        (BlockKind.ITEM, "pumps\n  are mended."),
        (BlockKind.PARAGRAPH, "The rest is as it was."),
    ]


def test_one_line_that_begins_with_a_dash_is_no_list():
    (block,) = read_text("The court sat\n– for once in the open –\nand nobody came.").blocks
    assert (block.kind, block.hidden) == (BlockKind.PARAGRAPH, ())


def test_lines_that_name_the_same_columns_are_rows_of_a_table():
    text = "Towns in figures were these.\n\nTown: Orrest; Wells: 3\nTown: Pell; Wells: 4"
    blocks = read_text(text).blocks
    assert [(block.kind, block.label) for block in blocks[1:]] == [
        (BlockKind.ROW, "Table 1, row 1"),
        (BlockKind.ROW, "Table 1, row 2"),
    ]


def test_sentences_with_colons_are_no_table():
    (block,) = read_text("He said: no; she said: yes.\nThey said: perhaps; all left.").blocks
    assert block.kind is BlockKind.PARAGRAPH


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_paragraph_of_several_lines_is_one_however_they_end(end):
    text = "Norland\n\nWater\n\nWells ran dry\nin May.\n\nTankers came\nlate.\n".replace("\n", end)
    document = read_text(text)
    found = [(block.kind, text[block.start : block.stop].split()) for block in document.blocks]
    assert found == [
        (BlockKind.TITLE, ["Norland"]),
        (BlockKind.HEADING, ["Water"]),
        (BlockKind.PARAGRAPH, ["Wells", "ran", "dry", "in", "May."]),
        (BlockKind.PARAGRAPH, ["Tankers", "came", "late."]),
    ]
