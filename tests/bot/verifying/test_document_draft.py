"""A draft that a reader of reports has read: its notes, and paragraphs that pages part."""

from bot.verifying.document_draft import from_document
from bot.verifying.quotations import quotations
from corpus.passage import NoteMark, PageStart, Span
from corpus.readers.document import Block, BlockKind, Document

WORDS = "wells in the valley ran dry"


def document(*texts, notes=()):
    """Paragraphs with their sheet each; `notes` are the numbers of those that are notes."""
    text, blocks = "", []
    for number, (sheet, words) in enumerate(texts):
        block = Block(
            kind=BlockKind.NOTE if number in notes else BlockKind.PARAGRAPH,
            start=len(text),
            stop=len(text) + len(words),
            pages=(PageStart(start=len(text), sheet=sheet, printed=None),),
            label=str(number) if number in notes else None,
        )
        blocks.append(block)
        text += f"{words}\n\n"
    return Document(text=text, blocks=tuple(blocks), metadata={})


def cited(found):
    return [(one.text, one.citation, one.part.page) for one in quotations(from_document(found))]


def test_a_marker_that_is_glued_to_a_quotation_means_the_note_of_its_sheet():
    found = document((3, f"It says “{WORDS}.”1 More."), (3, "Watch 2021, para. 3."), notes=[1])
    assert cited(found) == [(f"{WORDS}.", "Watch 2021, para. 3.", 3)]


def test_a_paragraph_that_begins_with_the_marker_is_the_note():
    found = document((3, f"It says “{WORDS}.”1 More."), (3, "1 Watch 2021, para. 3."))
    assert cited(found) == [(f"{WORDS}.", "1 Watch 2021, para. 3.", 3)]


def test_a_figure_of_the_quotation_is_no_marker():
    found = document((3, f"It says “{WORDS} in 11 of 21” (Watch 2021)."), (3, "21 Watch."))
    assert cited(found) == [(f"{WORDS} in 11 of 21", "Watch 2021", 3)]


def test_a_marker_that_the_reader_knows_is_taken_from_it():
    found = document((3, f"It says “{WORDS}.”* More."), (4, "Watch 2021, para. 3."), notes=[1])
    first, second = found.blocks
    at = first.stop - first.start - len("* More.")
    mark = NoteMark(start=at, stop=at + 1, note="*", at=second.start)
    marked = Block(
        kind=first.kind,
        start=first.start,
        stop=first.stop,
        pages=first.pages,
        hidden=(Span(start=at, stop=at + 1),),
        notes=(mark,),
    )
    own = Document(text=found.text, blocks=(marked, second), metadata={})
    assert cited(own) == [(f"{WORDS}.", "Watch 2021, para. 3.", 3)]


def test_what_the_end_of_a_page_parts_is_one_paragraph():
    found = document((3, "It says “wells in the valley"), (4, "ran dry” (Watch 2021, p. 4)."))
    assert cited(found) == [(WORDS, "Watch 2021, p. 4", 3)]
    found = document((3, f"It says “{WORDS}” (Watch"), (3, "2021, p. 4)."))
    assert cited(found) == [(WORDS, "Watch 2021, p. 4", 3)]


def test_notes_that_are_read_as_one_paragraph_are_told_apart():
    found = document(
        (3, f"It says “{WORDS} in May.”7 And “{WORDS} in June.”8 More."),
        (3, "7 Watch 2021, para. 3. 8 Watch 2022, para. 12."),
    )
    assert [citation.strip() for _, citation, _ in cited(found)] == [
        "7 Watch 2021, para. 3.",
        "8 Watch 2022, para. 12.",
    ]
