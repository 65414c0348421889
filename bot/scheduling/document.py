"""A schedule as a document of plain parts, which each format then writes in its own marks."""

import enum
from dataclasses import dataclass


class Kind(enum.Enum):
    """What a block of a document is."""

    TITLE = "title"
    HEADING = "heading"
    TEXT = "text"
    LEAD = "lead"  # the line over an extract
    QUOTE = "quote"
    REMARK = "remark"  # said of an extract, small
    ITEM = "item"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of words of one kind; `note` is the number of the note that they end in."""

    text: str
    bold: bool = False
    link: str | None = None
    note: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading, a paragraph or an item of a list."""

    kind: Kind
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Blocks in order; `notes` are those that runs name, by number from 1.

    They stand at the foot of the page where `footnotes`, else in a list at the end.
    """

    title: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()
    footnotes: bool = False

    @property
    def words(self) -> int:
        """How many words there are, notes included."""
        texts = [*(block.text for block in self.blocks), *self.notes]
        return sum(len(text.split()) for text in texts)
