"""What became of a passage since it was cited, told from what the library held of it. Pure."""

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel
from rapidfuzz.fuzz import ratio

from corpus.citing.citations import pinpoint
from corpus.passage import Passage
from corpus.storage.resolving import Edition, History, Tombstone

# Two paragraphs that share fewer of their words, in order, than so many in a hundred are not one
# and its revision. No two of the report that the tests are made with share more than 53, as
# tests/corpus/citing/test_fates.py measures.
_SAME_PARAGRAPH = 60


class Fate(enum.Enum):
    """What became of a passage."""

    STANDS = "stands as it was cited"
    MOVED = "moved"
    RECUT = "cut otherwise"
    CHANGED = "changed since"
    GONE = "gone"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Words of a comparison: `was` in what was cited, `now` in what stands there; equal, or not.

    One of them is empty where words were only taken out or put in.
    """

    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A passage by its id, and what became of it.

    `editions` are what was cited, oldest first, none where the report was removed, which
    `tombstone` tells. `now` are the passages that have its words, or what they became, in the
    version that answers come from; `difference` compares the words where they changed.
    """

    fate: Fate
    editions: tuple[Edition, ...] = ()
    tombstone: Tombstone | None = None
    now: tuple[Passage, ...] = ()
    difference: tuple[Word, ...] = ()


def fate_of(history: History | Tombstone) -> Found:
    """What became of a passage that the library held."""
    if isinstance(history, Tombstone):
        return Found(fate=Fate.REMOVED, tombstone=history)
    first, last = history.editions[0].passage, history.editions[-1]
    # There the words may have another id now, where a later version has them elsewhere, too.
    place = pinpoint(first)
    there = [one for one in history.now if one.text == first.text and pinpoint(one) == place]
    if there:
        return Found(fate=Fate.STANDS, editions=history.editions, now=tuple(there[:1]))
    if last.version == history.version:
        return Found(fate=Fate.MOVED, editions=history.editions, now=(last.passage,))
    recut = _recut(first, history.now)
    if recut:
        return Found(fate=Fate.RECUT, editions=history.editions, now=recut)
    nearest = _nearest(last.passage, history.now)
    if nearest is None:
        return Found(fate=Fate.GONE, editions=history.editions)
    return Found(
        fate=Fate.CHANGED,
        editions=history.editions,
        now=(nearest,),
        difference=difference(last.passage.text, nearest.text),
    )


def difference(was: str, now: str) -> tuple[Word, ...]:
    """Two texts compared word by word, in their order."""
    before, after = was.split(), now.split()
    return tuple(
        Word(
            was=" ".join(before[one.src_start : one.src_end]),
            now=" ".join(after[one.dest_start : one.dest_end]),
        )
        for one in _joined(before, after)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    is_equal: bool
    src_start: int
    src_end: int
    dest_start: int
    dest_end: int


def _joined(before: Sequence[str], after: Sequence[str]) -> list[_Stretch]:
    """The stretches of two lists of words, what is taken out and put in at one place together."""
    found: list[_Stretch] = []
    for code in Indel.opcodes(before, after):
        one = _Stretch(
            is_equal=code.tag == "equal",
            src_start=code.src_start,
            src_end=code.src_end,
            dest_start=code.dest_start,
            dest_end=code.dest_end,
        )
        if found and not found[-1].is_equal and not one.is_equal:
            start = found.pop()
            one = _Stretch(
                is_equal=False,
                src_start=start.src_start,
                src_end=one.src_end,
                dest_start=start.dest_start,
                dest_end=one.dest_end,
            )
        found.append(one)
    return found


def _recut(cited: Passage, now: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages that together have the very words, in their order; none where no such are."""
    words = _plain(cited.text)
    whole = [passage for passage in now if words in _plain(passage.text)]
    if whole:
        return tuple(whole[:1])
    starts = [i for i, passage in enumerate(now) if words.startswith(_plain(passage.text))]
    for start in starts:
        joined = ""
        for stop in range(start, len(now)):
            joined = f"{joined} {_plain(now[stop].text)}".strip()
            if joined.startswith(words):
                return tuple(now[start : stop + 1])
            if not words.startswith(joined):
                break
    return ()


def _nearest(cited: Passage, now: Sequence[Passage]) -> Passage | None:
    """The passage that most likely is the cited one's revision, None where none is like it."""
    words = cited.text.split()
    scored = [
        (ratio(words, passage.text.split(), score_cutoff=_SAME_PARAGRAPH), passage)
        for passage in now
    ]
    best = max(scored, key=lambda one: one[0], default=(0.0, None))
    return best[1] if best[0] >= _SAME_PARAGRAPH else None


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
