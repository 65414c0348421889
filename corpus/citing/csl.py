"""A passage's report as an item of CSL-JSON, and where the passage stands in it. Pure.

CSL-JSON is the data that processors of the Citation Style Language read.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from corpus.citing.citations import archived, pinpoint
from corpus.passage import Passage
from corpus.report import Kind, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a passage stands, as far as styles tell such places apart.

    `pages` are those that the source prints, "12" or "12–13". `heading` is the innermost section,
    None before the first. `paragraph` is a number, which the source prints where `is_printed`; of
    what is no paragraph `label` says what it is.
    """

    pages: str | None
    heading: str | None
    paragraph: str | None
    is_printed: bool
    label: str | None


def place(passage: Passage) -> Place:
    """Where a passage stands; the pages are those of what is quoted."""
    printed = [start.printed for start in passage.cited_pages if start.printed]
    pages = "–".join(dict.fromkeys([*printed[:1], *printed[-1:]]))
    return Place(
        pages=pages or None,
        heading=passage.section[-1] if passage.section else None,
        paragraph=None
        if passage.label or passage.press
        else passage.printed_number or str(passage.number),
        is_printed=passage.printed_number is not None,
        label=passage.label,
    )


def csl_item(passage: Passage) -> dict[str, Any]:
    """The item of a passage's report, with the passage's id and its place as a note.

    A press item is cited by its own title and day, in the page that lists it. What is not stated
    has no field.
    """
    report, press = passage.report, passage.press
    item: dict[str, Any] = {
        "id": passage.id,
        "type": "webpage" if press or not (passage.pages or report.number) else "report",
        "title": press.title if press else _title(report),
        "author": _literal(_author(report)),
        "publisher": _publisher(report),
        "number": report.number,
        "genre": press.kind if press else None,
        "container-title": _title(report) if press else None,
        "issued": _date(passage.published),
        "accessed": _date(report.accessed),
        "URL": report.url or report.archived,
        "archive_location": report.archived,
        "language": report.language,
        "note": _note(passage),
    }
    return {name: value for name, value in item.items() if value}


def _title(report: Report) -> str:
    """A digest has a title that says of what: its author is not the source's."""
    if report.kind is not Kind.DIGEST:
        return report.title
    source = ", ".join(part for part in [report.author or report.publisher, report.title] if part)
    return f"Digest of {source}"


def _author(report: Report) -> str | None:
    return "Pincite" if report.kind is Kind.DIGEST else report.author or report.publisher


def _publisher(report: Report) -> str | None:
    """Named where it is not the author, whom styles do not repeat."""
    is_another = report.author is not None and report.author != report.publisher
    return report.publisher if is_another and report.kind is not Kind.DIGEST else None


def _literal(name: str | None) -> list[dict[str, str]] | None:
    return [{"literal": name}] if name else None


def _date(day: datetime.date | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None


def _note(passage: Passage) -> str:
    covering = f"covering {passage.report.period}" if passage.report.period else None
    capture = archived(passage.report)
    parts = [pinpoint(passage), covering, capture, f"passage {passage.id}"]
    return "; ".join(part for part in parts if part)
