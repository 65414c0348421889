"""A web page to a document: its article's headings and paragraphs, and what it says of itself."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.errors import UnreadableReport
from corpus.readers.composing import Marked, Piece, composed
from corpus.readers.document import BlockKind, Document
from corpus.readers.extraction import (
    Doubt,
    Dropped,
    Extraction,
    Furniture,
    LeftOut,
    Mended,
    Suspicion,
)
from corpus.readers.limits import MOST_TAGS
from corpus.readers.web.article import Article, article, opening
from corpus.readers.web.blocks import Found, Walk
from corpus.readers.web.facts import Facts, facts
from corpus.readers.web.notes import Notes, page_notes
from corpus.readers.web.numbers import numbered
from corpus.readers.web.outline import outlined
from corpus.readers.web.tree import Element, tree

_LONGEST_FURNITURE = 120
# Fewer links to places of the page are no list of contents: "To the top", "Skip to content".
_FEWEST_LISTED = 3
# What is shorter is a date, a name or a label.
_SHORTEST_LEAD = 80


def read_page(html: str, name: str, address: str | None = None) -> Document:
    """The document that a page is; `address` is where it was fetched from, None for a file.

    Raises UnreadableReport where it has no words of its own, or more tags than a report.
    """
    if (tags := html.count("<")) > MOST_TAGS:
        raise UnreadableReport(
            f"{name} has {tags:,} tags; a page may have {MOST_TAGS:,}: split it into its parts and "
            "add each."
        )
    page = tree(html)
    notes = page_notes(page)
    main = article(page, notes.notes.keys())
    walk = Walk(main, notes)
    found = walk.pieces(main.root)
    found += _notes_outside(main, notes)
    title, found = _titled(page, main, notes, _without_empty(found, walk.left_out))
    stated = facts(page, title, address)
    pieces = [one.piece for one in numbered(found)]
    if not any(piece.kind not in (BlockKind.TITLE, BlockKind.HEADING) for piece in pieces):
        raise UnreadableReport(
            f"{name} holds no paragraph; a page that a program fills in the browser is saved whole "
            'with "Save page as… complete", or printed to PDF: add that.'
        )
    together = composed(pieces)
    return Document(
        text=together.text,
        blocks=together.blocks,
        metadata=stated.metadata,
        extraction=Extraction(
            dropped=_swallowed(html),
            furniture=_furniture([*_around(main), *walk.left_out]),
            mended=tuple(
                Mended(what=what, becomes="", count=count)
                for what, count in sorted(walk.removed.items())
            ),
            joined=together.joined,
            unjoined=together.unjoined,
            suspicions=_suspicions(main, stated, page),
            properties=stated.properties,
        ),
        contents=_contents(page, main),
    )


def _contents(page: Element, main: Article) -> tuple[str, ...]:
    """What the page's list of contents names: links to places of the page that are not its text."""
    listed = tuple(
        element.text()
        for element in page.all()
        if element.tag == "a"
        and element in main.furniture
        and element.attributes.get("href", "").startswith("#")
    )
    return listed if len(listed) >= _FEWEST_LISTED else ()


def _notes_outside(main: Article, notes: Notes) -> list[Found]:
    """Notes that the page puts beside its article."""
    found: list[Found] = []
    for note in notes.notes:
        above: Element | None = note
        while above is not None and above is not main.root:
            above = above.parent
        if above is None:
            alone = Element(tag="div", children=[note])
            found += Walk(main, notes).pieces(alone)
    return found


def _without_empty(found: Sequence[Found], left_out: list[str]) -> list[Found]:
    """Without headings of what was left out: nothing but it stands under them."""
    kept = []
    for index, one in enumerate(found):
        after = found[index + 1] if index + 1 < len(found) else None
        ends = after is None or after.piece.kind is BlockKind.HEADING
        is_heading = one.piece.kind is BlockKind.HEADING and one.element.tag != "h1"
        if is_heading and ends and one.before_gap:
            left_out.append(one.piece.words.text)
        else:
            kept.append(one)
    return kept


def _titled(
    page: Element, main: Article, notes: Notes, found: list[Found]
) -> tuple[str, list[Found]]:
    """The page's h1, empty where it has none, and the pieces with it as their title."""
    index = next((i for i, one in enumerate(found) if one.element.tag == "h1"), None)
    if index is not None:
        words = found[index].piece.words
        title = replace(found[index], piece=Piece(kind=BlockKind.TITLE, words=words))
        rest = outlined([*found[:index], *found[index + 1 :]])
        return " ".join(words.text.split()), [*rest[:index], title, *rest[index:]]
    beside = opening(page, main)
    if beside is None:
        return "", outlined(found)
    element, box = beside
    piece = Piece(kind=BlockKind.TITLE, words=Marked(text=element.text()))
    leads = [one for one in Walk(main, notes).pieces(box) if _is_lead(one)]
    return element.text(), [Found(piece=piece, element=element), *leads, *outlined(found)]


def _is_lead(one: Found) -> bool:
    """Whether what stands beside the title is a paragraph of the report."""
    is_linked = 2 * one.element.linked > one.element.length
    long = len(one.piece.words.text) >= _SHORTEST_LEAD
    return one.piece.kind is BlockKind.PARAGRAPH and long and not is_linked


def _swallowed(html: str) -> tuple[Dropped, ...]:
    """What stands after a comment that nothing closes: no browser shows it either."""
    start = html.rfind("<!--")
    if start < 0 or re.search(r"--!?>", html[start:]):
        return ()
    rest = re.sub(r"<[^<>]*>", " ", html[start + len("<!--") :])
    return (
        Dropped(
            what=LeftOut.SWALLOWED,
            start=start,
            stop=len(html),
            line=html.count("\n", 0, start) + 1,
            last_line=html.count("\n") + 1,
            words=len(re.findall(r"\w+", rest)),
        ),
    )


def _around(main: Article) -> Iterable[str]:
    """The texts of what stands beside the article."""
    above, inside = main.root.parent, main.root
    while above is not None:
        for child in above.elements:
            if child is not inside and child.length and child.tag != "head":
                yield child.text()
        inside, above = above, above.parent


def _furniture(texts: Iterable[str]) -> tuple[Furniture, ...]:
    """Each text once, the beginning of a long one."""
    short = (
        text if len(text) <= _LONGEST_FURNITURE else text[:_LONGEST_FURNITURE].rstrip() + "…"
        for text in texts
    )
    return tuple(Furniture(text=text) for text in dict.fromkeys(short) if text)


def _suspicions(main: Article, stated: Facts, page: Element) -> tuple[Suspicion, ...]:
    found = []
    if not main.is_marked:
        found.append(
            "the page marks no main part: menus or related pages may stand among its paragraphs"
        )
    if not any(one.tag == "h1" for one in page.all()):
        found.append(f"the page has no main heading; its title is {stated.metadata.get('title')!r}")
    return tuple(
        Suspicion(sheet=None, doubt=Doubt.STRUCTURE, sentence=sentence) for sentence in found
    )
