"""Entries of a report on many countries: headings of one kind, in order, that contents confirm."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.readers.document import Block, BlockKind, CountryEntry

# Entries at least; more of them where the file has neither list of contents nor bookmarks.
_FEWEST, _FEWEST_ALONE = 3, 6
# Of headings of a kind, as many stand in the order of the alphabet; of names, as many are listed.
_ORDERED, _LISTED = 0.6, 0.5
_LONGEST_NAME, _LONGEST_FORMAL = 60, 90
_NUMBERED = re.compile(r"\(|[\dIVX]+\.|[A-Za-z]\.|§")
_NAMING = (BlockKind.PARAGRAPH, BlockKind.HEADING)
_KIND_OF_STATE = re.compile(
    r"republic|kingdom|state|federation|union|emirate|principality|duchy|commonwealth|sultanate"
    r"|république|royaume|república|reino|territor",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading: the index of its block, its words, its level from 1."""

    at: int
    text: str
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A document's text and blocks, its headings, and what contents and bookmarks list, plain."""

    text: str
    blocks: Sequence[Block]
    headings: Sequence[Heading]
    contents: frozenset[str]
    bookmarks: frozenset[str] = frozenset()


def plain(text: str) -> str:
    """A name without accents, case, figures and marks, to compare it."""
    letters = unicodedata.normalize("NFKD", text)
    kept = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return re.sub(r"[\W\d_]+", " ", kept).strip().casefold()


def entries(found: Outline) -> Iterator[tuple[CountryEntry, ...]]:
    """The entries that headings of one level seem to begin, of each level that has some."""
    levels: dict[int, list[Heading]] = defaultdict(list)
    for heading in found.headings:
        if len(heading.text) <= _LONGEST_NAME and not _NUMBERED.match(heading.text):
            levels[heading.level].append(heading)
    for _, group in sorted(levels.items()):
        chosen = _in_order(group)
        if _speaks_for(found, chosen, group):
            yield tuple(entry(found, heading) for heading in chosen)


def _in_order(group: Sequence[Heading]) -> list[Heading]:
    """The longest series of headings that stand in the order of the alphabet."""
    names = [plain(heading.text) for heading in group]
    best: list[list[int]] = []
    for at, name in enumerate(names):
        before = [chain for chain in best if names[chain[-1]] < name]
        best.append([*max(before, key=len, default=[]), at])
    return [group[at] for at in max(best, key=len, default=[])]


def _speaks_for(found: Outline, chosen: Sequence[Heading], group: Sequence[Heading]) -> bool:
    """Whether most headings of a kind are in order, and contents or bookmarks name them."""
    if len(chosen) < max(_FEWEST, _ORDERED * len(group)):
        return False
    known = found.contents | found.bookmarks
    if not known:
        return len(chosen) >= _FEWEST_ALONE
    return sum(plain(heading.text) in known for heading in chosen) >= _LISTED * len(chosen)


def entry(found: Outline, heading: Heading) -> CountryEntry:
    """The entry that a heading begins, and whether contents and bookmarks name it."""
    following = (
        other.at
        for other in found.headings
        if other.at > heading.at and other.level <= heading.level
    )
    last = next(following, len(found.blocks)) - 1
    name = plain(heading.text)
    lists = (("the list of contents", found.contents), ("the outline", found.bookmarks))
    naming = [what for what, known in lists if name in known]
    silent = [what for what, known in lists if known and name not in known]
    return CountryEntry(
        name=" ".join(heading.text.split()),
        first=heading.at,
        last=last,
        formal_name=_formal_name(found.blocks[heading.at + 1 : last + 1], found.text),
        recognised_by=" and ".join(["a heading", *naming]),
        disagreement=(
            f"{heading.text} is not named in {' or '.join(silent)} of the file." if silent else None
        ),
    )


def _formal_name(following: Sequence[Block], text: str) -> str | None:
    """The name below the name, as in "Republic of ..."."""
    for block in following[:1]:
        said = " ".join(text[block.start : block.stop].split())
        if block.kind in _NAMING and len(said) <= _LONGEST_FORMAL and _KIND_OF_STATE.search(said):
            return said
    return None


def with_formal_names(blocks: Sequence[Block], found: Sequence[CountryEntry]) -> tuple[Block, ...]:
    """The blocks, a formal name below a country's no heading of what follows."""
    below = {entry.first + 1 for entry in found if entry.formal_name}
    return tuple(
        replace(block, kind=BlockKind.PARAGRAPH, level=0, heading="") if at in below else block
        for at, block in enumerate(blocks)
    )
