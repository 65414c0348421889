"""PDF files: what stands where, in which order, on which page."""

import io
from itertools import pairwise

import pikepdf
import pytest

from corpus.errors import UnreadableReport
from corpus.passage import without
from corpus.readers.document import BlockKind
from corpus.readers.pdf import read_pdf
from tests.corpus.readers.pdf.written import Put, ligature_font, lines, written

LEFT, RIGHT = 60, 320
# Lines that fill a column of 230 points at 10 points, but for the last of a paragraph.
FULL = "The wardens of the northern harbour kept a list"


def column(start, count, x, y=100.0, size=10.0):
    """Lines of text that tell themselves apart, none of which ends a sentence."""
    return lines([f"{FULL} {at:03d}" for at in range(start, start + count)], x, y, size)


def said(document):
    """Each block's kind and shown text."""
    return [
        (block.kind.name, without(document.text[block.start : block.stop], block.hidden))
        for block in document.blocks
    ]


def block_with(document, words):
    """The block whose text has these words."""
    found = [b for b in document.blocks if words in document.text[b.start : b.stop]]
    assert len(found) == 1, words
    return found[0]


def standing(document, words):
    """Sheet and printed page of the block with these words."""
    return [(page.sheet, page.printed) for page in block_with(document, words).pages]


def test_columns_are_read_one_after_the_other_and_a_paragraph_goes_on_over_them_and_the_page():
    pages = [
        [*column(0, 40, LEFT), *column(40, 40, RIGHT), Put("11", 300, 810)],
        [*column(80, 5, LEFT), Put("It ended.", LEFT, 160), Put("12", 300, 810)],
        [*column(200, 4, LEFT), Put("13", 300, 810)],
    ]
    document = read_pdf(written(pages), "two.pdf")
    text = document.text
    numbers = [text.index(f"{at:03d}") for at in range(85)]
    assert numbers == sorted(numbers)
    assert standing(document, "list 000") == [(1, "11"), (2, "12")]
    assert "079 The wardens" in text


def test_columns_written_line_by_line_are_still_read_one_after_the_other():
    left, right = column(0, 40, LEFT), column(40, 40, RIGHT)
    page = [put for pair in zip(left, right, strict=True) for put in pair]
    text = read_pdf(written([page]), "lines.pdf").text
    assert text.index("039") < text.index("040")


def test_a_line_over_both_columns_parts_what_is_above_from_what_is_below():
    wide = Put("The second country of this report has a heading over both columns", LEFT, 300, 16)
    page = [
        *column(0, 10, LEFT),
        *column(10, 10, RIGHT),
        wide,
        *column(20, 10, LEFT, 330),
        *column(30, 10, RIGHT, 330),
    ]
    text = read_pdf(written([page]), "wide.pdf").text
    order = [text.index(part) for part in ("009", "019", "The second country", "020", "039")]
    assert order == sorted(order)


def test_columns_go_on_below_a_box_that_lies_over_them():
    box = lines(
        ["Box 1: what happened to the ferry and to everybody who was on it then"], 100, 300, 12
    )
    page = [
        *column(0, 14, LEFT),
        *column(14, 14, LEFT, 340),
        *column(28, 14, RIGHT),
        *column(42, 14, RIGHT, 340),
        *box,
    ]
    text = read_pdf(written([page]), "box.pdf").text
    assert "013 The wardens" in text
    assert text.index("013") < text.index("014") < text.index("028")


