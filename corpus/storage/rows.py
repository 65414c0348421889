"""Reports and passages as rows of the library, and back."""

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Any

from corpus.errors import BadMetadata
from corpus.passage import NoteMark, PageStart, Passage, PressItem, Span
from corpus.report import Kind, Period, Report
from corpus.storage.database import Row
from corpus.storage.digests import Value

REPORT_COLUMNS = tuple(field.name for field in fields(Report))
PASSAGE_COLUMNS = (
    "report_id",
    "version",
    "passage_id",
    "section",
    "number",
    "start",
    "stop",
    "source",
    "hidden",
    "press_date",
    "press_kind",
    "press_title",
    "occurrence",
    "key",
    "pages",
    "printed_number",
    "label",
    "notes",
)

# What damage left of a row may raise when it is read.
UNREADABLE = (ValueError, TypeError, KeyError, BadMetadata)


def report_to_row(report: Report) -> dict[str, str | None]:
    """Column values of a report; dates and the period in the form that parses back."""
    values = {name: getattr(report, name) for name in REPORT_COLUMNS}
    return {name: None if value is None else str(value) for name, value in values.items()}


def report_from_row(row: Row | Mapping[str, Any]) -> Report:
    """The report of a row that holds REPORT_COLUMNS."""
    return Report(
        id=row["id"],
        title=row["title"],
        publisher=row["publisher"],
        country=row["country"],
        period=_period(row["period"]) if row["period"] else None,
        published=_date(row["published"]),
        accessed=datetime.date.fromisoformat(row["accessed"]),
        url=row["url"],
        language=row["language"],
        licence=row["licence"],
        kind=Kind(row["kind"]),
        sha256=row["sha256"],
        author=row["author"],
        number=row["number"],
        archived=row["archived"],
        captured=_date(row["captured"]),
    )


def passage_to_row(passage: Passage, version: int) -> tuple[Value, ...]:
    """Values of PASSAGE_COLUMNS."""
    press = passage.press
    return (
        passage.report.id,
        version,
        passage.id,
        json.dumps(passage.section, ensure_ascii=False),
        passage.number,
        passage.start,
        passage.stop,
        passage.source,
        _listed((span.start, span.stop) for span in passage.hidden),
        str(press.date) if press else None,
        press.kind if press else None,
        press.title if press else None,
        passage.occurrence,
        vector_key(passage.searched),
        _listed((page.start, page.sheet, page.printed, page.doubtful) for page in passage.pages),
        passage.printed_number,
        passage.label,
        _listed((m.start, m.stop, m.note, m.at, m.words) for m in passage.notes),
    )


def passage_from_row(row: Row, report: Report) -> Passage:
    """The passage of a row that holds PASSAGE_COLUMNS."""
    press = None
    if row["press_date"]:
        date = datetime.date.fromisoformat(row["press_date"])
        press = PressItem(date=date, kind=row["press_kind"], title=row["press_title"])
    return Passage(
        report=report,
        section=tuple(json.loads(row["section"])),
        number=row["number"],
        start=row["start"],
        stop=row["stop"],
        source=row["source"],
        hidden=tuple(Span(start=a, stop=b) for a, b in json.loads(row["hidden"])),
        press=press,
        occurrence=row["occurrence"],
        pages=tuple(
            PageStart(start=start, sheet=sheet, printed=printed, doubtful=doubtful)
            for start, sheet, printed, doubtful in json.loads(row["pages"])
        ),
        printed_number=row["printed_number"],
        label=row["label"],
        notes=tuple(
            NoteMark(start=start, stop=stop, note=note, at=at, words=words)
            for start, stop, note, at, words in json.loads(row["notes"])
        ),
    )


def _listed(values: Iterable[tuple[Value, ...]]) -> str:
    return json.dumps(list(values), ensure_ascii=False)


def vector_key(searched: str) -> bytes:
    """The name of a text's vector, whatever the model: SHA-256 of the text."""
    return hashlib.sha256(searched.encode()).digest()


@lru_cache
def _period(text: str) -> Period:
    return Period.parse(text)


def _date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
