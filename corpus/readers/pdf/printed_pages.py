"""Printed page numbers, read from heads and feet and checked against their run."""

import re
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_NUMBER = re.compile(
    r"[-–—|\[(]?\s*(?:(?:page|p\.|pg\.|seite|página|pág\.|стр\.)\s*)?"
    r"(?P<number>(?P<prefix>[A-Z]{1,3}[-–.])?(?P<digits>\d{1,6})|(?P<roman>[ivxlcdm]{1,8}|[IVXLCDM]{1,8}))"
    r"(?:\s*(?:/|of|de|von|sur)\s*\d{1,5})?\s*[-–—|\])]?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """What may be a page's number: as printed, its kind and value, and where and how it stands.

    `alone` says that nothing else stands in its row.
    """

    printed: str
    kind: str
    value: int
    slot: Hashable = None
    alone: bool = False


def numeral(text: str, slot: Hashable = None, *, alone: bool = False) -> Numeral | None:
    """`xii`, `47699`, `A-3`, `3/34`, `Page 3 of 34`, `- 3 -` as a number, else None."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    if match["roman"]:
        value = _roman(match["roman"])
        if value is None:
            return None
        kind = "roman" if match["roman"].islower() else "ROMAN"
        return Numeral(printed=match["number"], kind=kind, value=value, slot=slot, alone=alone)
    prefix = match["prefix"] or ""
    value = int(match["digits"])
    return Numeral(
        printed=match["number"], kind=prefix.upper(), value=value, slot=slot, alone=alone
    )


def _roman(text: str) -> int | None:
    if not text or _ROMAN.fullmatch(text) is None:
        return None
    values = [_VALUES[sign] for sign in text.lower()]
    following = [*values[1:], 0]
    return sum(-a if a < b else a for a, b in zip(values, following, strict=True))


def printed_pages(
    candidates: Mapping[int, Sequence[Numeral]], labels: Mapping[int, str], sheets: int
) -> dict[int, str]:
    """The printed number of each sheet that has one.

    A numeral counts where others nearby have the same distance from their sheets; where the
    file's own label says the same; and alone, as the one roman page before the arabic ones, where
    it stands and looks as numbers that count do, or counts as they do.
    """
    runs: dict[tuple[str, int], set[int]] = {}
    for sheet, numerals in candidates.items():
        for found in numerals:
            runs.setdefault((found.kind, found.value - sheet), set()).add(sheet)
    chosen: dict[int, Numeral] = {}
    for sheet, numerals in candidates.items():
        best = max(
            numerals,
            key=lambda found: _support(runs, found, sheet) + _ALONE * found.alone,
            default=None,
        )
        if best is None:
            continue
        support = _support(runs, best, sheet)
        agreed = labels.get(sheet, "").casefold() == best.printed.casefold()
        if (
            support >= _ENOUGH
            or (agreed and support)
            or (support and best.alone and sheets <= _FEW)
        ):
            chosen[sheet] = best
    slots = Counter(found.slot for found in chosen.values())
    used = {found.printed for found in chosen.values()}
    # Where pages count on from roman to arabic numbers, both have one distance from their sheets.
    distances = Counter(found.value - sheet for sheet, found in chosen.items())
    for sheet in candidates.keys() - chosen.keys():
        alone = [found for found in candidates[sheet]
                 if (slots[found.slot] >= _ENOUGH
                     or (found.alone and distances[found.value - sheet] >= _ENOUGH))
                 and found.printed not in used and found.kind]  # fmt: skip
        if len(alone) == 1:
            chosen[sheet] = alone[0]
    return {sheet: chosen[sheet].printed for sheet in sorted(chosen)}


# Pages of one run, within ten sheets of each other: running numbers elsewhere in heads (years,
# paragraph numbers) do not grow by one a page.
_ENOUGH, _NEAR, _FEW = 2, 10, 2
_ALONE = 3  # sheets of support that standing alone in its row is worth


def _support(runs: Mapping[tuple[str, int], set[int]], found: Numeral, sheet: int) -> int:
    """How many other sheets nearby stand in the same run."""
    others = runs[(found.kind, found.value - sheet)]
    return sum(0 < abs(other - sheet) <= _NEAR for other in others) or (
        1 if len(others) == 1 and found.value == sheet else 0
    )


def out_of_run(pages: Mapping[int, str]) -> list[int]:
    """Sheets whose printed number another sheet has, too."""
    counts = Counter(pages.values())
    return sorted(sheet for sheet, printed in pages.items() if counts[printed] > 1)
