"""A PDF's bytes to a document."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace

from corpus.errors import UnreadableReport
from corpus.readers.document import BlockKind, Document
from corpus.readers.entries import Heading, Outline, entries, plain, with_formal_names
from corpus.readers.extraction import Doubt, Extraction
from corpus.readers.limits import MOST_SHEETS
from corpus.readers.pdf.assembly import Assembly, assemble
from corpus.readers.pdf.findings import extraction, is_garbled, with_damage
from corpus.readers.pdf.flow import Flow, Scanned, flow, scan
from corpus.readers.pdf.page import joined
from corpus.readers.pdf.pdfium import Bookmark, Damaged, Encrypted, PdfFile
from corpus.readers.pdf.qpdf import Mended, mended, repaired
from corpus.report import MONTHS

_RECOGNISE = "recognise its text first, for example with OCRmyPDF, and add the file that it makes"
# The most frequent words of languages that reports are written in. Of running text in one of them
# two words in five are among them; of a text layer that is no language hardly any.
_FREQUENT = frozenset(
    re.findall(
        r"\w+",
        "the of and to in a for that is was on with as by it at from be have are this an or not"
        " were had has which their he his they de la le les des et en un une du que pour dans par"
        " sur est el los las y se del con su al lo der die und das den von zu mit ist im dem nicht"
        " ein eine"
        " auf für o da do e os em um uma não com no na di il per non si sono van het een",
    )
)
_SAID, _ENOUGH, _RECOGNISED = 0.12, 60, 0.5
_DATE = re.compile(
    rf"(?:\d{{1,2}} (?:{'|'.join(MONTHS)})|(?:{'|'.join(MONTHS)})(?: \d{{1,2}},)?) (?:19|20)\d\d"
)
_ONLY_DATE = re.compile(rf"[\[(]?({_DATE.pattern})[\])]?")
_COVER_SHEETS = 5
# Words of a line that dates a report, "Reissued for technical reasons on 12 May 2025" among them;
# what is longer is prose, and its dates are those of events.
_LINE = 10


def read_pdf(content: bytes, name: str) -> Document:
    """The text of a PDF with where it stands.

    Raises UnreadableReport for a file that is encrypted, damaged, scanned, or whose text layer is
    no language.
    """
    with opened(content, name) as (file, fixed):
        scanned = scan(file, fixed.ligatures)
        _check(scanned, name)
        bookmarks = file.bookmarks()
        labels = {sheet: file.label(sheet) for sheet in range(1, len(file) + 1)}
        properties = {key: value for key, value in file.properties.items() if value}
    found = flow(scanned, labels, [(mark.sheet, mark.title) for mark in bookmarks if mark.sheet])
    document = _document(scanned, found, bookmarks, properties)
    return with_damage(document) if fixed.rewritten else document


@contextmanager
def opened(content: bytes, name: str) -> Iterator[tuple[PdfFile, Mended]]:
    """The file with its font maps mended. Raises UnreadableReport where it cannot be opened."""
    fixed = mended(content)
    try:
        file = PdfFile(fixed.content)
    except Encrypted:
        raise UnreadableReport(
            f"{name} is encrypted and asks for a password; open it with the password, save it "
            "without one, and add that."
        ) from None
    except Damaged:
        file, fixed = _rewritten(content, name)
    with file:
        if not len(file):
            raise UnreadableReport(f"{name} has no pages; add a file that holds the report's text.")
        if len(file) > MOST_SHEETS:
            raise UnreadableReport(
                f"{name} has {len(file):,} sheets; a report may have {MOST_SHEETS:,}: split it "
                "into its parts and add each."
            )
        yield file, fixed


def _rewritten(content: bytes, name: str) -> tuple[PdfFile, Mended]:
    whole = repaired(content)
    if whole is not None:
        fixed = replace(mended(whole), rewritten=True)
        with suppress(Damaged, Encrypted):
            return PdfFile(fixed.content), fixed
    raise UnreadableReport(
        f"{name} is damaged and cannot be opened as a PDF; download it again, or open it in a "
        "viewer, print it to a new PDF and add that."
    )


def _check(scanned: Sequence[Scanned], name: str) -> None:
    """Raise UnreadableReport where there is no text to read."""
    readable = [sheet for sheet in scanned if sheet.letters and not sheet.is_picture]
    if not readable:
        scan = any(sheet.is_picture for sheet in scanned)
        what = "is a scan: its pages are pictures" if scan else "has no text on any page"
        raise UnreadableReport(f"{name} {what}; {_RECOGNISE}.")
    if sum(map(is_garbled, readable)) > len(readable) / 2:
        raise UnreadableReport(
            f"{name} stores its letters as other signs, so that nobody can read them; {_RECOGNISE}."
        )
    if _is_no_language(readable):
        raise UnreadableReport(
            f"{name} is a scan whose text layer is mostly no language; {_RECOGNISE}."
        )


def _is_no_language(scanned: Sequence[Scanned]) -> bool:
    """Whether a text recognised from pictures has hardly any of the words that all texts have."""
    recognised = sum(sheet.words.invisible for sheet in scanned)
    if recognised < _RECOGNISED * sum(sheet.letters for sheet in scanned):
        return False
    words = [word.casefold() for sheet in scanned for word in joined(sheet.words.words).split()]
    latin = [word for word in words if word.strip(".,;:()").isascii()]
    if len(words) < _ENOUGH or len(latin) < len(words) / 2:
        return False
    counts = Counter(word in _FREQUENT for word in latin)
    return counts[True] < _SAID * len(latin)


def _document(
    scanned: Sequence[Scanned],
    found: Flow,
    bookmarks: Sequence[Bookmark],
    properties: dict[str, str],
) -> Document:
    assembly = assemble(found)
    text, blocks = assembly.writer.text, assembly.writer.blocks
    outline = Outline(
        text=text,
        blocks=blocks,
        headings=[
            Heading(at=at, text=paragraph.text, level=paragraph.level)
            for at, paragraph in assembly.headings
            if paragraph.level and not paragraph.run_in
        ],
        contents=frozenset(plain(entry.title) for entry in found.listed),
        bookmarks=frozenset(plain(mark.title) for mark in bookmarks),
    )
    parted = next(entries(outline), ())
    how = extraction(scanned, found, assembly, properties)
    return Document(
        text=text,
        blocks=with_formal_names(blocks, parted),
        metadata={},
        guesses={} if _is_doubtful(how) else _guesses(assembly, found, properties),
        extraction=how,
        entries=parted,
    )


def _is_doubtful(how: Extraction) -> bool:
    """Whether the cover's words are no words that it prints, nor its file made when it was."""
    return any(one.sheet == 1 and one.doubt is Doubt.UNKNOWN for one in how.suspicions)


