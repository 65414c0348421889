"""A passage's citation, in words."""

from corpus.passage import PageStart, Passage
from corpus.report import Kind, Report, spell_date


def cite(passage: Passage) -> str:
    """The full pinpoint citation with the passage's id; what is not known is left out.

    A press item is dated by its own day, in its pinpoint: what its report covers and when that was
    published says nothing of it.
    """
    report, of_report = passage.report, passage.press is None
    whose = "Pincite’s digest of " if report.kind is Kind.DIGEST else ""
    body = report.author or report.publisher
    parts = [
        whose + (f"{body}, “{report.title}”" if body else report.title),
        report.number,
        report.country if report.country and report.country not in report.title else None,
        f"covering {report.period}" if report.period and of_report else None,
        _published(report, dated=of_report),
        pinpoint(passage),
        report.url,
        archived(report),
        f"accessed {spell_date(report.accessed)}",
        f"passage {passage.id}",
    ]
    return ", ".join(part for part in parts if part)


def archived(report: Report) -> str | None:
    """Where a capture of the report's address is kept: "archived 2 May 2022 at https://…"."""
    if report.archived is None:
        return None
    day = f" {spell_date(report.captured)}" if report.captured else ""
    return f"archived{day} at {report.archived}"


def _published(report: Report, *, dated: bool) -> str | None:
    """Who published a report, where that is not its author, and when."""
    by = f"by {report.publisher}" if report.author and report.publisher else ""
    day = spell_date(report.published) if report.published and dated else ""
    when = f"on {day}" if by and day else day
    said = " ".join(part for part in (by, when) if part)
    return f"published {said}" if said else None


def not_stated(passage: Passage) -> tuple[str, ...]:
    """What a citation lacks because the report does not state it; not for copying."""
    report = passage.report
    stated = [
        ("publisher", report.publisher),
        ("country", report.country),
        ("period covered", passage.period),
        ("publication date", passage.published),
        ("web address", report.url),
    ]
    return tuple(name for name, value in stated if value is None)


def lacking(passage: Passage) -> str | None:
    """What a citation lacks, in words that stand beside it: no pages, and what is not stated."""
    missing = not_stated(passage)
    notes = [] if passage.pages else ["without pages"]
    notes += [f"not stated: {', '.join(missing)}"] if missing else []
    return "; ".join(notes) or None


def pinpoint(passage: Passage) -> str:
    """Where in its report a passage stands: section, paragraph or item, page.

    A paragraph has the number that the report prints, else its place among those of its section,
    which is said to be counted; a note or a row is cited as what it is. The pages are those of
    what is quoted.
    """
    section = f"section “{' – '.join(passage.section)}”" if passage.section else "introduction"
    if passage.press:
        press = passage.press
        place = f"item {passage.number} ({press.kind}, {spell_date(press.date)})"
    else:
        place = paragraph(passage)
    return ", ".join(part for part in [section, place, page(passage)] if part)


def paragraph(passage: Passage) -> str:
    """A passage that is no press item within its section: "para. 124.16", "note 8".

    A number that the report does not print is told apart: "para. 3 (counted)".
    """
    is_counted = not (passage.label or passage.printed_number)
    return under_heading(passage) + (" (counted)" if is_counted else "")


def under_heading(passage: Passage) -> str:
    """The same where it stands right after its heading, so that a counted number misleads nobody.

    Chicago and APA cite a paragraph that the source does not number so.
    """
    return passage.label or f"para. {passage.printed_number or passage.number}"


def page(passage: Passage) -> str | None:
    """The page or pages of what is quoted, as they are printed; None where there are none.

    "p. 9", "pp. 9–10"; a page that prints no number is known by its sheet in the file. Where the
    text may not be what the page says, it is to be checked there.
    """
    pages = passage.cited_pages
    if not pages:
        return None
    doubt = " (check against the page)" if any(one.doubtful for one in pages) else ""
    return pages_named(pages[0], pages[-1]) + doubt


def pages_named(first: PageStart, last: PageStart) -> str:
    """The pages from one to another, as they are printed."""
    if first.sheet == last.sheet:
        return _one_page(first)
    if first.printed and last.printed:
        return f"pp. {first.printed}–{last.printed}"
    if not (first.printed or last.printed):
        return f"sheets {first.sheet}–{last.sheet} (unnumbered)"
    return f"{_one_page(first)} to {_one_page(last)}"


def _one_page(start: PageStart) -> str:
    return f"p. {start.printed}" if start.printed else f"sheet {start.sheet} (unnumbered)"
