"""Notes that stand at the end of a report or chapter, under a heading that says so."""

import re
from collections.abc import Sequence

from corpus.readers.pdf.notes import marker
from corpus.readers.pdf.page import joined
from corpus.readers.pdf.paragraphs import Paragraph

_HEADING = re.compile(r"(?:end)?notes|footnotes|notes et références|notas", re.IGNORECASE)
_NUMBER = re.compile(r"\[?(\d{1,3})[.)\]]?")


def mark_end_notes(found: Sequence[Paragraph]) -> None:
    """Give each paragraph below such a heading that begins with a number its marker."""
    inside = 0
    for paragraph in found:
        if paragraph.level:
            named = _HEADING.fullmatch(paragraph.text.strip()) is not None
            inside = paragraph.level if named else 0 if paragraph.level <= inside else inside
        elif inside:
            words = marker(paragraph.lines[0]) or paragraph.lines[0].words[:1]
            match = _NUMBER.fullmatch(joined(words))
            if match and len(paragraph.words) > 1:
                paragraph.note, paragraph.number, paragraph.run_in = match[1], None, []
