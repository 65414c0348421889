"""Paragraph numbers that a page prints itself: long chains that headings do not break."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.passage import Span
from corpus.readers.document import BlockKind
from corpus.readers.web.blocks import Found

_NUMBER = re.compile(r"(?:(?P<simple>\d{1,4})\.|(?P<below>\d{1,4}(?:\.\d{1,3})+)\.?)\s+(?=\S)")
# A list seldom has this many items; a chain of numbered paragraphs goes on over headings.
_LONG, _OVER_HEADINGS = 12, 4
_KINDS = (BlockKind.PARAGRAPH, BlockKind.ITEM)


def numbered(found: Sequence[Found]) -> list[Found]:
    """The same with the numbers of paragraphs as such, hidden where their text begins with them."""
    leading = [
        _NUMBER.match(one.piece.words.text) if one.piece.kind in _KINDS else None for one in found
    ]
    chained = _chained(found, leading)
    parents = {match["simple"] for at, match in enumerate(leading) if match and at in chained}
    last = ""
    given = []
    for at, (one, match) in enumerate(zip(found, leading, strict=True)):
        number = match["simple"] if match and at in chained else None
        if match and match["below"]:
            parent, _, own = match["below"].rpartition(".")
            follows = last.rpartition(".")[0] == parent and last.endswith(f".{int(own) - 1}")
            number = match["below"] if parent in parents or follows else None
            last = match["below"]
        if match and number:
            hidden = (Span(start=0, stop=match.end()),)
            piece = replace(
                one.piece, kind=BlockKind.PARAGRAPH, printed_number=number, hidden=hidden
            )
            given.append(replace(one, piece=piece))
        else:
            given.append(one)
    return given


def _chained(found: Sequence[Found], leading: Sequence[re.Match[str] | None]) -> set[int]:
    """Places of paragraphs whose numbers rise one by one, often or over a heading."""
    chain: list[int] = []
    chained: set[int] = set()
    headings = above = last = 0
    for at, match in [*enumerate(leading), (len(leading), None)]:
        if at < len(found) and found[at].piece.kind is BlockKind.HEADING:
            headings += 1
        number = int(match["simple"]) if match and match["simple"] else None
        if number is not None and chain and number == last + 1:
            chain.append(at)
        elif number is not None or at == len(leading):
            if len(chain) >= (_OVER_HEADINGS if above < headings else _LONG):
                chained.update(chain)
            chain, above = [at], headings
        last = number if number is not None else last
    return chained
