"""A draft as it is read for its quotations: its paragraphs in order, and its notes."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field


class PartKind(enum.Enum):
    """What a paragraph of a draft is."""

    TEXT = "text"
    BLOCK_QUOTE = "block quote"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteReference:
    """Before character `at` of a paragraph stands the marker of the note `key`."""

    at: int
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A paragraph of a draft, without the markers of its notes.

    `ordinal` is its place among the paragraphs of the file's text from 0, `line` its first line
    from 1 in a file that has lines, `page` the page from 1 in one that has pages. `key` is that of
    a note, None for what is none.
    """

    text: str
    ordinal: int
    kind: PartKind = PartKind.TEXT
    line: int | None = None
    page: int | None = None
    notes: tuple[NoteReference, ...] = ()
    key: str | None = None

    def place(self, at: int) -> str:
        """Where in the draft a character stands, in words."""
        if self.line is not None:
            before = self.text.count("\n", 0, at)
            return f"line {self.line + before}"
        if self.page is not None:
            return f"page {self.page}"
        if self.key is not None:
            return f"note {self.key}"
        return f"paragraph {self.ordinal + 1}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft's paragraphs, and the text of its notes by their keys."""

    parts: tuple[Part, ...]
    notes: Mapping[str, str] = field(default_factory=dict)


def note_parts(notes: Mapping[str, str], after: int) -> list[Part]:
    """The notes of a draft as paragraphs that come after so many others."""
    return [
        Part(text=text, ordinal=number, kind=PartKind.NOTE, key=key)
        for number, (key, text) in enumerate(notes.items(), after)
    ]
