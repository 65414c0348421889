"""Long texts in parts that a message holds: whole sentences, else whole words. Pure."""

import unicodedata

from bot.telegram.messages.styled import utf16
from corpus.english.sentences import sentences
from corpus.passage import Span


def whole_sentences(text: str, room: int) -> list[str]:
    """A text in parts of whole sentences; only a sentence longer than `room` is cut at spaces."""
    parts: list[str] = []
    start = stop = 0
    for span in [*sentences(text), Span(start=len(text), stop=len(text) + 1)]:
        if span.start > start and utf16(text[start : min(span.stop, len(text))]) > room:
            parts += at_spaces(text[start:stop].strip(), room) if stop > start else []
            start = span.start
        stop = min(span.stop, len(text))
    parts += at_spaces(text[start:].strip(), room) if text[start:].strip() else []
    return parts


def at_spaces(text: str, room: int) -> list[str]:
    """A text in parts of at most `room` UTF-16 units, cut at spaces."""
    parts = []
    while utf16(text) > room:
        # So many characters take no more room, whatever they are.
        most = room // 2
        cut = max(text.rfind(" ", 1, most), text.rfind("\n", 1, most))
        cut = cut if cut > 0 else _before_a_mark(text, most)
        parts.append(text[:cut])
        text = text[cut:].lstrip()
    return [*parts, text]


def _before_a_mark(text: str, place: int) -> int:
    """The place, moved back to where no combining mark is torn from its letter."""
    return next((cut for cut in range(place, 0, -1) if not _joins(text, cut)), place)


def _joins(text: str, cut: int) -> bool:
    return unicodedata.category(text[cut])[0] == "M" or "\u200d" in text[cut - 1 : cut + 1]
