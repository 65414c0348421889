"""Notes that stand at the end of a report or chapter, under a heading that says so."""

import re
from collections.abc import Sequence

from corpus.readers.pdf.notes import MARKER, Note, marker, plain_marker
from corpus.readers.pdf.page import joined
from corpus.readers.pdf.paragraphs import Paragraph

_HEADING = re.compile(r"(?:end)?notes|footnotes|notes et références|notas", re.IGNORECASE)
_NUMBER = re.compile(r"\[?(\d{1,3}|[ivxl]{1,6})[.)\]]?")


def mark_end_notes(found: Sequence[Paragraph]) -> None:
    """Give each paragraph below such a heading that begins with a number its marker."""
    inside = 0
    for paragraph in found:
        if paragraph.level:
            named = _HEADING.fullmatch(paragraph.text.strip()) is not None
            inside = paragraph.level if named else 0 if paragraph.level <= inside else inside
        elif inside:
            words = marker(paragraph.lines[0]) or paragraph.lines[0].words[:1]
            match = _NUMBER.fullmatch(plain_marker(joined(words)))
            if match and len(paragraph.words) > 1:
                paragraph.note, paragraph.number, paragraph.run_in = match[1], None, []
                paragraph.marker = list(words)


def mark_small_notes(found: Sequence[Paragraph], notes: Sequence[Note], size: float) -> None:
    """Give small paragraphs that begin with a marker of the text that no note has that marker.

    `size` is that of the text.
    """
    known = {note.label for note in notes} | {paragraph.note for paragraph in found}
    meant = {
        plain_marker(word.text)
        for paragraph in found
        for word in paragraph.words[1:]
        if word.raised and MARKER.fullmatch(word.text)
    }
    for paragraph in found:
        words = paragraph.lines[0].words
        label = plain_marker(words[0].text).rstrip(".)")
        small = paragraph.looks.size < size and not paragraph.level
        if small and label in meant - known and len(words) > 1 and not words[1].glued:
            paragraph.note, paragraph.number, paragraph.run_in = label, None, []
            paragraph.marker = words[:1]
