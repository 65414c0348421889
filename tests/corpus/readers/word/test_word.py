"""Word files: what stands in them, as Word prints it with all changes accepted."""

import datetime
import io
import re
import time
import zipfile

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cutting import cut
from corpus.errors import UnreadableReport
from corpus.passage import without
from corpus.readers.word import read_word
from corpus.readers.word.number_formats import printed
from tests.corpus.readers.word.word_files import (
    STYLES,
    called,
    level,
    lists,
    note,
    p,
    run,
    table,
    word_file,
)

HEADINGS = [
    level(0, "upperRoman", "%1.", style="berschrift1"),
    level(1, "decimal", "%1.%2", style="berschrift2", more="<w:isLgl/>"),
]
PARAGRAPHS = [
    level(0, "decimal", "%1."),
    level(1, "decimal", "%1.%2"),
    level(2, "lowerLetter", "(%3)"),
]
BULLETS = [level(0, "bullet", "")]


def read(body, **parts):
    return read_word(word_file(body, **parts), "norland.docx")


def shown(document):
    """Kind, printed number or label, and words of each block."""
    return [
        (
            block.kind.value,
            block.printed_number or block.label,
            block.heading or without(document.text[block.start : block.stop], block.hidden),
        )
        for block in document.blocks
    ]


def words(body, **parts):
    return [text for _, _, text in shown(read(body, **parts))]


