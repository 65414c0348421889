"""How the reading of a file went: what was left out, mended or lost, and what to look at."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field


class LeftOut(enum.Enum):
    """What of a file is neither searched nor shown, each in the singular and in the plural."""

    COMMENT = ("HTML comment", "HTML comments")
    OPEN_COMMENT = (
        "mark of an HTML comment that nothing closes",
        "marks of HTML comments that nothing closes",
    )
    SWALLOWED = (
        "stretch after an HTML comment that nothing closes",
        "stretches after HTML comments that nothing closes",
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


class Doubt(enum.Enum):
    """What may be wrong with the text of a page."""

    COLUMNS = "columns perhaps mixed"
    GLUED = "words glued together"
    SPLIT = "words split"
    UNKNOWN = "unknown words"
    REPEATED = "lines repeated"
    CHARACTERS = "characters lost"
    TABLE = "a table perhaps misread"
    STRUCTURE = "headings or paragraphs perhaps misread"


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """A text that stands beside the report's own on some sheets and was left out, once each."""

    text: str
    sheets: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A character, or what the file says in its place, that was read as another.

    `becomes` is None where what it stands for could not be told, and so is lost; `count` is how
    often, `sheets` where.
    """

    what: str
    becomes: str | None
    count: int
    sheets: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """A place whose text may not be what the page says; `sheet` is None without pages."""

    sheet: int | None
    doubt: Doubt
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """How the reading of a file went.

    `encoding` is how its bytes were read; `sheets` how many it has, 0 where the format has none.
    `dropped` is what of a text file is in no block, `furniture` what of a page is not its text.
    `joined` is how many notes were joined to their markers, `unjoined` says in a sentence each
    which were not. `without_text` are sheets with nothing to read, `pictures` those whose text is
    in a picture. `properties` is what the file states of itself that no citation uses, such as
    the day of its last change.
    """

    encoding: str = "UTF-8"
    sheets: int = 0
    dropped: tuple[Dropped, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    mended: tuple[Mended, ...] = ()
    joined: int = 0
    unjoined: tuple[str, ...] = ()
    suspicions: tuple[Suspicion, ...] = ()
    without_text: tuple[int, ...] = ()
    pictures: tuple[int, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
