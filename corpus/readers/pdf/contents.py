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
    lines: Sequence[Line], *, goes_on: bool
) -> tuple[list[Line], list[Line], list[Listed]]:
    """The lines of a region without its list of contents, the list's lines, and its entries.

    A list begins at its heading, or where it goes on from the page before.
    """
    start = next(
        (at for at, line in enumerate(lines) if _HEADING.fullmatch(line.text.strip())), None
    )
    leaders = [at for at, line in enumerate(lines) if is_contents(line.text)]
    if start is None:
        start = 0 if goes_on or len(leaders) > _SHARE * len(lines) else None
    if start is None:
        return list(lines), [], []
    paged = [
        at for at in range(start, len(lines)) if at in leaders or _PAGE.fullmatch(lines[at].text)
    ]
    if len(paged) < _FEWEST or len(paged) < _SHARE * (paged[-1] - start):
        return list(lines), [], []
    stop = paged[-1] + 1
    inside = list(lines[start:stop])
    return [*lines[:start], *lines[stop:]], inside, _entries(inside)


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