def test_a_large_initial_begins_its_word():
    page = [
        Put("T", LEFT, 118, 30),
        *lines(["he wardens of the northern", "harbour kept a list."], LEFT + 20, 100),
        *lines(["It was found in the winter."], LEFT, 124),
    ]
    assert "The wardens of the northern harbour" in read_pdf(written([page]), "initial.pdf").text


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (["xi", "xii", "xiii", "xiv"], ["xi", "xii", "xiii", "xiv"]),
        (["3/34", "4/34", "5/34", "6/34"], ["3", "4", "5", "6"]),
        (["47699", "47700", "47701", "47702"], ["47699", "47700", "47701", "47702"]),
        (["A-3", "A-4", "A-5", "A-6"], ["A-3", "A-4", "A-5", "A-6"]),
        (["Page 9 of 20", "Page 10 of 20", "Page 11 of 20", ""], ["9", "10", "11", None]),
        (["2019", "1984", "7", "300"], [None, None, None, None]),
    ],
)
def test_printed_pages_are_read_where_they_run_on_whatever_the_file_calls_its_pages(
    printed, expected
):
    pages = [
        [*column(10 * at, 6, LEFT), *([Put(number, 300, 810)] if number else [])]
        for at, number in enumerate(printed)
    ]
    document = read_pdf(written(pages, labels=29), "numbers.pdf")
    shown = {page.sheet: page.printed for block in document.blocks for page in block.pages}
    assert [shown[sheet] for sheet in (1, 2, 3, 4)] == expected


def test_heads_and_feet_are_no_text_but_in_the_extraction_report():
    pages = [
        [Put("Rights Watch 2023", 60, 40, 8), *column(10 * at, 8, LEFT), Put(str(at + 5), 300, 810)]
        for at in range(4)
    ]
    document = read_pdf(written(pages), "heads.pdf")
    assert "Rights Watch" not in document.text
    furniture = {item.text: item.sheets for item in document.extraction.furniture}
    assert furniture["Rights Watch 2023"] == (1, 2, 3, 4)


def test_a_head_that_names_each_country_is_dropped_too():
    names = ["ALDOVIA", "BRESTONIA", "CORVANE", "DELMARK"]
    pages = [[Put(name, 60, 40, 8, "bold"), *column(9, 8, LEFT)] for name in names]
    assert "CORVANE" not in read_pdf(written(pages), "countries.pdf").text


def test_heads_that_change_sides_and_name_the_chapter_are_dropped_with_their_numbers():
    pages = [
        [
            *([Put("Lantern Watch", 60, 40), Put(f"{name} {at}", 480, 40)] if at % 2 else
              [Put(f"{at} The State of Liberties", 60, 40), Put(name, 480, 40)]),
            *column(10 * at, 8, LEFT),
        ]
        for at, name in enumerate(["Aldmark", "Aldmark", "Brenova", "Corvessa"], 3)
    ]  # fmt: skip
    document = read_pdf(written(pages), "sides.pdf")
    assert "Lantern" not in document.text
    assert "Brenova" not in document.text
    assert [page.printed for block in document.blocks for page in block.pages] == list("3456")


def test_a_table_above_columns_keeps_its_rows_though_its_white_lies_over_theirs():
    rows = [("Northport", "112", "148"), ("Two Rivers", "194", "238"), ("Southmoor", "86", "131")]
    cells = [
        Put(value, x, 120 + 14 * at)
        for at, row in enumerate(rows)
        for value, x in zip(row, (60, 240, 340), strict=True)
    ]
    heading = [
        Put("District", 60, 100),
        Put("Detained, official", 200, 100),
        Put("Known", 340, 100),
    ]
    page = [*heading, *cells, *column(0, 20, LEFT, 200), *column(20, 20, RIGHT, 200)]
    document = read_pdf(written([page]), "above.pdf")
    rows = [document.text[b.start : b.stop] for b in document.blocks if b.kind is BlockKind.ROW]
    assert rows[1].startswith("District: Two Rivers; ")
    assert rows[1].endswith("Known: 238")
    assert document.text.index("019") < document.text.index("020")