def refusal(content):
    with pytest.raises(UnreadableReport) as raised:
        read_word(content, "norland.docx")
    sentence = str(raised.value)
    assert sentence.startswith("norland.docx ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_headings_are_known_in_any_language_and_numbered_as_word_does():
    body = (
        p("Norland 2021", "Titel")
        + p("Rights", "berschrift1")
        + p("Water", "berschrift2")
        + p("Food", "berschrift2")
        + p("Wells ran dry.")
        + p("Annexes", "berschrift1")
        + p("Sources", "berschrift2")
        + p("Own style", "Eigene")
        + p("More.")
        + p("By level alone", properties='<w:outlineLvl w:val="0"/>')
        + p("Body after all", "berschrift1", properties='<w:outlineLvl w:val="9"/>')
    )
    document = read(body, styles=STYLES, numbering=lists(HEADINGS))
    assert shown(document) == [
        ("title", None, "Norland 2021"),
        ("heading", "I", "I. Rights"),
        ("heading", "1.1", "1.1 Water"),
        ("heading", "1.2", "1.2 Food"),
        ("paragraph", None, "Wells ran dry."),
        ("heading", "II", "II. Annexes"),
        ("heading", "2.1", "2.1 Sources"),
        ("heading", None, "Own style"),
        ("paragraph", None, "More."),
        ("heading", None, "By level alone"),
        ("item", None, "III. Body after all"),
    ]
    levels = [block.level for block in document.blocks if block.kind.value == "heading"]
    assert levels == [1, 2, 2, 1, 2, 2, 1]
    assert document.metadata == {"title": "Norland 2021"}


def test_paragraphs_have_the_numbers_that_word_prints():
    body = (
        p("One.", number=1)
        + p("Two, of which:", number=1)
        + p("a.", number=1, at=1)
        + p("b:", number=1, at=1)
        + p("first;", number=1, at=2)
        + p("second.", number=1, at=2)
        + p("c.", number=1, at=1)
        + p("first anew.", number=1, at=2)
        + p("Not numbered.")
        + p("Three.", number=1)
        + p("", number=1)
        + p("Five.", number=1)
    )
    assert shown(read(body, numbering=lists(PARAGRAPHS))) == [
        ("paragraph", "1", "One."),
        ("paragraph", "2", "Two, of which:"),
        ("paragraph", "2.1", "a."),
        ("paragraph", "2.2", "b:"),
        ("item", None, "(a) first;"),
        ("item", None, "(b) second."),
        ("paragraph", "2.3", "c."),
        ("item", None, "(a) first anew."),
        ("paragraph", None, "Not numbered."),
        ("paragraph", "3", "Three."),
        ("paragraph", "5", "Five."),
    ]


def test_a_list_below_a_colon_belongs_to_its_sentence():
    numbering = lists(PARAGRAPHS, BULLETS)
    body = p("Hit were:") + p("Tarn;", number=1) + p("Lund.", number=1) + p("So.")
    assert shown(read(body, numbering=numbering))[1:3] == [
        ("item", None, "1. Tarn;"),
        ("item", None, "2. Lund."),
    ]
    body = p("Hit were:") + p("Tarn;", number=2) + p("Lund.", number=2)
    assert words(body, numbering=numbering) == ["Hit were:", "Tarn;", "Lund."]


def test_lists_of_one_definition_count_on_unless_one_begins_anew():
    numbering = lists(PARAGRAPHS) + (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="124"/></w:lvlOverride></w:num>'
    )
    body = "".join(p(f"Words {i}.", number=n) for i, n in enumerate([1, 1, 2, 3, 3, 1]))
    body += p("Below.", number=3, at=1)
    numbers = [number for _, number, _ in shown(read(body, numbering=numbering))]
    assert numbers == ["1", "2", "3", "124", "125", "126", "126.1"]


def test_a_level_begins_anew_after_the_level_that_it_names():
    def numbers(restart):
        more = f'<w:lvlRestart w:val="{restart}"/>'
        levels = [*PARAGRAPHS[:2], level(2, "decimal", "%1.%2.%3", more=more)]
        at = [0, 1, 2, 1, 2, 0, 2]
        body = "".join(p("Words.", number=1, at=one) for one in at)
        found = [number for _, number, _ in shown(read(body, numbering=lists(levels)))]
        return [found[index] for index in (2, 4, 6)]

    assert numbers(0) == ["1.1.1", "1.2.2", "2.1.3"]
    assert numbers(1) == ["1.1.1", "1.2.2", "2.1.1"]
    assert numbers(2) == ["1.1.1", "1.2.1", "2.1.1"]


@pytest.mark.parametrize(
    ("number_format", "found"),
    [
        ("upperRoman", ["I", "IV", "IX", "XL", "MCMXCIV"]),
        ("lowerLetter", ["a", "d", "i", "nn", "r" * 77]),
        ("ordinal", ["1st", "4th", "9th", "40th", "1994th"]),
        ("decimalZero", ["01", "04", "09", "40", "1994"]),
        ("ganada", ["가", "라", "자", "타타타", "바" * 143]),
        ("bullet", ["", "", "", "", ""]),
        ("nobody knows", ["1", "4", "9", "40", "1994"]),
    ],
)
def test_numbers_in_the_formats_of_word(number_format, found):
    assert [printed(value, number_format) for value in (1, 4, 9, 40, 1994)] == found


@given(st.integers(-(10**12), 10**12))
def test_any_number_prints_in_any_format(value):
    for number_format in ("upperRoman", "lowerLetter", "ordinal", "decimal", "arabicAlpha"):
        assert printed(value, number_format)


def test_notes_are_joined_in_the_order_of_their_markers_and_stand_in_their_section():
    body = (
        p("Rights", "berschrift1")
        + p(run("Dry.") + called("footnote", 7) + run(" Wet.") + called("endnote", 2))
        + p(run("Hot.") + called("footnote", 3))
        + p("Annex", "berschrift1")
        + p(run("Cold.") + called("footnote", 9))
    )
    notes = (
        '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        + note("footnote", 3, "Second.")
        + note("footnote", 7, "First.")
        + note("footnote", 5, "Called by nothing.")
    )
    document = read(
        body, styles=STYLES, footnotes=notes, endnotes=note("endnote", 2, "At the end.")
    )
    assert shown(document) == [
        ("heading", None, "Rights"),
        ("paragraph", None, "Dry. Wet."),
        ("paragraph", None, "Hot."),
        ("note", "1", "First."),
        ("note", "i", "At the end."),
        ("note", "2", "Second."),
        ("heading", None, "Annex"),
        ("paragraph", None, "Cold."),
    ]
    marks = [(mark.note, document.text[mark.at :].split()[0]) for mark in document.blocks[1].notes]
    assert marks == [("1", "First."), ("i", "At")]
    assert document.text[document.blocks[1].start :].startswith("Dry.1 Wet.i")
    assert document.extraction.joined == 3


def test_notes_are_numbered_as_the_settings_say():
    body = p(run("Dry.") + called("footnote", 1))
    settings = '<w:footnotePr><w:numFmt w:val="lowerLetter"/><w:numStart w:val="3"/></w:footnotePr>'
    document = read(body, footnotes=note("footnote", 1, "Note."), settings=settings)
    assert shown(document)[1] == ("note", "c", "Note.")


def test_changes_are_accepted_and_what_was_deleted_is_gone():
    body = (
        p(
            run("Wells ")
            + f"<w:ins>{run('ran ')}</w:ins>"
            + "<w:del><w:r><w:delText>were </w:delText></w:r></w:del>"
            + f"<w:moveFrom>{run('dry ')}</w:moveFrom>"
            + run("dry.")
        )
        + p(f"<w:moveTo>{run('Moved here.')}</w:moveTo>")
        + p(run("Joined "), properties="<w:rPr><w:del/></w:rPr>")
        + p("to this.")
        + f"<w:ins>{p('A whole one.')}</w:ins>"
        + "<w:p><w:del><w:r><w:delText>A whole one gone.</w:delText></w:r></w:del></w:p>"
        + "<w:tbl><w:tr><w:trPr><w:del/></w:trPr>"
        + f"<w:tc>{p('gone')}</w:tc><w:tc>{p('gone')}</w:tc></w:tr>"
        + f"<w:tr><w:tc>{p('kept')}</w:tc><w:tc>{p('too')}</w:tc></w:tr></w:tbl>"
    )
    assert words(body) == [
        "Wells ran dry.",
        "Moved here.",
        "Joined to this.",
        "A whole one.",
        "kept; too",
    ]


def test_rows_name_their_columns_and_a_box_is_no_table():
    across = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("People")}</w:tc>'
    starts = f'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{p("Tarn")}</w:tc>'
    goes_on = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{p()}</w:tc>"
    body = (
        table(["Place", across], [starts, "63", "7"], [goes_on, "64", ""], head=True)
        + table(["Only one cell: a box."])
        + table(["A", "B"], ["1", "2"])
    )
    assert shown(read(body)) == [
        ("row", "Table 1, row 1", "Place: Tarn; People: 63; People: 7"),
        ("row", "Table 1, row 2", "Place: Tarn; People: 64"),
        ("paragraph", None, "Only one cell: a box."),
        ("row", "Table 2, row 1", "A; B"),
        ("row", "Table 2, row 2", "1; 2"),
    ]


