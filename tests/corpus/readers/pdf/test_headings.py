"""Headings of a PDF: which lines are some, how deep they stand, and which only look like it."""

import io

import pikepdf
import pytest

from corpus.readers.document import BlockKind
from corpus.readers.pdf import read_pdf
from tests.corpus.readers.pdf.written import Put, lines, written

TEXT = "The wardens of the northern harbour kept a list of every boat that left it and"
LAST = "of every boat that came back to it before the ice."
SAID = "It was closed in the winter."


def prose(y, count=4, x=60, font="plain"):
    """A paragraph that fills its lines but for the last."""
    return lines([TEXT] * (count - 1) + [LAST], x, y, font=font)


def headings(document):
    """Each heading's level and words."""
    return [
        (block.level, block.heading) for block in document.blocks if block.kind is BlockKind.HEADING
    ]


def names(content):
    """The headings' words."""
    return [name for _, name in headings(read_pdf(content, "x.pdf"))]


def test_in_one_type_capitals_in_the_middle_and_underlined_lines_are_headings():
    page = [
        *prose(60),
        Put("II. PROPOSALS", 177, 140),
        *prose(170),
        Put("Boats of the second fleet", 60, 250),
        *prose(280),
    ]
    found = read_pdf(written([page], rules=[(0, 60, 162, 251.5)]), "typed.pdf")
    assert headings(found) == [(1, "II. PROPOSALS"), (2, "Boats of the second fleet")]


def test_what_is_underlined_in_a_line_or_by_a_longer_rule_makes_no_heading():
    page = [*prose(60), Put("Boats of the second fleet", 60, 140), *prose(170)]
    words = names(written([page], rules=[(0, 60, 90, 141.5), (0, 60, 400, 141.5)]))
    assert words == []


def test_capitals_at_the_right_edge_are_no_heading():
    page = [*prose(60), Put("ORIGINAL: FRENCH", 330, 140), *prose(170)]
    assert names(written([page])) == []


def test_bold_recommendations_leave_the_bold_lines_in_the_middle_headings():
    page = [*prose(60), Put("Conclusions", 200, 140, 10, "bold")]
    for at in range(4):
        page += prose(170 + 70 * at, font="bold")
    page += [Put("Annex", 215, 460, 10, "bold"), *prose(490)]
    assert names(written([page])) == ["Conclusions", "Annex"]


def test_a_line_in_another_typeface_above_a_paragraph_is_no_part_of_it():
    def helvetica(file):
        return pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )

    page = [*prose(60), Put("AT THE HARBOUR", 60, 140, 10, "sans"), *prose(152)]
    document = read_pdf(written([page], fonts={"sans": helvetica}), "faces.pdf")
    assert [name for _, name in headings(document)] == ["AT THE HARBOUR"]


def test_a_line_in_typewriter_letters_is_no_heading():
    def courier(file):
        return pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier
        )

    page = [*prose(60), Put("wardens list boats", 60, 140, 10, "typed"), *prose(170)]
    assert names(written([page], fonts={"typed": courier})) == []


def test_a_larger_line_that_goes_on_with_a_small_letter_is_no_heading():
    page = [
        *prose(60),
        *lines(["In the spring the harbour was opened again to the boats of", "all fleets."],
               60, 140, 11, leading=24),
        *prose(200),
    ]  # fmt: skip
    assert names(written([page])) == []


def led(lead, y, gap=0.0, width=60.0, rest=TEXT):
    """A paragraph that begins with bold words, then white, then plain words."""
    return [
        Put(lead, 60, y, 10, "bold"),
        Put(rest, 60 + width + gap, y),
        *lines([TEXT, LAST], 60, y + 12),
    ]


def test_bold_words_that_white_parts_from_the_text_are_headings():
    page = [*prose(60), *led("Prisons", 140, 9, 36), *prose(200), *led("Courts", 280, 9, 32)]
    assert names(written([page])) == ["Prisons", "Courts"]


