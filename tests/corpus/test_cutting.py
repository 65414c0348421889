"""Blocks become passages: sections, numbers, note markers, and offsets that hold."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.citing.citations import page, paragraph
from corpus.cutting import cut
from corpus.errors import UnreadableReport
from corpus.note_markers import note_markers
from corpus.passage import PageStart
from corpus.readers.document import Block, BlockKind, Document
from corpus.readers.extraction import Doubt, Extraction, Suspicion
from corpus.readers.markdown import read_markdown
from corpus.readers.text import read_text
from corpus.report import Kind, Report

REPORT = Report(
    id="norland",
    title="Norland",
    publisher=None,
    country=None,
    period=None,
    published=None,
    accessed=datetime.date(2026, 1, 31),
    url=None,
    language=None,
    licence=None,
    kind=Kind.VERBATIM,
    sha256="0" * 64,
)
PARTS = st.sampled_from(
    [
        "Norland\n",
        "A heading\n",
        "One sentence.1\n",
        "“Quoted.”2 More of it.3\n",
        "Two lines,\none paragraph.¹\n",
        "It was said.[4]\n",
        "May 23, 2021 • Report\n",
        "Same words.\n",
        "See No.5 and 25 km² at 3.14.\n",
        "\n",
        "\r\n",
        " \t\n",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PARTS).map("".join))


def passages(make, text):
    return cut(make(), read_text(text))


def hidden(source):
    notes = [f"{number} See it." for number in range(1, 30)]
    return [source[span.start : span.stop] for span in note_markers([source, *notes])[0]]


def test_passages_stand_in_their_sections_with_their_numbers(make, page):
    found = [(p.section, p.number, p.text.split()[0]) for p in passages(make, page)]
    rights = "Economic and social rights"
    assert found == [
        ((), 1, "This"),
        ((), 2, "The"),
        (("Right to water",), 1, "Wells"),
        (("Right to water",), 2, "Prices"),
        (("Freedom of assembly",), 1, "A"),
        ((rights, "Workers’ rights"), 1, "Miners"),
        ((rights, "Child labour"), 1, "Nobody"),
        (("Norland Newsroom",), 1, "May"),
        (("Norland Newsroom",), 2, "June"),
    ]


def test_note_markers_are_kept_out_while_offsets_still_hold(make, page):
    wells = passages(make, page)[2]
    assert wells.text.endswith("“but far too few.”")
    assert "water. The" in wells.text.replace("\n", " ")
    assert page[wells.start : wells.stop] == wells.source
    assert wells.source.endswith("“but far too few.”2")


@given(TEXTS)
def test_offsets_point_into_the_text_as_it_was(text):
    document = read_text(text)
    try:
        found = cut(REPORT, document)
    except UnreadableReport:
        return
    inside = []
    for passage in found:
        assert text[passage.start : passage.stop] == passage.source
        inside += range(passage.start, passage.stop)
        gone = {i for span in passage.hidden for i in range(span.start, span.stop)}
        kept = "".join(c for i, c in enumerate(passage.source) if i not in gone)
        assert passage.text == kept
        assert all(passage.source[i] in "0123456789[]¹²³⁰⁴⁵⁶⁷⁸⁹" for i in gone)
    assert inside == sorted(set(inside))
    paragraphs = {
        i
        for block in document.blocks
        if block.kind.value == "paragraph"
        for i in range(block.start, block.stop)
        if not text[i].isspace()
    }
    assert paragraphs <= set(inside) | _only_markers(document, text)


def _only_markers(document, text):
    """Characters of paragraphs that hold nothing but note markers."""
    bare = [text[b.start : b.stop] for b in document.blocks if b.kind.value == "paragraph"]
    spans = [b for b in document.blocks if b.kind.value == "paragraph"]
    return {
        i
        for block, source, found in zip(spans, bare, note_markers(bare), strict=True)
        if not "".join(
            c
            for i, c in enumerate(source)
            if not any(span.start <= i < span.stop for span in found)
        ).strip()
        for i in range(block.start, block.stop)
    }


@given(st.lists(PARTS, min_size=1).map("".join))
def test_ids_are_distinct_and_numbers_run_from_one(text):
    try:
        found = cut(REPORT, read_text(text))
    except UnreadableReport:
        return
    assert len({passage.id for passage in found}) == len(found)
    for section in {passage.section for passage in found}:
        numbers = [passage.number for passage in found if passage.section == section]
        assert numbers == list(range(1, len(numbers) + 1))


def test_a_passage_keeps_its_id_when_the_report_around_it_changes(make, page):
    before = {passage.text: passage.id for passage in passages(make, page)}
    changed = page.replace("Prices rose threefold.", "Prices rose fourfold.").replace(
        "The harbour", "An added paragraph.\n\nThe harbour"
    )
    after = {passage.text: passage.id for passage in passages(make, changed)}
    same = before.keys() & after.keys()
    assert len(same) == len(before) - 1
    assert all(before[text] == after[text] for text in same)
    assert after["Prices rose fourfold."] not in before.values()


def test_equal_paragraphs_are_told_apart_by_their_order(make):
    found = passages(make, "Words.\n\nSame words.\n\nMore.\n\nSame words.")
    assert [passage.occurrence for passage in found] == [1, 1, 1, 2]


@pytest.mark.parametrize(
    ("source", "markers"),
    [
        ("Wells ran dry.1", ["1"]),
        ("Wells ran dry.1 Then rain came.2", ["1", "2"]),
        ("“Far too few.”12", ["12"]),
        ("“Far too few”.12", ["12"]),
        ("It ended (at last.)3", ["3"]),
        ("Was it so?4 It was!5", ["4", "5"]),
        ("Wells ran dry.¹² Then rain came.[3]", ["¹²", "[3]"]),
        ("By Sept.11 it was over.", []),
        ("See No.5 and Art.3 and p.7", []),
        ("It cost 3.14 and 1.000 in 2021.", []),
        ("It fell by 4.5%.", []),
        ("In 2021.", []),
        ("It was 2021. 5 came.", []),
        ("An area of 25 km² and 300 m², 10⁶ in all.", []),
        ("Volumes of 3 m³ and 7 cm³.", []),
        ("According to [3] and Form [12].", []),
        ("Notes.1 Never.2 On version.97 they fall.3 So one is none.4", ["1", "2", "3", "4"]),
        ("A fine of Rs.500 at 9 m/s².", []),
    ],
)
def test_a_figure_is_a_marker_only_where_notes_are(source, markers):
    assert hidden(source) == markers


def test_markers_count_up_through_the_report():
    sources = ["Dry.1 Wet.2", "On version.7 they met.", "Again.2", "End.3"]
    assert [len(spans) for spans in note_markers(sources)] == [2, 0, 1, 1]
    assert not any(note_markers(sources[:3]))


def test_markup_and_markers_are_hidden_together(make):
    document = read_markdown("Wells **ran** dry.[1] The *end*.[^2]\n\n[^2]: Note.", "n.md")
    passage, _ = cut(make(), document)
    assert passage.text == "Wells ran dry.[1] The end."


def test_a_report_without_a_paragraph_is_refused(make):
    with pytest.raises(UnreadableReport, match=r"^Norland holds no paragraph, only headings"):
        cut(make(), read_markdown("# Norland\n\n## Water\n", "n.md"))


def test_a_heading_of_a_deeper_level_without_its_parent_is_a_section(make):
    document = read_markdown("# Norland\n\n#### Deep\n\nWords.\n\n## Flat\n\nMore.", "n.md")
    assert [passage.section for passage in cut(make(), document)] == [("Deep",), ("Flat",)]


def places(report, text):
    return [(found.section, found.number) for found in cut(report, read_markdown(text, "n.md"))]


def test_the_first_heading_is_a_section_where_the_title_is_another(make):
    text = "# Part one\n\nWords.\n\n## Water\n\nDry.\n"
    assert places(make(title="Norland"), text) == [(("Part one",), 1), (("Part one", "Water"), 1)]
    assert places(make(title="Part  One"), text) == [((), 1), (("Water",), 1)]


def test_sections_of_the_same_name_are_told_apart(make):
    text = "# Norland\n\n## Water\n\nDry.\n\n# Annex\n\n## Water\n\nWet.\n\n## Water\n\nIce.\n"
    assert places(make(), text) == [
        (("Water",), 1),
        (("Annex", "Water"), 1),
        (("Annex", "Water [2]"), 1),
    ]
    text = "## Water\n\nA.\n\n## Water [2]\n\nB.\n\n## Water\n\nC.\n\n## Water\n\nD."
    sections = [section for (section,), _ in places(make(), text)]
    assert len(set(sections)) == 4
    assert sections[:2] == ["Water", "Water [2]"]


@given(st.lists(st.sampled_from(["# A", "## A", "## B", "### A", "# N", "x"]), min_size=1))
def test_a_pinpoint_names_one_paragraph(lines):
    try:
        found = places(REPORT, "\n\n".join(lines))
    except UnreadableReport:
        return
    assert len(set(found)) == len(found) == lines.count("x")


def test_where_numbers_are_printed_a_paragraph_without_one_is_not_counted_as_if_it_had(make):
    words = ["Lead.", "One.", "Two.", "Table of wells."]
    printed = [None, "1", "2", None]
    blocks = [
        Block(
            kind=BlockKind.PARAGRAPH,
            start=sum(len(word) + 2 for word in words[:at]),
            stop=sum(len(word) + 2 for word in words[:at]) + len(word),
            printed_number=number,
        )
        for at, (word, number) in enumerate(zip(words, printed, strict=True))
    ]
    passages = cut(make(), Document(text="\n\n".join(words), blocks=tuple(blocks), metadata={}))
    assert [paragraph(passage) for passage in passages] == [
        "unnumbered paragraph 1",
        "para. 1",
        "para. 2",
        "unnumbered paragraph 2",
    ]


def test_passages_of_a_page_that_may_be_misread_are_to_be_checked_there(make):
    starts = (PageStart(start=0, sheet=1, printed="1"), PageStart(start=6, sheet=2, printed="2"))
    blocks = tuple(
        Block(kind=BlockKind.PARAGRAPH, start=page.start, stop=page.start + 4, pages=(page,))
        for page in starts
    )
    doubt = Suspicion(sheet=2, doubt=Doubt.UNKNOWN, sentence="Sheet 2: no words.")
    read = Extraction(sheets=2, suspicions=(doubt,))
    document = Document(text="Dry.\n\nWet.", blocks=blocks, metadata={}, extraction=read)
    assert [page(passage) for passage in cut(make(), document)] == [
        "p. 1",
        "p. 2 (check against the page)",
    ]
