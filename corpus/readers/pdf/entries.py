"""Entries of a report on many countries: headings of one kind, in order, that contents confirm."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.readers.document import Block, BlockKind, CountryEntry
from corpus.readers.pdf.paragraphs import Paragraph

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
class Outline:
    """A document's text and blocks, its headings by block, and what contents and bookmarks list."""

    text: str
    blocks: Sequence[Block]
    headings: Sequence[tuple[int, Paragraph]]
    contents: frozenset[str]
    bookmarks: frozenset[str]


def plain(text: str) -> str:
    """A name without accents, case, figures and marks, to compare it."""
    letters = unicodedata.normalize("NFKD", text)
    kept = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return re.sub(r"[\W\d_]+", " ", kept).strip().casefold()


def entries(found: Outline) -> tuple[CountryEntry, ...]:
    """The entries that headings of one level seem to begin; none where nothing speaks for them."""
    kinds: dict[int, list[tuple[int, Paragraph]]] = defaultdict(list)
    for at, paragraph in found.headings:
        named = len(paragraph.text) <= _LONGEST_NAME and not _NUMBERED.match(paragraph.text)
        if paragraph.level and not paragraph.run_in and named:
            kinds[paragraph.level].append((at, paragraph))
    for level in sorted(kinds):
        chosen = _in_order(kinds[level])
        if _speaks_for(found, chosen, kinds[level]):
            return tuple(_entry(found, at, paragraph) for at, paragraph in chosen)
    return ()


def _in_order(group: Sequence[tuple[int, Paragraph]]) -> list[tuple[int, Paragraph]]:
    """The longest series of headings that stand in the order of the alphabet."""
    names = [plain(paragraph.text) for _, paragraph in group]
    best: list[list[int]] = []
    for at, name in enumerate(names):
        before = [chain for chain in best if names[chain[-1]] < name]
        best.append([*max(before, key=len, default=[]), at])
    return [group[at] for at in max(best, key=len, default=[])]


def _speaks_for(
    found: Outline,
    chosen: Sequence[tuple[int, Paragraph]],
    group: Sequence[tuple[int, Paragraph]],
) -> bool:
    """Whether most headings of a kind are in order, and contents or bookmarks name them."""
    if len(chosen) < max(_FEWEST, _ORDERED * len(group)):
        return False
    known = found.contents | found.bookmarks
    if not known:
        return len(chosen) >= _FEWEST_ALONE
    return sum(plain(paragraph.text) in known for _, paragraph in chosen) >= _LISTED * len(chosen)


def _entry(found: Outline, at: int, paragraph: Paragraph) -> CountryEntry:
    following = (
        place
        for place, other in found.headings
        if place > at and not other.run_in and 0 < other.level <= paragraph.level
    )
    last = next(following, len(found.blocks)) - 1
    name = plain(paragraph.text)
    lists = (("the list of contents", found.contents), ("the outline", found.bookmarks))
    naming = [what for what, known in lists if name in known]
    silent = [what for what, known in lists if known and name not in known]
    return CountryEntry(
        name=" ".join(paragraph.text.split()),
        first=at,
        last=last,
        formal_name=_formal_name(found.blocks[at + 1 : last + 1], found.text),
        recognised_by=" and ".join(["a heading", *naming]),
        disagreement=(
            f"{paragraph.text} is not named in {' or '.join(silent)} of the file."
            if silent
            else None
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
