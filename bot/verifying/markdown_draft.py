"""A draft in Markdown or plain text, and words that were typed."""

import re
from collections.abc import Iterator

from bot.verifying.draft import Draft, NoteReference, Part, PartKind

_NOTE = re.compile(r" {0,3}\[\^(?P<key>[^\]\s]+)\]:[ \t]*(?P<text>.*)")
_QUOTE = re.compile(r" {0,3}> ?")
_HEADING = re.compile(r" {0,3}#{1,6}(?: |$)")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_INLINE = re.compile(
    r"\[\^(?P<note>[^\]\s]+)\]"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|!?\[(?P<label>(?:[^\[\]\\]|\\.)*)\]\((?P<address>[^\s()]*)(?:\s+\"[^\"]*\")?\)"
    r"|(?P<emphasis>\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<!\w)_{1,2}(?=\w)|(?<=[\w.,;:!?”\"’])_{1,2}(?!\w))"
    r"|<(?P<link>https?://[^\s<>]+)>"
)


def read_markdown(text: str) -> Draft:
    """The paragraphs of a text; its lines are kept, its markup is not."""
    plain = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text.replace("\r\n", "\n"))
    parts: list[Part] = []
    notes: dict[str, str] = {}
    for of_block, line, lines in _blocks(plain.split("\n")):
        key = _NOTE.match(lines[0])
        rest = [line.strip() for line in lines[1:]]
        shown, references = _inline("\n".join([key["text"], *rest] if key else lines))
        if key:
            notes[key["key"]] = shown
        parts.append(
            Part(
                text=shown,
                ordinal=len(parts),
                kind=PartKind.NOTE if key else of_block,
                line=line,
                notes=tuple(references),
                key=key["key"] if key else None,
            )
        )
    return Draft(parts=tuple(parts), notes=notes)


def read_quotation(text: str, citation: str) -> Draft:
    """Words that are one quotation, and where they are cited from."""
    note = NoteReference(at=len(text), key="1")
    part = Part(text=text, ordinal=0, kind=PartKind.BLOCK_QUOTE, line=1, notes=(note,))
    return Draft(parts=(part,), notes={"1": citation})


def _blocks(lines: list[str]) -> Iterator[tuple[PartKind, int, list[str]]]:
    """Runs of lines that are a paragraph, each with its kind and its first line from 1."""
    run: list[str] = []
    kind, first, fenced = PartKind.TEXT, 1, False
    for number, line in enumerate([*lines, ""], 1):
        if _FENCE.match(line):
            fenced = not fenced
        quote = _QUOTE.match(line)
        bare = line[quote.end() :] if quote else line
        of_kind = PartKind.BLOCK_QUOTE if quote else PartKind.TEXT
        ends = not bare.strip() or fenced or _HEADING.match(bare) or _FENCE.match(line)
        item = _ITEM.match(bare)
        begins = of_kind is not kind or item or _NOTE.match(bare)
        if run and (ends or begins):
            yield kind, first, run
            run = []
        if not ends:
            if not run:
                kind, first = of_kind, number
                bare = bare[item.end() :] if item else bare
            run.append(bare)


def _inline(text: str) -> tuple[str, list[NoteReference]]:
    """A text without markup, and where its notes are referred to."""
    shown, length, end = [], 0, 0
    references = []
    for match in _INLINE.finditer(text):
        piece = text[end : match.start()]
        end = match.end()
        kept = _kept(match)
        if match["note"]:
            references.append(NoteReference(at=length + len(piece), key=match["note"]))
        shown += [piece, kept]
        length += len(piece) + len(kept)
    return "".join([*shown, text[end:]]), references


def _kept(match: re.Match[str]) -> str:
    if match["label"] is not None:
        label, _ = _inline(match["label"])
        return f"{label} {match['address']}"
    return match["escaped"] or match["link"] or ""
