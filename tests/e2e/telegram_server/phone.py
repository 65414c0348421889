"""How much of a phone's screen a message takes, as long as nothing in it is unfolded."""

import textwrap
from collections.abc import Iterable

from .entities import utf16_slice
from .tdlib import Entity

# What is left between Telegram's own bars: characters a line, and lines.
WIDTH, SCREEN = 36, 34
_FOLDED = 3
# A row of buttons is about as high as two lines.
_ROW = 2


def shown_lines(text: str, entities: Iterable[Entity], rows: int) -> int:
    """The lines that a text with its entities and rows of buttons takes on a phone."""
    folds = [entity for entity in entities if entity["type"] == "expandable_blockquote"]
    lines, position = rows * _ROW, 0
    for fold in sorted(folds, key=lambda entity: entity["offset"]):
        before = utf16_slice(text, position, fold["offset"] - position)
        lines += _lines(before.removesuffix("\n"))
        lines += min(_lines(utf16_slice(text, fold["offset"], fold["length"])), _FOLDED)
        position = fold["offset"] + fold["length"]
        # The block ends its line by itself.
        position += utf16_slice(text, position, 1) == "\n"
    return lines + _lines(utf16_slice(text, position, len(text) * 2))


def _lines(text: str) -> int:
    return sum(len(textwrap.wrap(line, WIDTH)) or 1 for line in text.split("\n")) if text else 0
