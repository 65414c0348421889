"""What every reader makes of a file."""

import datetime
import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.passage import PressItem, Span
from corpus.report import MONTHS


class BlockKind(enum.Enum):
    """What a block of a report is."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of a report's text with its part in it.

    `start` and `stop` are code points in the document's text; `level` is a heading's depth from
    1; `hidden` are spans within the block that are markup; a paragraph that is an item of a list
    of publications carries its `press` item.
    """

    kind: BlockKind
    start: int
    stop: int
    level: int = 0
    heading: str = ""
    hidden: tuple[Span, ...] = ()
    press: PressItem | None = None
    page: int | None = None


class LeftOut(enum.Enum):
    """What of a file is neither searched nor shown, each in the singular and in the plural."""

    COMMENT = ("HTML comment", "HTML comments")
    OPEN_COMMENT = (
        "mark of an HTML comment that nothing closes",
        "marks of HTML comments that nothing closes",
    )
    OPEN_FENCE = (
        "mark of a code block that nothing closes",
        "marks of code blocks that nothing closes",
    )
    SCRIPT = ("script or style", "scripts or styles")
    TAG = ("HTML tag", "HTML tags")
    PICTURE = ("picture", "pictures")
    STRUCK = ("struck-out stretch", "struck-out stretches")
    ADDRESS = ("link address", "link addresses")
    DEFINITION = ("link definition", "link definitions")
    OTHER = ("line of other markup", "lines of other markup")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A stretch of a file that is neither searched nor shown.

    `start` and `stop` are code points of the file's text, `line` and `last_line` its lines from 1;
    `words` is how many words it has.
    """

    what: LeftOut
    start: int
    stop: int
    line: int
    last_line: int
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file as read: its text, its blocks in order, the metadata that it states.

    `text` is the file's text as it was, save that what a format spells with a code is the
    character that it stands for: `&amp;` in Markdown is &. `dropped` is what of the file is in no
    block; `encoding` is how its bytes were read.
    """

    text: str
    blocks: tuple[Block, ...]
    metadata: Mapping[str, str]
    dropped: tuple[Dropped, ...] = ()
    encoding: str = "UTF-8"


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