def test_text_boxes_are_read_once():
    box = f"<w:txbxContent>{p('In a box.')}</w:txbxContent>"
    drawn = (
        "<w:r><mc:AlternateContent>"
        f"<mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert words(p(run("Around.") + drawn)) == ["Around.", "In a box."]


def test_what_is_no_text_of_the_report_is_left_out_and_said():
    field = "".join(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin",))
    field += f"<w:r><w:instrText>PAGE x</w:instrText></w:r>{run('instruction')}"
    field += f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("result")}'
    field += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = (
        p("Contents 3", "Verzeichnis1")
        + '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        + f"</w:docPartObj></w:sdtPr><w:sdtContent>{p('Water 4')}</w:sdtContent></w:sdt>"
        + f"<w:sdt><w:sdtContent>{p('In a control.')}</w:sdtContent></w:sdt>"
        + p(run("Seen") + run("unseen", "<w:vanish/>") + run("."))
        + p(field)
    )
    document = read(body, styles=STYLES)
    assert [text for _, _, text in shown(document)] == ["In a control.", "Seen.", "result"]
    left_out = [one.text for one in document.extraction.furniture]
    assert left_out == ["Contents 3", "Water 4", "unseen"]


def test_signs_are_what_they_say_and_no_layout():
    body = p(
        run("10")
        + run("6", '<w:vertAlign w:val="superscript"/>')
        + "<w:r><w:tab/><w:t>km</w:t><w:softHyphen/><w:noBreakHyphen/><w:br/></w:r>"
        + run("R&amp;D \u00a0x\u00ad")
        + '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:char="20AC"/></w:r>'
    )
    document = read(body)
    assert document.text == "10⁶ km‑\nR&D \u00a0x�€"
    assert [(one.becomes, one.count) for one in document.extraction.mended] == [(None, 1)]


def test_right_to_left_and_korean_stay_in_logical_order():
    text = "جفت الآبار في وادي تارن. 우물이 말랐다."
    assert words(p(run(text, "<w:rtl/>"), properties="<w:bidi/>")) == [text]


def test_core_properties_are_guesses():
    core = (
        "<dc:title>A-Z copy 1</dc:title><dcterms:created>2022-03-29T10:00:00Z</dcterms:created>"
        "<dcterms:modified>2024-01-02T10:00:00Z</dcterms:modified>"
    )
    document = read(p("Words."), core=core)
    assert document.guesses == {"title": "A-Z copy 1", "published": "2022-03-29"}
    assert document.metadata == {}
    assert document.extraction.properties == {"modified": "2024-01-02"}


def test_the_document_may_stand_in_any_folder():
    assert words(p("Words."), folder="parts") == ["Words."]


def test_a_file_of_another_program_is_read():
    made = io.BytesIO()
    document = docx.Document()
    document.add_heading("Norland 2021", 0)
    document.add_heading("Right to water", 1)
    document.add_paragraph("Hit were:")
    document.add_paragraph("Tarn", style="List Bullet")
    rows = document.add_table(2, 2)
    for place, text in enumerate(["Year", "People", "2021", "63"]):
        rows.cell(place // 2, place % 2).text = text
    document.save(made)
    assert shown(read_word(made.getvalue(), "n.docx")) == [
        ("title", None, "Norland 2021"),
        ("heading", None, "Right to water"),
        ("paragraph", None, "Hit were:"),
        ("item", None, "Tarn"),
        ("row", "Table 1, row 1", "Year: 2021; People: 63"),
    ]


def test_passages_are_slices_and_are_cited_by_their_numbers(make):
    body = p("Rights", "berschrift1") + p(run("Dry.") + called("footnote", 1), number=1, at=1)
    parts = {"styles": STYLES, "numbering": lists(PARAGRAPHS)}
    document = read(body, footnotes=note("footnote", 1, "See it."), **parts)
    first, second = cut(make(published=datetime.date(2022, 1, 1)), document)
    assert (first.text, first.printed_number, first.notes[0].words) == ("Dry.", "1.1", "See it.")
    assert (second.text, second.label) == ("See it.", "note 1")
    assert document.text[first.start : first.stop] == first.source == "Dry.1"


DOCTYPE = '<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'


def test_a_document_type_is_refused():
    assert "document type" in refusal(word_file(p("&b;"), before=DOCTYPE))


def zipped(*files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files:
            file.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "not a Word file"),
        (b"words", "not a Word file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "protected by a password"),
        (b"PK\x03\x04 and no more", "damaged"),
        (zipped(("mimetype", "application/epub+zip")), "holds no Word document"),
        (word_file(p("Words."))[:-40], "damaged"),
        (word_file(p("")), "holds no paragraph"),
        (word_file("<w:p><w:r>"), "damaged"),
        (word_file("<w:sdt><w:sdtContent>" * 300 + "</w:sdtContent></w:sdt>" * 300), "nests"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(content, sentence):
    assert sentence in refusal(content)


def test_a_part_that_unpacks_to_too_much_is_left_before_it_is_in_memory():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        with file.open("word/document.xml", "w", force_zip64=True) as part:
            part.write(b"<a>")
            for _ in range(200):
                part.write(b" " * 1_000_000)
        file.writestr("x", "")
    assert len(made.getvalue()) < 500_000
    assert "unpacks to more than 150 MB" in refusal(made.getvalue())


def seconds(paragraphs):
    content = word_file(p("Words of it.") * paragraphs)
    began = time.process_time()
    read_word(content, "n.docx")
    return time.process_time() - began


def test_time_grows_no_faster_than_the_file():
    seconds(100)
    assert seconds(20_000) < 40 * max(seconds(2_000), 0.005)


@given(st.data())
def test_a_damaged_file_is_read_or_refused_in_a_sentence(data):
    whole = word_file(
        p("Rights", "berschrift1")
        + p(run("Dry.") + called("footnote", 1), number=1)
        + table(["A"]),
        styles=STYLES,
        numbering=lists(PARAGRAPHS),
        footnotes=note("footnote", 1, "See it."),
    )
    with zipfile.ZipFile(io.BytesIO(whole)) as file:
        parts = [(name, file.read(name)) for name in file.namelist()]
    index = data.draw(st.integers(0, len(parts) - 1))
    name, content = parts[index]
    at = data.draw(st.integers(0, len(content)))
    stop = data.draw(st.integers(at, min(at + 40, len(content))))
    parts[index] = (name, content[:at] + data.draw(st.binary(max_size=9)) + content[stop:])
    try:
        document = read_word(zipped(*parts), "norland.docx")
    except UnreadableReport as error:
        assert re.fullmatch(r"norland\.docx [^\n]+\.", str(error))  # noqa: PT017
    else:
        assert all(document.text[block.start : block.stop].strip() for block in document.blocks)


def test_words_that_were_taken_out_are_named_beside_the_text():
    body = p('<w:del w:id="1"><w:r><w:delText>Taken out.</w:delText></w:r></w:del>' + run("Kept."))
    document = read_word(word_file(body), "n.docx")
    assert document.text == "Kept."
    assert [one.text for one in document.extraction.furniture] == ["Taken out."]
