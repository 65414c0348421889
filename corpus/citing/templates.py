"""Citations in forms that no CSL style has: a tribunal's, Refworld's, and a short one. Pure.

The first two follow what bundles of country information and Refworld's pages show; neither form
is laid down anywhere that its authors point to, so conformity with nothing is claimed.
"""

from corpus.citing.citations import archived, paragraph, pinpoint
from corpus.citing.citations import page as page_of
from corpus.passage import Passage
from corpus.report import Kind, Report, spell_date

# What a button of Telegram copies at most (Bot API, CopyTextButton), and what fits a margin.
LONGEST_SHORT = 256
# So much of a title tells which report it is.
_SHORTEST_TITLE = 24


def excerpt_from(passage: Passage) -> str:
    """The line over an extract in a bundle: "Excerpt from: …"."""
    report = passage.report
    title = " ".join(part for part in [f"‘{report.title}’", _in_brackets(report.number)] if part)
    parts = [
        whose(report),
        title,
        _publisher(report),
        _dated(passage),
        pinpoint(passage),
        report.url,
        archived(report),
        f"accessed {spell_date(report.accessed)}",
    ]
    return f"Excerpt from: {_listed(parts)} [passage {passage.id}]"


def cite_as(passage: Passage) -> str:
    """As Refworld’s pages said how to cite them: "Cite as: …, available at: … [accessed …]"."""
    report = passage.report
    parts = [
        whose(report),
        report.title,
        _publisher(report),
        _dated(passage),
        report.number,
        pinpoint(passage),
        f"available at: {report.url}" if report.url else None,
        archived(report),
    ]
    accessed = f"[accessed {spell_date(report.accessed)}]"
    return f"Cite as: {_listed(parts)} {accessed} [passage {passage.id}]"


def short(passage: Passage, room: int = LONGEST_SHORT) -> str:
    """At most `room` characters with the whole pinpoint but for the outer headings.

    What does not fit is taken from the names: of the section first, then of whose report it is. No
    name is cut so far that it tells nothing: with less room than that takes, it is longer.
    """
    report = passage.report
    year = _year(passage)
    end = place_and_id(passage)
    heading = passage.section[-1] if passage.section else "introduction"
    left = room - len(f", “”{year}, “”, {end}")
    body, title = whose(report) or "", report.title
    heading = clipped(heading, max(left - len(body) - len(title), _SHORTEST_TITLE))
    body = clipped(body, max(left - len(heading) - len(title), _SHORTEST_TITLE))
    title = clipped(title, max(left - len(heading) - len(body), _SHORTEST_TITLE))
    return _listed([body, f"“{title}”{year}", f"“{heading}”", end])


def place_and_id(passage: Passage) -> str:
    """The shortest that finds a passage again: "para. 3 (counted), p. 9 [passage …]"."""
    if passage.press:
        place = f"item {passage.number} of {spell_date(passage.press.date)}"
    else:
        place = paragraph(passage)
    return _listed([place, page_of(passage)]) + f" [passage {passage.id}]"


def whose(report: Report) -> str | None:
    """The body whose report it is; of a digest that it is one."""
    body = report.author or report.publisher
    if report.kind is not Kind.DIGEST:
        return body
    return f"Pincite’s digest of {body}" if body else "Pincite’s digest"


def clipped(text: str, room: int) -> str:
    """A text in at most `room` characters, with an ellipsis where it is cut; room for one."""
    return text if len(text) <= room else text[: max(room - 1, 0)].rstrip() + "…"


def _publisher(report: Report) -> str | None:
    """The publisher where that is not the author, who is named first."""
    return f"published by {report.publisher}" if report.author and report.publisher else None


def _dated(passage: Passage) -> str | None:
    """The day of publication: the item's own in a list of publications, in the pinpoint."""
    day = passage.report.published if passage.press is None else None
    return spell_date(day) if day else None


def _year(passage: Passage) -> str:
    return f" ({passage.published.year})" if passage.published else ""


def _in_brackets(text: str | None) -> str | None:
    return f"({text})" if text else None


def _listed(parts: list[str | None]) -> str:
    return ", ".join(part for part in parts if part)
