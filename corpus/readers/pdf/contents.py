"""Lists of contents: what they say of the report's parts, apart from its text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.readers.pdf.page import Line
from corpus.readers.pdf.tables import is_contents

_HEADING = re.compile(
    r"(?:table of )?contents(?: page)?|index|sommaire|table des matières|índice|inhalt",
    re.IGNORECASE,
)
_COLUMNS = re.compile(r"(?:(?:chapter|page|paragraphs?|section|title)s?\s*)+", re.IGNORECASE)
_LEADER = re.compile(r"\s*(?:[.…·]\s?){3,}\s*")
_PAGE = re.compile(
    r"(?P<title>.*\D)(?:\s+\d{1,4}[–-]\d{1,4})?\s+(?P<page>\d{1,4}|[ivxlc]{1,7})", re.DOTALL
)
_FEWEST = 3
_SHARE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An entry of a list of contents: its title, and the page as printed."""

    title: str
    page: str


def split_contents(
    lines: Sequence[Line], before: Sequence[Listed] | None
) -> tuple[list[Line], list[Line], list[Listed]]:
    """The lines of a region without its list of contents, the list's lines, and its entries.

    A list begins at its heading, with dots that lead to page numbers, or where it goes on from
    the entries `before`, of the page before.
    """
    leaders = sum(is_contents(line.text) for line in lines)
    dotted = leaders > _SHARE * len(lines)
    start = next(
        (at for at, line in enumerate(lines) if _HEADING.fullmatch(line.text.strip())),
        0 if dotted or before else None,
    )
    if start is None:
        return list(lines), [], []
    paged = [at for at in range(start, len(lines)) if _is_paged(lines[at])]
    if len(paged) < _FEWEST or len(paged) < _SHARE * (paged[-1] - start):
        return list(lines), [], []
    inside = list(lines[start : paged[-1] + 1])
    entries = _entries(inside)
    if not (dotted or leaders >= _FEWEST) and not _rises([*(before or ())[-1:], *entries]):
        return list(lines), [], []
    return [*lines[:start], *lines[paged[-1] + 1 :]], inside, entries


def _is_paged(line: Line) -> bool:
    return is_contents(line.text) or _PAGE.fullmatch(line.text) is not None


def _rises(entries: Sequence[Listed]) -> bool:
    """Whether page numbers never fall, as those of a list of contents."""
    pages = [int(entry.page) for entry in entries if entry.page.isdigit()]
    return pages == sorted(pages)


def _entries(lines: Sequence[Line]) -> list[Listed]:
    found: list[Listed] = []
    begun = ""
    for line in lines:
        text = f"{begun} {_LEADER.sub(' ', line.text)}".strip()
        match = _PAGE.fullmatch(text)
        if match:
            found.append(Listed(title=" ".join(match["title"].split()), page=match["page"]))
            begun = ""
        else:
            begun = "" if _HEADING.fullmatch(text) or _COLUMNS.fullmatch(text) else text
    return found
