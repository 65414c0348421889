"""Markdown with YAML front matter; a door to markdown-it, the one to YAML.

Headings make the section path; paragraphs, items of lists, rows of tables, notes, blocks of code
and the paragraphs of HTML blocks are paragraphs. Markup is hidden, not removed. What is spelled
with a code (`&amp;`, `<br>`, `<sup>2</sup>`) becomes the character that it stands for, so that a
document's text is the file's but for these. Whatever of the file is in no block is said to be
dropped.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, fence, html_block, paragraph
from markdown_it.rules_block.html_block import HTML_SEQUENCES
from markdown_it.token import Token

from corpus.errors import UnreadableReport
from corpus.passage import Span
from corpus.readers.document import (
    Block,
    BlockKind,
    Document,
    dated_heading,
)
from corpus.readers.extraction import Dropped, Extraction, LeftOut
from corpus.readers.html_block import read_html
from corpus.readers.markdown_inline import NOTE, InlineReader, Reading, Words

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?P<yaml>.*?\n)?---[ \t]*(?:\r?\n|$)", re.DOTALL)
_NEWLINE = re.compile(r"\r\n?|\n")
_NOTE_TEXT = re.compile(NOTE.pattern + r":[ \t]*")
_ROW = re.compile(r"[ \t>]*\|?(?P<cells>.*?)(?:(?<!\\)\|)?[ \t]*$")
# What opens a line of a list or a quotation: marks that say nothing.
_LINE_MARKS = re.compile(r"(?:[ \t>]*(?:[-*+]|\d{1,9}[.)])(?=\s|$))*[ \t>]*")
_LINE = re.compile(r"[^\r\n]+")
# What closes a block of HTML that does not end with a blank line (CommonMark, 4.6, 1 to 5).
_CLOSED_BY = HTML_SEQUENCES[:5]
_NOT_STATED = ("", "~", "null")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What the blocks of a text are made of, as places in it."""

    blocks: list[Block]
    missed: list[tuple[LeftOut, Span]]
    instead: list[tuple[Span, str]]


def read_markdown(text: str, name: str) -> Document:
    """The blocks of a Markdown text; raises UnreadableReport where its front matter is broken."""
    match = _FRONT_MATTER.match(text)
    body = match.end() if match else 0
    metadata = _front_matter(match["yaml"] or "", name) if match else {}
    lines = [body, *(found.end() for found in _NEWLINE.finditer(text, body)), len(text)]
    found = _found(text, lines)
    title = next((block for block in found.blocks if block.kind is BlockKind.TITLE), None)
    if title is not None:
        metadata = {"title": title.heading, **metadata}
    extraction = Extraction(dropped=_dropped(text, body, found))
    words, blocks = _spelled_out(text, _gather_press(text, found.blocks), found.instead)
    return Document(text=words, blocks=tuple(blocks), metadata=metadata, extraction=extraction)


def _found(text: str, lines: Sequence[int]) -> _Found:
    """All that markdown-it finds in the lines of a text, which are given by where they begin."""
    parser, reader = _parser()
    known: dict[str, Any] = {"open_fences": [], "unclosed": set()}
    tokens = parser.parse(text[lines[0] :], known)
    notes = {
        match[1].casefold()
        for token in tokens
        if token.type == "inline" and (match := _NOTE_TEXT.match(token.content))
    }
    fences = (Span(start=lines[line], stop=lines[line + 1]) for line in known["open_fences"])
    found = _Found(blocks=[], missed=[(LeftOut.OPEN_FENCE, span) for span in fences], instead=[])
    for opener, token in pairwise([Token("", "", 0), *tokens]):
        if token.map is None or opener.type in ("th_open", "td_open"):
            continue
        first = token.map[0]
        if token.type == "tr_open":
            row = _ROW.match(text, lines[first], lines[first + 1])
            assert row is not None  # any line is one
            cells = range(*row.span("cells"))
            _take(found, text, cells, reader.read(row["cells"], parser, known, notes))
        elif token.type == "inline":
            note = _NOTE_TEXT.match(token.content)
            shift = note.end() if note and opener.type == "paragraph_open" else 0
            reading = reader.read(token.content[shift:], parser, known, notes).moved(shift)
            places = _places(text, lines, first, token.content)
            level = int(opener.tag[1:]) if opener.type == "heading_open" else 0
            _take(found, text, places, reading, level)
        elif token.type == "fence":
            places = _places(text, lines, first + 1, token.content.rstrip())
            _take(found, text, places, _all_of(places))
        elif token.type == "html_block":
            _take_html(found, text, _places(text, lines, first, token.content), token.content)
    return found


def _parser() -> tuple[MarkdownIt, InlineReader]:
    parser, reader = MarkdownIt(), InlineReader()
    parser.inline = reader
    # An indented paragraph is one: reports hold no code. What stands in the blocks is read here.
    parser.configure("commonmark").enable(["table", "strikethrough"]).disable(["code", "inline"])
    reader.ruler2.disable("fragments_join")
    interrupts = ["paragraph", "reference", "blockquote"]
    rules = parser.block.ruler
    rules.before("reference", "note", _note, {"alt": interrupts[:1]})
    rules.at("fence", _closed_fence, {"alt": [*interrupts, "list"]})
    rules.at("html_block", _closed_html, {"alt": interrupts})
    reader.ruler.before("link", "note", reader.note)
    return parser, reader


