"""The elements of a Word file's XML, by Python's own expat.

expat reads in linear time and gives each element as it comes, so that of a body only one paragraph
or table is held at once. A DOCTYPE, which no Word file has, is refused where it begins, before an
entity of it could be declared; no address is ever opened.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat  # a DOCTYPE is refused below

from corpus.errors import UnreadableReport

# Chosen, far above what nested tables and boxes need, and below what recursion bears.
_DEEPEST = 250
_AT_ONCE = 1 << 16
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
}
_NOTHING: Mapping[str, str] = {}


@dataclass(slots=True, kw_only=True, eq=False)
class Node:
    """An element: a name of Word's own has no prefix, so `p` is a paragraph and `m:r` math."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: "list[Node | str]" = field(default_factory=list)

    @property
    def nodes(self) -> "Iterator[Node]":
        """The elements right inside it."""
        return (child for child in self.children if isinstance(child, Node))

    def child(self, tag: str) -> "Node | None":
        """The first element of this name right inside it."""
        return next((child for child in self.nodes if child.tag == tag), None)

    def value(self, tag: str) -> str | None:
        """What the first element of this name right inside it is set to."""
        found = self.child(tag)
        return None if found is None else found.attributes.get("val")

    def all(self, tag: str) -> "Iterator[Node]":
        """All elements of this name inside it, in order."""
        waiting = list(reversed(list(self.nodes)))
        while waiting:
            node = waiting.pop()
            if node.tag == tag:
                yield node
            waiting += reversed(list(node.nodes))

    @property
    def text(self) -> str:
        """The text right inside it."""
        return "".join(child for child in self.children if isinstance(child, str))


def is_on(node: Node | None, tag: str) -> bool:
    """Whether a property that is on or off is on."""
    found = node.child(tag) if node is not None else None
    return found is not None and found.attributes.get("val") not in ("0", "false", "off")


def children_of(holder: str, file: IO[bytes], most: int, name: str) -> Iterator[Node]:
    """The elements right inside the first element called `holder`, one after the other.

    Raises UnreadableReport where the XML is broken, has a DOCTYPE, or more than `most` bytes.
    """
    reader = _Reader(holder, name)
    read = 0
    while content := file.read(_AT_ONCE):
        read += len(content)
        if read > most:
            raise UnreadableReport(
                f"{name} unpacks to more than {most / 1e6:.0f} MB in one of its parts, as no "
                "report does; save it anew in Word, or add its parts."
            )
        reader.feed(content)
        yield from reader.taken()
    reader.feed(b"", last=True)
    yield from reader.taken()


class _Reader:
    def __init__(self, holder: str, name: str) -> None:
        self._holder, self._name = holder, name
        self._open: list[Node] = []
        self._done: list[Node] = []
        self._held = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def feed(self, content: bytes, *, last: bool = False) -> None:
        try:
            self._parser.Parse(content, last)
        except expat.ExpatError as error:
            raise UnreadableReport(
                f"{self._name} is damaged ({expat.ErrorString(error.code)} in its XML, line "
                f"{error.lineno:,}); open it in Word, save it anew and add that."
            ) from None

    def taken(self) -> list[Node]:
        done, self._done = self._done, []
        return done

    def _doctype(self, *_: object) -> None:
        raise UnreadableReport(
            f"{self._name} declares a document type in its XML, which no Word file does and which "
            "can be made to do harm; open it in Word, save it anew and add that."
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= _DEEPEST:
            raise UnreadableReport(
                f"{self._name} nests more than {_DEEPEST} elements in each other, as no Word file "
                "does; open it in Word, save it anew and add that."
            )
        stated = {_short(name): value for name, value in attributes.items()}
        self._open.append(Node(tag=_short(tag), attributes=stated or _NOTHING))
        if not self._held and self._open[-1].tag == self._holder:
            self._held = len(self._open)

    def _end(self, _: str) -> None:
        node = self._open.pop()
        if self._held and len(self._open) == self._held:
            self._done.append(node)
        elif self._held and len(self._open) < self._held:
            self._held = -1  # what comes after it is not asked for
        elif self._open and self._held >= 0:
            self._open[-1].children.append(node)

    def _text(self, text: str) -> None:
        if self._open and len(self._open) != self._held:
            self._open[-1].children.append(text)


def _short(name: str) -> str:
    namespace, _, local = name.rpartition(" ")
    if not namespace:
        return local
    return _PREFIXES.get(namespace, "o:") + local
