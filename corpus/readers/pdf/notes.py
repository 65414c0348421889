"""Footnotes apart from the text above: small lines at a column's foot that begin with a marker."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.readers.pdf.measures import Measures
from corpus.readers.pdf.page import Line, Rule, Word, joined

_ON_LINE = str.maketrans("¹²³⁰⁴⁵⁶⁷⁸⁹∗", "1230456789*")
MARKER = re.compile(r"[\d¹²³⁰⁴-⁹]{1,3}|[*∗†‡§¶#‖]{1,4}|[a-z]|[ivx]{1,4}")
_SYMBOL = re.compile(r"[*∗†‡§¶#‖]{1,4}")
_NUMBER = re.compile(r"\[?(\d{1,3})[.)\]/]?")
SLASHED = re.compile(r"(\d{1,3})/")  # how typewritten documents of the United Nations mark notes
_SIDE_BY_SIDE = 1.6  # sizes: white between notes that stand side by side, at least
# Points smaller than the text, at least.
_SMALLER, _OTHER_SIZE = 0.5, 0.8


@dataclass(slots=True, kw_only=True)
class Note:
    """A note's lines; `label` is its marker, None where it goes on from the column before."""

    label: str | None
    lines: list[Line]
    marker: list[Word]


def split_notes(
    lines: Sequence[Line], rules: Sequence[Rule], measures: Measures, *, goes_on: bool
) -> tuple[list[Line], list[Note]]:
    """The lines of a column's text, and the notes at its foot.

    `goes_on` says that a note of the column before is unfinished.
    """
    between = _under_rule(lines, rules, measures)
    if between:
        return [*lines[: between[0]], *lines[between[1] :]], _noted(
            lines[slice(*between)], sure=True
        )
    start = len(lines)
    while start and _is_small(lines[start - 1], measures):
        start -= 1
    foot = _in_order(lines[start:])
    ruled = _below_rule(lines, start, rules) or _runs_on(foot)
    first = next((at for at, line in enumerate(foot) if _opens_note(line, sure=ruled)), None)
    if first is None and not (goes_on or ruled):
        return list(lines), []
    if first and not (goes_on or ruled):
        start, foot = start + first, foot[first:]
    if not foot or (start == 0 and not ruled and not goes_on and first != 0):
        return list(lines), []
    return list(lines[:start]), _noted(foot, sure=ruled)


def split_table_notes(lines: Sequence[Line], measures: Measures) -> tuple[list[Line], list[Note]]:
    """The lines after a table, without the notes right below it, and these."""
    stop = 0
    while stop < len(lines) and _is_small(lines[stop], measures):
        stop += 1
    first = next((at for at in range(stop) if marker(lines[at]) is not None), None)
    if first is None:
        return list(lines), []
    return [*lines[:first], *lines[stop:]], _noted(lines[first:stop], sure=True)


def _under_rule(
    lines: Sequence[Line], rules: Sequence[Rule], measures: Measures
) -> tuple[int, int] | None:
    """Notes under a short rule: small ones with something else below, or ones with raised markers
    in the size of the text, as at a report's end.
    """
    for first, line in enumerate(lines):
        found = marker(line)
        if found is None or not _below_rule(lines, first, rules):
            continue
        stop = first
        while stop < len(lines) and abs(lines[stop].size - line.size) < _OTHER_SIZE:
            stop += 1
        small = _is_small(line, measures)
        if (small and stop < len(lines)) or (not small and _is_plainly(found)):
            return first, stop
    return None


def _is_plainly(found: Sequence[Word]) -> bool:
    """Whether a marker is none of a list: raised, a symbol, or a number with a stroke."""
    first = found[0]
    return first.raised or not first.text[:1].isalnum() or SLASHED.fullmatch(first.text) is not None


def _runs_on(foot: Sequence[Line]) -> bool:
    """Whether lines begin with numbers that follow each other, and the first with one."""
    numbers = [int(label) for label in map(_number, foot) if label]
    return (
        len(numbers) > 1
        and _number(foot[0]) is not None
        and all(b == a + 1 for a, b in pairwise(numbers))
    )


