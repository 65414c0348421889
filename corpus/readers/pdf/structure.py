"""The headings that a tagged file names: a page's structure elements and their marked contents."""

import ctypes
import re
from typing import Any

from pypdfium2 import raw

# PDF 32000-1, 14.8.4.3.2: H and H1 to H6; PDF 2.0 has more.
_HEADING = re.compile(r"H(\d?)")
# A tree that is deeper or has more elements on one page is a trap, or loops.
_DEEPEST, _MOST_ELEMENTS = 40, 20_000
_TYPE_LENGTH = 64


def heading_levels(page: Any) -> dict[int, int]:
    """The levels from 1 of the marked contents of a page that are headings, by their numbers."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    levels: dict[int, int] = {}
    try:
        waiting = [
            (raw.FPDF_StructTree_GetChildAtIndex(tree, at), 0, 0)
            for at in range(raw.FPDF_StructTree_CountChildren(tree))
        ]
        seen = 0
        while waiting and seen < _MOST_ELEMENTS:
            element, level, depth = waiting.pop()
            if not element or depth > _DEEPEST:
                continue
            seen += 1
            level = _level(element) or level
            if level:
                levels.update(dict.fromkeys(_contents(element), level))
            for at in range(max(raw.FPDF_StructElement_CountChildren(element), 0)):
                child = raw.FPDF_StructElement_GetChildAtIndex(element, at)
                waiting.append((child, level, depth + 1))
    finally:
        raw.FPDF_StructTree_Close(tree)
    return levels


def _level(element: Any) -> int:
    """The level of a heading, 0 for what is none."""
    name = (ctypes.c_ushort * _TYPE_LENGTH)()
    length = raw.FPDF_StructElement_GetType(element, name, ctypes.sizeof(name))
    text = bytes(name)[: max(length - 2, 0)].decode("utf-16-le", "replace")
    match = _HEADING.fullmatch(text)
    return int(match[1] or 1) if match else 0


def _contents(element: Any) -> list[int]:
    count = raw.FPDF_StructElement_GetMarkedContentIdCount(element)
    return [
        raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, at) for at in range(max(count, 0))
    ]
