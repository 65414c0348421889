"""A Word draft with a comment at each place that something is said of."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from bot.verifying.draft import Part
from bot.verifying.word_draft import DOCUMENT, Paragraph, Run, open_parts, paragraphs
from corpus.errors import WrongUse
from corpus.passage import Span

_COMMENTS, _TYPES = "word/comments.xml", "[Content_Types].xml"
_RELATIONS = "word/_rels/document.xml.rels"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_AUTHOR, _INITIALS = "Pincite", "P"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
# Of XML 1.0, that is; a report may hold others.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RUN_TAG = re.compile(rb"<([\w.-]+:)?r[\s/>]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What is said of a stretch of a part of the draft, a paragraph of the comment a line."""

    part: Part
    span: Span
    text: str


def with_comments(
    content: bytes, path: str, comments: Sequence[Comment], *, now: datetime
) -> bytes:
    """A Word document with comments in it and nothing else changed; raises WrongUse.

    What is said of a note stands at its marker in the text, where Word takes comments.
    """
    files = open_parts(content, path)
    read = paragraphs(files[DOCUMENT], path)
    first = _first_free(files.get(_COMMENTS, b""))
    insertions: list[tuple[int, int, bytes]] = []
    told: list[str] = []
    for number, comment in enumerate(comments, first):
        found = _anchored(read, comment)
        if found is not None:
            insertions += _marks(files[DOCUMENT], *found, number)
            told.append(_comment(comment, number, now))
    if told:
        files[DOCUMENT] = _inserted(files[DOCUMENT], insertions)
        _put_in(files, path, told)
    return _packed(content, files)


def _first_free(comments: bytes) -> int:
    ids = [int(found) for found in re.findall(rb"\bid=[\"'](\d+)[\"']", comments)]
    return max(ids, default=-1) + 1


def _anchored(read: Sequence[Paragraph], comment: Comment) -> tuple[Paragraph, Span] | None:
    """The paragraph that a comment stands in and its stretch there, None where there is none."""
    key = comment.part.key
    if key is None:
        return read[comment.part.ordinal], comment.span
    for paragraph in read:
        for reference in paragraph.references:
            if reference.key == key and paragraph.text:
                stop = max(reference.at, 1)
                return paragraph, Span(start=stop - 1, stop=stop)
    return None


def _marks(
    content: bytes, paragraph: Paragraph, span: Span, number: int
) -> list[tuple[int, int, bytes]]:
    """What is put in, and at which byte; of two at one byte the lower order comes first."""
    runs = [run for run in paragraph.runs if run.text]
    first = next(run for run in runs if span.start < run.at + len(run.text))
    last = next(run for run in runs if span.stop <= run.at + len(run.text))
    prefix = _prefix(content, first)
    begin = f'<{prefix}commentRangeStart {prefix}id="{number}"/>'.encode()
    end = (
        f'<{prefix}commentRangeEnd {prefix}id="{number}"/>'
        f'<{prefix}r><{prefix}commentReference {prefix}id="{number}"/></{prefix}r>'
    ).encode()
    return [
        *_at(content, first, span.start - first.at, begin, prefix, order=1),
        *_at(content, last, span.stop - last.at, end, prefix, order=0),
    ]


def _prefix(content: bytes, run: Run) -> str:
    match = _RUN_TAG.match(content, run.start)
    assert match is not None
    return (match[1] or b"").decode()


def _at(
    content: bytes, run: Run, place: int, mark: bytes, prefix: str, *, order: int
) -> list[tuple[int, int, bytes]]:
    """A mark before a character of a run, which is parted there where it can be."""
    inside = 0 < place < len(run.text)
    if not inside or not run.is_plain:
        before = place <= 0 or (inside and order == 1)
        return [(run.start if before else run.stop, order, mark)]
    properties = content[slice(*run.properties)]
    close = f"</{prefix}t></{prefix}r>".encode()
    again = f'<{prefix}t xml:space="preserve">'.encode()
    reopen = f"<{prefix}r>".encode() + properties + again
    parted = [(run.bytes[place], order, close + mark + reopen)]
    tag = content[run.opening : content.index(b">", run.opening)]
    if b"xml:space" not in tag:
        # A space at the end of what is now a text of its own would be lost.
        name = run.opening + len(f"<{prefix}t")
        parted.append((name, -1, b' xml:space="preserve"'))
    return parted


def _inserted(content: bytes, insertions: Sequence[tuple[int, int, bytes]]) -> bytes:
    """Bytes with others put in, each once."""
    pieces, end = [], 0
    for at, _, mark in sorted(set(insertions), key=lambda one: one[:2]):
        pieces += [content[end:at], mark]
        end = at
    return b"".join([*pieces, content[end:]])


def _comment(comment: Comment, number: int, now: datetime) -> str:
    lines = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line, quote=False)}</w:t></w:r></w:p>'
        for line in _NO_XML.sub("�", comment.text).split("\n")
    )
    date = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'<w:comment w:id="{number}" w:author="{_AUTHOR}" w:date="{date}" '
        f'w:initials="{_INITIALS}">{lines}</w:comment>'
    )


def _put_in(files: dict[str, bytes], path: str, told: Sequence[str]) -> None:
    """The comments' own file, beside those that are there already."""
    new = "".join(told).encode()
    old = files.get(_COMMENTS)
    if old is None:
        files[_COMMENTS] = _HEAD + f'<w:comments xmlns:w="{_W}">'.encode() + new + b"</w:comments>"
        override = f'<Override PartName="/{_COMMENTS}" ContentType="{_CONTENT}"/>'
        files[_TYPES] = _before_end(files, _TYPES, b"Types", override.encode(), path)
        relation = (
            f'<Relationship Id="pinciteComments" Type="{_OFFICE}/comments" Target="comments.xml"/>'
        )
        if _RELATIONS not in files:
            files[_RELATIONS] = (
                _HEAD + f'<Relationships xmlns="{_PACKAGE}">'.encode() + b"</Relationships>"
            )
        files[_RELATIONS] = _before_end(
            files, _RELATIONS, b"Relationships", relation.encode(), path
        )
    else:
        own = new.replace(b"<w:comment ", f'<w:comment xmlns:w="{_W}" '.encode())
        files[_COMMENTS] = _before_end(files, _COMMENTS, b"comments", own, path)


def _before_end(files: Mapping[str, bytes], name: str, tag: bytes, new: bytes, path: str) -> bytes:
    """A file with something put in before the last tag closes, which may be an empty one."""
    content = files.get(name, b"")
    end = re.search(rb"</(?:[\w.-]+:)?" + tag + rb"\s*>\s*$", content)
    if end is not None:
        return content[: end.start()] + new + content[end.start() :]
    empty = re.search(rb"<((?:[\w.-]+:)?" + tag + rb")(\b[^>]*)/>\s*$", content)
    if empty is None:
        raise WrongUse(f"{path} is a damaged Word document ({name}); save it again.")
    opened = b"<" + empty[1] + empty[2] + b">"
    return content[: empty.start()] + opened + new + b"</" + empty[1] + b">"


def _packed(content: bytes, files: Mapping[str, bytes]) -> bytes:
    """The archive again, its files in their order and the new ones after them."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        infos = {info.filename: info for info in old.infolist()}
        for name, part in files.items():
            info = infos.get(name, zipfile.ZipInfo(name))
            new.writestr(info, part, compress_type=zipfile.ZIP_DEFLATED)
    return packed.getvalue()
