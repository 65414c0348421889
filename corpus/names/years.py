"""When a text speaks of, in years: the one reader of years, and of numbers that are none.

A year is a number from 1900 to 2099 that counts nothing and numbers nothing: not "2,021 people",
"Resolution 1973", "Law 2004", "item 2001", "$2000" or "2000 calories". A range or a decade names
every year in it. A bound, as in "since 2015", names none, since the years it is about are open.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.passage import Span

_YEAR = r"(?:19|20)\d\d"
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|"
    r"Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
# What may stand between "since" and the year.
_DATE = (
    r"(?:(?:early|mid|late|the (?:start|beginning|middle|end|spring|summer|autumn|fall|winter) of)"
    rf"[ -])?(?:\d{{1,2}} )?(?:{_MONTH} (?:\d{{1,2}}, ?)?)?(?:the )?"
)
_RANGE = re.compile(
    rf"(?<!\w)(?<!\d[.,])(?P<a>{_YEAR})"
    rf"(?:\s?(?P<mark>[-–/])\s?| (?:to|and|until|till|through) {_DATE})"
    rf"(?P<b>{_YEAR}|\d\d)(?![\w%]|[.,-]\d)",
    re.IGNORECASE,
)
_DECADE = re.compile(r"(?<!\w)(?<!\d[.,])(?:the )?(?P<a>(?:19|20)\d0)['’]?s\b", re.IGNORECASE)
_SINGLE = re.compile(rf"(?<!\w)(?<!\d[.,])(?P<a>{_YEAR})(?!\w|[.,]\d|-\d{{3}}|['’]s \d)")
_NUMBERED = re.compile(
    r"\b(?:resolutions?|res|nos?|numbers?|articles?|arts?|sections?|secs?|paragraphs?|paras?|pages?|"
    r"pp?|room|flight|form|chapters?|ch|lines?|case|law|act|decree|order|bill|rules?|regulation|"
    r"directive|decision|items?|ids?|passages?|clauses?|footnotes?|note|annex|appendix|figure|table|"
    r"file|docket|ticket|refs?|reference|version|model|route|highway)\b\.?[ :/-]{0,2}"
    # The others of a list: "Resolutions 1973 and 2009".
    r"(?:[\d/]+(?:,? and |,? or |, | to |[-–]))*$",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"(?:[$€£¥₩#]|\b(?:usd|eur|gbp|krw|rs|gs)\b\.?) ?$", re.IGNORECASE)
_COUNTED_BEFORE = re.compile(
    r"\b(?:over|nearly|almost|at least|at most|more than|fewer than|less than|up to|some|"
    r"approximately|approx\.|roughly|an estimated|these|those|all|every)\s$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\+|\s?%"
    r"| (?:(?:north|south) \w+ |\w+ )?(?:people|persons|men|women|children|calories|k?cal|kg|km|m|"
    r"met(?:re|er)s|kilomet(?:re|er)s|miles|tons|tonnes|dollars|euros|won|yuan|usd|percent|"
    r"per cent|prisoners|detainees|soldiers|workers|refugees|defectors|escapees|doses|homes|houses|"
    r"families|deaths|cases|times|inmates|troops|hectares|litres|grams|hours|hrs|days|words|"
    r"civilians|migrants|protesters|students|victims|pages|copies|votes|villages)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(r"\b(?:in|during|year|since) $", re.IGNORECASE)
_BOUND = re.compile(
    r"\b(?:(?:ever since|since|after|before|until|till|by|prior to|later than|earlier than|"
    rf"starting in|beginning in) {_DATE}|(?:post|pre)[ -])$",
    re.IGNORECASE,
)
_ONWARDS = re.compile(
    r" (?:onwards?|and (?:later|after|onwards?|before|earlier)|or (?:later|earlier))\b",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom $", re.IGNORECASE)
_ON = re.compile(r" on(?=\s*(?:[?.!,;]|$))", re.IGNORECASE)
_RANGE_OPENS = re.compile(rf"\b(?P<word>between|from) {_DATE}$", re.IGNORECASE)
_DATED = re.compile(rf"(?<!\w){_DATE}$", re.IGNORECASE)
# Longer than what can stand before a year and belong to it: "since the beginning of 30 September".
_LOOK_BACK, _LOOK_AHEAD = 60, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A stretch of a text that says when.

    `figures` is the year, the decade or the years of a range as written; `span` takes in the words
    that give them their meaning: "since May 2003", "between 2015 and 2018", "7 June 2021". `years`
    are those named, none where it is a bound. `is_plain` where such words could be put before it
    as "in": not "since 2003".
    """

    span: Span
    figures: Span
    years: tuple[int, ...]
    is_plain: bool


