"""The words of a paragraph as Word shows them with all changes accepted."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from corpus.readers.composing import Mark, Marked
from corpus.readers.word.nodes import Node, is_on

# Inserted, moved here, and what only holds runs; whatever else there is in a paragraph is no text.
_HOLDERS = frozenset(
    re.findall(
        r"[\w-]+",
        "hyperlink smartTag ins moveTo sdt sdtContent customXml fldSimple dir bdo rubyBase",
    )
)
_PICTURES = frozenset(("drawing", "pict", "object"))
_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "‑"}
_NOTE_MARKS = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_RAISED = {
    "superscript": str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻"),
    "subscript": str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋"),
}
_FIGURES = re.compile(r"[+\-−]?\d+")
_BLANKS = re.compile(r"[ \t\r\f\v]+")
_UNPRINTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u2060\ufeff]")
# Symbol fonts keep their signs here; which sign it is the font alone knows.
_PRIVATE = range(0xE000, 0xF900)

# The label of a note, by its kind and id; None where the file has no such note.
Labels = Callable[[str, str], str | None]


@dataclass(slots=True, kw_only=True)
class Words:
    """What was read of a paragraph: its words, boxes in it, hidden words, signs that are lost."""

    marked: Marked
    boxes: list[Node]
    hidden: list[str]
    lost: int


@dataclass(slots=True, kw_only=True)
class _Reading:
    labels: Labels
    parts: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    boxes: list[Node] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    length: int = 0
    lost: int = 0
    # Fields that are open, each with whether its result has begun.
    fields: list[bool] = field(default_factory=list)

    def add(self, text: str) -> None:
        if not all(self.fields):
            return
        text = _BLANKS.sub(" ", _UNPRINTED.sub("", text))
        last = self.parts[-1][-1:] if self.parts else "\n"
        if last in " \n":
            text = text.lstrip(" ")
        if text:
            self.parts.append(text)
            self.length += len(text)


def words(paragraph: Node, labels: Labels) -> Words:
    """The words of a paragraph, blanks at its end as well; `labels` are asked in the order of the
    markers.
    """
    reading = _Reading(labels=labels)
    _read(paragraph, reading)
    marked = Marked(text="".join(reading.parts), marks=tuple(reading.marks))
    return Words(marked=marked, boxes=reading.boxes, hidden=reading.hidden, lost=reading.lost)


def _read(node: Node, reading: _Reading) -> None:
    for child in node.nodes:
        if child.tag == "r":
            _run(child, reading)
        elif child.tag in _HOLDERS or child.tag.startswith("m:"):
            if child.tag == "m:t":
                reading.add(child.text)
            _read(child, reading)
        elif child.tag == "mc:AlternateContent":
            for chosen in alternative(child):
                _read(chosen, reading)
        elif child.tag == "ruby":
            _read(child, reading)
        elif child.tag in ("del", "moveFrom"):
            reading.hidden += (one.text for one in child.all("delText"))


def alternative(node: Node) -> Iterator[Node]:
    """Of contents that say the same in several ways the first."""
    chosen = node.child("mc:Choice") or node.child("mc:Fallback")
    if chosen is not None:
        yield chosen


def _run(run: Node, reading: _Reading) -> None:
    properties = run.child("rPr")
    if is_on(properties, "vanish"):
        reading.hidden += (one.text for one in run.all("t"))
        return
    raised = properties.value("vertAlign") if properties is not None else None
    _run_children(run, raised or "", reading)


def _run_children(run: Node, raised: str, reading: _Reading) -> None:
    for child in run.nodes:
        if child.tag == "t":
            text = child.text
            if raised in _RAISED and _FIGURES.fullmatch(text.strip()):
                text = text.translate(_RAISED[raised])
            reading.add(text)
        elif child.tag in _SIGNS:
            is_page = child.attributes.get("type") in ("page", "column")
            reading.add(" " if is_page else _SIGNS[child.tag])
        elif child.tag in _NOTE_MARKS:
            _mark(child, reading)
        elif child.tag == "mc:AlternateContent":
            for chosen in alternative(child):
                _run_children(chosen, raised, reading)
        else:
            _rare(child, reading)


def _rare(node: Node, reading: _Reading) -> None:
    if node.tag == "fldChar":
        _field(node.attributes.get("fldCharType", ""), reading)
    elif node.tag == "sym":
        _symbol(node.attributes.get("char", ""), reading)
    elif node.tag in _PICTURES:
        reading.boxes += _boxes(node)
    elif node.tag == "ruby":
        _read(node, reading)


def _mark(node: Node, reading: _Reading) -> None:
    key = f"{_NOTE_MARKS[node.tag]} {node.attributes.get('id', '')}"
    label = reading.labels(*key.split(" ", 1))
    if label is None or node.attributes.get("customMarkFollows") in ("1", "true", "on"):
        return
    start = reading.length
    reading.add(label)
    if reading.length > start:
        reading.marks.append(Mark(start=start, stop=reading.length, label=label, key=key))


def _field(kind: str, reading: _Reading) -> None:
    if kind == "begin":
        reading.fields.append(False)
    elif kind == "separate" and reading.fields:
        reading.fields[-1] = True
    elif kind == "end" and reading.fields:
        reading.fields.pop()


def _symbol(code: str, reading: _Reading) -> None:
    try:
        value = int(code, 16)
        sign = chr(value)
    except (ValueError, OverflowError):
        return
    if value in _PRIVATE:
        reading.lost += 1
        sign = "�"
    reading.add(sign)


def _boxes(node: Node) -> Iterator[Node]:
    """The outermost text boxes in a picture."""
    if node.tag == "txbxContent":
        yield node
    elif node.tag == "mc:AlternateContent":
        for chosen in alternative(node):
            yield from _boxes(chosen)
    else:
        for child in node.nodes:
            yield from _boxes(child)
