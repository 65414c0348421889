"""A passage's citation, in words."""

from corpus.passage import Passage
from corpus.report import Kind, spell_date


def cite(passage: Passage) -> str:
    """The full pinpoint citation; what its report does not state is said to be missing.

    A press item is dated by its own day, in its pinpoint: what its report covers and when that was
    published says nothing of it.
    """
    report, of_report = passage.report, passage.press is None
    whose = "Pincite’s digest of " if report.kind is Kind.DIGEST else ""
    parts = [
        whose + (f"{report.publisher}, “{report.title}”" if report.publisher else report.title),
        report.country if report.country and report.country not in report.title else None,
        f"covering {report.period}" if report.period and of_report else None,
        f"published {spell_date(report.published)}" if report.published and of_report else None,
        pinpoint(passage),
        report.url,
        f"accessed {spell_date(report.accessed)}",
    ]
    missing = [name for name, value in _stated(passage) if value is None]
    note = f" (not stated: {', '.join(missing)})" if missing else ""
    return ", ".join(part for part in parts if part) + note


def pinpoint(passage: Passage) -> str:
    """Where in its report a passage stands: section, paragraph or item, page."""
    section = f"section “{' – '.join(passage.section)}”" if passage.section else "introduction"
    if passage.press:
        press = passage.press
        place = f"item {passage.number} ({press.kind}, {spell_date(press.date)})"
    else:
        place = f"para. {passage.number}"
    page = f"p. {passage.page}" if passage.page is not None else None
    return ", ".join(part for part in [section, place, page] if part)


def _stated(passage: Passage) -> list[tuple[str, object]]:
    report = passage.report
    return [
        ("publisher", report.publisher),
        ("country", report.country),
        ("period covered", passage.period),
        ("publication date", passage.published),
        ("page", passage.page),
        ("web address", report.url),
    ]
