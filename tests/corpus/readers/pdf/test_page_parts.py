"""What stands on a PDF's page beside its text: notes, heads in the margin, tables, lists."""

import io

import pikepdf
import pytest

from corpus.errors import UnreadableReport
from corpus.passage import without
from corpus.readers.document import BlockKind
from corpus.readers.pdf import read_pdf
from corpus.readers.pdf.pdfium import PdfFile
from tests.corpus.readers.pdf.test_headings import LAST, TEXT, prose
from tests.corpus.readers.pdf.written import Put, lines, written


def notes(document):
    """The notes, and where markers say that they are."""
    text = {
        block.label: document.text[block.start : block.stop]
        for block in document.blocks
        if block.kind is BlockKind.NOTE
    }
    starts = {b.start: b.label for b in document.blocks if b.kind is BlockKind.NOTE}
    return text, [starts[mark.at] for block in document.blocks for mark in block.notes]


def rows(document):
    """Each row's label and text."""
    return [
        (block.label, document.text[block.start : block.stop])
        for block in document.blocks
        if block.kind is BlockKind.ROW
    ]


def shown(document):
    """The paragraphs as they are shown."""
    return [
        without(document.text[block.start : block.stop], block.hidden)
        for block in document.blocks
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
    ]


def test_notes_numbered_with_a_stroke_in_the_size_of_the_text_are_notes():
    page = [*prose(60), Put("It was burnt in the winter. 1/", 60, 120), *prose(150),
            Put("1/   Kept by the wardens.", 70, 760)]  # fmt: skip
    document = read_pdf(written([page], rules=[(0, 60, 160, 745)]), "typed.pdf")
    assert notes(document) == ({"1": "Kept by the wardens."}, ["1"])
    assert "It was burnt in the winter." in shown(document)


def test_notes_marked_with_symbols_on_the_line_are_joined():
    page = [*prose(60), Put("It was burnt in the winter *", 60, 120), *prose(150),
            Put("*   Kept by the wardens.", 70, 760)]  # fmt: skip
    document = read_pdf(written([page], rules=[(0, 60, 160, 745)]), "stars.pdf")
    assert notes(document) == ({"*": "Kept by the wardens."}, ["*"])


def test_numbers_that_run_on_at_the_foot_are_notes_without_a_rule():
    page = [
        *prose(60),
        Put("It was burnt.", 60, 120), Put("4", 116, 120, 6, up=4),
        Put("It was built.", 60, 140), Put("5", 113, 140, 6, up=4),
        *prose(170),
        Put("4", 60, 750, 8), Put("Kept by the wardens.", 70, 750, 8),
        Put("5", 60, 760, 8), Put("Lost by the wardens.", 70, 760, 8),
    ]  # fmt: skip
    found, joined = notes(read_pdf(written([page]), "foot.pdf"))
    assert found == {"4": "Kept by the wardens.", "5": "Lost by the wardens."}
    assert joined == ["4", "5"]


def test_notes_side_by_side_are_each_one():
    page = [
        *prose(60),
        Put("It was burnt.", 60, 120), Put("1", 116, 120, 6, up=4),
        Put("It was built.", 60, 140), Put("2", 113, 140, 6, up=4),
        *prose(170),
        Put("1", 60, 750, 8), Put("Kept by the wardens of", 70, 750, 8),
        Put("2", 260, 750, 8), Put("Lost by the wardens of", 270, 750, 8),
        Put("the northern harbour.", 60, 760, 8), Put("the southern harbour.", 260, 760, 8),
    ]  # fmt: skip
    found, _ = notes(read_pdf(written([page], rules=[(0, 60, 140, 738)]), "beside.pdf"))
    assert found == {
        "1": "Kept by the wardens of the northern harbour.",
        "2": "Lost by the wardens of the southern harbour.",
    }


def test_a_dash_at_a_lines_start_goes_on_with_the_sentence():
    page = lines(
        [TEXT, TEXT, "– but for the boats of the second fleet and one boat more", LAST], 60, 60
    )
    assert len(shown(read_pdf(written([page]), "dash.pdf"))) == 1


def test_short_lines_with_dashes_are_a_list():
    page = [*prose(60), *lines(["– Boats", "– Nets", "– Lamps"], 60, 130)]
    assert shown(read_pdf(written([page]), "list.pdf"))[1:] == ["Boats", "Nets", "Lamps"]


def test_a_hyphen_at_a_lines_end_stays_where_hardly_any_line_ends_with_one():
    page = [
        *lines([TEXT] * 54, 60, 60),
        *lines(["and they sold a large-", "scale map of it."], 60, 708),
    ]
    document = read_pdf(written([*[lines([TEXT] * 54, 60, 60)] * 3, page]), "typed.pdf")
    assert "large-scale map" in document.text


def test_large_heads_that_name_the_country_are_heads_where_they_come_again():
    heads = ["ALD", "ALD", "BRE", "BRE", "COR", "COR"]
    pages = [[Put(name, 500, 40, 13), *prose(90)] for name in heads]
    document = read_pdf(written(pages), "heads.pdf")
    assert "BRE" not in document.text


def test_heads_and_page_numbers_in_the_margin_are_no_text():
    pages = [
        [Put("Shift of", 500, 62), Put("tides", 500, 74), Put(str(160 + at), 500, 200),
         *prose(60), *prose(130), *prose(200)]
        for at in range(4)
    ]  # fmt: skip
    document = read_pdf(written(pages), "margin.pdf")
    assert "tides" not in document.text
    printed = {page.printed for block in document.blocks for page in block.pages}
    assert printed == {"160", "161", "162", "163"}