def times(text: str) -> list[Time]:
    """What a text says of when, in order, none inside another."""
    found: list[Time] = []
    for match, years in _candidates(text):
        overlaps = any(
            match.start() < time.span.stop and time.span.start < match.end() for time in found
        )
        if not overlaps and (time := _read(match, years)):
            found.append(time)
    return sorted(found, key=lambda time: time.span.start)


def years(text: str) -> tuple[int, ...]:
    """The years that a text names, each once, in order."""
    return tuple(dict.fromkeys(year for time in times(text) for year in time.years))


def numbers(text: str) -> list[Span]:
    """Figures of the form of a year that are none, with what says so: "over 2000 soldiers"."""
    return [span for match in _SINGLE.finditer(text) if (span := _number(match))]


def _candidates(text: str) -> Iterator[tuple[re.Match[str], tuple[int, ...]]]:
    """Ranges, then decades, then single years, by their form alone."""
    for match in _RANGE.finditer(text):
        if (last := _until(match)) is not None:
            yield match, tuple(range(int(match["a"]), last + 1))
    for match in _DECADE.finditer(text):
        yield match, tuple(range(int(match["a"]), int(match["a"]) + 10))
    for match in _SINGLE.finditer(text):
        yield match, (int(match["a"]),)


def _until(match: re.Match[str]) -> int | None:
    """The last year of a range; None where it is none: the month in 2021-07, "2013 and 2019"."""
    first, written = int(match["a"]), match["b"]
    if match["mark"] is None:
        opens = _RANGE_OPENS.search(_around(match)[0])
        if " and " in match[0] and not (opens and opens["word"].casefold() == "between"):
            return None
    if len(written) == 4:  # noqa: PLR2004
        last = int(written)
    elif match["mark"] is None or (match["mark"] == "-" and int(written) <= 12):  # noqa: PLR2004
        return None
    else:
        last = first - first % 100 + int(written)
    return last if first < last else None


def _around(match: re.Match[str]) -> tuple[str, str]:
    """What stands near before and after a match."""
    start, stop = match.span()
    return match.string[max(0, start - _LOOK_BACK) : start], match.string[stop : stop + _LOOK_AHEAD]


def _read(match: re.Match[str], named: tuple[int, ...]) -> Time | None:
    """What figures of the form of a year mean where they stand; None where they are no year."""
    if _number(match):
        return None
    before, after = _around(match)
    figures = Span(start=match.start(), stop=match.end())
    bound, onwards = _BOUND.search(before), _ONWARDS.match(after)
    if _FROM.search(before):
        onwards = onwards or _ON.match(after)
    opens = _RANGE_OPENS.search(before)
    if bound or onwards:
        span = _grown(match, bound or opens, onwards)
        return Time(span=span, figures=figures, years=(), is_plain=False)
    if match.re is not _RANGE:
        opens = None
    span = _grown(match, opens or _DATED.search(before), None)
    return Time(span=span, figures=figures, years=named, is_plain=opens is None)


def _number(match: re.Match[str]) -> Span | None:
    """Figures that count, number or price something, with the words that say so; else None."""
    before, after = _around(match)
    lead = _NUMBERED.search(before) or _AMOUNT.search(before) or _COUNTED_BEFORE.search(before)
    counted = None if _WHEN.search(before) else _COUNTED.match(after)
    return _grown(match, lead, counted) if lead or counted else None


def _grown(match: re.Match[str], lead: re.Match[str] | None, tail: re.Match[str] | None) -> Span:
    """The span of a match, with the end of what stands before it and the start of what follows."""
    return Span(
        start=match.start() - (len(lead[0]) if lead else 0),
        stop=match.end() + (len(tail[0]) if tail else 0),
    )