def test_notes_at_the_end_with_roman_markers_are_joined_from_anywhere():
    pages = [
        [*column(0, 10, LEFT), Put("It was burnt.", LEFT, 220), Put("ii", 117, 220, 6, up=4)],
        column(10, 10, LEFT),
        [*column(20, 10, LEFT), Put("ii", LEFT, 300, 8), Put("Kept by the wardens.", 80, 300, 8)],
    ]
    document = read_pdf(written(pages), "end.pdf")
    note = block_with(document, "Kept by the wardens")
    assert (note.kind, note.label) == (BlockKind.NOTE, "ii")
    assert [mark.at for mark in block_with(document, "It was burnt").notes] == [note.start]


def test_letters_of_a_register_in_the_margin_are_no_text():
    page = [*column(0, 30, LEFT), Put("V", 570, 300, 14, "bold")]
    document = read_pdf(written([page]), "register.pdf")
    assert "V" not in document.text
    assert ("V", (1,)) in [(item.text, item.sheets) for item in document.extraction.furniture]


def test_the_documents_other_words_decide_on_a_hyphen_at_a_lines_end():
    page = lines(
        [
            "The disease was known and tele-education was not, so that a dis-",
            "ease of the north was taught nowhere but by the means of tele-",
            "education, which the ministry of the harbour had not yet allowed.",
            "Harbour and winter were known, the long winter of the har-",
            "bour and of the people who lived there until the end of win-",
            "ter came.",
        ],
        LEFT,
        100,
    )
    text = read_pdf(written([page]), "hyphens.pdf").text
    assert "that a disease of the north" in text
    assert "means of tele-education, which" in text


def test_an_address_goes_on_over_a_lines_end():
    page = lines(
        ["It is all told at https://www.example.org/reports/", "2021/velmora.html."], 60, 100
    )
    document = read_pdf(written([page]), "address.pdf")
    assert "https://www.example.org/reports/2021/velmora.html" in document.text


def noted():
    body = [
        *column(0, 20, LEFT),
        Put("It closed in March.", LEFT, 340),
        Put("7", 141, 340, 6, up=4),
    ]
    notes = [Put("7", LEFT, 760, 5, up=3), Put("Letter of the warden, 4 May.", LEFT + 4, 760, 8)]
    return written([[*body, *notes]], rules=[(0, 60, 160, 745)])


def test_a_footnote_stands_apart_and_its_marker_knows_where():
    document = read_pdf(noted(), "notes.pdf")
    note = block_with(document, "Letter of the warden")
    assert (note.kind, note.label) == (BlockKind.NOTE, "7")
    body = block_with(document, "It closed in March")
    assert [(mark.note, mark.at) for mark in body.notes] == [("7", note.start)]
    shown = without(document.text[body.start : body.stop], body.hidden)
    assert shown.endswith("It closed in March.")
    assert (document.extraction.joined, document.extraction.unjoined) == (1, ())


def test_a_line_that_begins_with_a_number_is_no_note_without_a_rule():
    page = [
        *column(0, 10, LEFT, size=12),
        *lines(["14 of the wardens left.", "Four came."], 60, 300, 9),
    ]
    assert {kind for kind, _ in said(read_pdf(written([page]), "small.pdf"))} == {"PARAGRAPH"}


def table_page(rows, y):
    header = [
        Put(name, x, y, 9, "italic") for name, x in (("District", 60), ("2021", 250), ("2022", 350))
    ]
    cells = [
        Put(value, x, y + 18 + 15 * at, 9)
        for at, row in enumerate(rows)
        for value, x in zip(row, (60, 250, 350), strict=True)
    ]
    return header + cells


