"""Paragraphs that go on in another column, on another page, or below a table, made whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.readers.pdf.measures import ENDS, Measures, opens_item
from corpus.readers.pdf.paragraphs import Paragraph
from corpus.readers.pdf.tables import Table, is_caption
from corpus.readers.pdf.words import HYPHENS

_OTHER_SIZE = 0.8  # points
# Of the paragraphs of a report that numbers them, these carry a number.
_MOSTLY = 0.5

Element = Paragraph | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A paragraph or table, and whether it is the first of its column."""

    element: Element
    opens: bool


def join_over(parts: Sequence[Part], measures: Measures) -> list[Element]:
    """The elements in order, a paragraph and what it goes on with as one.

    What stands between the two, a table with its caption, comes after the whole.
    """
    numbered = _is_numbered(parts)
    joined: list[Element] = []
    last: Paragraph | None = None
    text: Paragraph | None = None
    over = False
    for part in parts:
        element = part.element
        if isinstance(element, Table):
            over = True
            joined.append(element)
            continue
        before = last if part.opens or over else None
        if before is None or not _goes_on(before, element, measures, numbered=numbered):
            before = text if text is not None and _goes_on_later(text, element) else None
        if before is not None:
            before.lines.extend(element.lines)
            before.room = element.room
            over = False
            continue
        joined.append(element)
        if not element.aside and not is_caption(element.text):
            last = None if element.level or element.title or element.cover else element
            over = False
            text = element if element.looks == measures.body else text
    return joined


def _goes_on_later(text: Paragraph, element: Paragraph) -> bool:
    """Whether a sentence that a box broke off goes on: in the same looks, with a small letter."""
    near = 0 <= element.sheet - text.lines[-1].sheet <= 1
    if not near or text.looks != element.looks or ENDS.search(text.text) or element.level:
        return False
    first_word = element.lines[0].words[0]
    full = text.room < first_word.x1 - first_word.x0 + element.lines[0].size
    return full and element.text[:1].islower()


def _is_numbered(parts: Sequence[Part]) -> bool:
    """Whether most longer paragraphs of the report carry a number of their own."""
    texts = [part.element for part in parts
             if isinstance(part.element, Paragraph) and len(part.element.lines) > 1
             and not part.element.level]  # fmt: skip
    return sum(text.number is not None for text in texts) > _MOSTLY * len(texts)


def _goes_on(last: Paragraph, element: Paragraph, measures: Measures, *, numbered: bool) -> bool:
    if not _may_go_on(last, element):
        return False
    before, text = last.text, element.text
    if before.endswith(HYPHENS):
        return True
    if opens_item(element.lines[0]):
        return False
    first_word = element.lines[0].words[0]
    full = last.room < first_word.x1 - first_word.x0 + element.lines[0].size
    small = next((sign for sign in text if sign.isalpha()), "").islower()
    if ENDS.search(before) is None:
        return small or full or text[:1].isdigit()
    if small or not full:
        return small and full
    return not element.set_in if measures.indented else numbered or last.in_columns


def _may_go_on(last: Paragraph, element: Paragraph) -> bool:
    """Whether two are text of one size, the second without a mark of its own."""
    marked = element.level or element.title or element.cover or element.aside
    if marked or element.number or element.note or element.run_in:
        return False
    if abs(last.lines[-1].size - element.lines[0].size) > _OTHER_SIZE:
        return False
    return last.lines[-1].sheet != element.sheet or last.in_columns == element.in_columns
