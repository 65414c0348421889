"""Texts with styles, and messages made of them, as Telegram takes them. Pure.

A text is cleaned as Telegram cleans it before a style is put on it, so that offsets stay true.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from bot.rendering.printable import printable

# Limits of the Bot API. Characters are counted as UTF-16 units here, which are never fewer.
LONGEST_MESSAGE = 4096
MOST_ENTITIES = 100
# About what Telegram takes of entities in its own encoding before it says ENTITIES_TOO_LONG.
MOST_ENTITY_BYTES = 9_000
# An entity in that encoding: type, offset, length, and a word of flags for a quotation.
_ENTITY_BYTES = 16
LONGEST_COPY = 256
LONGEST_CALLBACK_DATA = 64

# What Telegram removes from every text, found by putting each character through TDLib.
_REMOVED = dict.fromkeys(map(ord, "\r\u030a\u0333\u033f\u2028\u2029\u202a\u202b\u202c\u202d\u202e"))
_REPLACED = {code: " " for code in range(0x20) if chr(code) not in "\n\r"}

Row = tuple[InlineKeyboardButton, ...]
Rows = tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A style over code points of a text, `start` included and `stop` not."""

    kind: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Styled:
    """A text and the styles on it; `+` joins two."""

    text: str
    marks: tuple[Mark, ...] = ()

    def __add__(self, other: "Styled") -> "Styled":
        shift = len(self.text)
        moved = (Mark(mark.kind, mark.start + shift, mark.stop + shift) for mark in other.marks)
        return Styled(self.text + other.text, (*self.marks, *moved))

    def marked(self, kind: str) -> "Styled":
        """The same with a style over all of it, outside those it has."""
        return (
            Styled(self.text, (Mark(kind, 0, len(self.text)), *self.marks)) if self.text else self
        )

    def entities(self) -> tuple[MessageEntity, ...]:
        """The styles as Telegram counts them, in UTF-16 code units."""
        return tuple(
            MessageEntity(
                type=mark.kind,
                offset=utf16(self.text[: mark.start]),
                length=utf16(self.text[mark.start : mark.stop]),
            )
            for mark in self.marks
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A message to be sent: a text with styles and rows of buttons under it."""

    body: Styled
    rows: Rows = ()

    @property
    def fits(self) -> bool:
        """Whether Telegram takes it whole."""
        entities = len(self.body.marks)
        return (
            utf16(self.body.text) <= LONGEST_MESSAGE
            and entities <= MOST_ENTITIES
            and entities * _ENTITY_BYTES <= MOST_ENTITY_BYTES
        )

    @property
    def markup(self) -> InlineKeyboardMarkup | None:
        """Its buttons, None without."""
        return InlineKeyboardMarkup(self.rows) if self.rows else None

    def without_links(self) -> "Draft":
        """The same without the buttons that lead to an address, which Telegram may refuse."""
        rows = (tuple(button for button in row if not button.url) for row in self.rows)
        return replace(self, rows=tuple(row for row in rows if row))


def utf16(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def clipped(text: str, most: int) -> str:
    """A text of at most so many characters, an ellipsis where the rest is left out."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def plain(text: str) -> Styled:
    """A text as Telegram will keep it, without style, in which no character acts unseen."""
    composed = unicodedata.normalize("NFC", printable(text))
    return Styled(composed.translate(_REMOVED).translate(_REPLACED))


def running(text: str) -> Styled:
    """A text of a report: its lines joined, a blank line between paragraphs as a line's end."""
    return plain(re.sub(r"\s+", lambda gap: "\n" if gap[0].count("\n") > 1 else " ", text))


def joined(parts: Iterable[Styled], between: str) -> Styled:
    """The parts that are not empty, one after the other."""
    whole = Styled("")
    for part in parts:
        if part.text:
            whole = whole + Styled(between) + part if whole.text else part
    return whole


def button(label: str, data: str) -> InlineKeyboardButton:
    """A button that tells the bot `data`."""
    return InlineKeyboardButton(printable(label), callback_data=data)


def fits_button(data: str) -> bool:
    """Whether Telegram takes this as a button's data."""
    return len(data.encode()) <= LONGEST_CALLBACK_DATA


def is_web_address(url: str | None) -> bool:
    """Whether Telegram takes an address as a button's target."""
    try:
        parts = urlsplit(url or "")
        name = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in name.strip(".") and " " not in (url or "")