def test_rows_of_a_table_name_their_columns_and_are_counted_on_over_the_page():
    first = [("Northport", "4", "–"), ("Two Rivers", "11", "3"), ("Southmoor", "7", "9")]
    second = [("Eastcliff", "1", "2"), ("Westfield", "5", "6"), ("Lowmarsh", "8", "10")]
    caption = [Put("Table 3", 60, 600), Put("Arrests by district", 60, 612, 10, "bold")]
    pages = [
        [*column(0, 30, LEFT), *caption, *table_page(first, 640)],
        [*table_page(second, 80), *column(40, 10, LEFT, 300)],
    ]
    document = read_pdf(written(pages), "table.pdf")
    rows = {
        b.label: document.text[b.start : b.stop] for b in document.blocks if b.kind is BlockKind.ROW
    }
    assert rows["Table 3, row 2"] == "District: Two Rivers; 2021: 11; 2022: 3"
    assert rows["Table 3, row 4"] == "District: Eastcliff; 2021: 1; 2022: 2"
    assert standing(document, "Eastcliff") == [(2, None)]


def test_headings_are_larger_or_bold_and_nest():
    page = [
        Put("I. Findings", LEFT, 80, 16, "bold"),
        *lines([FULL, "at the northern gate."], LEFT, 110),
        Put("Prisons", LEFT, 160, 12, "bold"),
        *lines([FULL, "at the southern gate."], LEFT, 190),
        *lines([FULL, "until the long winter."], LEFT, 240),
    ]
    document = read_pdf(written([page]), "headings.pdf")
    assert [(b.level, b.heading) for b in document.blocks if b.kind is BlockKind.HEADING] == [
        (1, "I. Findings"),
        (2, "Prisons"),
    ]


WORDS = [
    "apple",
    "bread",
    "crane",
    "delta",
    "eagle",
    "flute",
    "grain",
    "honey",
    "igloo",
    "jolly",
    "karst",
    "lemon",
]


def test_bold_paragraphs_that_are_text_are_no_headings_and_keep_their_numbers():
    pages = []
    for sheet in range(2):
        page = [Put("Conclusions", LEFT, 80, 16, "bold")] if not sheet else []
        for at in range(12):
            number = 12 * sheet + at + 1
            y = 110 + 36 * at
            page += [
                Put(f"{number}.", LEFT, y),
                Put(
                    f"Release all {WORDS[at]} {sheet * 'now'} whom the wardens hold without",
                    85,
                    y,
                    10,
                    "bold",
                ),
            ]
            page.append(
                Put(
                    "a charge, and let the families know of it (Norland);", LEFT, y + 12, 10, "bold"
                )
            )
        pages.append(page)
    document = read_pdf(written(pages), "numbered.pdf")
    paragraphs = [b for b in document.blocks if b.kind is BlockKind.PARAGRAPH]
    assert [b.printed_number for b in paragraphs] == [str(number) for number in range(1, 25)]
    shown = without(document.text[paragraphs[4].start : paragraphs[4].stop], paragraphs[4].hidden)
    assert shown.startswith("Release all")


def test_items_follow_their_lead_in():
    page = [
        *lines([FULL, "The wardens held:"], LEFT, 100),
        *lines(["• two fishermen of the harbour;", "• the teacher."], LEFT + 15, 130, leading=14),
    ]
    assert [kind for kind, _ in said(read_pdf(written([page]), "list.pdf"))] == [
        "PARAGRAPH",
        "ITEM",
        "ITEM",
    ]


def test_a_ligature_that_the_font_names_is_mended_and_reported():
    page = [*lines([FULL], LEFT, 100), Put("an of\x1bce was closed", LEFT, 112, 10, "bad")]
    document = read_pdf(written([page], fonts={"bad": ligature_font}), "ligature.pdf")
    assert "an office was closed" in document.text.replace("offi", "offi")
    mended = [(found.what, found.becomes, found.count) for found in document.extraction.mended]
    assert mended == [("i", "fi", 1)]


