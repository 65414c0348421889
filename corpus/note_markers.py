"""Which figures of a plain text are markers of notes."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from corpus.english.sentences import NUMBERED
from corpus.passage import Span

# A number glued to the end of a sentence ("word.1", "word.”12"), or in superscript or brackets.
_MARKER = re.compile(
    r"(?<=[^\W\d_][.!?…])(?P<a>\d{1,3})(?!\S)"
    r"|(?<=[.!?…][”’\"')\]])(?P<b>\d{1,3})(?!\S)"
    r"|(?<=[^\W\d_][”’\"')\]][.!?…])(?P<c>\d{1,3})(?!\S)"
)
# Not powers: 10⁶, and the square and cube of a unit of length (25 km², 3 m³).
_CERTAIN_MARKER = re.compile(
    r"(?<=[^\s\d¹²³⁰⁴-⁹])(?<!\b[ckm]m)(?<!\bm)(?<!\bft)(?<!\bmi)[¹²³⁰⁴-⁹]+"
    r"|(?<=\S)\[\d{1,3}\]"
)


def note_markers(sources: list[str]) -> list[tuple[Span, ...]]:
    """The spans of each paragraph that are note markers.

    A figure at the end of a sentence is one only as part of the longest sequence of such figures
    that never falls, since notes are numbered in order: "Sept.11" or "v.2" alone stay text.
    """
    candidates = [
        (index, match) for index, source in enumerate(sources) for match in _candidates(source)
    ]
    chosen = _longest_rising([int(match[0]) for _, match in candidates])
    spans: list[list[Span]] = [
        [Span(start=match.start(), stop=match.end()) for match in _CERTAIN_MARKER.finditer(source)]
        for source in sources
    ]
    for position in chosen:
        index, match = candidates[position]
        spans[index].append(Span(start=match.start(), stop=match.end()))
    return [tuple(sorted(found, key=lambda span: span.start)) for found in spans]


def _candidates(source: str) -> Iterator[re.Match[str]]:
    for match in _MARKER.finditer(source):
        word = re.search(r"(\w+)\W*$", source[: match.start()])
        if word is None or match["a"] is None or word[1].casefold() not in NUMBERED:
            yield match


def _longest_rising(values: list[int]) -> list[int]:
    """Positions of a longest subsequence that never falls (patience sorting)."""
    tops: list[int] = []
    top_positions: list[int] = []
    before: list[int | None] = []
    for position, value in enumerate(values):
        pile = bisect_right(tops, value)
        before.append(top_positions[pile - 1] if pile else None)
        tops[pile : pile + 1] = [value]
        top_positions[pile : pile + 1] = [position]
    chosen = []
    at = top_positions[-1] if top_positions else None
    while at is not None:
        chosen.append(at)
        at = before[at]
    return chosen[::-1]
