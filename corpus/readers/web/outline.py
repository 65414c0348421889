"""How deep each heading of a page stands.

Tags lie: a section's number in an h4 above it, sections and subsections both h3, an h2 summary
beside h3 sections. A heading's own numbering decides first, what it is nested in next, its tag
last.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.readers.composing import Marked, joined
from corpus.readers.document import BlockKind
from corpus.readers.web.blocks import Found
from corpus.readers.web.tree import HEADINGS, Element

# A division that names itself, the widest first; those of one rank never hold each other.
_NAMED = {"part": 0, "chapter": 1, "annex": 1, "appendix": 1, "section": 2, "article": 3}
_NUMBER = r"(?:\d{1,3}|[IVXLC]{1,7}|[A-Z])"
_NAMED_HEADING = re.compile(
    rf"(?P<name>part|chapter|annex|appendix|section|article)\s+(?P<number>{_NUMBER})\b[.:–—-]*"
    r"(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_DECIMAL = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3})+)\.?\s+\S|(?P<single>\d{1,3})[.)]\s+\S")
_LETTER = re.compile(
    r"(?P<open>\(?)(?P<number>[A-Za-z]|[ivxlc]{2,6}|[IVXLC]{2,6})(?P<close>[.)])\s+\S"
)
_ONLY_NUMBER = re.compile(
    rf"(?:(?:part|chapter|annex|appendix|section|article)\s+)?{_NUMBER}(?:\.\d{{1,3}})*[.):]?",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
# A bold paragraph that stands for a heading is below all that are marked as such.
_BOLD = 7
_SECTIONING = frozenset(("section", "article", "aside", "main", "body", "html"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Numbering:
    """A heading's number: of which kind, and its value; `rank` is that of a named division."""

    kind: str
    value: int
    rank: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    """A heading that others may stand under."""

    tag: int
    around: tuple[Element, ...]
    numbering: _Numbering | None


def outlined(found: Sequence[Found]) -> list[Found]:
    """The same with each heading's level, from 1, and numbers joined with the headings below."""
    stack: list[_Open] = []
    leveled = []
    for one in _with_numbers(found):
        if one.piece.kind is BlockKind.HEADING:
            heading = _of(one, stack)
            del stack[_above(stack, heading) :]
            stack.append(heading)
            leveled.append(replace(one, piece=replace(one.piece, level=len(stack))))
        else:
            leveled.append(one)
    return leveled


def _with_numbers(found: Sequence[Found]) -> Iterator[Found]:
    """Headings that are nothing but a number, as part of the one right below."""
    number: Found | None = None
    for one in found:
        is_heading = one.piece.kind is BlockKind.HEADING
        if number is not None and is_heading:
            words = joined([number.piece.words, Marked(text=" "), one.piece.words])
            yield replace(one, piece=replace(one.piece, words=words))
            number = None
            continue
        if number is not None:
            yield number
            number = None
        if is_heading and _ONLY_NUMBER.fullmatch(one.piece.words.text.strip()):
            number = one
        else:
            yield one
    if number is not None:
        yield number


def _of(found: Found, stack: Sequence[_Open]) -> _Open:
    around: list[Element] = []
    above = found.element.parent
    while above is not None:
        if above.tag in _SECTIONING:
            around.append(above)
        above = above.parent
    tag = found.element.tag
    return _Open(
        tag=int(tag[1]) if tag in HEADINGS else _BOLD,
        around=tuple(reversed(around)),
        numbering=_numbering(found.piece.words.text, stack),
    )


def _numbering(text: str, stack: Sequence[_Open]) -> _Numbering | None:
    named = _NAMED_HEADING.match(text)
    if named:
        name = named["name"].lower()
        value = _value(named["number"])
        return _Numbering(kind=name, value=value, rank=_NAMED[name])
    decimal = _DECIMAL.match(text)
    if decimal:
        parts = (decimal["number"] or decimal["single"]).split(".")
        return _Numbering(kind=f"decimal {len(parts)}", value=int(parts[-1]))
    letter = _LETTER.match(text)
    if letter:
        return _lettered(letter["number"], letter["open"] + "a" + letter["close"], stack)
    return None


def _lettered(number: str, style: str, stack: Sequence[_Open]) -> _Numbering:
    """A letter or a Roman number: "I" after "H" is a letter, elsewhere a one."""
    case = "upper" if number.isupper() else "lower"
    letter = ord(number.lower()) - ord("a") + 1 if len(number) == 1 else 0
    kind = f"{case} letter {style}"
    if letter and any(
        one.numbering and one.numbering.kind == kind and one.numbering.value == letter - 1
        for one in stack
    ):
        return _Numbering(kind=kind, value=letter)
    if set(number.lower()) <= _ROMAN.keys() and (
        not letter or number in "iI" or _goes_on(f"{case} roman {style}", stack)
    ):
        return _Numbering(kind=f"{case} roman {style}", value=_value(number))
    return _Numbering(kind=kind, value=letter)


def _goes_on(kind: str, stack: Sequence[_Open]) -> bool:
    return any(one.numbering is not None and one.numbering.kind == kind for one in stack)


def _value(number: str) -> int:
    """What a number says: figures, Roman, or a letter's place."""
    if number.isdigit():
        return int(number)
    if set(number.lower()) <= _ROMAN.keys():
        values = [_ROMAN[letter] for letter in number.lower()]
        return sum(
            -value if value < after else value
            for value, after in zip(values, [*values[1:], 0], strict=True)
        )
    return ord(number.lower()[0]) - ord("a") + 1


def _above(stack: Sequence[_Open], heading: _Open) -> int:
    """How many of the open headings stand above another."""
    mine = heading.numbering
    if mine is not None and mine.rank is None and mine.value != 1:
        for index in reversed(range(len(stack))):
            its = stack[index].numbering
            if its is not None and its.kind == mine.kind:
                return index
    kept = len(stack)
    while kept and not _holds(stack[kept - 1], heading):
        kept -= 1
    return kept


def _holds(above: _Open, heading: _Open) -> bool:
    """Whether `above`, the last of the open headings, holds another."""
    mine, its = heading.numbering, above.numbering
    if mine is not None and its is not None:
        if its.rank is not None and mine.rank is None:
            return heading.tag >= above.tag or _is_around(above, heading)
        return _is_wider(its, mine, may=above.tag <= heading.tag)
    if mine is not None and mine.rank is not None:
        return above.tag < heading.tag and _is_around(above, heading)
    if above.tag == heading.tag:
        return len(heading.around) > len(above.around) and _is_around(above, heading)
    return above.tag < heading.tag and (heading.tag != _BOLD or _is_around(above, heading))


def _is_wider(its: _Numbering, mine: _Numbering, *, may: bool) -> bool:
    """Whether a number counts what the other's kind counts the parts of; `may` of other kinds."""
    if mine.rank is not None:
        return its.rank is not None and its.rank < mine.rank
    if mine.kind.startswith("decimal") and its.kind.startswith("decimal"):
        return its.kind < mine.kind
    return its.kind != mine.kind and may


def _is_around(above: _Open, heading: _Open) -> bool:
    """Whether the section that the heading `above` stands in holds the other."""
    return heading.around[: len(above.around)] == above.around
