"""What every reader makes of a file."""

import datetime
import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.passage import NoteMark, PageStart, PressItem, Span
from corpus.readers.extraction import Dropped, Extraction
from corpus.report import MONTHS


class BlockKind(enum.Enum):
    """What a block of a report is."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    NOTE = "note"
    ROW = "row"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of a report's text with its part in it.

    `start` and `stop` are code points in the document's text; `level` is a heading's depth from
    1; `hidden` are spans within the block that are markup; a paragraph that is an item of a list
    of publications carries its `press` item. An item of a list belongs to the paragraph before
    the list, which leads it in. A table's row is written "Column: value; Column: value".

    `pages` say where the block stands, the first from its start and further ones where it goes on
    to another page; there are none where the format has no pages. `printed_number` is the number
    that the source prints before a paragraph ("124.16"). `label` is a note's marker as printed
    ("8"), or the place of a row ("Table 3, row 2"). `notes` are the markers in the block, by
    places within it as those of `hidden`; where the source shows that they are markers they are
    hidden, too.
    """

    kind: BlockKind
    start: int
    stop: int
    level: int = 0
    heading: str = ""
    hidden: tuple[Span, ...] = ()
    press: PressItem | None = None
    pages: tuple[PageStart, ...] = ()
    printed_number: str | None = None
    label: str | None = None
    notes: tuple[NoteMark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryEntry:
    """A country's entry in a report on many: its blocks from `first` on, `last` included.

    `first` and `last` are indexes of the document's blocks. `name` is that of the heading,
    `formal_name` the one printed below it, None where there is none. `recognised_by` says in
    words how it was found; `disagreement`, in a sentence, where contents page or bookmarks say
    otherwise.
    """

    name: str
    first: int
    last: int
    formal_name: str | None = None
    recognised_by: str = ""
    disagreement: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file as read: its text, its blocks in order, the metadata that it states.

    `text` is the file's text as it was, save that what a format spells with a code is the
    character that it stands for: `&amp;` in Markdown is &. Of a file that has no text of its own
    form (PDF, Word, a web page) it is the text that was extracted: blocks parted by blank lines,
    and nothing added but the blanks that stand for ends of lines and the names of a table's
    columns.

    `guesses` are metadata that the file says or seems to say, for a person to confirm: nothing of
    them is cited unasked. `extraction` says how the reading went; `entries` are the countries that
    a report on many can be parted into; `contents` are the titles that its list of contents names,
    where that is not among the blocks.
    """

    text: str
    blocks: tuple[Block, ...]
    metadata: Mapping[str, str]
    guesses: Mapping[str, str] = field(default_factory=dict)
    extraction: Extraction = field(default_factory=Extraction)
    entries: tuple[CountryEntry, ...] = ()
    contents: tuple[str, ...] = ()

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        """What of the file is neither searched nor shown, by its lines."""
        return self.extraction.dropped

    @property
    def encoding(self) -> str:
        """How the file's bytes were read."""
        return self.extraction.encoding


_MONTH = "|".join(f"{month}|{month[:3]}" for month in MONTHS)
_DATE_AND_KIND = re.compile(
    rf"(?:(?P<month>{_MONTH})\.? (?P<day>\d\d?), (?P<year>\d{{4}})"
    rf"|(?P<day2>\d\d?) (?P<month2>{_MONTH})\.? (?P<year2>\d{{4}})"
    r"|(?P<iso>\d{4}-\d\d-\d\d))"
    r"\s*[•·|–—]\s*(?P<kind>[^\n•·|]{2,40}?)"
)
_DATED_TITLE = re.compile(_DATE_AND_KIND.pattern + r"\s*[•·|]\s*(?P<title>[^\n]+)")


def dated_line(line: str) -> tuple[datetime.date, str] | None:
    """Date and kind of a line such as `May 23, 2022 • Report`, else None."""
    match = _DATE_AND_KIND.fullmatch(line.strip())
    return _date_and_kind(match) if match else None


def dated_heading(line: str) -> PressItem | None:
    """The press item of a line such as `2022-05-23 · Report · Title`, else None."""
    match = _DATED_TITLE.fullmatch(line.strip())
    found = _date_and_kind(match) if match else None
    if match is None or found is None:
        return None
    return PressItem(date=found[0], kind=found[1], title=match["title"].strip())


def _date_and_kind(match: re.Match[str]) -> tuple[datetime.date, str] | None:
    try:
        if match["iso"]:
            date = datetime.date.fromisoformat(match["iso"])
        else:
            name = (match["month"] or match["month2"])[:3]
            month = next(i for i, full in enumerate(MONTHS, 1) if full.startswith(name))
            date = datetime.date(
                int(match["year"] or match["year2"]), month, int(match["day"] or match["day2"])
            )
    except ValueError:
        return None
    return date, match["kind"].strip()
