"""The countries that a report on many has an entry on, and their names as a sentence has them."""

from collections.abc import Sequence
from functools import cache

from corpus.names.iso_names import iso_names
from corpus.readers import BlockKind, CountryEntry, Document

# Fewer headings of one level that are countries may be places that a report on one speaks of.
_FEWEST = 3


def country_entries(document: Document) -> tuple[CountryEntry, ...]:
    """The entries on countries that a document has; none where it has not several.

    Those that its reader recognised, but for headings like "Recommendations": where most have a
    formal name below them, what has none is no country. Else the headings of one level that are
    names of countries.
    """
    found = document.entries or _by_name(document)
    formal = [entry for entry in found if entry.formal_name]
    known = _spellings()
    if 2 * len(formal) > len(found):
        found = tuple(one for one in found if one.formal_name or one.name.casefold() in known)
    return tuple(found) if len(found) > 1 else ()


def country_name(name: str) -> str:
    """A country's name as it is written in a sentence, also where a heading shouts it."""
    if not name.isupper():
        return name
    return _spellings().get(name.casefold(), name.title())


@cache
def _spellings() -> dict[str, str]:
    names = (name for country in iso_names().values() for name in country.names)
    return {name.casefold(): name for name in names}


def _by_name(document: Document) -> Sequence[CountryEntry]:
    """Entries by headings that are a country's name, at the level that has the most of them."""
    known, blocks = _spellings(), document.blocks
    headings = [at for at, block in enumerate(blocks) if block.kind is BlockKind.HEADING]
    named = [at for at in headings if blocks[at].heading.casefold() in known]
    levels = [blocks[at].level for at in named]
    level = max(levels, key=levels.count, default=0)
    chosen = [at for at in named if blocks[at].level == level]
    if len({blocks[at].heading.casefold() for at in chosen}) < _FEWEST:
        return ()
    ends = [at for at in headings if blocks[at].level <= level]
    return [
        CountryEntry(
            name=blocks[at].heading,
            first=at,
            last=next((end for end in ends if end > at), len(blocks)) - 1,
            recognised_by="a heading that is a country’s name",
        )
        for at in chosen
    ]
