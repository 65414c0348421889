"""What answers may come from: current reports that do not step aside, and filters on them."""

import json
from collections.abc import Iterator, Sequence
from functools import cache

from corpus.errors import NotInLibrary
from corpus.remedy import Remedy
from corpus.report import Kind, Period
from corpus.scope import Scope, Shelved, named
from corpus.storage.accounting import damaged
from corpus.storage.database import Database, Row, columns
from corpus.storage.digests import digest_of
from corpus.storage.rows import REPORT_COLUMNS, report_from_row

_CURRENT = f"SELECT {columns('r', REPORT_COLUMNS)} FROM reports r WHERE r.current"
# The digests of what filters read of a report's passages; see accounting.py.
_DIGEST_OF = {"section": "sections", "press": "press"}
_CURRENT_PASSAGES = (
    "FROM reports r CROSS JOIN passages p ON p.report_id = r.id AND p.version = r.version"
    " WHERE r.current AND r.id IN ({marks})"
)


def reports(database: Database) -> tuple[Shelved, ...]:
    """The reports that answers come from, by title."""
    away = aside(database)
    rows = database.rows(
        "SELECT id, version, title, publisher, country, period, kind FROM reports"
        " WHERE current ORDER BY title, id"
    )
    periods = {text: Period.parse(text) for text in {row["period"] for row in rows} if text}
    return tuple(
        Shelved(
            id=row["id"],
            version=row["version"],
            title=row["title"],
            publisher=row["publisher"],
            country=row["country"],
            period=periods.get(row["period"]),
            kind=Kind(row["kind"]),
        )
        for row in rows
        if row["id"] not in away
    )


def aside(database: Database) -> dict[str, str]:
    """The digests that step aside from answers, each with the report for whose sake."""
    digests = database.rows(f"{_CURRENT} AND r.kind = ? ORDER BY r.id", (str(Kind.DIGEST),))
    found = {}
    for digest in map(report_from_row, digests):
        period = str(digest.period) if digest.period else None
        rows = database.rows(f"{_CURRENT} AND r.period IS ? ORDER BY r.title, r.id", (period,))
        others = (other for other in map(report_from_row, rows) if digest.digests(other))
        if (other := next(others, None)) is not None:
            found[digest.id] = other.id
    return found


def numbers(database: Database, shelf: Sequence[Shelved], scope: Scope) -> list[int]:
    """Numbers of the passages in scope, ascending; raises NotInLibrary where none is.

    A press item is of its own year, every other passage of its report's.
    """
    chosen = {report.id: report for report in scope.reports(shelf)}
    in_scope = cache(scope.holds_section)
    press = _press(database, list(chosen))
    found = [
        row["number_in_library"]
        for row in press
        if in_scope(row["section"])
        and scope.holds_year(chosen[row["report_id"]], row["press"])
        and scope.holds_passage(row["passage_id"])
    ]
    others = {row["number_in_library"] for row in press}
    of_year = [report.id for report in chosen.values() if scope.holds_year(report, None)]
    rows = list(
        database.rows_by_parts(
            f"SELECT p.report_id, p.number_in_library, p.section, p.passage_id {_CURRENT_PASSAGES}",
            of_year,
        )
    )
    _check(database, "section", of_year, rows)
    found += [
        row["number_in_library"]
        for row in rows
        if row["number_in_library"] not in others
        and in_scope(row["section"])
        and scope.holds_passage(row["passage_id"])
    ]
    if not found and not scope.is_everything:
        raise _nothing_in(scope, shelf)
    return sorted(found)


def editions(database: Database) -> list[tuple[bytes, list[int]]]:
    """Every version of every report: the digest of its passages, and their numbers, ascending.

    Two with the same digest have the same passages under the same numbers.
    """
    of: dict[tuple[str, int], list[int]] = {}
    for name, version, number in database.rows(
        "SELECT report_id, version, number_in_library FROM passages INDEXED BY passages_by_report"
    ):
        of.setdefault((name, version), []).append(number)
    return [
        (row["passages"], sorted(of.get((row["id"], row["version"]), [])))
        for row in database.rows("SELECT id, version, passages FROM reports ORDER BY id, version")
    ]


def count(database: Database, shelf: Sequence[Shelved]) -> int:
    """How many passages the reports of a shelf have."""
    ids = [report.id for report in shelf]
    rows = database.rows_by_parts(f"SELECT count(*) {_CURRENT_PASSAGES}", ids)
    return sum(row[0] for row in rows)


def sections(database: Database, shelf: Sequence[Shelved]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The section paths of reports, each once a report and with its id, in reading order."""
    rows = database.rows_by_parts(
        f"SELECT r.id, p.section {_CURRENT_PASSAGES} GROUP BY r.id, p.section"
        " ORDER BY r.title, r.id, min(p.number_in_library)",
        [report.id for report in shelf],
    )
    return ((row["id"], tuple(json.loads(row["section"]))) for row in rows)


def press_years(database: Database) -> list[int]:
    """The years of the dated publications that current reports list."""
    current = [row["id"] for row in database.rows("SELECT id FROM reports WHERE current")]
    return sorted({int(row["press"][:4]) for row in _press(database, current)})


def _press(database: Database, ids: Sequence[str]) -> list[Row]:
    """The press items of reports, `press` being the day and the words; raises LibraryFault."""
    rows = list(
        database.rows_by_parts(
            "SELECT p.number_in_library, p.report_id, p.passage_id, p.section,"
            " p.press_date || p.source AS press"
            f" {_CURRENT_PASSAGES} AND p.press_date IS NOT NULL",
            ids,
        )
    )
    _check(database, "press", ids, rows)
    return rows


def _check(database: Database, what: str, ids: Sequence[str], rows: Sequence[Row]) -> None:
    """Raise LibraryFault unless these rows are all that reports have, as they were stored.

    `what` is the column that is looked at; a report has a digest of all of them.
    """
    found: dict[str, list[tuple[int, str]]] = {name: [] for name in ids}
    for row in rows:
        found[row["report_id"]].append((row["number_in_library"], row[what]))
    for row in database.rows_by_parts(
        f"SELECT id, title, {_DIGEST_OF[what]} AS digest FROM reports"
        " WHERE current AND id IN ({marks})",
        ids,
    ):
        if digest_of(found[row["id"]]) != row["digest"]:
            raise damaged(database, row["id"], row["title"])


def _nothing_in(scope: Scope, shelf: Sequence[Shelved]) -> NotInLibrary:
    if scope.section is not None:
        return NotInLibrary(
            f"no passage that answers come from stands in a section {scope.section!r} with these "
            "filters",
            Remedy.LIST_SECTIONS,
        )
    periods = sorted({str(report.period) for report in shelf if report.period})
    return NotInLibrary(
        f"nothing that answers come from covers the year {scope.year} with these filters; the "
        f"reports cover: {named(periods) or 'not stated'}."
    )
