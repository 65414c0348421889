"""The foot- and endnotes of a Word file, numbered in the order of their markers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from corpus.readers.word.nodes import Node
from corpus.readers.word.number_formats import printed
from corpus.readers.word.styles import whole

_DEFAULTS = {"footnote": "decimal", "endnote": "lowerRoman"}
# What parts notes from the body is kept among them.
_SEPARATORS = frozenset(("separator", "continuationSeparator", "continuationNotice"))


@dataclass(slots=True, kw_only=True)
class Notes:
    """The notes that a file has, by "footnote 3", and those that were called, with their labels."""

    known: Mapping[str, Node]
    formats: Mapping[str, str]
    starts: Mapping[str, int]
    by_section: frozenset[str]
    by_page: bool
    called: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def label(self, kind: str, name: str) -> str | None:
        """The label of the note that is called next, None where the file has no such note."""
        key = f"{kind} {name}"
        if key not in self.known:
            return None
        if key not in self.called:
            number = self._counts.get(kind, self.starts.get(kind, 1))
            self._counts[kind] = number + 1
            self.called[key] = printed(number, self.formats[kind])
        return self.called[key]

    def end_section(self) -> None:
        """Begin anew those that are numbered in each section."""
        for kind in self.by_section:
            self._counts.pop(kind, None)


def notes(footnotes: Iterable[Node], endnotes: Iterable[Node], properties: Iterable[Node]) -> Notes:
    """The notes of a file; `properties` are its settings and its sections' in order, which say how
    notes are numbered.
    """
    known = {
        f"{kind} {node.attributes.get('id', '')}": node
        for kind, found in (("footnote", footnotes), ("endnote", endnotes))
        for node in found
        if node.tag == kind and node.attributes.get("type") not in _SEPARATORS
    }
    formats = dict(_DEFAULTS)
    starts: dict[str, int] = {}
    restarts: dict[str, str] = {}
    for node in properties:
        for kind in _DEFAULTS:
            stated = node.child(f"{kind}Pr")
            if stated is not None:
                formats[kind] = stated.value("numFmt") or formats[kind]
                starts[kind] = whole(stated.value("numStart")) or starts.get(kind, 1)
                restarts[kind] = stated.value("numRestart") or restarts.get(kind, "continuous")
    return Notes(
        known=known,
        formats=formats,
        starts=starts,
        by_section=frozenset(kind for kind, how in restarts.items() if how == "eachSect"),
        by_page="eachPage" in restarts.values(),
    )