def test_country_entries_are_told_by_contents_and_formal_names():
    names = ["ALDOVIA", "BRESTONIA", "CORVANE", "DELMARK"]
    contents = [
        Put("Contents", LEFT, 60, 14, "bold"),
        *lines([f"{name} {'.' * 60} {at + 1}" for at, name in enumerate(names[:3])], LEFT, 100),
    ]
    pages = [contents]
    for at, name in enumerate(names):
        pages.append(
            [
                Put(name, LEFT, 80, 20),
                Put(f"Republic of {name.title()}", LEFT, 100, 10, "bold"),
                *column(10 * at, 10, LEFT, 140),
                Put(str(at + 1), 300, 810),
            ]
        )
    entries = read_pdf(written(pages), "countries.pdf").entries
    assert [entry.name for entry in entries] == names
    assert entries[0].formal_name == "Republic of Aldovia"
    assert entries[0].disagreement is None
    assert "DELMARK" in (entries[3].disagreement or "")


def test_properties_are_guesses_and_never_metadata():
    page = [Put("The long winter of Velmora", LEFT, 80, 24), *column(0, 10, LEFT, 140)]
    document = read_pdf(written([page], title="A-Z copy 1"), "title.pdf")
    assert not document.metadata
    assert document.guesses["title"] == "The long winter of Velmora"
    assert document.extraction.properties["Title"] == "A-Z copy 1"


def test_a_title_that_the_properties_state_ends_before_the_publisher_below_it():
    title = "The long winter of Velmora"
    page = [Put(f"{title} Lantern Watch", LEFT, 80, 24), *column(0, 10, LEFT, 140)]
    assert read_pdf(written([page], title=title), "title.pdf").guesses["title"] == title


def test_a_date_is_guessed_from_a_line_of_its_own_and_not_from_what_happened_then():
    words = "Of the wells in the district nine had been closed by the 5 March 2019 and one by"
    prose = [Put("Velmora", LEFT, 80, 24), *column(0, 10, LEFT, 140), Put(words, LEFT, 400)]
    assert "published" not in read_pdf(written([prose]), "prose.pdf").guesses
    dated = [*prose, Put("Issued in Tarn on 2 July 2021", LEFT, 110, 12)]
    assert read_pdf(written([dated]), "dated.pdf").guesses["published"] == "2 July 2021"


def test_blocks_are_slices_in_order_and_reading_twice_is_the_same():
    first, second = read_pdf(noted(), "a.pdf"), read_pdf(noted(), "a.pdf")
    assert first == second
    places = [(block.start, block.stop) for block in first.blocks]
    assert places == sorted(places)
    assert all(start < stop <= len(first.text) for start, stop in places)
    assert all(first.text[a[1] : b[0]] == "\n\n" for a, b in pairwise(places))
    assert not first.extraction.suspicions


def picture_page(file):
    image = file.make_stream(bytes(100))
    image.update(
        pikepdf.Dictionary(
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=10,
            Height=10,
            ColorSpace=pikepdf.Name.DeviceGray,
            BitsPerComponent=8,
        )
    )
    page = file.add_blank_page(page_size=(595, 842))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary({"/I": image}))
    page.Contents = file.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q")


def with_picture(content):
    with pikepdf.open(io.BytesIO(content)) as file:
        picture_page(file)
        target = io.BytesIO()
        file.save(target)
    return target.getvalue()


def test_pages_that_are_pictures_are_named():
    document = read_pdf(with_picture(written([column(0, 10, LEFT)])), "mixed.pdf")
    assert document.extraction.pictures == (2,)


def scan():
    file = pikepdf.new()
    picture_page(file)
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (scan(), "is a scan"),
        (b"%PDF-1.4\nnothing", "is damaged"),
        (written([[]]), "has no text"),
        (
            written([lines([FULL], 60, 80)], encryption=pikepdf.Encryption(user="a", owner="b")),
            "is encrypted",
        ),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(content, why):
    with pytest.raises(UnreadableReport, match=f"x.pdf {why}") as caught:
        read_pdf(content, "x.pdf")
    assert ";" in str(caught.value)


def test_a_damaged_file_is_written_anew():
    content = written([column(0, 10, LEFT)]).replace(b"startxref", b"startxxxx")
    assert "list 009" in read_pdf(content[: content.rindex(b"trailer")], "damaged.pdf").text
