"""How many pages of A4 a schedule takes in Word, as it is written; an estimate.

Lines are counted by the average width of Times New Roman's characters. Against LibreOffice's
count of the pages of the same files it was never more than one page off
(tests/bench/schedule_pages.py).
"""

import math

from bot.scheduling.document import Document, Kind

# Of A4 within an inch around, in points.
_HIGH, _WIDE = 841.9 - 144, 595.3 - 144
# Average width of a character of English text in Times New Roman, as a part of its size.
_CHARACTER = 0.41
# What bot/scheduling/styles.xml says of each kind: size and space around in points, indents; lines
# are 1.1 times their natural height, which is 1.15 of the size.
_LINE = 1.1 * 1.15
_SETTING = {
    Kind.TITLE: (16, 8, 0),
    Kind.HEADING: (13, 18, 0),
    Kind.TEXT: (12, 6, 0),
    Kind.LEAD: (12, 11, 0),
    Kind.QUOTE: (12, 3, 56.7),
    Kind.REMARK: (10, 4, 0),
    Kind.ITEM: (12, 4, 19.9),
}
_FOOTNOTE = (10, 0, 0)


def pages(document: Document) -> int:
    """How many pages."""
    setting = [(block.text, _SETTING[block.kind]) for block in document.blocks]
    of_note = _FOOTNOTE if document.footnotes else _SETTING[Kind.ITEM]
    setting += [(note, of_note) for note in document.notes]
    high = sum(_high(text, *size) for text, size in setting)
    return max(1, math.ceil(high / _HIGH))


def _high(text: str, size: float, around: float, indent: float) -> float:
    a_line = (_WIDE - indent) / (_CHARACTER * size)
    return max(1, math.ceil(len(text) / a_line)) * size * _LINE + around
