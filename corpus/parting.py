"""A long paragraph parted into runs of its sentences, so that an encoder reads each to its end."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import Generic, TypeVar

from corpus.english.sentences import sentences
from corpus.passage import NoteMark, Passage, Span, pages_between

# What the default model reads, 254 word pieces, in characters of Latin script: of 195 passages of a
# country report, 31 of them nearly so long, the longest had 240 pieces
# (python -m tests.bench.passage_length). What is longer all the same is read in further windows.
LONGEST = 1_200
# Letters of other scripts are worth more pieces: of Cyrillic and Arabic 0.8, of Hangul 1.5 each.
_OTHER_LETTER = re.compile(r"[\u0370-\u1dff\u2c00-\ua7ff\u1100-\u11ff\uf900-\ufdff\ufe70-\ufeff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_WORTH, _WORTH_HANGUL = 4, 7
_Stretch = TypeVar("_Stretch", Span, NoteMark)


def length(text: str) -> int:
    """How long a text is to an encoder, in characters of Latin script."""
    if text.isascii():
        return len(text)
    others, hangul = len(_OTHER_LETTER.findall(text)), len(_HANGUL.findall(text))
    return len(text) + (_WORTH - 1) * others + (_WORTH_HANGUL - 1) * hangul


def parts(whole: Passage, items: Sequence[int] = ()) -> Iterator[Passage]:
    """A passage, or where it is long the runs of its sentences, each beginning with the last one's
    last sentence where both fit.

    `items` are the places in its source where items of a list begin: an item is parted only where
    it is long itself.
    """
    text = whole.text
    if length(text) <= LONGEST:
        yield whole
        return
    long = _Long(whole, text)
    edges = [*_starts(long, items), len(text)]
    for first, last in _runs([length(text[start:stop]) for start, stop in pairwise(edges)]):
        yield long.part(edges[first], edges[last])


def _starts(long: "_Long", items: Sequence[int]) -> list[int]:
    """Where each sentence or item begins in the passage's text."""
    shown = [long.in_text(place) for place in items]
    text = long.text
    edges = [0, *(place for place in shown if place > 0), len(text)]
    starts = []
    for index, (start, stop) in enumerate(pairwise(edges)):
        is_item = bool(items) and (index > 0 or shown[0] == 0)
        if is_item and length(text[start:stop]) <= LONGEST:
            starts.append(start)
        else:
            starts += [start + span.start for span in sentences(text[start:stop])]
    return starts


def _runs(lengths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last, not included, of each run that fits."""
    first = 0
    while True:
        last, total = first + 1, lengths[first]
        while last < len(lengths) and total + lengths[last] <= LONGEST:
            total += lengths[last]
            last += 1
        yield first, last
        if last == len(lengths):
            return
        overlaps = last - 1 > first and lengths[last - 1] + lengths[last] <= LONGEST
        first = last - overlaps


class _Long:
    """A long passage with its places looked up once, so that parting takes as long as it is."""

    def __init__(self, whole: Passage, text: str) -> None:
        self.text = text
        self._whole = whole
        self._hidden = _Places(whole.hidden)
        self._notes = _Places(sorted(whole.notes, key=lambda mark: mark.start))
        # How much is hidden before each hidden stretch, and where that stands in the text.
        self._gone = [0, *accumulate(span.stop - span.start for span in whole.hidden)]
        self._gaps = [
            start - gone for start, gone in zip(self._hidden.starts, self._gone, strict=False)
        ]

    def in_text(self, place: int) -> int:
        """How many characters of the text stand before a place of the source."""
        before = bisect_left(self._hidden.starts, place)
        inside = max(self._hidden.stops[before - 1] - place, 0) if before else 0
        return place - self._gone[before] + inside

    def in_source(self, place: int) -> int:
        """Where a character of the text stands in the source."""
        return place + self._gone[bisect_right(self._gaps, place)]

    def part(self, first: int, last: int) -> Passage:
        """What stands between two places of the text, with the markers at its end."""
        whole = self._whole
        begin = self.in_source(first) if first else 0
        end = self._end(first, last) if last < len(self.text) else len(whole.source)
        start, stop = whole.start + begin, whole.start + end
        return replace(
            whole,
            start=start,
            stop=stop,
            source=whole.source[begin:end],
            hidden=tuple(span.moved(-begin) for span in self._hidden.between(begin, end)),
            pages=pages_between(whole.pages, start, stop),
            notes=tuple(mark.moved(-begin) for mark in self._notes.between(begin, end)),
        )

    def _end(self, first: int, last: int) -> int:
        """Where in the source the part ends whose text does at `last`: after its markers."""
        shown = first + len(self.text[first:last].rstrip())
        end, after = self.in_source(shown - 1) + 1, self.in_source(last)
        for span in self._hidden.between(end, after):
            if span.start != end:
                break
            end = span.stop
        marks = bisect_right(self._notes.stops, after)
        return max(end, self._notes.stops[marks - 1]) if marks else end


class _Places(Generic[_Stretch]):
    """Stretches in order, not overlapping, found by where they stand."""

    def __init__(self, stretches: Sequence[_Stretch]) -> None:
        self._stretches: Sequence[_Stretch] = stretches
        self.starts = [one.start for one in stretches]
        self.stops = [one.stop for one in stretches]

    def between(self, start: int, stop: int) -> Sequence[_Stretch]:
        """Those that lie between two places."""
        return self._stretches[bisect_left(self.starts, start) : bisect_right(self.stops, stop)]
