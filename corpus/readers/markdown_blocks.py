"""The blocks of a Markdown text; the door to markdown-it."""

import re
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, fence, html_block, paragraph
from markdown_it.rules_block.html_block import HTML_SEQUENCES
from markdown_it.token import Token

from corpus.passage import NoteMark, Span
from corpus.readers.document import Block, BlockKind
from corpus.readers.extraction import LeftOut
from corpus.readers.html_block import read_html
from corpus.readers.markdown_inline import NOTE, InlineReader, Reading, Words
from corpus.readers.markdown_tables import Tables, cells

_NOTE_TEXT = re.compile(NOTE.pattern + r":[ \t]*")
_ROW = re.compile(r"[ \t>]*\|?(?P<cells>.*?)(?:(?<!\\)\|)?[ \t]*$")
# What closes a block of HTML that does not end with a blank line (CommonMark, 4.6, 1 to 5).
_CLOSED_BY = HTML_SEQUENCES[:5]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundBlocks:
    """What the blocks of a text are made of, as places in it."""

    blocks: list[Block]
    missed: list[tuple[LeftOut, Span]]
    instead: list[tuple[Span, str]]
    # What names the columns of tables, whose rows repeat it.
    heads: list[Span]


def found_blocks(text: str, lines: Sequence[int]) -> FoundBlocks:
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
    found = FoundBlocks(
        blocks=[], missed=[(LeftOut.OPEN_FENCE, span) for span in fences], instead=[], heads=[]
    )

    def read(content: str) -> Reading:
        return reader.read(content, parser, known, notes)

    tables, depth = Tables(), 0
    for opener, token in pairwise([Token("", "", 0), *tokens]):
        if token.type in ("list_item_open", "list_item_close"):
            depth += token.nesting
        elif token.type == "table_close" and tables.head is not None:
            place, reading = tables.head  # of a table that has no other row
            _take(found, text, range(place.start, place.stop), reading)
            tables.head = None
        elif token.map is None or opener.type in ("th_open", "td_open"):
            continue
        elif token.type == "tr_open":
            place = Span(start=lines[token.map[0]], stop=lines[token.map[0] + 1])
            _take_row(found, text, place, tables, read, is_head=opener.type == "thead_open")
        elif token.type == "inline":
            _take_inline(found, text, lines, (opener, token), read, is_item=depth > 0)
        elif token.type == "fence":
            places = _places(text, lines, token.map[0] + 1, token.content.rstrip())
            _take(found, text, places, _all_of(places))
        elif token.type == "html_block":
            places = _places(text, lines, token.map[0], token.content)
            _take_html(found, text, places, token.content)
    return found


def _take_inline(
    found: FoundBlocks,
    text: str,
    lines: Sequence[int],
    tokens: tuple[Token, Token],
    read: Callable[[str], Reading],
    *,
    is_item: bool,
) -> None:
    """Take up a heading, a paragraph, an item or a note."""
    opener, token = tokens
    assert token.map is not None
    note = _NOTE_TEXT.match(token.content) if opener.type == "paragraph_open" else None
    shift = note.end() if note else 0
    reading = read(token.content[shift:]).moved(shift)
    places = _places(text, lines, token.map[0], token.content)
    if opener.type == "heading_open":
        _take(found, text, places, reading, level=int(opener.tag[1:]))
    elif note:
        _take(found, text, places, reading, kind=BlockKind.NOTE, label=note[1])
    else:
        kind = BlockKind.ITEM if is_item else BlockKind.PARAGRAPH
        _take(found, text, places, reading, kind=kind)


def _take_row(
    found: FoundBlocks,
    text: str,
    place: Span,
    tables: Tables,
    read: Callable[[str], Reading],
    *,
    is_head: bool,
) -> None:
    """Take up a table's row; what names its columns is part of each."""
    match = _ROW.match(text, place.start, place.stop)
    assert match is not None  # any line is one
    row, inside = match["cells"], Span(start=match.start("cells"), stop=match.end("cells") or 1)
    if inside.start == len(text):
        return
    readings = [
        read(row[cell.start : cell.stop]).moved(cell.start) if cell else Reading(words=())
        for cell in cells(row)
    ]
    if is_head:
        tables.begin(row, inside, readings)
        return
    if tables.head is not None:
        head, reading = tables.head
        found.heads.append(head)
        found.missed.extend((one.what, one.span.moved(head.start)) for one in reading.missed)
        tables.head = None
    label, named = tables.row(readings, row)
    _take(found, text, range(inside.start, inside.stop), named, kind=BlockKind.ROW, label=label)


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
    found: FoundBlocks,
    text: str,
    places: Sequence[int],
    reading: Reading,
    *,
    level: int = 0,
    kind: BlockKind = BlockKind.PARAGRAPH,
    label: str | None = None,
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
    if level:
        is_title = level == 1 and _has_no_title(found)
        kind = BlockKind.TITLE if is_title else BlockKind.HEADING
    marks = ((_at(span, places), note) for span, note in reading.marks)
    found.blocks.append(
        Block(
            kind=kind,
            start=begin,
            stop=places[-1] + 1,
            level=level,
            heading=" ".join(heading.split()) if level else "",
            hidden=tuple(
                Span(start=run.start(), stop=run.end()) for run in re.finditer(b"\0+", shown)
            ),
            label=label,
            notes=tuple(
                NoteMark(start=span.start - begin, stop=span.stop - begin, note=note)
                for span, note in marks
            ),
        )
    )


def _take_html(found: FoundBlocks, text: str, places: Sequence[int], content: str) -> None:
    stretches, missed = read_html(content)
    _take(found, text, places, missed)
    for stretch in stretches:
        first, last = stretch.words[0].span.start, stretch.words[-1].span.stop
        reading = Reading(words=tuple(stretch.words)).moved(-first)
        _take(found, text, places[first:last], reading, level=stretch.level)


def _at(span: Span, places: Sequence[int]) -> Span:
    return Span(start=places[span.start], stop=places[span.stop - 1] + 1)


def _hide_outer_blanks(text: str, begin: int, shown: bytearray) -> None:
    """What stands between blanks and the edge of a block is markup; the words begin after them."""
    for places in (range(len(shown)), range(len(shown) - 1, -1, -1)):
        for place in places:
            if shown[place] and not text[begin + place].isspace():
                break
            shown[place] = 0


def _has_no_title(found: FoundBlocks) -> bool:
    return all(block.kind is not BlockKind.TITLE for block in found.blocks)
