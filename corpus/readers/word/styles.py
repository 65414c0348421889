"""What a paragraph's style says of it, in whatever language Word speaks.

A style's id is in the language of the one who made it ("berschrift1", "a3"); its outline level and
the names of Word's own styles ("heading 1", "toc 1", "Title") are not.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from corpus.readers.word.nodes import Node, is_on

_HEADING = re.compile(r"heading (\d)")
_CONTENTS = re.compile(r"toc (?:\d|heading)|table of (?:figures|authorities)|index \d")
# 0 to 8; 9 is body text.
_LAST_OUTLINE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A paragraph style with what it takes from those that it is based on."""

    level: int | None = None
    is_title: bool = False
    is_contents: bool = False
    is_hidden: bool = False
    number: str | None = None
    number_level: int | None = None


PLAIN = Style()


def styles(nodes: Iterable[Node]) -> Mapping[str, Style]:
    """Paragraph styles by their ids; the default one is that of the id ""."""
    known: dict[str, Node] = {}
    default = ""
    for node in nodes:
        if node.tag == "style" and node.attributes.get("type") in ("paragraph", None):
            name = node.attributes.get("styleId", "")
            known.setdefault(name, node)
            if node.attributes.get("default") in ("1", "true", "on"):
                default = name
    found = {name: _style(list(_chain(name, known))) for name in known}
    return {**found, "": found.get(default, PLAIN)}


def _chain(name: str, known: Mapping[str, Node]) -> Iterator[Node]:
    """A style, the one that it is based on, and so on; of a circle each once."""
    seen: set[str] = set()
    while name in known and name not in seen:
        seen.add(name)
        yield known[name]
        name = known[name].value("basedOn") or ""


def _style(chain: list[Node]) -> Style:
    names = [(node.value("name") or "").lower() for node in chain]
    level = number = number_level = None
    for node, name in zip(chain, names, strict=True):
        properties = node.child("pPr") or Node(tag="pPr")
        numbering = properties.child("numPr") or Node(tag="numPr")
        level = outline_level(properties) if level is None else level
        heading = _HEADING.fullmatch(name)
        if level is None and heading:
            level = int(heading[1])
        number = numbering.value("numId") if number is None else number
        number_level = whole(numbering.value("ilvl")) if number_level is None else number_level
    return Style(
        level=level or None,
        is_title=names[0] == "title",
        is_contents=any(_CONTENTS.match(name) for name in names),
        is_hidden=any(is_on(node.child("rPr"), "vanish") for node in chain),
        number=number,
        number_level=number_level,
    )


def outline_level(properties: Node) -> int | None:
    """A heading's level from 1, 0 where it is said to be none, None where nothing is said."""
    outline = whole(properties.value("outlineLvl"))
    if outline is None:
        return None
    return outline + 1 if outline <= _LAST_OUTLINE else 0


def whole(text: str | None) -> int | None:
    """A whole number, None where there is none."""
    try:
        return int(text) if text is not None and len(text) < len("1000000000") else None
    except ValueError:
        return None