def _number(line: Line) -> str | None:
    found = marker(line)
    match = _NUMBER.fullmatch(plain_marker(joined(found))) if found else None
    return match[1] if match else None


def _in_order(foot: Sequence[Line]) -> list[Line]:
    """Lines one after the other, those of notes that stand side by side first on the left."""
    place = _between_notes(foot)
    if place is None:
        return list(foot)
    left: list[Line] = []
    right: list[Line] = []
    for line in foot:
        for words, side in (
            ([word for word in line.words if word.x0 < place], left),
            ([word for word in line.words if word.x0 >= place], right),
        ):
            if words:
                side.append(Line(words=words, sheet=line.sheet, column=line.column))
    return [*left, *right]


def _between_notes(foot: Sequence[Line]) -> float | None:
    """Where notes on the right begin beside others: after white that goes through all lines."""
    for line in foot:
        if marker(line) is None:
            continue
        for at, (before, word) in enumerate(pairwise(line.words), 1):
            wide = word.x0 - before.x1 >= _SIDE_BY_SIDE * line.size
            beside = Line(words=line.words[at:], sheet=line.sheet)
            if at > 1 and wide and marker(beside) is not None and _is_free(foot, word.x0):
                return word.x0 - 1
    return None


def _is_free(foot: Sequence[Line], place: float) -> bool:
    """Whether no word of a line reaches over a place, or stands right before it."""
    return not any(
        word.x0 < place - 1 and word.x1 > place - line.size for line in foot for word in line.words
    )


def _opens_note(line: Line, *, sure: bool) -> bool:
    """Whether a note begins with a line: a number that is not raised tells only in a sure place."""
    found = marker(line)
    return found is not None and (sure or found[0].raised or not found[0].text[:1].isalnum())


def _noted(foot: Sequence[Line], *, sure: bool) -> list[Note]:
    notes: list[Note] = []
    raised = any(line.words[0].raised and marker(line) for line in foot)
    for line in foot:
        found = marker(line) if _opens_note(line, sure=sure and not raised) else None
        if found is not None:
            label = "".join(word.text for word in found)
            notes.append(Note(label=_label(label), lines=[line], marker=found))
        elif notes:
            notes[-1].lines.append(line)
        else:
            notes.append(Note(label=None, lines=[line], marker=[]))
    return notes


def plain_marker(text: str) -> str:
    """A marker as its note is called: figures and stars in superscript as those on the line."""
    return text.translate(_ON_LINE)


def _label(text: str) -> str:
    match = _NUMBER.fullmatch(plain_marker(text))
    return match[1] if match else plain_marker(text)


def _is_small(line: Line, measures: Measures) -> bool:
    return line.size <= measures.body.size - _SMALLER


def _below_rule(lines: Sequence[Line], start: int, rules: Sequence[Rule]) -> bool:
    """Whether a short rule stands right above the lines from `start` on, as above notes."""
    if start >= len(lines):
        return False
    line = lines[start]
    above = lines[start - 1].base if start else line.top - 3 * line.size
    left, right = line.column
    return any(
        above - 1 <= rule.y <= line.base
        and left - 40 <= rule.x0 <= right
        and rule.x1 - rule.x0 < 0.7 * (right - left)
        for rule in rules
    )


def marker(line: Line) -> list[Word] | None:
    """The words of the marker that a note's first line begins with, None where it has none."""
    first = line.words[0]
    raised = [word for word in line.words[:3] if word.raised]
    if first.raised and MARKER.fullmatch(first.text):
        second = [word for word in raised[1:2] if word is line.words[1] and word.glued]
        return [first, *second]
    if len(line.words) == 1 or line.words[1].glued:
        return None
    if _SYMBOL.fullmatch(first.text):
        return [first]
    wide = line.words[1].x0 - first.x1 > 0.25 * line.size
    return [first] if wide and _NUMBER.fullmatch(first.text) else None