def _guesses(assembly: Assembly, found: Flow, properties: dict[str, str]) -> dict[str, str]:
    """Title and date as the cover says them, else as heads, feet and properties do."""
    blocks, text = assembly.writer.blocks, assembly.writer.text
    said = [
        text[block.start : block.stop]
        for block in blocks
        if block.pages[0].sheet <= _COVER_SHEETS and block.kind is not BlockKind.NOTE
    ]
    lines = [words for words in said if len(words.split()) <= _LINE]
    lines += [words for words, _ in found.furniture.texts]
    dates = [match[1] for match in map(_ONLY_DATE.fullmatch, said) if match]
    dates += [match[0] for match in map(_DATE.search, lines) if match]
    made = re.match(r"(?:D:)?((?:19|20)\d\d)(\d\d)(\d\d)", properties.get("CreationDate", ""))
    dates += ["-".join(made.groups())] if made else []
    printed = next((block.heading for block in blocks if block.kind is BlockKind.TITLE), "")
    guesses = {
        "title": _title(printed, properties.get("Title", "")),
        "published": next(iter(dates), ""),
    }
    return {key: value for key, value in guesses.items() if value}


def _title(printed: str, stated: str) -> str:
    """The cover's title; of it what the properties call the title, where lines stand below it."""
    return stated if stated and printed.startswith(f"{stated} ") else printed or stated
