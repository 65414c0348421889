"""Which links of a page are markers of notes, and where the notes are."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from corpus.readers.web.tree import Element

_MARKER = re.compile(
    r"[\[(]?\s*(?P<label>\d{1,4}|[ivxlcdm]{1,7}|[a-zA-Z]|[*†‡§¶#]{1,4})\s*[\])]?[.:]?"
)
_NOTED = re.compile(
    r"foot-?note|end-?note|note|cite|(?<![a-z])(?:fn|ftn|edn|ref)(?![a-z])", re.IGNORECASE
)
_BACK = re.compile(r"(?:[↩↑↵^⬆⏎\ufe0e\ufe0f\s]+|back|return.{0,40}|back to.{0,40})", re.IGNORECASE)
_INLINE = frozenset(
    ["a", "span", "sup", "sub", "b", "i", "em", "strong", "small", "cite", "font", "abbr"]
)
_LONGEST_NOTE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """Markers and notes of a page, each with the name of its note and its label; `back` are links
    from notes to their markers.
    """

    markers: Mapping[Element, tuple[str, str]]
    notes: Mapping[Element, tuple[str, str]]
    back: Collection[Element]


def page_notes(page: Element) -> Notes:
    """The notes of a page that are linked from where they are called."""
    named = _named(page)
    markers: dict[Element, tuple[str, str]] = {}
    notes: dict[Element, tuple[str, str]] = {}
    marker_names: set[str] = set()
    for link, target in _links(page):
        found = _MARKER.fullmatch(link.text())
        meant = named.get(target)
        if found is None or meant is None or _is_inside(link, notes):
            continue
        note = _block(meant)
        if not _is_note(link, note, target):
            continue
        key = notes.get(note, (target, ""))[0]
        notes.setdefault(note, (key, found["label"]))
        markers[_whole(link, found["label"])] = (key, found["label"])
        marker_names |= _names_around(link)
    back = {
        link
        for link, target in _links(page)
        if (target in marker_names or _BACK.fullmatch(link.text())) and _is_inside(link, notes)
    }
    return Notes(markers=markers, notes=notes, back=back)


def _named(page: Element) -> dict[str, Element]:
    """Elements by their names; the first of a name counts."""
    named: dict[str, Element] = {}
    for element in page.all():
        for name in (element.attributes.get("id"), element.attributes.get("name")):
            if name:
                named.setdefault(name, element)
    return named


def _links(page: Element) -> Iterator[tuple[Element, str]]:
    """The links to places of the page itself, each with the place's name."""
    for element in page.all():
        _, mark, target = element.attributes.get("href", "").partition("#")
        if element.tag == "a" and mark and target:
            yield element, unquote(target)


def _is_inside(element: Element, notes: Collection[Element]) -> bool:
    above: Element | None = element
    while above is not None:
        if above in notes:
            return True
        above = above.parent
    return False


def _block(element: Element) -> Element:
    """The element, or where it stands in a line what the line is in."""
    while element.tag in _INLINE and element.parent is not None:
        element = element.parent
    return element


def _is_note(link: Element, note: Element, target: str) -> bool:
    """Whether a link that looks like a marker leads to a note, and is not inside it.

    Raised, or a role or names must say so: "see section 3" is a link, too.
    """
    if note.heads or not 0 < note.length <= _LONGEST_NOTE or note.tag in ("body", "main", "html"):
        return False
    if _is_inside(link, (note,)):
        return False
    role = link.attributes.get("role", "")
    raised = link.parent is not None and link.parent.tag == "sup"
    raised = raised or any(inside.tag == "sup" for inside in link.all())
    named = f"{link.names} {note.names} {note.attributes.get('role', '')} {target}"
    return role == "doc-noteref" or raised or _NOTED.search(named) is not None


def _whole(link: Element, label: str) -> Element:
    """The link with the brackets and the raised element around it."""
    whole = link
    while (
        whole.parent is not None
        and whole.parent.tag in _INLINE
        and whole.parent.length <= len(label) + len("[]")
    ):
        whole = whole.parent
    return whole


def _names_around(link: Element) -> set[str]:
    """Names by which a note links back to its marker."""
    near = [link, *link.all(), *([link.parent] if link.parent is not None else [])]
    names = {one.attributes.get(field, "") for one in near for field in ("id", "name")}
    return names - {""}
