"""A long paragraph parted into runs of its sentences, so that an encoder reads each to its end."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.english.sentences import sentences
from corpus.passage import Passage, Span, pages_between

# What the default model reads, 254 word pieces, in characters of Latin script: of 195 passages of a
# country report, 31 of them nearly so long, the longest had 240 pieces
# (python -m tests.bench.passage_length). What is longer all the same is read in further windows.
LONGEST = 1_200
# Letters of other scripts are worth more pieces: of Cyrillic and Arabic 0.8, of Hangul 1.5 each.
_OTHER_LETTER = re.compile(r"[\u0370-\u1dff\u2c00-\ua7ff\u1100-\u11ff\uf900-\ufdff\ufe70-\ufeff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_WORTH, _WORTH_HANGUL = 4, 7


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
    edges = [*_starts(whole, items), len(text)]
    for first, last in _runs([length(text[start:stop]) for start, stop in pairwise(edges)]):
        yield _part(whole, edges[first], edges[last])


def _starts(whole: Passage, items: Sequence[int]) -> list[int]:
    """Where each sentence or item begins in the passage's text."""
    gone = [(span.start, span.stop) for span in whole.hidden]
    shown = [
        place - sum(min(stop, place) - start for start, stop in gone if start < place)
        for place in items
    ]
    text = whole.text
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


def _part(whole: Passage, first: int, last: int) -> Passage:
    """What stands between two places of a passage's text, with the markers at its end."""
    stop_shown = len(whole.text[:last].rstrip())
    place = whole.in_report(Span(start=first, stop=stop_shown))
    start = place.start if first else whole.start
    stop = place.stop if last < len(whole.text) else whole.stop
    after = whole.stop
    if last < len(whole.text):
        after = whole.in_report(Span(start=last, stop=last + 1)).start
    for span in whole.hidden:
        if whole.start + span.start == stop:
            stop = whole.start + span.stop
    marks = [mark.stop + whole.start for mark in whole.notes]
    stop = max([stop, *(end for end in marks if stop < end <= after)])
    begin, end = start - whole.start, stop - whole.start
    return replace(
        whole,
        start=start,
        stop=stop,
        source=whole.source[begin:end],
        hidden=tuple(
            span.moved(-begin) for span in whole.hidden if begin <= span.start and span.stop <= end
        ),
        pages=pages_between(whole.pages, start, stop),
        notes=tuple(
            mark.moved(-begin) for mark in whole.notes if begin <= mark.start and mark.stop <= end
        ),
    )
