"""Which figures of a plain text are markers of notes.

A figure taken out of a quotation is a wrong quotation, a marker left in it an ugly one. So a figure
is a marker only where the report itself shows it: where a note of that number stands further on in
the file, or where such figures count 1, 2, 3 and on through it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.english.sentences import NUMBERED
from corpus.passage import Span

_RAISED = "¹²³⁰⁴-⁹"
_SIGNS = str.maketrans("¹²³⁰⁴⁵⁶⁷⁸⁹", "1230456789")
# A number glued to the end of a sentence ("word.1", "word.”12"), after which another may begin.
_FIGURE = re.compile(
    r"(?:(?<=[^\W\d_][.!?…])(?P<a>\d{1,3})"
    r"|(?<=[.!?…][”’\"')\]])\d{1,3}"
    r"|(?<=[^\W\d_][”’\"')\]][.!?…])\d{1,3})"
    r"(?=\s*$|\s+[^\sa-z,;:])"
)
# Not powers: 10⁶.
_RAISED_FIGURE = re.compile(rf"(?<=[^\s\d{_RAISED}])[{_RAISED}]{{1,4}}(?![{_RAISED}])")
_BRACKETED = re.compile(r"(?<=\S)\[\d{1,3}\]")
# Nor what belongs to a unit: 25 km², 9 m/s².
_UNIT = re.compile(r"(?:\d\s?|[/·×(])[^\W\d_]{1,3}$|(?<!\w)(?:[ckm]?m|ft|mi|in|yd)$")
_WORD = re.compile(r"(\w+)\W*$")
_NOTE = re.compile(rf"\s*(?:\[(\d{{1,3}})\]|(\d{{1,3}})[.):]?(?=\s)|([{_RAISED}]{{1,3}}))\s*\S")
# The longest word that a number may belong to, and a unit with its quantity.
_LOOK_BACK = 40
# Two may be chance, as in "Zone.1" and "Zone.2".
_LEAST_IN_ORDER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    source: int
    span: Span
    number: int


def note_markers(sources: Sequence[str]) -> list[tuple[Span, ...]]:
    """The spans of each paragraph that are note markers, in the order of the report."""
    notes = _notes(sources)
    spans: list[list[Span]] = [[] for _ in sources]
    for kind in (_FIGURE, _RAISED_FIGURE, _BRACKETED):
        candidates = list(_candidates(sources, kind))
        counted = _in_order(candidates)
        for candidate in candidates:
            if notes.get(candidate.number, -1) > candidate.source or candidate in counted:
                spans[candidate.source].append(candidate.span)
    return [tuple(sorted(found, key=lambda span: span.start)) for found in spans]


def _notes(sources: Iterable[str]) -> dict[int, int]:
    """The last paragraph that begins with each number."""
    found = {}
    for index, source in enumerate(sources):
        match = _NOTE.match(source)
        if match:
            found[int((match[1] or match[2] or match[3]).translate(_SIGNS))] = index
    return found


def _candidates(sources: Iterable[str], kind: re.Pattern[str]) -> Iterator[_Candidate]:
    for index, source in enumerate(sources):
        for match in kind.finditer(source):
            before = source[max(0, match.start() - _LOOK_BACK) : match.start()]
            word = _WORD.search(before)
            is_numbered = kind is _FIGURE and match["a"] and word and word[1].casefold() in NUMBERED
            if is_numbered or (kind is _RAISED_FIGURE and _UNIT.search(before)):
                continue
            number = int(match[0].strip("[]").translate(_SIGNS))
            span = Span(start=match.start(), stop=match.end())
            yield _Candidate(source=index, span=span, number=number)


def _in_order(candidates: Iterable[_Candidate]) -> set[_Candidate]:
    """Those that count from 1 through the report, each next or cited again; none of too few.

    A figure between them that breaks the order stays text.
    """
    chosen, last = [], 0
    for candidate in candidates:
        if candidate.number == last + 1 or (last and candidate.number == last):
            chosen.append(candidate)
            last = candidate.number
    return set(chosen) if last >= _LEAST_IN_ORDER else set()
