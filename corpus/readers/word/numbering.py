"""The numbers that Word puts before paragraphs, counted as it does.

ECMA-376, part 1, 17.9: a paragraph names a list and a level; lists that share a definition count
on together; a level begins anew after one above it, unless it is told otherwise.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from corpus.readers.word.nodes import Node, is_on
from corpus.readers.word.number_formats import is_known, printed
from corpus.readers.word.styles import whole

_PLACE = re.compile(r"%(\d)")
_LEVELS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How a level of a list counts and prints; `style` is the paragraph style bound to it."""

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    restart: int | None = None
    is_legal: bool = False
    style: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A paragraph's number as printed, "(a)" or "12.3."; empty for a bullet.

    `list` is the definition that it counts in, `value` where it has come to in its level.
    """

    printed: str
    level: int
    value: int
    list: str
    number_format: str
    is_compound: bool

    @property
    def cited(self) -> str:
        """The number without the stop or bracket that closes it."""
        text = self.printed.strip()
        return text if text.startswith("(") else text.rstrip(".):")


@dataclass(slots=True, kw_only=True)
class _List:
    definition: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


@dataclass(slots=True)
class Numbering:
    """The lists of a file, and how far each has counted; `unknown` are formats read as figures."""

    _lists: dict[str, _List] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)

    def level_of(self, number: str, style: str) -> int:
        """The level of a list that is bound to a paragraph style, else the first."""
        found = self._lists.get(number)
        levels = found.levels.items() if found else ()
        return next((index for index, level in levels if level.style == style), 0)

    def next(self, number: str, index: int) -> Number | None:
        """The number of the next paragraph in a list, None where there is no such list."""
        found = self._lists.get(number)
        if found is None or not 0 <= index < _LEVELS:
            return None
        counts = self._counts.setdefault(found.definition, {})
        level = found.levels.get(index, Level())
        if index in found.starts and (number, index) not in self._started:
            counts[index] = found.starts[index]
        else:
            counts[index] = counts[index] + 1 if index in counts else level.start
        self._started.add((number, index))
        for deeper in [one for one in counts if one > index]:
            restart = found.levels.get(deeper, Level()).restart
            if restart is None or index < restart:
                del counts[deeper]
        if not is_known(level.number_format):
            self.unknown.add(level.number_format)
        return Number(
            printed=self._printed(found, level, counts),
            level=index,
            value=counts[index],
            list=found.definition,
            number_format=level.number_format,
            is_compound=len(set(_PLACE.findall(level.text))) > 1,
        )

    def _printed(self, found: _List, level: Level, counts: Mapping[int, int]) -> str:
        if level.number_format in ("bullet", "none") and not _PLACE.search(level.text):
            return ""

        def place(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            of = found.levels.get(index, Level())
            shown = "decimal" if level.is_legal and of.number_format != "none" else of.number_format
            return printed(counts.get(index, of.start), shown)

        return _PLACE.sub(place, level.text)


def numbering(nodes: Iterable[Node], style_numbers: Mapping[str, str | None]) -> Numbering:
    """The lists that numbering.xml defines; `style_numbers` are those of styles, by their ids."""
    definitions: dict[str, Node] = {}
    numbers: dict[str, Node] = {}
    for node in nodes:
        if node.tag == "abstractNum":
            definitions.setdefault(node.attributes.get("abstractNumId", ""), node)
        elif node.tag == "num":
            numbers.setdefault(node.attributes.get("numId", ""), node)
    made = Numbering()
    for name, node in numbers.items():
        definition = node.value("abstractNumId") or ""
        linked = (
            definitions[definition].value("numStyleLink") if definition in definitions else None
        )
        if linked is not None:
            of_style = numbers.get(style_numbers.get(linked) or "")
            definition = (of_style.value("abstractNumId") if of_style else None) or definition
        if definition in definitions:
            made._lists[name] = _list(definition, definitions[definition], node)  # noqa: SLF001
    return made


def _list(name: str, definition: Node, number: Node) -> _List:
    levels = {index: _level(node) for index, node in _by_level(definition, "lvl")}
    starts: dict[int, int] = {}
    for index, override in _by_level(number, "lvlOverride"):
        own = override.child("lvl")
        if own is not None:
            levels[index] = _level(own)
        start = whole(override.value("startOverride"))
        if start is not None:
            starts[index] = start
            levels[index] = replace(levels.get(index, Level()), start=start)
    return _List(definition=name, levels=levels, starts=starts)


def _by_level(node: Node, tag: str) -> Iterable[tuple[int, Node]]:
    for child in node.nodes:
        index = whole(child.attributes.get("ilvl"))
        if child.tag == tag and index is not None:
            yield index, child


def _level(node: Node) -> Level:
    start = whole(node.value("start"))
    text = node.child("lvlText")
    return Level(
        start=1 if start is None else start,
        number_format=node.value("numFmt") or "decimal",
        text=text.attributes.get("val", "") if text is not None else "",
        restart=whole(node.value("lvlRestart")),
        is_legal=is_on(node, "isLgl"),
        style=node.value("pStyle"),
    )