def _note(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A note's text is a paragraph that begins with its label."""
    start = state.bMarks[line] + state.tShift[line]
    is_note = _NOTE_TEXT.match(state.src, start, state.eMarks[line]) is not None
    return is_note and (silent or paragraph(state, line, end, silent))


def _closed_fence(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A block of code that something closes; the mark of one that nothing does is left out.

    CommonMark lets it run to the end of the file: a report's headings would be lost in it.
    """
    if not fence(state, line, end, silent):
        return False
    if not silent:
        mark = state.tokens[-1].markup
        last = state.line - 1
        closing = state.getLines(last, last + 1, 0, False).lstrip("> \t").rstrip()
        if last == line or not closing.startswith(mark) or set(closing) != {mark[0]}:
            state.tokens.pop()
            state.line = line + 1
            state.env["open_fences"].append(line)
    return True


def _closed_html(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A block of HTML, if what opens it is closed: a comment would hide the rest of the file."""
    if silent:
        return html_block(state, line, end, silent)
    opening = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    closing = next((close for begin, close, _ in _CLOSED_BY if begin.match(opening)), None)
    # What nothing closes after one line nothing closes after the next.
    if (closing, end) in state.env["unclosed"] or not html_block(state, line, end, silent):
        return False
    if closing is None or closing.search(state.tokens[-1].content):
        return True
    if state.line == end:
        state.env["unclosed"].add((closing, end))
    state.tokens.pop()
    state.line = line
    return False


def _places(text: str, lines: Sequence[int], first: int, content: str) -> Sequence[int]:
    """Where each character of a block's content stands; it begins in line `first`.

    Each of its lines ends a line of the file, but for blanks and for what closes a heading.
    """
    places = array("q")
    for number, line in enumerate(content.split("\n"), first):
        start, stop = lines[min(number, len(lines) - 1)], lines[min(number + 1, len(lines) - 1)]
        words = line.strip()
        at = max(text.rfind(words, start, stop), start)
        blanks = len(line) - len(line.lstrip())
        places.extend(max(at - blanks + index, start) for index in range(len(line)))
        places.append(max(stop - 1, 0))
    return places[: len(content)]


def _all_of(places: Sequence[int]) -> Reading:
    return Reading(words=(Words(span=Span(start=0, stop=len(places))),) if places else ())


def _take(
    found: _Found, text: str, places: Sequence[int], reading: Reading, level: int = 0
) -> None:
    """Take up what was read of a block: its words, if there are any, and what is left out."""
    found.missed.extend((missed.what, _at(missed.span, places)) for missed in reading.missed)
    if not places:
        return
    begin = places[0]
    shown, words = bytearray(places[-1] + 1 - begin), []
    for word in reading.words:
        span = _at(word.span, places)
        if word.instead is None:
            for place in places[word.span.start : word.span.stop]:
                shown[place - begin] = 1
                words.append(text[place])
        else:
            shown[span.start - begin : span.stop - begin] = b"\1" * (span.stop - span.start)
            found.instead.append((span, word.instead))
            words.append(word.instead)
    if not (heading := "".join(words)).strip():
        return
    # Blanks between the lines of a paragraph are its own; marks of quotation are not.
    for place, after in pairwise(places):
        if after > place + 1 and text[place + 1 : after].isspace():
            shown[place + 1 - begin : after - begin] = b"\1" * (after - place - 1)
    _hide_outer_blanks(text, begin, shown)
    kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
    found.blocks.append(
        Block(
            kind=BlockKind.TITLE if level == 1 and _has_no_title(found) else kind,
            start=begin,
            stop=places[-1] + 1,
            level=level,
            heading=" ".join(heading.split()) if level else "",
            hidden=tuple(
                Span(start=run.start(), stop=run.end()) for run in re.finditer(b"\0+", shown)
            ),
        )
    )


def _take_html(found: _Found, text: str, places: Sequence[int], content: str) -> None:
    stretches, missed = read_html(content)
    _take(found, text, places, missed)
    for stretch in stretches:
        first, last = stretch.words[0].span.start, stretch.words[-1].span.stop
        reading = Reading(words=tuple(stretch.words)).moved(-first)
        _take(found, text, places[first:last], reading, stretch.level)


def _at(span: Span, places: Sequence[int]) -> Span:
    return Span(start=places[span.start], stop=places[span.stop - 1] + 1)


def _hide_outer_blanks(text: str, begin: int, shown: bytearray) -> None:
    """What stands between blanks and the edge of a block is markup; the words begin after them."""
    for places in (range(len(shown)), range(len(shown) - 1, -1, -1)):
        for place in places:
            if shown[place] and not text[begin + place].isspace():
                break
            shown[place] = 0


def _has_no_title(found: _Found) -> bool:
    return all(block.kind is not BlockKind.TITLE for block in found.blocks)


def _gather_press(text: str, blocks: Iterable[Block]) -> list[Block]:
    """Join each dated heading and the paragraphs under it to one press item."""
    gathered: list[Block] = []
    for block in blocks:
        press = dated_heading(block.heading)
        previous = gathered[-1] if gathered else None
        if press is not None:
            gathered.append(replace(block, kind=BlockKind.PARAGRAPH, press=press))
        elif previous and previous.press and block.kind is BlockKind.PARAGRAPH:
            moved = [span.moved(block.start - previous.start) for span in block.hidden]
            # Marks of lists and quotations between them.
            between = text[previous.stop : block.start]
            marks = [
                Span(start=match.start(), stop=match.end()).moved(previous.stop - previous.start)
                for match in re.finditer(r"\S+(?:[^\S\r\n]+\S+)*[^\S\r\n]*", between)
            ]
            hidden = (*previous.hidden, *marks, *moved)
            gathered[-1] = replace(previous, stop=block.stop, hidden=hidden)
        else:
            gathered.append(block)
    return gathered


def _dropped(text: str, body: int, found: _Found) -> tuple[Dropped, ...]:
    """What is in no block, or hidden in one without being a mere mark."""
    covered = [*((block.start, block.stop) for block in found.blocks)]
    covered += ((span.start, span.stop) for _, span in found.missed)
    missed = [*found.missed, *_left(text, body, sorted(covered))]
    starts = [0, *(match.end() for match in _NEWLINE.finditer(text))]
    return tuple(
        Dropped(
            what=what,
            start=span.start,
            stop=span.stop,
            line=bisect_right(starts, span.start),
            last_line=bisect_right(starts, span.stop - 1),
            words=len(re.findall(r"\w+", text[span.start : span.stop])),
        )
        for what, span in sorted(missed, key=lambda found: found[1].start)
    )


def _left(
    text: str, body: int, covered: Sequence[tuple[int, int]]
) -> Iterator[tuple[LeftOut, Span]]:
    """Lines, or parts of them, with letters or figures that nothing took up."""
    at = body
    for start, stop in [*covered, (len(text), len(text))]:
        for match in _LINE.finditer(text, at, max(start, at)):
            marks = _LINE_MARKS.match(match[0])
            words = match[0][marks.end() if marks else 0 :]
            if any(letter.isalnum() for letter in words):
                is_definition = words.startswith("[") and "]:" in words
                what = LeftOut.DEFINITION if is_definition else LeftOut.OTHER
                yield what, Span(start=match.start(), stop=match.end())
        at = max(at, stop)


def _spelled_out(
    text: str, blocks: Iterable[Block], instead: Iterable[tuple[Span, str]]
) -> tuple[str, list[Block]]:
    """The text with what is written in codes as characters, and its blocks in that text."""
    parts, stops, shifts, at = [], [], [0], 0
    for span, characters in sorted(instead, key=lambda found: found[0].start):
        parts += [text[at : span.start], characters]
        stops.append(span.stop)
        shifts.append(shifts[-1] + len(characters) - (span.stop - span.start))
        at = span.stop
    words = "".join([*parts, text[at:]])

    def moved(place: int) -> int:
        return place + shifts[bisect_right(stops, place)]

    return words, [_trimmed(words, block, moved) for block in blocks]


def _trimmed(text: str, block: Block, moved: Callable[[int], int]) -> Block:
    """A block at its new place, without blanks at its edges."""
    first, last = moved(block.start), moved(block.stop)
    start = last - len(text[first:last].lstrip())
    stop = first + len(text[first:last].rstrip())
    edges = ((moved(block.start + s.start), moved(block.start + s.stop)) for s in block.hidden)
    inside = ((max(a, start), min(b, stop)) for a, b in edges)
    hidden = tuple(Span(start=a - start, stop=b - start) for a, b in inside if a < b)
    return replace(block, start=start, stop=stop, hidden=hidden)


def _front_matter(source: str, name: str) -> Mapping[str, str]:
    try:
        # Every value as it is written: the language `no` is not false, nor a date another form.
        values = yaml.load(source, Loader=yaml.BaseLoader) or {}  # noqa: S506  makes strings only
    except yaml.YAMLError as error:
        detail = " ".join(str(error).split())
        raise UnreadableReport(
            f"the front matter of {name} is not valid YAML ({detail}); "
            "write one `field: value` a line between the two lines of dashes."
        ) from None
    if not isinstance(values, dict):
        raise UnreadableReport(
            f"the front matter of {name} is not a list of fields; "
            "write one `field: value` a line between the two lines of dashes."
        )
    for key, value in values.items():
        if not isinstance(value, str):
            raise UnreadableReport(
                f"{key} in the front matter of {name} is not one value; write `{key}: value`."
            )
    return {key: value for key, value in values.items() if value not in _NOT_STATED}
