"""What stands together in a passage: a list with its lead-in, a run of a long paragraph."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cutting import cut
from corpus.english.sentences import sentences
from corpus.parting import LONGEST, length
from corpus.passage import NoteMark, PageStart, Span
from corpus.readers.document import Block, BlockKind, Document
from tests.conftest import make_report

KINDS = [BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.NOTE, BlockKind.ROW, BlockKind.HEADING]
ENDS = [".", "?", ":", ".8", ";"]


def document(*parts, pages=False):
    """A document of (kind, text) with marks of lists before items and a sheet every 700 letters."""
    text, blocks = "", []
    for kind, words, *label in parts:
        text += "\n\n- " if kind is BlockKind.ITEM else "\n\n"
        start = len(text)
        text += words
        marker = re.search(r"\.8$", words)
        stands = range(len(words))[-1:] if marker else ()
        sheets = sorted({start, *(at for at in range(0, len(text), 700) if start < at)})
        blocks.append(
            Block(
                kind=kind,
                start=start,
                stop=len(text),
                level=kind is BlockKind.HEADING,
                heading=words if kind is BlockKind.HEADING else "",
                label=label[0] if label else None,
                hidden=tuple(Span(start=at, stop=at + 1) for at in stands),
                notes=tuple(NoteMark(start=at, stop=at + 1, note="8") for at in stands),
                pages=tuple(PageStart(start=at, sheet=at // 700 + 1, printed=None) for at in sheets)
                if pages
                else (),
            )
        )
    return Document(text=text, blocks=tuple(blocks), metadata={})


@st.composite
def documents(draw):
    sentence = st.tuples(st.integers(1, 300), st.sampled_from(ENDS)).map(
        lambda drawn: "It was said" + " again" * drawn[0] + drawn[1]
    )
    paragraph = st.lists(sentence, min_size=1, max_size=6).map(" ".join)
    parts = draw(st.lists(st.tuples(st.sampled_from(KINDS), paragraph), max_size=6))
    return document((BlockKind.PARAGRAPH, "It began."), *parts, pages=draw(st.booleans()))


@given(documents())
def test_every_passage_is_a_slice_and_every_word_of_the_body_is_in_one(found):
    passages = cut(make_report(), found)
    held = set()
    for passage in passages:
        assert found.text[passage.start : passage.stop] == passage.source
        assert passage.text == passage.text.strip()
        held.update(range(passage.start, passage.stop))
    body = {
        place
        for block in found.blocks
        if block.kind is not BlockKind.HEADING
        for place in range(block.start, block.stop)
        if not found.text[place].isspace()
    }
    assert body <= held
    assert [p.start for p in passages] == sorted(p.start for p in passages)
    assert [p.id for p in cut(make_report(), found)] == [p.id for p in passages]
    assert len({p.id for p in passages}) == len(passages)


@given(documents())
def test_no_passage_stands_in_two_sections_and_none_is_long_but_for_one_sentence_or_row(found):
    headings = [block for block in found.blocks if block.kind is BlockKind.HEADING]
    rows = {block.start for block in found.blocks if block.kind is BlockKind.ROW}
    for passage in cut(make_report(), found):
        assert not any(passage.start <= block.start < passage.stop for block in headings)
        if length(passage.text) > LONGEST and passage.start not in rows:
            assert len(sentences(passage.text)) == 1


@given(documents())
def test_pages_and_markers_follow_into_the_parts(found):
    sheets = {page.start: page.sheet for block in found.blocks for page in block.pages}
    body = [block for block in found.blocks if block.kind is not BlockKind.HEADING]
    marked = {block.start + mark.start for block in body for mark in block.notes}
    seen = set()
    for passage in cut(make_report(), found):
        for page in passage.pages:
            before = max(start for start in sheets if start <= page.start)
            assert page.sheet == sheets[before]
        inside = {start for start in sheets if passage.start < start < passage.stop}
        assert {page.start for page in passage.pages[1:]} <= inside
        assert all(passage.source[mark.start : mark.stop] == "8" for mark in passage.notes)
        seen |= {passage.start + mark.start for mark in passage.notes}
    assert seen == marked


SENTENCE = "The wells of the valley ran dry in May and nobody came to look at them{}."


def test_a_paragraph_that_the_encoder_reads_to_its_end_stays_whole(make):
    words = " ".join(SENTENCE.format(number) for number in range(16))
    assert len(words) <= LONGEST
    assert [passage.text for passage in cut(make(), document((BlockKind.PARAGRAPH, words)))] == [
        words
    ]


def test_parts_of_a_long_paragraph_share_a_sentence_and_the_number(make):
    words = " ".join(SENTENCE.format(number) for number in range(40))
    found = cut(
        make(), document((BlockKind.PARAGRAPH, words), (BlockKind.PARAGRAPH, "It went on."))
    )
    assert [passage.number for passage in found] == [1, 1, 1, 2]
    first, second, third, _ = (re.findall(r"[^.]+\.", passage.text) for passage in found)
    assert (first[-1].strip(), second[-1].strip()) == (second[0].strip(), third[0].strip())
    assert len([*first, *second, *third]) == 42


ITEMS = [(BlockKind.ITEM, "ratify the Convention;"), (BlockKind.ITEM, "free those detained.")]


def test_a_list_stands_with_what_leads_it_in_without_its_marks(make):
    lead = (BlockKind.PARAGRAPH, "The government should:")
    (passage,) = cut(make(), document(lead, *ITEMS))
    assert passage.text.split("\n\n") == [lead[1], *(words for _, words in ITEMS)]
    assert "- ratify" in passage.source


@pytest.mark.parametrize(
    "before",
    [
        [(BlockKind.PARAGRAPH, "It was asked to.")],
        [(BlockKind.NOTE, "See:", "3")],
        [(BlockKind.PARAGRAPH, "It should:"), (BlockKind.HEADING, "Recommendations")],
    ],
)
def test_a_list_without_a_lead_in_stands_by_itself(make, before):
    *_, passage = cut(make(), document(*before, *ITEMS))
    assert passage.text == "ratify the Convention;\n\nfree those detained."


def test_items_are_parted_between_items(make):
    items = [(BlockKind.ITEM, " ".join([SENTENCE.format(number)] * 5)) for number in range(8)]
    lead = (BlockKind.PARAGRAPH, "One sentence. It should:")
    found = cut(make(), document(lead, *items))
    assert found[0].text.startswith("One sentence. It should:\n\nThe wells")
    for passage in found[1:]:
        assert set(passage.text.split("\n\n")) <= {words for _, words in items}


def test_notes_and_rows_are_cited_as_what_they_are(make):
    row = " ".join(["Town: Orrest; People: 12;"] * 90)
    note, table = cut(
        make(),
        document((BlockKind.NOTE, "See there.", "8"), (BlockKind.ROW, row, "Table 3, row 2")),
    )
    assert (note.label, table.label) == ("note 8", "Table 3, row 2")
    assert table.text == row


def test_a_marker_knows_the_words_of_its_note(make):
    text = "Wells ran dry.8\n\nMinistry of Water, 2021."
    mark = NoteMark(start=14, stop=15, note="8", at=17)
    blocks = (
        Block(
            kind=BlockKind.PARAGRAPH,
            start=0,
            stop=15,
            hidden=(Span(start=14, stop=15),),
            notes=(mark,),
        ),
        Block(kind=BlockKind.NOTE, start=17, stop=len(text), label="8"),
    )
    passage, note = cut(make(), Document(text=text, blocks=blocks, metadata={}))
    assert passage.notes[0].words == note.text == "Ministry of Water, 2021."


@pytest.mark.parametrize(
    ("text", "worth"), [("Wells", 5), ("Колодцы", 28), ("관리소", 21), ("“é”", 3)]
)
def test_letters_of_other_scripts_are_longer_to_the_encoder(text, worth):
    assert length(text) == worth
