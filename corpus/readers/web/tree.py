"""A page's elements; the door to the HTML5 parser.

Lexbor, through selectolax (MIT; wheels for Linux, macOS and Windows), was chosen by
`python -m tests.bench.html_parsers`: a page of 330 kB takes it and a walk over all elements 12 ms,
html5lib 100; it is a parser of the HTML standard, which lxml's is not. 10,000 nested `div` lxml
reads as nothing at all, without a word; html5lib needs 3.5 s for them and Lexbor 0.1 s, but a
hundred times as long for ten times as many. What is nested so deep is therefore taken out of its
tags before: then Lexbor needs 0.2 s for 100,000.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

# Browsers nest 512 deep (Blink, kMaximumHTMLParserDOMTreeDepth) and put what is deeper beside it.
DEEPEST = 200
# Where Lexbor's time, quadratic in the depth, is still below 10 ms.
_DEEPEST_READ = 2_000
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^<>]*>?")
# Never inside one of their kind, or never with content.
_FLAT = frozenset(
    re.findall(
        r"[\w-]+",
        "p li dt dd option optgroup tr td th thead tbody tfoot area base br col embed hr img"
        " input link meta param source track wbr html head body",
    )
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CONTROLS = frozenset(("button", "input", "select", "form"))
_NOTHING: Mapping[str, str] = {}


@dataclass(slots=True, kw_only=True, eq=False)
class Element:
    """An element with what stands in it, elements and texts.

    `length` is how many characters it has but for blanks, `linked` how many of them in links;
    `links`, `heads` and `controls` are how many links, headings and buttons or fields stand in it,
    itself included.
    """

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)
    parent: "Element | None" = None
    length: int = 0
    linked: int = 0
    links: int = 0
    heads: int = 0
    controls: int = 0

    @property
    def names(self) -> str:
        """Its id and classes."""
        return f"{self.attributes.get('id', '')} {self.attributes.get('class', '')}"

    @property
    def elements(self) -> Iterator["Element"]:
        """The elements right inside it."""
        return (child for child in self.children if isinstance(child, Element))

    def all(self) -> Iterator["Element"]:
        """It and all elements inside it, in order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(list(element.elements))

    def first(self, tag: str) -> "Element | None":
        """The first element of this kind inside it."""
        return next((element for element in self.all() if element.tag == tag), None)

    def text(self) -> str:
        """All its text, blanks as one."""
        found: list[str] = []
        waiting: list[Element | str] = [self]
        while waiting:
            node = waiting.pop()
            if isinstance(node, str):
                found.append(node)
            elif node.tag not in UNSEEN:
                waiting += reversed(node.children)
        return " ".join("".join(found).split())


# What no reader of the page sees as text.
UNSEEN = frozenset(
    re.findall(
        r"[\w-]+",
        "script style template noscript svg canvas iframe object embed video audio map select"
        " datalist button input textarea progress meter",
    )
)


def tree(html: str) -> Element:
    """The root element of a page."""
    root = _converted(LexborHTMLParser(_shallow(html)).root)
    _measure(root)
    return root


def _shallow(html: str) -> str:
    """A page without the tags that are nested deeper than Lexbor reads in linear time."""
    opened: Counter[str] = Counter()
    depth, kept, at = 0, [], 0
    for match in _TAG.finditer(html):
        tag = match[2].lower()
        if tag in _FLAT or match[0].endswith("/>"):
            continue
        if not match[1]:
            opened[tag] += 1
            depth += 1
        elif opened[tag]:
            opened[tag] -= 1
            depth -= 1
        if depth + (match[1] != "") > _DEEPEST_READ:
            kept.append(html[at : match.start()])
            at = match.end()
    return "".join([*kept, html[at:]])


def _converted(node: LexborNode | None) -> Element:
    """Our elements for Lexbor's, nested no deeper than `DEEPEST`."""
    root = Element(tag="html", attributes=_stated(node) if node is not None else _NOTHING)
    waiting = [(child, root, 1) for child in reversed(_children(node))]
    while waiting:
        node, parent, depth = waiting.pop()
        if node.is_text_node:
            parent.children.append(node.text_content or "")
        elif node.is_element_node and node.tag:
            # What opens a part of a page is a button in its heading.
            tag = "span" if node.tag == "button" and parent.tag in HEADINGS else node.tag
            element = Element(tag=tag, attributes=_stated(node) or _NOTHING, parent=parent)
            parent.children.append(element)
            inside = element if depth < DEEPEST else parent
            waiting += [(child, inside, depth + 1) for child in reversed(_children(node))]
    return root


def _stated(node: LexborNode) -> dict[str, str]:
    return {name: value or "" for name, value in node.attributes.items()}


def _children(node: LexborNode | None) -> list[LexborNode]:
    found = []
    child = node.first_child if node is not None else None
    while child is not None:
        found.append(child)
        child = child.next
    return found


def _measure(root: Element) -> None:
    """How long each element's text is; from the innermost out."""
    for element in reversed(list(root.all())):
        element.controls += element.tag in _CONTROLS
        if element.tag in UNSEEN:
            if element.parent is not None:
                element.parent.controls += element.controls
            continue
        texts = (child for child in element.children if isinstance(child, str))
        element.length += sum(len("".join(text.split())) for text in texts)
        if element.tag == "a":
            element.linked, element.links = element.length, element.links + 1
        element.heads += element.tag in HEADINGS
        if element.parent is not None:
            element.parent.length += element.length
            element.parent.linked += element.linked
            element.parent.links += element.links
            element.parent.heads += element.heads
            element.parent.controls += element.controls
