"""A passage's citation, in words."""

from corpus.passage import PageStart, Passage
from corpus.report import Kind, spell_date


def cite(passage: Passage) -> str:
    """The full pinpoint citation; what its report does not state is said to be missing.

    So is that the report has no pages, as a web page has none.
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
    notes = [] if passage.pages else ["without pages"]
    notes += [f"not stated: {', '.join(missing)}"] if missing else []
    note = f" ({'; '.join(notes)})" if notes else ""
    return ", ".join(part for part in parts if part) + note


def pinpoint(passage: Passage) -> str:
    """Where in its report a passage stands: section, paragraph or item, page.

    A paragraph has the number that the report prints, else its place among those of its section;
    a note or a row is cited as what it is. The pages are those of what is quoted.
    """
    section = f"section “{' – '.join(passage.section)}”" if passage.section else "introduction"
    if passage.press:
        press = passage.press
        place = f"item {passage.number} ({press.kind}, {spell_date(press.date)})"
    else:
        place = paragraph(passage)
    return ", ".join(part for part in [section, place, page(passage)] if part)


def paragraph(passage: Passage) -> str:
    """A passage that is no press item within its section: "para. 124.16", "note 8"."""
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


def _stated(passage: Passage) -> list[tuple[str, object]]:
    report = passage.report
    return [
        ("publisher", report.publisher),
        ("country", report.country),
        ("period covered", passage.period),
        ("publication date", passage.published),
        ("web address", report.url),
    ]
