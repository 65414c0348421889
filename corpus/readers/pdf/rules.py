"""Drawn lines: pieces of one line, as Word draws them cell by cell, put together."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.readers.pdf.page import Page, Rule, Upright, Word

# Points: pieces of one line lie no further apart or aside.
_APART, _ASIDE = 1.6, 1.5
_SHORTEST = 12.0  # an underlined word, a fraction's bar
# Shares of the size: an underline lies so far above the line that words stand on, or below it.
_OVER_BASE, _UNDER_BASE = 0.05, 0.3
_MOSTLY = 0.6  # of a word: a bracket or stop at its end may have no line under it


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The lines drawn on a page, along its text and down."""

    rules: Sequence[Rule]
    uprights: Sequence[Upright]


def drawn_on(page: Page, *, mirrored: bool) -> Drawn:
    """The lines drawn on a page, measured from the right where its words are."""
    if not mirrored:
        return Drawn(rules=whole_rules(page.rules), uprights=page.uprights)
    wide = page.width
    rules = [Rule(x0=wide - rule.x1, x1=wide - rule.x0, y=rule.y) for rule in page.rules]
    uprights = [replace(upright, x=wide - upright.x) for upright in page.uprights]
    return Drawn(rules=whole_rules(rules), uprights=uprights)


def whole_rules(rules: Iterable[Rule]) -> list[Rule]:
    """The lines of a page from the top, each once and as long as it looks."""
    rows: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.y):
        if rows and rule.y - rows[-1][0].y <= _ASIDE:
            rows[-1].append(rule)
        else:
            rows.append([rule])
    whole: list[Rule] = []
    for row in rows:
        first = len(whole)
        for rule in sorted(row, key=lambda rule: rule.x0):
            if len(whole) > first and rule.x0 - whole[-1].x1 <= _APART:
                x1 = max(whole[-1].x1, rule.x1)
                whole[-1] = Rule(x0=whole[-1].x0, x1=x1, y=whole[-1].y)
            else:
                whole.append(rule)
    return [rule for rule in whole if rule.x1 - rule.x0 >= _SHORTEST]


def mark_underlined(words: Sequence[Word], rules: Sequence[Rule]) -> None:
    """Mark the words that a line is drawn under, which ends where they do, within their size, as
    a table's does not.

    `rules` stand in order from the top.
    """
    heights = [rule.y for rule in rules]
    over: dict[int, list[Word]] = {}
    for word in words:
        size = word.looks.size
        at = bisect_left(heights, word.base - _OVER_BASE * size)
        while at < len(rules) and heights[at] <= word.base + _UNDER_BASE * size:
            shared = min(word.x1, rules[at].x1) - max(word.x0, rules[at].x0)
            if shared >= _MOSTLY * (word.x1 - word.x0):
                over.setdefault(at, []).append(word)
            at += 1
    for at, found in over.items():
        x0, x1 = min(word.x0 for word in found), max(word.x1 for word in found)
        beyond = found[0].looks.size
        if x0 - rules[at].x0 <= beyond and rules[at].x1 - x1 <= beyond:
            for word in found:
                word.underlined = True
