"""The words of a block of HTML inside Markdown, tags left out; the door to Python's HTML parser."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

from corpus.passage import Span
from corpus.readers.extraction import LeftOut
from corpus.readers.markdown_inline import Missed, Reading, Words

# Tags that stand inside a sentence; every other tag begins a paragraph, save those below.
_INLINE = frozenset(
    re.findall(
        r"\w+",
        "a abbr b bdi bdo cite code data del dfn em font i ins kbd mark q s samp small span strong"
        " sub sup time tt u var wbr",
    )
)
_OPEN_COMMENT = "<!--"
_PARTS = {"br": "\n", "td": "\t", "th": "\t"}
_UNSEEN = frozenset({"script", "style", "template"})
_PICTURES = frozenset({"img", "picture", "svg", "video", "audio", "object", "iframe"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


@dataclass(slots=True, kw_only=True)
class Stretch:
    """Words between two tags that part paragraphs; `level` is a heading's, 0 for a paragraph."""

    level: int = 0
    words: list[Words] = field(default_factory=list)


def read_html(content: str) -> tuple[list[Stretch], Reading]:
    """The paragraphs and headings of a block of HTML, and a reading that says what is missed."""
    stretches, unseen = [Stretch()], ""
    missed: list[Missed] = []
    for kind, name, span in _events(content):
        source = content[span.start : span.stop]
        if unseen or name in _UNSEEN:
            before = missed.pop().span.start if unseen else span.start
            missed.append(Missed(span=Span(start=before, stop=span.stop), what=LeftOut.SCRIPT))
            if not unseen:
                unseen = name if kind == "start" else ""
            elif (kind, name) == ("end", unseen):
                unseen = ""
        elif kind == "words":
            stretches[-1].words += _words(source, span)
            missed += (
                Missed(span=found, what=LeftOut.OPEN_COMMENT)
                for found in _open_comments(source, span.start)
            )
        elif kind == "other":
            comment = source.startswith(_OPEN_COMMENT)
            missed.append(Missed(span=span, what=LeftOut.COMMENT if comment else LeftOut.OTHER))
        elif name in _PARTS:
            if kind == "start" and stretches[-1].words:
                stretches[-1].words.append(Words(span=span, instead=_PARTS[name]))
            else:
                missed.append(Missed(span=span, what=LeftOut.TAG))
        else:
            missed.append(Missed(span=span, what=_tag(name)))
            if name not in _INLINE:
                level = _HEADINGS.get(name, 0) if kind == "start" else 0
                stretches.append(Stretch(level=level))
    found = [stretch for stretch in stretches if stretch.words]
    return found, Reading(words=(), missed=tuple(missed))


def _words(source: str, span: Span) -> Iterator[Words]:
    """What stands between tags, a reference such as `&amp;` as what it stands for."""
    if source.startswith("&"):
        decoded = html.unescape(source)
        yield Words(span=span, instead=decoded if decoded != source else None)
        return
    at = span.start
    for mark in _open_comments(source, span.start):
        if at < mark.start:
            yield Words(span=Span(start=at, stop=mark.start))
        at = mark.stop
    if at < span.stop:
        yield Words(span=Span(start=at, stop=span.stop))


def _open_comments(source: str, shift: int) -> Iterator[Span]:
    for match in re.finditer(_OPEN_COMMENT, source):
        yield Span(start=match.start(), stop=match.end()).moved(shift)


def _tag(name: str) -> LeftOut:
    return LeftOut.PICTURE if name in _PICTURES else LeftOut.TAG


class _Events(HTMLParser):
    """What stands where: `words`, `start` and `end` of an element, `other`."""

    def __init__(self, content: str) -> None:
        super().__init__(convert_charrefs=False)
        lines = content.split("\n")
        self._starts = [0]
        for line in lines:
            self._starts.append(self._starts[-1] + len(line) + 1)
        self.found: list[tuple[str, str, int]] = []
        # A comment that nothing closes would run to the end: blanks in its mark's place.
        closed = content.rfind("-->") + 1
        blank = " " * len(_OPEN_COMMENT)
        self.feed(content[:closed] + content[closed:].replace(_OPEN_COMMENT, blank))
        self.close()

    def _add(self, kind: str, name: str = "") -> None:
        line, column = self.getpos()
        self.found.append((kind, name, self._starts[line - 1] + column))

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  the parser's
        self._add("start", tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self._add("empty" if tag not in _PARTS else "start", tag)

    def handle_endtag(self, tag: str) -> None:
        self._add("end", tag)

    def handle_data(self, data: str) -> None:  # noqa: ARG002
        self._add("words")

    def handle_entityref(self, name: str) -> None:  # noqa: ARG002
        self._add("words")

    def handle_charref(self, name: str) -> None:  # noqa: ARG002
        self._add("words")

    def handle_comment(self, data: str) -> None:  # noqa: ARG002
        self._add("other")

    def handle_decl(self, decl: str) -> None:  # noqa: ARG002
        self._add("other")

    def handle_pi(self, data: str) -> None:  # noqa: ARG002
        self._add("other")

    def unknown_decl(self, data: str) -> None:  # noqa: ARG002
        self._add("other")


def _events(content: str) -> Iterator[tuple[str, str, Span]]:
    """Each event with where it stands: up to where the next one does."""
    found = [*_Events(content).found, ("", "", len(content))]
    for (kind, name, start), (_, _, stop) in pairwise(found):
        if start < stop:
            yield kind, name, Span(start=start, stop=stop)
