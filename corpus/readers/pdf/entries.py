"""Entries of a report on many countries: headings of one kind, in order, that contents confirm."""

import re
from collections import defaultdict
from collections.abc import Sequence

from corpus.readers.document import Block, BlockKind, CountryEntry
from corpus.readers.pdf.contents import Listed
from corpus.readers.pdf.paragraphs import Paragraph

_FEWEST = 3
# Of neighbours, as many stand in the order of the alphabet; of names, as many are listed.
_ORDERED, _LISTED = 0.85, 0.5
_LONGEST_NAME, _LONGEST_FORMAL = 60, 90
_NUMBERED = re.compile(r"\(|[\dIVX]+\.|[A-Za-z]\.|§")
_NAMING = (BlockKind.PARAGRAPH, BlockKind.HEADING)
_KIND_OF_STATE = re.compile(
    r"republic|kingdom|state|federation|union|emirate|principality|duchy|commonwealth|sultanate"
    r"|république|royaume|república|reino|territor",
    re.I,
)


def entries(
    text: str,
    blocks: Sequence[Block],
    headings: Sequence[tuple[int, Paragraph]],
    listed: Sequence[Listed],
    bookmarks: Sequence[str],
) -> tuple[CountryEntry, ...]:
    """The entries that headings of one level seem to begin; none where nothing confirms them."""
    kinds: dict[int, list[tuple[int, Paragraph]]] = defaultdict(list)
    for at, paragraph in headings:
        if paragraph.level and not paragraph.run_in and len(paragraph.text) <= _LONGEST_NAME:
            kinds[paragraph.level].append((at, paragraph))
    contents = {_plain(entry.title) for entry in listed}
    outline = {_plain(title) for title in bookmarks}
    for level in sorted(kinds):
        group = kinds[level]
        names = [_plain(paragraph.text) for _, paragraph in group]
        numbered = sum(_NUMBERED.match(paragraph.text) is not None for _, paragraph in group)
        if len(group) < _FEWEST or numbered > len(group) / 4:
            continue
        run = _longest_ordered(names)
        if len(run) < max(_FEWEST, _ORDERED * (len(group) - 2)):
            continue
        chosen = [group[place] for place in run]
        known = contents | outline
        confirmed = sum(_plain(paragraph.text) in known for _, paragraph in chosen)
        if (known and confirmed < _LISTED * len(chosen)) or len(chosen) < (
            1 if known else 2
        ) * _FEWEST:
            continue
        return tuple(
            _entry(text, blocks, headings, at, paragraph, contents, outline)
            for at, paragraph in chosen
        )
    return ()


def _plain(text: str) -> str:
    return re.sub(r"[\W\d_]+", " ", text).strip().casefold()


def _longest_ordered(names: Sequence[str]) -> list[int]:
    """The places of the longest run of neighbours in the order of the alphabet, but for one each."""
    best: list[int] = []
    current: list[int] = []
    for at, name in enumerate(names):
        if current and name <= names[current[-1]]:
            current = []
        current.append(at)
        if len(current) > len(best):
            best = list(current)
    return best


def _entry(
    text: str,
    blocks: Sequence[Block],
    headings: Sequence[tuple[int, Paragraph]],
    at: int,
    paragraph: Paragraph,
    contents: set[str],
    outline: set[str],
) -> CountryEntry:
    following = (place for place, other in headings
                 if place > at and not other.run_in and 0 < other.level <= paragraph.level)  # fmt: skip
    last = next(following, len(blocks)) - 1
    name = _plain(paragraph.text)
    missing = [what for what, known in (("list of contents", contents), ("bookmarks", outline))
               if known and name not in known]  # fmt: skip
    by = [what for what, known in (("the list of contents", contents), ("the bookmarks", outline))
          if name in known]  # fmt: skip
    return CountryEntry(
        name=" ".join(paragraph.text.split()),
        first=at,
        last=last,
        formal_name=_formal_name(blocks[at + 1 : last + 1], text),
        recognised_by=" and ".join(["a heading", *by]),
        disagreement=(
            f"The {' and the '.join(missing)} of the file "
            f"{'do' if len(missing) > 1 or missing == ['bookmarks'] else 'does'} not name "
            f"{paragraph.text}."
            if missing
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