def test_a_raised_marker_at_the_foot_is_no_page_number():
    first = [*prose(60), Put("1", 60, 796, 6, up=4), Put("To be issued.", 66, 800, 9)]
    pages = [first, *([*prose(60), Put(f"Page {at}", 60, 40)] for at in (2, 3, 4))]
    document = read_pdf(written(pages, labels=1), "first.pdf")
    assert document.blocks[0].pages[0].printed is None


def test_a_contents_list_with_paragraphs_and_pages_is_no_text():
    dots = "." * 60
    page = [
        Put("CONTENTS", 200, 60),
        *(Put(f"{name} {dots} {at} - {at + 3} {at}", 60, 90 + 20 * at)
          for at, name in enumerate(["Boats", "Nets", "Lamps", "Ice"], 3)),
    ]  # fmt: skip
    document = read_pdf(written([page, prose(60)]), "contents.pdf")
    assert "Nets" not in document.text


def table(cells, y=100, xs=(60, 220, 320)):
    """Rows of cells at these places."""
    return [
        Put(cell, x, y + 14 * at)
        for at, row in enumerate(cells)
        for cell, x in zip(row, xs, strict=False)
    ]


def test_white_in_a_caption_makes_it_no_row():
    page = [
        Put("Table 1.", 60, 70), Put("Boats by harbour and by winter of the second fleet", 120, 70),
        *table([("Harbour", "1996", "1997"), ("North", "45", "46"), ("South", "31", "32"),
                ("East", "12", "13")]),
    ]  # fmt: skip
    document = read_pdf(written([page], rules=[(0, 60, 345, 88), (0, 60, 345, 104)]), "t.pdf")
    assert rows(document)[0] == ("Table 1, row 1", "Harbour: North; 1996: 45; 1997: 46")


def test_rows_that_name_themselves_have_no_heading_row():
    cells = [("Head of state:", "Ivo Kranz"), ("Fleet:", "twelve boats"), ("Ice:", "until May"),
             ("Harbours:", "four"), ("Lamps:", "none")]  # fmt: skip
    found = rows(read_pdf(written([table(cells)]), "box.pdf"))
    assert [text for _, text in found][:2] == ["Head of state: Ivo Kranz", "Fleet: twelve boats"]


def test_a_name_in_brackets_goes_on_with_the_line_above_it():
    cells = [("Harbour", "Boats", "Nets"), ("North", "45", "46"), ("Oru",), ("(Isle of)", "5", "6"),
             ("South", "31", "32"), ("East", "12", "13")]  # fmt: skip
    found = rows(read_pdf(written([table(cells)]), "names.pdf"))
    assert "Harbour: Oru (Isle of); Boats: 5; Nets: 6" in [text for _, text in found]
    assert not any("Oru" in text for _, text in found[2:])


def test_a_table_whose_cells_are_lines_of_text_is_said_to_be_perhaps_mixed_columns():
    long = "the wardens of the harbour kept lists"
    cells = [(long, "of every boat that came back then", "before the ice")] * 6
    document = read_pdf(written([table(cells, xs=(60, 250, 430))]), "mixed.pdf")
    assert any("columns" in one.sentence for one in document.extraction.suspicions)


def test_letters_that_are_stored_as_other_signs_are_not_read():
    page = lines(["a%; &! b(' )%; $ &c +! %;d ' (& ) ;%e $! & '; %! ( &"] * 20, 60, 60)
    with pytest.raises(UnreadableReport, match="stores its letters as other signs"):
        read_pdf(written([page]), "garbled.pdf")


def test_a_box_clipped_to_a_line_is_a_line():
    with pikepdf.open(io.BytesIO(written([prose(60)]))) as file:
        clipped = b"q 60 99 m 400 99 l 400 100 l 60 100 l h W n 60 50 340 50 re f Q"
        file.pages[0].contents_add(clipped)
        target = io.BytesIO()
        file.save(target)
    with PdfFile(target.getvalue()) as opened:
        assert [(rule.x0, rule.x1) for rule in opened.page(1).rules] == [(60, 400)]


def test_a_groups_name_that_stands_close_below_a_long_label_is_not_part_of_it():
    # Lines of one label stand 9 points apart, rows 12; the next group's name 9.5, further left.
    places = [
        (100, [("Group", 60), ("1996", 220), ("1997", 320)], "bold"),
        (116, [("Men", 66)], "plain"),
        (128, [("Northern", 74), ("45", 220), ("46", 320)], "plain"),
        (140, [("Southern or", 74), ("31", 220), ("32", 320)], "plain"),
        (149, [("Island", 77)], "plain"),
        (158.5, [("Women", 68)], "plain"),
        (170.5, [("Northern", 74), ("12", 220), ("13", 320)], "plain"),
        (182.5, [("Southern", 74), ("14", 220), ("15", 320)], "plain"),
    ]
    puts = [Put(text, x, y, 8, font) for y, cells, font in places for text, x in cells]
    found = [text for _, text in rows(read_pdf(written([puts]), "groups.pdf"))]
    assert found[1:3] == [
        "Men; Group: Southern or Island; 1996: 31; 1997: 32",
        "Women; Group: Northern; 1996: 12; 1997: 13",
    ]
