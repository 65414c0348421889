"""Markdown with YAML front matter; the door to markdown-it and to YAML.

The first heading of level 1 is the title, other headings make the section path; paragraphs and
list items are paragraphs. Emphasis, links and footnote references are hidden, not removed, so
that offsets stay those of the file.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.errors import UnreadableReport
from corpus.passage import Span, without
from corpus.readers.document import Block, BlockKind, Document, dated_heading

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?P<yaml>.*?\n)?---[ \t]*(?:\r?\n|$)", re.DOTALL)
_ADDRESS = r"""\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+(?:"[^"]*"|'[^']*'))?\)"""
_MARKUP = re.compile(
    r"(?P<escape>\\)[!-/:-@\[-`{-~]"  # \*: the backslash goes
    rf"|!?\[(?=[^\]\n]+{_ADDRESS})|(?<=.){_ADDRESS}"  # [link](address): the address goes
    r"|\[\^[^\]\s]+\]"  # [^1]
    r"|(?<=\n)[ \t]*>[ \t>]*"  # > before each line of a quotation
    r"|`+"
    r"|(?P<emphasis>\*{2,3}|_{2,3}(?=\S)|(?<=\S)_{2,3}"
    r"|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|(?<!\w)_(?=\S)|(?<=\S)_(?!\w))"
)
_NEWLINE = re.compile(r"\r\n?|\n")
_CONTENT = re.compile(
    r"(?:[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+)*[ \t>]*(?:#{1,6}[ \t]+)?(?P<content>\S)"
)
# An indented paragraph is one: reports hold no code.
_PARSER = MarkdownIt("commonmark").disable("code")
_NOT_STATED = ("", "~", "null")


def read_markdown(text: str, name: str) -> Document:
    """The blocks of a Markdown text; raises UnreadableReport where its front matter is broken."""
    match = _FRONT_MATTER.match(text)
    body = match.end() if match else 0
    metadata = _front_matter(match["yaml"] or "", name) if match else {}
    line_starts = [body, *(found.end() for found in _NEWLINE.finditer(text, body))]
    tokens = _PARSER.parse(text[body:])
    blocks: list[Block] = []
    titled = False
    for opener, inline in pairwise(tokens):
        if inline.type != "inline" or inline.map is None or not inline.content.strip():
            continue
        first, after = inline.map
        stop = line_starts[after] if after < len(line_starts) else len(text)
        block = _block(text, (line_starts[first], stop), opener, inline, titled=titled)
        if block is None:
            continue
        if block.kind is BlockKind.TITLE:
            titled = True
            metadata = {"title": block.heading, **metadata}
        blocks.append(block)
    return Document(text=text, blocks=tuple(_gather_press(blocks)), metadata=metadata)


def _block(
    text: str, lines: tuple[int, int], opener: Token, inline: Token, *, titled: bool
) -> Block | None:
    start, stop = lines
    content = _CONTENT.match(text, start, stop)
    if content is None:
        return None
    start = content.start("content")
    stop = start + len(text[start:stop].rstrip())
    hidden = _markup(text[start:stop], inline)
    if opener.type != "heading_open":
        return Block(kind=BlockKind.PARAGRAPH, start=start, stop=stop, hidden=hidden)
    level = int(opener.tag[1:]) - 1
    words = without(inline.content, _markup(inline.content, inline))
    return Block(
        kind=BlockKind.HEADING if level or titled else BlockKind.TITLE,
        start=start,
        stop=stop,
        level=max(level, 1),
        heading=" ".join(words.split()),
        hidden=hidden,
    )


def _markup(source: str, inline: Token) -> tuple[Span, ...]:
    """What of a block's source is markup; a lone star is not, where nothing is emphasised."""
    kinds = {child.type for child in inline.children or ()}
    emphasised = not kinds.isdisjoint({"em_open", "strong_open"})
    found = [
        match.span("escape") if match["escape"] else match.span()
        for match in _MARKUP.finditer(source)
        if emphasised or not match["emphasis"]
    ]
    return tuple(Span(start=start, stop=stop) for start, stop in found)


def _gather_press(blocks: list[Block]) -> list[Block]:
    """Join each dated heading and the paragraphs under it to one press item."""
    gathered: list[Block] = []
    for block in blocks:
        press = dated_heading(block.heading)
        previous = gathered[-1] if gathered else None
        if press is not None:
            gathered.append(replace(block, kind=BlockKind.PARAGRAPH, press=press))
        elif previous and previous.press and block.kind is BlockKind.PARAGRAPH:
            shift = block.start - previous.start
            moved = tuple(
                Span(start=span.start + shift, stop=span.stop + shift) for span in block.hidden
            )
            gathered[-1] = replace(previous, stop=block.stop, hidden=(*previous.hidden, *moved))
        else:
            gathered.append(block)
    return gathered


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
