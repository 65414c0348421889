"""The one reader of numbers: "12400", "12,400", "12 400" and "12.4 thousand" are one."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from corpus.english.folded import fold

_SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "dozen": 12,
}
_ONES = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"), 1
    )
}
_TEENS = {
    word: number
    for number, word in enumerate(
        (
            *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
            *("seventeen", "eighteen", "nineteen"),
        ),
        10,
    )
}
_TENS = {
    word: 10 * number
    for number, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2
    )
}
_WORDS = {"zero": 0} | _ONES | _TEENS | _TENS
_FIGURE = re.compile(r"-?\d+(?:\.\d+)?")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|s)")
# Numbers that are written otherwise than in digits alone, and such as are long; what has more than
# fifteen digits counts nothing that a report tells of.
_GROUPED = r"(?<![\w.,])[0-9]{1,3}(?:[,\u00a0\u2009\u202f ][0-9]{3}){1,4}"
_DECIMAL = rf"(?:{_GROUPED}|(?<![\w.,])[0-9]{{1,15}})(?:\.[0-9]{{1,15}})?"
_SCALED = rf"{_DECIMAL}(?: (?:{'|'.join(_SCALES)}))+"
_END = r"(?![\w%]|[.,]\d)"
_WRITTEN = re.compile(rf"(?:{_SCALED}|{_GROUPED}){_END}", re.IGNORECASE)
_LONG = re.compile(rf"(?:{_GROUPED}|(?<![\w.,])[0-9]{{5,15}}){_END}")


def figures(text: str) -> dict[str, str]:
    """The figures of a text as they are compared, each with how the text writes it.

    A figure and the scale after it are one ("2.5 million" is 2500000), a number in words is one.
    """
    folded = fold(text)
    found: dict[str, str] = {}
    for value, first, last in _values(folded.words):
        span = folded.span(first, last)
        found.setdefault(value, text[span.start : span.stop])
    return found


def stated(text: str) -> dict[str, str]:
    """The figures of a text that are written in digits: what is checked."""
    return {value: shown for value, shown in figures(text).items() if any(map(str.isdigit, shown))}


def in_digits(text: str) -> str:
    """A text with its numbers in digits alone, as they are searched: "12,400" is "12400"."""
    return _WRITTEN.sub(lambda match: next(iter(figures(match[0]))), text)


def in_thousands(text: str) -> str:
    """A text with its long numbers as reports write them: "12 400" and "12400" are "12,400"."""
    return _LONG.sub(lambda match: f"{int(re.sub(r'[^0-9]', '', match[0])):,}", text)


def _values(words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Each figure with the places of its first and its last word."""
    at = 0
    while at < len(words):
        first, number = at, _number(words[at])
        at += 1
        if number is None:
            if any(character.isdigit() for character in words[first]):
                yield words[first], first, first
            continue
        if words[first] in _TENS and at < len(words) and words[at] in _ONES:
            number += _ONES[words[at]]
            at += 1
        while at < len(words) and words[at] in _SCALES:
            number *= _SCALES[words[at]]
            at += 1
        yield _shown(number), first, at - 1


def _number(word: str) -> Decimal | None:
    if word in _WORDS:
        return Decimal(_WORDS[word])
    if ordinal := _ORDINAL.fullmatch(word):
        return Decimal(ordinal[1])
    if not _FIGURE.fullmatch(word):
        return None
    try:
        return Decimal(word)
    except InvalidOperation:
        return None


def _shown(number: Decimal) -> str:
    """One spelling of a number: 4.20 is 4.2, and neither is 42."""
    return f"{number.normalize():f}"
