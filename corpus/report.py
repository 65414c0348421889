"""What is known about a report: the fields that a citation is made of."""

import datetime
import enum
import re
from calendar import monthrange
from dataclasses import dataclass

from corpus.errors import BadMetadata
from corpus.remedy import Remedy

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Kind(enum.StrEnum):
    """Whose words a report's text is: its publisher's own, or a digest in other words."""

    VERBATIM = "verbatim"
    DIGEST = "digest"


def parse_date(text: str, field: str) -> datetime.date:
    """Read an ISO 8601 calendar date; raise BadMetadata naming the field."""
    try:
        return datetime.date.fromisoformat(text.strip())
    except ValueError:
        raise BadMetadata(
            f"{field} {text!r} is not a date; write it as year-month-day, such as 2022-03-29."
        ) from None


def read_date(text: str) -> datetime.date | None:
    """The day that a text spells in English, as "29 March 2022" or "March 29, 2022", if one."""
    day_first = re.fullmatch(r"(\d{1,2}) ([A-Z][a-z]+),? (\d{4})", text)
    month_first = re.fullmatch(r"([A-Z][a-z]+) (\d{1,2}), (\d{4})", text)
    if day_first:
        day, month, year = day_first.groups()
    elif month_first:
        month, day, year = month_first.groups()
    else:
        return None
    try:
        return datetime.date(int(year), MONTHS.index(month) + 1, int(day))
    except ValueError:
        return None


def spell_date(date: datetime.date) -> str:
    """Spell a date as citations do, the same in every locale: 29 March 2022."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The time a report covers, first and last day included."""

    first: datetime.date
    last: datetime.date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise BadMetadata(
                f"the period from {self.first} to {self.last} ends before it begins; "
                "write the earlier date first."
            )

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read `2021`, `2021/22`, `2021-2023`, `2021-03`, or two such or ISO dates joined by `/`.

        Raises BadMetadata where the text is none of these.
        """
        text = text.strip()
        short = re.fullmatch(r"(\d\d)(\d\d)/(\d\d)", text)
        years = re.fullmatch(r"(\d{4})\s*[-–/]\s*(\d{4})", text)
        if short:
            # 1999/00 ends in the next century.
            century = int(short[1]) + (short[3] < short[2])
            first, last = short[1] + short[2], f"{century:02}{short[3]}"
        elif years:
            first, last = years[1], years[2]
        else:
            first, _, last = text.partition("/")
        try:
            return cls(first=_bounds(first)[0], last=_bounds(last or first)[1])
        except ValueError:
            raise BadMetadata(
                f"period {text!r} is not understood; write a year (2021), years (2021-2023), "
                "a month (2021-03), or two dates joined by a slash (2021-07-01/2022-06-30)."
            ) from None

    @property
    def years(self) -> range:
        """The calendar years that the period touches."""
        return range(self.first.year, self.last.year + 1)

    def __str__(self) -> str:
        """The shortest form that parses back to the same period."""
        whole_years = (self.first.month, self.first.day, self.last.month, self.last.day) == (
            (1, 1, 12, 31)
        )
        first, last = str(self.first), str(self.last)
        whole_months = self.first.day == 1 and self.last == _bounds(last[:7])[1]
        if whole_years:
            first, last = first[:4], last[:4]
        elif whole_months:
            first, last = first[:7], last[:7]
        if first == last:
            return first
        return f"{first}-{last}" if whole_years else f"{first}/{last}"


def _bounds(text: str) -> tuple[datetime.date, datetime.date]:
    """First and last day of a year, month or day; raises ValueError."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text.strip())
    if match is None:
        raise ValueError(text)
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    # A month or day of 0 is stated, and is none.
    first = datetime.date(year, 1 if month is None else month, 1 if day is None else day)
    last_month = 12 if month is None else month
    last_day = monthrange(year, last_month)[1] if day is None else day
    return first, datetime.date(year, last_month, last_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report in the library. None means not stated; nothing is ever guessed.

    `author` is the body whose report it is where another one published it; `number` is the
    report's own ("A/HRC/52/30"). `archived` is the address of a capture of `url`, made on the day
    `captured`. `accessed` is the day on which the file was added unless its metadata say otherwise;
    `sha256` is of the file's bytes, in hexadecimal.
    """

    id: str
    title: str
    publisher: str | None
    country: str | None
    period: Period | None
    published: datetime.date | None
    accessed: datetime.date
    url: str | None
    language: str | None
    licence: str | None
    kind: Kind
    sha256: str
    author: str | None = None
    number: str | None = None
    archived: str | None = None
    captured: datetime.date | None = None

    def __post_init__(self) -> None:
        if not SLUG.fullmatch(self.id):
            raise BadMetadata(
                f"report id {self.id!r} is not a slug; use lower-case letters, digits and "
                "single hyphens, such as amnesty-international-north-korea-2021."
            )
        if not self.title.strip():
            raise BadMetadata("the report has no title", Remedy.STATE_TITLE)
        if not re.fullmatch(r"[0-9a-f]{64}", self.sha256):
            raise ValueError(f"sha256 {self.sha256!r} is not 64 hexadecimal digits")

    def digests(self, other: "Report") -> bool:
        """Whether this is a digest of `other`: the same publisher, country and period."""
        return (
            self.kind is Kind.DIGEST
            and other.kind is Kind.VERBATIM
            and self.publisher is not None
            and _subject(self) == _subject(other)
        )


def _subject(report: Report) -> tuple[str, str, str]:
    return (
        (report.publisher or "").casefold(),
        (report.country or "").casefold(),
        str(report.period or ""),
    )
