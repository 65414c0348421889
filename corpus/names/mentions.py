"""Which countries and years a question names, so that a refusal can say so exactly.

Countries are the countries and territories of ISO 3166-1 and Kosovo, by the names there and by
those, and the adjectives, in `countries.toml`. A wrong country is worse than none:
"Korea", "Congo" and "Congolese" alone name neither of two; "turkey" and "china" in small letters
need a word of place before them; "US" needs its capitals or an article; "Michael Jordan" is a
person and "in Polish" a language.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from corpus.names.iso_names import iso_names
from corpus.names.phrases import Phrases, fold, phrases
from corpus.names.years import years
from corpus.passage import Span

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
    return Mentions(countries=tuple(dict.fromkeys(countries)), years=years(question))


def country_of(name: str) -> str | None:
    """The usual name of the country that a name is one of, None where it is none or says more."""
    for found, span in _names().found(name):
        if (span.start, span.stop) == (0, len(name)) and found.country and not found.is_people:
            return found.country
    return None


def country_named(name: str) -> str:
    """A country's usual name by any of its names: "Burma" is "Myanmar"; other names as they are.

    Blanks around and inside are as in a sentence.
    """
    plain = " ".join(name.split())
    bare = re.sub(r"^the ", "", plain.rstrip("."), flags=re.IGNORECASE)
    return country_of(bare) or plain


def seat_of(name: str) -> str | None:
    """The country whose government sits in a place, which often stands for it: "Pyongyang said"."""
    return _seats().get(fold(name))


@cache
def _seats() -> dict[str, str]:
    data = tomllib.loads(
        resources.files("corpus.names").joinpath("countries.toml").read_text("utf-8")
    )
    return {fold(seat): country_named(country) for country, seat in data["seats"].items()}


@cache
def _names() -> Phrases[_Name]:
    """Read once, when first asked."""
    data = tomllib.loads(
        resources.files("corpus.names").joinpath("countries.toml").read_text("utf-8")
    )
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

    iso, ours = iso_names(), data["countries"]
    known: dict[str, _Name] = {}
    for code in {**iso, **ours}:
        listed, added = iso.get(code), ours.get(code, {})
        usual = added["name"] if "name" in added else iso[code].usual
        for name in [usual, *(listed.names if listed else ()), *added.get("names", ())]:
            known[name] = named(name, usual)
        for name in added.get("people", ()):
            known[name] = named(name, usual, is_people=True)
    known |= {name: named(name, None) for name in careful["none"]}
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
