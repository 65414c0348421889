"""A draft in Word (Office Open XML): its paragraphs, its notes, and where its characters stand.

The document is read in one pass that changes nothing and knows of each character at which byte it
stands, so that comments can be put in and every other byte stays as it was.
"""

import io
import re
import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

from bot.verifying.draft import Draft, NoteReference, Part, PartKind
from corpus.errors import WrongUse

DOCUMENT = "word/document.xml"
_NOTES = (("word/footnotes.xml", "f"), ("word/endnotes.xml", "e"))
# 2,000 pages of text are 60 MB of XML; beyond this an archive is made to fill the memory.
_LARGEST = 200_000_000
_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_QUOTE_STYLE = re.compile(r"quot|block.?text|extract", re.IGNORECASE)
_AS_TEXT = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
# What is not the draft's text as it stands: deleted words, codes of fields.
_UNSEEN = {"delText", "instrText", "delInstrText"}


@dataclass(slots=True)
class Run:
    """A run of a paragraph: where its text begins in it, and the bytes that it is made of.

    `bytes` are the byte at which each character of the text begins. `properties` are the bytes of
    its formatting, empty where it has none; `plain` says that it holds one text and no more, so
    that it can be parted.
    """

    at: int
    start: int
    stop: int = 0
    text: str = ""
    bytes: list[int] = field(default_factory=list)
    properties: tuple[int, int] = (0, 0)
    texts: int = 0
    plain: bool = True


@dataclass(slots=True)
class Paragraph:
    """A paragraph with its runs."""

    note: str = ""
    style: str = ""
    text: str = ""
    runs: list[Run] = field(default_factory=list)
    references: list[NoteReference] = field(default_factory=list)


def open_parts(content: bytes, path: str) -> dict[str, bytes]:
    """The files of a Word document by name; raises WrongUse."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _LARGEST:
                raise WrongUse(f"{path} holds more than {_LARGEST // 1_000_000} MB; part it.")
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
        parts = {}
    if DOCUMENT not in parts:
        raise WrongUse(f"{path} is not a Word document (.docx); save it as one and try again.")
    return parts


def read_word(content: bytes, path: str) -> Draft:
    """The paragraphs and notes of a Word document; raises WrongUse."""
    files = open_parts(content, path)
    parts: list[Part] = []
    for paragraph in paragraphs(files[DOCUMENT], path):
        quoted = _QUOTE_STYLE.search(paragraph.style)
        parts.append(
            Part(
                text=paragraph.text,
                ordinal=len(parts),
                kind=PartKind.BLOCK_QUOTE if quoted else PartKind.TEXT,
                notes=tuple(paragraph.references),
            )
        )
    notes: dict[str, str] = {}
    for name, prefix in _NOTES:
        for paragraph in paragraphs(files[name], path) if name in files else []:
            if paragraph.text.strip():
                key = f"{prefix}{paragraph.note}"
                notes[key] = f"{notes.get(key, '')} {paragraph.text}".strip()
    texts = [
        Part(text=text, ordinal=number, kind=PartKind.NOTE)
        for number, text in enumerate(notes.values())
    ]
    return Draft(parts=(*parts, *texts), notes=notes)


def paragraphs(content: bytes, path: str) -> list[Paragraph]:
    """The paragraphs of a part of a Word document in order; raises WrongUse."""
    if not re.match(rb"\s*(?:\xef\xbb\xbf)?<\?xml[^>]*utf-8", content[:200], re.IGNORECASE) and (
        b"encoding" in content[:100] or content[:2] in (b"\xff\xfe", b"\xfe\xff")
    ):
        raise WrongUse(f"{path} is not written in UTF-8; open it in Word and save it again.")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise WrongUse(f"{path} declares entities, as no Word document does; save it again.")
    reading = _Reading(content)
    try:
        reading.parser.Parse(content, True)
    except expat.ExpatError as error:
        raise WrongUse(f"{path} is a damaged Word document ({error}).") from None
    return reading.paragraphs


class _Reading:
    """One pass through a part of a document."""

    def __init__(self, content: bytes) -> None:
        self.paragraphs: list[Paragraph] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = False
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self._content = content
        self._open: list[Paragraph] = []
        self._run: Run | None = None
        self._note = ""
        self._in_text = False
        self._properties = 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        if space not in (_SPACE, _STRICT):
            return
        value = {key.rpartition(" ")[2]: text for key, text in attributes.items()}
        if tag in ("footnote", "endnote"):
            self._note = value.get("id", "")
        elif tag == "p":
            self._open.append(Paragraph(note=self._note))
            self.paragraphs.append(self._open[-1])
        elif self._open and tag == "pStyle":
            self._open[-1].style = value.get("val", "")
        elif self._open and tag == "r":
            self._run = Run(at=len(self._open[-1].text), start=self.parser.CurrentByteIndex)
            self._open[-1].runs.append(self._run)
        elif self._run is not None:
            self._in_run(self._run, tag, value)

    def _in_run(self, run: Run, tag: str, value: dict[str, str]) -> None:
        if tag == "rPr":
            self._properties = self._properties or self.parser.CurrentByteIndex
        elif tag == "t":
            self._in_text = True
            run.texts += 1
        elif tag in ("footnoteReference", "endnoteReference"):
            key = f"{tag[0]}{value.get('id', '')}"
            at = len(self._open[-1].text)
            self._open[-1].references.append(NoteReference(at=at, key=key))
        elif tag in _AS_TEXT and not self._properties:
            run.plain = False
            self._add(_AS_TEXT[tag], [self.parser.CurrentByteIndex] * len(_AS_TEXT[tag]))
        elif tag in _UNSEEN:
            run.plain = False

    def _end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "p" and self._open:
            self._open.pop()
        elif tag == "t":
            self._in_text = False
        elif tag == "rPr" and self._run is not None and self._properties:
            self._run.properties = (self._properties, self._after_tag())
            self._properties = 0
        elif tag == "r" and self._run is not None:
            self._run.stop = self._after_tag()
            self._run = None

    def _after_tag(self) -> int:
        """The byte after the tag that ends here; one that is empty ends where it begins."""
        return self._content.index(b">", self.parser.CurrentByteIndex) + 1

    def _characters(self, text: str) -> None:
        if not self._in_text or self._run is None:
            return
        at = self.parser.CurrentByteIndex
        is_code = self._content[at : at + 1] == b"&"
        places = []
        for character in text:
            places.append(at)
            at += 0 if is_code else len(character.encode())
        self._add(text, places)

    def _add(self, text: str, places: list[int]) -> None:
        assert self._run is not None
        self._open[-1].text += text
        self._run.text += text
        self._run.bytes += places
