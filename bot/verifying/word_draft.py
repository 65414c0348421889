"""A draft in Word (Office Open XML): its paragraphs, its notes, and where its characters stand.

The document is read in one pass that changes nothing and knows of each character at which byte it
stands, so that comments can be put in and every other byte stays as it was.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from bot.verifying.draft import Draft, NoteReference, Part, PartKind, note_parts
from corpus.errors import WrongUse

DOCUMENT = "word/document.xml"
_NOTES = (("word/footnotes.xml", ""), ("word/endnotes.xml", "end-"))
# 2,000 pages of text are 60 MB of XML; beyond this an archive is made to fill the memory.
_LARGEST = 200_000_000
_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_QUOTE_STYLE = re.compile(r"quot|block.?text|extract", re.IGNORECASE)
# What old versions of Word are shown for what comes before it, and where a moved stretch stood.
_UNREAD = ("Fallback", "moveFrom")
_AS_TEXT = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(slots=True)
class Run:
    """A run of a paragraph: where its text begins in it, and the bytes that it is made of.

    `bytes` are the byte at which each character of the text begins, `opening` the one at which
    the element that holds the text does. `properties` are the bytes of its formatting, from and
    to the same byte where it has none. `is_plain` says that it holds one text and nothing else, so
    that it can be parted.
    """

    at: int
    start: int
    stop: int = 0
    text: str = ""
    bytes: list[int] = field(default_factory=list)
    opening: int = 0
    properties: tuple[int, int] = (0, 0)
    is_plain: bool = True


@dataclass(slots=True)
class Paragraph:
    """A paragraph with its runs; `note` is the id of the note that it is of."""

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
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError):
        parts = {}
    if DOCUMENT not in parts:
        raise WrongUse(f"{path} is not a Word document (.docx); save it as one and try again.")
    return parts


def read_word(content: bytes, path: str) -> Draft:
    """The paragraphs and notes of a Word document; raises WrongUse."""
    files = open_parts(content, path)
    parts = [
        Part(
            text=paragraph.text,
            ordinal=number,
            kind=PartKind.BLOCK_QUOTE if _QUOTE_STYLE.search(paragraph.style) else PartKind.TEXT,
            notes=tuple(paragraph.references),
        )
        for number, paragraph in enumerate(paragraphs(files[DOCUMENT], path))
    ]
    notes = _notes(files, path)
    return Draft(parts=(*parts, *note_parts(notes, len(parts))), notes=notes)


def _notes(files: Mapping[str, bytes], path: str) -> dict[str, str]:
    notes: dict[str, str] = {}
    for name, prefix in _NOTES:
        for paragraph in paragraphs(files[name], path) if name in files else []:
            if paragraph.text.strip():
                key = f"{prefix}{paragraph.note}"
                notes[key] = f"{notes.get(key, '')} {paragraph.text}".strip()
    return notes


def paragraphs(content: bytes, path: str) -> list[Paragraph]:
    """The paragraphs of a part of a Word document in order; raises WrongUse."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise WrongUse(f"{path} declares entities, as no Word document does; save it again.")
    try:
        content.decode()
        reading = _Reading(content)
        reading.parser.Parse(content, True)
    except UnicodeDecodeError:
        raise WrongUse(f"{path} is not written in UTF-8; save it again with Word.") from None
    except expat.ExpatError as error:
        raise WrongUse(f"{path} is a damaged Word document ({error}); save it again.") from None
    return reading.paragraphs


class _Reading:
    """One pass through a part of a document."""

    def __init__(self, content: bytes) -> None:
        self.paragraphs: list[Paragraph] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self._content = content
        # A text box is a paragraph inside a run of another.
        self._open: list[Paragraph] = []
        self._runs: list[Run] = []
        self._note = ""
        self._in_text = False
        self._properties = 0
        # How many elements are open of which nothing is read.
        self._unread = 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        self._unread += tag in _UNREAD
        if space not in _WORD or self._unread:
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
            run = Run(at=len(self._open[-1].text), start=self.parser.CurrentByteIndex)
            self._runs.append(run)
            self._open[-1].runs.append(run)
        elif self._runs:
            self._in_run(self._runs[-1], tag, value)

    def _in_run(self, run: Run, tag: str, value: dict[str, str]) -> None:
        here = self.parser.CurrentByteIndex
        if tag == "rPr":
            self._properties = self._properties or here
        elif self._properties:
            return
        elif tag == "t":
            self._in_text = True
            run.is_plain = run.is_plain and not run.opening
            run.opening = here
        else:
            run.is_plain = False
            if tag in ("footnoteReference", "endnoteReference"):
                key = ("end-" if tag[0] == "e" else "") + value.get("id", "")
                at = len(self._open[-1].text)
                self._open[-1].references.append(NoteReference(at=at, key=key))
            self._add(_AS_TEXT.get(tag, ""), [here])

    def _end(self, name: str) -> None:
        space, _, tag = name.rpartition(" ")
        if space not in _WORD or self._unread:
            self._unread -= tag in _UNREAD
        elif tag == "p" and self._open:
            self._open.pop()
        elif tag == "t":
            self._in_text = False
        elif tag == "rPr" and self._runs and self._properties:
            self._runs[-1].properties = (self._properties, self._after_tag())
            self._properties = 0
        elif tag == "r" and self._runs:
            self._runs.pop().stop = self._after_tag()

    def _after_tag(self) -> int:
        """The byte after the tag that ends here; an empty one ends where it begins."""
        return self._content.index(b">", self.parser.CurrentByteIndex) + 1

    def _characters(self, text: str) -> None:
        if not self._in_text or not self._runs or self._unread:
            return
        at = self.parser.CurrentByteIndex
        is_code = self._content[at : at + 1] == b"&"
        places = []
        for character in text:
            places.append(at)
            at += 0 if is_code else len(character.encode())
        self._add(text, places)

    def _add(self, text: str, places: list[int]) -> None:
        if text:
            self._open[-1].text += text
            self._runs[-1].text += text
            self._runs[-1].bytes += places
