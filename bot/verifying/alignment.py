"""Where the words of a quotation stand in a longer text, and which of them differ."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Words that differ: `quoted` in the quotation, `source` in the text; either may be empty.

    `at` is the place in the text's words that `source` begins at, `place` that in the quotation's.
    """

    quoted: tuple[str, ...]
    source: tuple[str, ...]
    place: int
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """The stretch of a text that is nearest to a quotation, in words, `first` to `last` included.

    `cost` counts the words to change, drop or put in.
    """

    first: int
    last: int
    cost: int
    changes: tuple[Change, ...] = ()


def align(quoted: Sequence[str], text: Sequence[str], start: int = 0) -> Alignment | None:
    """The nearest stretch from word `start` on, None where no word of it is the quotation's.

    Semi-global alignment with unit costs (Sellers, 1980): the whole quotation against any stretch.
    """
    if (exact := align_exactly(quoted, text, start)) is not None:
        return exact
    codes = {word: code for code, word in enumerate(dict.fromkeys(quoted))}
    words = np.array([codes[word] for word in quoted], np.int32)
    against = np.array([codes.get(word, -1) for word in text[start:]], np.int32)
    if not len(against) or not (against >= 0).any():
        return None
    costs = _costs(words, against)
    pairs = _pairs(costs, words, against)
    same = [(i, j) for i, j in pairs if i is not None and j is not None and words[i] == against[j]]
    if not same:
        return None
    changes = _changes(pairs, quoted, text, start)
    stands = [j for _, j in pairs if j is not None]
    return Alignment(
        first=start + stands[0],
        last=start + stands[-1],
        cost=int(costs[-1].min()),
        changes=changes,
    )


def align_exactly(
    quoted: Sequence[str], text: Sequence[str], start: int = 0, *, from_end: bool = False
) -> Alignment | None:
    """The first stretch from word `start` on that is the quotation, None where there is none.

    The last such where `from_end`.
    """
    spoken, wanted = f" {' '.join(text[start:])} ", f" {' '.join(quoted)} "
    place = spoken.rfind(wanted) if from_end else spoken.find(wanted)
    if place < 0:
        return None
    first = start + spoken.count(" ", 0, place)
    return Alignment(first=first, last=first + len(quoted) - 1, cost=0)


def _costs(words: np.ndarray, against: np.ndarray) -> np.ndarray:
    """Costs of the first i words against a stretch that ends before word j, shape (i, j)."""
    steps = np.arange(len(against) + 1, dtype=np.int32)
    costs = np.zeros((len(words) + 1, len(against) + 1), np.int32)
    for i, word in enumerate(words, 1):
        row = costs[i]
        row[0] = i
        np.minimum(costs[i - 1, :-1] + (against != word), costs[i - 1, 1:] + 1, out=row[1:])
        # To skip a word of the text costs 1: the least of what is left of it, and how far.
        row[:] = np.minimum.accumulate(row - steps) + steps
    return costs


_Pair = tuple[int | None, int | None]


def _pairs(costs: np.ndarray, words: np.ndarray, against: np.ndarray) -> list[_Pair]:
    """Which word of the quotation is which of the text, None where it is none."""
    i, j = len(words), _end(costs)
    pairs: list[_Pair] = []
    while i:
        here = costs[i, j]
        if j and here == costs[i - 1, j - 1] + (words[i - 1] != against[j - 1]):
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif j and here == costs[i, j - 1] + 1:
            j -= 1
            pairs.append((None, j))
        else:
            i -= 1
            pairs.append((i, None))
    return pairs[::-1]


def _end(costs: np.ndarray) -> int:
    """Where the nearest stretch ends; a last word that differs stands for the text's next one."""
    j = int(costs[-1].argmin())
    instead = j + 1 < costs.shape[1] and costs[-1, j + 1] == costs[-1, j] == costs[-2, j] + 1
    return j + 1 if instead else j


def _changes(
    pairs: Sequence[_Pair], quoted: Sequence[str], text: Sequence[str], start: int
) -> tuple[Change, ...]:
    """Runs of words that differ, in order."""
    found: list[Change] = []
    ours: list[str] = []
    theirs: list[str] = []
    place = at = 0
    for i, j in [*pairs, (-1, -1)]:
        is_end = i == -1
        same = is_end or (i is not None and j is not None and quoted[i] == text[start + j])
        if same and (ours or theirs):
            before = Change(
                quoted=tuple(ours),
                source=tuple(theirs),
                place=place - len(ours),
                at=at - len(theirs),
            )
            found.append(before)
            ours, theirs = [], []
        if is_end:
            break
        if i is not None:
            place = i + 1
        if j is not None:
            at = start + j + 1
        if not same:
            ours += [quoted[i]] if i is not None else []
            theirs += [text[start + j]] if j is not None else []
    return tuple(found)
