"""Which countries and years a question names, so that a refusal can say so exactly.

Countries are the members and observers of the United Nations, Taiwan, Kosovo, Western Sahara and
Hong Kong, by the names and adjectives in `countries.toml`. A wrong country is worse than none:
"Korea", "Congo" and "Congolese" alone name neither of two; "turkey" and "china" in small letters
need a word of place before them; "US" needs its capitals or an article; "Michael Jordan" is a
person and "in Polish" a language.

A year is a number from 1900 to 2099 that counts nothing and numbers nothing: not "2,021 people",
"Resolution 1973" or "2000 calories". A range or a decade names every year in it. A bound, as in
"since 2015", names none, since the years it is about are open.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from corpus.passage import Span
from corpus.phrases import Phrases, phrases

_PLACE = re.compile(
    r"(?:\b(?:in|from|to|of|for|about|across|inside|within|into|outside|near|between|and|or|than|"
    r"with|against|via|towards?|leaving|visit|visiting|entering|the republic of)|[/,]) ?$",
    re.IGNORECASE,
)
_PLACE_AFTER = re.compile(
    r" (?:border|government|police|authorities|human rights)\b", re.IGNORECASE
)
_LANGUAGE = re.compile(r"\b(?:in|into|speaks?|speaking|language) $", re.IGNORECASE)
_NAME_BEFORE = re.compile(r"(?:^|(?<=\s))([A-Z][a-z]+) $")
_NAME_AFTER = re.compile(r" [A-Z][a-z]+")
# A capital there says nothing: the question begins with it.
_OPENERS = re.compile(
    r"(?:in|is|are|was|were|has|have|had|does|do|did|can|could|will|would|should|what|which|who|how|"
    r"why|when|where|from|to|and|or|for|about|compare|tell|show|of|the)\b",
    re.IGNORECASE,
)

_YEAR = r"(?:19|20)\d\d"
_RANGE = re.compile(
    rf"(?<!\w)(?<!\d[.,])(?P<a>{_YEAR})(?:\s?(?P<mark>[-–/])\s?| (?:to|and|until|through) )"
    rf"(?P<b>{_YEAR}|\d\d)(?![\w%]|[.,-]\d)"
)
_DECADE = re.compile(r"(?<!\w)(?<!\d[.,])(?P<a>(?:19|20)\d0)['’]?s\b")
_SINGLE = re.compile(rf"(?<!\w)(?<!\d[.,])(?P<a>{_YEAR})(?!\w|[.,]\d|\s?%|['’]s \d)")
_NUMBERED = re.compile(
    r"(?:\b(?:resolution|res|no|nos|number|article|art|section|paragraph|para|page|p|room|flight|"
    r"form|chapter|line|case)\b\.?[ /-]?|[$€£#] ?)$",
    re.IGNORECASE,
)
_COUNTED_BEFORE = re.compile(
    r"\b(?:over|nearly|almost|at least|more than|fewer than|less than|up to|some|approximately|"
    r"roughly|an estimated|these|those|all|every)\s$",
    re.IGNORECASE,
)
_BOUND = re.compile(r"\b(?:since|after|before|until|till|prior to|post|pre)[ -]$", re.IGNORECASE)
_COUNTED = re.compile(
    r" (?:(?:north|south) \w+ |\w+ )?(?:people|persons|men|women|children|calories|k?cal|kg|km|m|"
    r"met(?:re|er)s|kilomet(?:re|er)s|miles|tons|tonnes|dollars|euros|won|yuan|usd|percent|"
    r"per cent|prisoners|detainees|soldiers|workers|refugees|defectors|escapees|doses|homes|houses|"
    r"families|deaths|cases|times|inmates|troops|hectares|litres|grams|hours|days|words)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """What a question names: countries by their usual names, and years, each once, in order."""

    countries: tuple[str, ...]
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    """One name of a country, None where it names none: "New Mexico", "Congo"."""

    country: str | None
    is_people: bool
    # As it has to be written, where capitals tell it from a word: "US".
    exact: str | None
    # In small letters it is an ordinary word.
    ordinary: bool
    # A person's name too.
    personal: bool


def mentions(question: str) -> Mentions:
    """The countries and the years that a question names."""
    countries = (
        name.country
        for name, span in _names().found(question)
        if name.country and _is_country(question, span, name)
    )
    years = sorted((start, year) for start, year in _years(question))
    return Mentions(
        countries=tuple(dict.fromkeys(countries)),
        years=tuple(dict.fromkeys(year for _, year in years)),
    )


@cache
def _names() -> Phrases[_Name]:
    """Read once, when first asked."""
    data = tomllib.loads(resources.files("corpus").joinpath("countries.toml").read_text("utf-8"))
    careful = data["careful"]
    exact = {name.casefold(): name for name in careful["exact"]}

    def named(name: str, country: str | None, *, is_people: bool = False) -> _Name:
        return _Name(
            country=country,
            is_people=is_people,
            exact=exact.get(name.casefold()),
            ordinary=name in careful["ordinary"],
            personal=name in careful["personal"],
        )

    known = {name: named(name, None) for name in careful["none"]}
    for country in data["countries"].values():
        for name in [country["name"], *country.get("names", ())]:
            known[name] = named(name, country["name"])
        for name in country.get("people", ()):
            known[name] = named(name, country["name"], is_people=True)
    return phrases(known)


def _is_country(question: str, span: Span, name: _Name) -> bool:
    written = question[span.start : span.stop]
    before, after = question[: span.start], question[span.stop :]
    if name.exact and not written.startswith(name.exact):
        return False
    if name.is_people and _LANGUAGE.search(before) and not re.match(r" \w", after):
        return False
    if name.ordinary and written[0].islower():
        possessive = written.endswith(("'s", "’s"))
        return possessive or bool(_PLACE.search(before) or _PLACE_AFTER.match(after))
    if name.personal:
        given = _NAME_BEFORE.search(before)
        known_word = given is None or _OPENERS.fullmatch(given[1]) is not None
        return known_word and not _NAME_AFTER.match(after)
    return True


def _years(question: str) -> Iterator[tuple[int, int]]:
    """Where a year is named, and which."""
    taken: list[range] = []
    for match in [*_RANGE.finditer(question), *_DECADE.finditer(question)]:
        first = int(match["a"])
        last = first + 9 if "b" not in match.groupdict() else _until(first, match)
        if last is not None and _is_time(question, match.start(), match.end()):
            taken.append(range(match.start(), match.end()))
            yield from ((match.start(), year) for year in range(first, last + 1))
    for match in _SINGLE.finditer(question):
        inside = any(match.start() in stretch for stretch in taken)
        if not inside and _is_time(question, match.start(), match.end()):
            yield match.start(), int(match["a"])


def _until(first: int, match: re.Match[str]) -> int | None:
    """The last year of a range; None where it is none: the month in 2021-07, "2013 and 2019"."""
    written = match["b"]
    if match["mark"] is None and not _opens_range(match):
        return None
    if len(written) == 4:  # noqa: PLR2004
        last = int(written)
    elif match["mark"] is None or (match["mark"] == "-" and int(written) <= 12):  # noqa: PLR2004
        return None
    else:
        last = first - first % 100 + int(written)
    return last if first < last else None


def _opens_range(match: re.Match[str]) -> bool:
    before = match.string[: match.start()]
    return " and " not in match[0] or re.search(r"\bbetween $", before, re.IGNORECASE) is not None


def _is_time(question: str, start: int, stop: int) -> bool:
    before, after = question[:start], question[stop:]
    if _BOUND.search(before) or re.match(r" (?:onwards?|and (?:later|after))\b", after):
        return False
    if _NUMBERED.search(before):
        return False
    if _COUNTED_BEFORE.search(before):
        return False
    counts = _COUNTED.match(after) is not None
    return not counts or re.search(r"\b(?:in|during|year) $", before, re.IGNORECASE) is not None