def test_bold_words_that_the_sentence_goes_on_with_are_none():
    small = TEXT.lower()
    page = [*prose(60), *led("Lantern Watch", 140, 3, 65, small), *prose(200),
            *led("Lantern Watch", 280, 3, 65, small)]  # fmt: skip
    assert names(written([page])) == []


def test_who_speaks_is_no_heading():
    page = [
        *prose(60),
        *led("The Acting President:", 140, 3, 98),
        *led("Mr. Oru", 200, 3, 37, "(Aldmark): " + TEXT[:60]),
        *led("The Acting President:", 260, 3, 98),
        *led("Discussion:", 320, 3, 55),
        *led("Vote:", 380, 3, 26),
    ]
    assert names(written([page])) == ["Discussion", "Vote"]


def test_capitals_run_in_stand_above_the_headings_below_one_of_them():
    page = [
        Put("Fishing in Winter", 60, 60, 14, "bold"),
        *led("AGENCY:", 90, 3, 45),
        *led("SUMMARY:", 140, 3, 54),
        Put("DETAILS:", 60, 200, 10, "bold"),
        Put("Comments", 60, 220, 10, "bold"),
        *prose(240),
        *led("DATES:", 310, 3, 40),
        Put("Fishing in Spring", 60, 380, 14, "bold"),
        *led("AGENCY:", 410, 3, 45),
    ]
    found = headings(read_pdf(written([page, prose(60)]), "rules.pdf"))
    levels = {name.rstrip(":"): level for level, name in found}
    assert levels["AGENCY"] == levels["DETAILS"] == levels["DATES"]
    assert levels["Fishing in Spring"] < levels["DATES"] < levels["Comments"]


def test_a_letterhead_is_no_section_of_the_text_below_it():
    page = [
        Put("Union of the Isles", 60, 60, 18, "bold"),
        Put("Council of Elders", 60, 90, 14, "bold"),
        Put("I. INTRODUCTION", 170, 130),
        *prose(160),
        Put("II. CONCLUSIONS", 170, 240),
        *prose(270),
    ]
    assert names(written([page])) == ["I. INTRODUCTION", "II. CONCLUSIONS"]


def tagged(kinds):
    """A page whose lines are marked contents of elements of these kinds."""
    file = pikepdf.new()
    page = file.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name("/Times-Roman")
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    root = file.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
    parts, elements = [], []
    for at, (kind, text, y) in enumerate(kinds):
        shown = f"BT /F 10 Tf 60 {842 - y} Td ({text}) Tj ET"
        parts.append(f"/{kind} <</MCID {at}>> BDC {shown} EMC")
        element = pikepdf.Dictionary(
            Type=pikepdf.Name.StructElem, S=pikepdf.Name(f"/{kind}"), P=root, Pg=page.obj, K=at
        )
        elements.append(file.make_indirect(element))
    page.Contents = file.make_stream("\n".join(parts).encode())
    page.obj.StructParents = 0
    root.K = pikepdf.Array(elements)
    root.ParentTree = file.make_indirect(
        pikepdf.Dictionary(Nums=pikepdf.Array([0, pikepdf.Array(elements)]))
    )
    file.Root.StructTreeRoot = root
    file.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()


@pytest.mark.parametrize(("kind", "found"), [("H2", ["Boats", "Nets"]), ("P", [])])
def test_lines_that_a_tagged_file_calls_headings_are_some_though_they_look_as_the_text(kind, found):
    content = [(kind, "Boats", 60), ("P", SAID, 90), (kind, "Nets", 140), ("P", SAID, 170)]
    assert names(tagged(content)) == found


def test_a_tagged_file_that_calls_its_sentences_headings_is_not_believed():
    content = [("H1", "Boats", 60), ("H1", SAID, 90), ("H1", SAID, 140), ("P", SAID, 170)]
    assert names(tagged(content)) == []
