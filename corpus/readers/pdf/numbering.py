"""Paragraph numbers that a report prints itself: long chains that headings do not break."""

import re
from collections.abc import Sequence

from corpus.readers.pdf.paragraphs import Paragraph

_ITEM = re.compile(r"(\d{1,3})[.)]")
_NUMBER = re.compile(r"(\d{1,4})\.|(\d{1,4}(?:\.\d{1,3})+)\.?")
# A list seldom has this many items; a chain of numbered paragraphs goes on over headings.
_LONG, _OVER_HEADINGS = 12, 4
_MISSING = 2  # numbers that a chain may lack, as where a page could not be read


def number_paragraphs(found: Sequence[Paragraph]) -> None:
    """Give each paragraph of a chain its number; what is left over is a list."""
    simple: list[tuple[int, int]] = []
    for at, paragraph in enumerate(found):
        match = _leading(paragraph)
        if match and match[1]:
            simple.append((at, int(match[1])))
    chained: dict[int, int] = {}
    for chain in _chains(simple):
        headings = sum(found[at].level > 0 for at in range(chain[0][0], chain[-1][0]))
        if len(chain) >= _LONG or (len(chain) >= _OVER_HEADINGS and headings >= 1):
            chained.update(chain)
    for at, number in chained.items():
        found[at].number = str(number)
    _number_below(found, {str(number) for number in chained.values()})


def list_number(paragraph: Paragraph) -> str | None:
    """The number that an item of a numbered list begins with, None for other items."""
    match = _ITEM.fullmatch(paragraph.lines[0].words[0].text)
    return match[1] if match else None


def _leading(paragraph: Paragraph) -> re.Match[str] | None:
    words = paragraph.lines[0].words
    if paragraph.level or len(words) < 2 or words[1].glued:  # noqa: PLR2004
        return None
    return _NUMBER.fullmatch(words[0].text)


def _chains(numbers: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Runs of numbers that rise one by one, each number in the longest run that takes it."""
    chains: list[list[tuple[int, int]]] = []
    for at, number in numbers:
        fitting = [chain for chain in chains if 0 < number - chain[-1][1] <= _MISSING]
        if fitting:
            max(fitting, key=len).append((at, number))
        else:
            chains.append([(at, number)])
    return chains


def _number_below(found: Sequence[Paragraph], above: set[str]) -> None:
    """Numbers such as 124.16, below a numbered paragraph or one after the other."""
    last = ""
    for paragraph in found:
        match = _leading(paragraph)
        if not match or not match[2]:
            continue
        number = match[2]
        parent, _, own = number.rpartition(".")
        follows = last.rpartition(".")[0] == parent and int(own) - int(last.rpartition(".")[2] or 0)
        if parent in above or follows == 1:
            paragraph.number = number
        last = number
