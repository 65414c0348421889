"""The countries that a report on many has an entry on, and their names as a sentence has them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.names.mentions import country_of
from corpus.readers import Block, BlockKind, CountryEntry, Document
from corpus.readers.entries import Heading, Outline, entries, entry, plain, with_formal_names

# Fewer headings of one level that are countries may be places that a report on one speaks of.
_FEWEST = 3
_YEAR = re.compile(r"[\s,(:–-]+(?:19|20)\d\d(?:[/–-]\d{2,4})?\)?$")
_SMALL = re.compile(r"(?<=[ -])(?:And|Of|The)\b")
_ARTICLE = re.compile(r"the ", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:table of )?contents", re.IGNORECASE)
# What follows the last entry, where a format has no levels that tell.
_AFTER = re.compile(
    r"(?:(?:general|overall|regional) )?(?:recommendations?|conclusions?|notes|endnotes"
    r"|annex(?:es)?|appendix|appendices|index|glossary|acknowledge?ments|methodology|bibliography|references)",
    re.IGNORECASE,
)


def with_countries(document: Document) -> Document:
    """A document with the entries on countries that it has; none where it has not several.

    Those that its reader recognised, but for headings like "Recommendations": where most have a
    formal name below them, what has none is no country. Else the headings of one level of which
    most are countries' names, with what stands between two of them in the order of the alphabet.
    Else, for countries that nobody knows, headings in that order that mostly have a formal name
    below them, or sections that come again from one to the next.
    """
    outline = _outline(document)
    found = max((document.entries, _by_name(outline), _by_shape(outline)), key=len)
    formal = [one for one in found if one.formal_name]
    if 2 * len(formal) > len(found):
        found = tuple(one for one in found if one.formal_name or _named(one.name))
    if len(found) <= 1:
        return replace(document, entries=())
    found = tuple(map(_agreeing, found))
    blocks, found = _ended(with_formal_names(document.blocks, found), found)
    return replace(document, blocks=blocks, entries=found)


def country_name(name: str) -> str:
    """A country's name as it is written in a sentence, also where a heading shouts or dates it."""
    name = _YEAR.sub("", name)
    if not name.isupper():
        return name
    usual = country_of(name) or ""
    said = _SMALL.sub(lambda word: word[0].lower(), name.title())
    return usual if plain(usual) == plain(name) else said


def _named(heading: str) -> str | None:
    """The country that a heading names, with an article and a year or without."""
    return country_of(_ARTICLE.sub("", _YEAR.sub("", heading), count=1))


def _outline(document: Document) -> Outline:
    headings = [
        Heading(at=at, text=block.heading, level=block.level)
        for at, block in enumerate(document.blocks)
        if block.kind is BlockKind.HEADING
    ]
    listed = [*document.contents, *_listed(document)]
    return Outline(
        text=document.text,
        blocks=document.blocks,
        headings=headings,
        contents=frozenset(filter(None, map(plain, listed))),
    )


def _listed(document: Document) -> Iterator[str]:
    """The lines below a heading that says that they are the contents."""
    inside = False
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            inside = _CONTENTS.fullmatch(block.heading) is not None
        elif inside:
            yield from document.text[block.start : block.stop].splitlines()


def _by_name(found: Outline) -> tuple[CountryEntry, ...]:
    """Entries by headings that are a country's name, at the level that has the most of them."""
    levels = Counter(heading.level for heading in found.headings if _named(heading.text))
    level = max(levels, key=lambda one: levels[one], default=0)
    group = [heading for heading in found.headings if heading.level == level]
    known = [at for at, heading in enumerate(group) if _named(heading.text)]
    if len({_named(group[at].text) for at in known}) < _FEWEST:
        return ()
    chosen = set(known)
    if 2 * len(known) > known[-1] - known[0]:
        chosen |= {at for at in range(known[0], known[-1]) if _is_between(group, at, known)}
    return tuple(
        replace(one, recognised_by=one.recognised_by.replace("heading", how, 1))
        for one, how in (
            (
                entry(found, group[at]),
                "heading that is a country’s name" if at in known else "heading between countries",
            )
            for at in sorted(chosen)
        )
    )


def _is_between(group: Sequence[Heading], at: int, known: Sequence[int]) -> bool:
    """Whether a heading stands in the order of the alphabet between the countries around it."""
    before = max(one for one in known if one <= at)
    after = min(one for one in known if one > at)
    return plain(group[before].text) < plain(group[at].text) < plain(group[after].text)


def _by_shape(found: Outline) -> tuple[CountryEntry, ...]:
    """Entries that mostly have a formal name, or sections that others have, too."""
    for chosen in entries(found):
        sections = [
            {plain(block.heading) for block in _inside(found.blocks, one) if block.heading}
            for one in chosen
        ]
        counts = Counter(section for inside in sections for section in inside)
        alike = sum(any(counts[section] > 1 for section in inside) for inside in sections)
        formal = sum(one.formal_name is not None for one in chosen)
        if 2 * max(alike, formal) > len(chosen):
            return chosen
    return ()


def _inside(blocks: Sequence[Block], one: CountryEntry) -> Sequence[Block]:
    return blocks[one.first + 1 : one.last + 1]


def _agreeing(one: CountryEntry) -> CountryEntry:
    """The entry; where its names are those of two countries it says so."""
    formal = _named(one.formal_name or "")
    name = _named(one.name)
    if formal is None or name is None or formal == name:
        return one
    said = f"{one.name} stands above “{one.formal_name}”, which is {formal}."
    return replace(one, disagreement=" ".join(filter(None, [one.disagreement, said])))


def _ended(
    blocks: tuple[Block, ...], found: tuple[CountryEntry, ...]
) -> tuple[tuple[Block, ...], tuple[CountryEntry, ...]]:
    """Blocks and entries, the last of which ends where what concerns all of them begins.

    A heading of that kind which other entries have, too, is theirs.
    """
    *others, last = found
    theirs = {plain(block.heading) for one in others for block in _inside(blocks, one)}
    level = blocks[last.first].level
    for at in range(last.first + 1, last.last + 1):
        name = blocks[at].heading
        if _AFTER.fullmatch(name) and plain(name) not in theirs:
            raised = replace(blocks[at], level=level)
            return (
                (*blocks[:at], raised, *blocks[at + 1 :]),
                (*others, replace(last, last=at - 1)),
            )
    return blocks, found
