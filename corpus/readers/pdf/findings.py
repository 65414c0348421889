"""What the reading of a PDF found that a person should know, for the extraction report."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from corpus.readers.document import Document
from corpus.readers.extraction import Doubt, Extraction, Furniture, Mended, Suspicion
from corpus.readers.pdf.assembly import Assembly
from corpus.readers.pdf.flow import Flow, Scanned, letters
from corpus.readers.pdf.page import joined
from corpus.readers.pdf.table_rows import cells
from corpus.readers.pdf.tables import Table

_GLUED = re.compile(r"[^\W\d_]{29,}")
_MANY_GLUED, _MANY_SINGLE, _ENOUGH_WORDS = 3, 0.15, 40
_RECOGNISED = 0.5
_ENOUGH_LINES, _WIDE = 4, 1.6
_MANY_WORDS = 6
_LONG, _OFTEN = 60, 3
_ACCOUNTED = 0.02
# Of 66 reports no page has more than 21 marks to 100 letters and figures, but for those of the one
# whose fonts say wrongly what they are.
_LEADERS, _ENOUGH_SIGNS, _GARBLED = frozenset("._…·-–—*•"), 300, 0.3


def _pictures(scanned: Sequence[Scanned], found: Flow) -> Iterator[int]:
    """The sheets whose text is in a picture, but for their heads and feet."""
    for sheet in scanned:
        aside = found.left_out.get(sheet.sheet, ())
        own = sheet.letters - sum(letters(word) for line in aside for word in line.words)
        if replace(sheet, letters=own).is_picture:
            yield sheet.sheet


def extraction(
    scanned: Sequence[Scanned], found: Flow, assembly: Assembly, properties: Mapping[str, str]
) -> Extraction:
    """How the reading went."""
    pictured = tuple(_pictures(scanned, found))
    return Extraction(
        encoding="PDF",
        sheets=len(scanned),
        furniture=tuple(_furniture(scanned, found)),
        mended=tuple(_mended(scanned)),
        joined=assembly.joined,
        unjoined=tuple(assembly.unjoined),
        suspicions=tuple(_suspicions(scanned, found, assembly)),
        without_text=tuple(sheet.sheet for sheet in scanned
                           if not sheet.letters and sheet.sheet not in pictured),
        pictures=pictured,
        properties=properties,
    )  # fmt: skip


def _furniture(scanned: Sequence[Scanned], found: Flow) -> Iterator[Furniture]:
    for text, sheets in found.furniture.texts:
        yield Furniture(text=text, sheets=sheets)
    sideways: dict[str, list[int]] = defaultdict(list)
    for scan in scanned:
        text = "".join(scan.words.sideways)
        if text:
            sideways[text].append(scan.sheet)
    for text, where in sideways.items():
        yield Furniture(text=text, sheets=tuple(where))
    for sheet, lines in found.contents.items():
        yield Furniture(text=" ".join(line.text for line in lines), sheets=(sheet,))


def _mended(scanned: Sequence[Scanned]) -> Iterator[Mended]:
    counts: Counter[tuple[str, str | None]] = Counter()
    where: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    for sheet in scanned:
        changed: list[tuple[tuple[str, str | None], int]] = [
            *sheet.words.mended.items(),
            *(((sign, None), count) for sign, count in sheet.words.lost.items()),
        ]
        for pair, count in changed:
            counts[pair] += count
            where[pair].append(sheet.sheet)
    for pair, count in counts.items():
        what = pair[0] if pair[0].isprintable() else f"U+{ord(pair[0]):04X}"
        yield Mended(what=what, becomes=pair[1], count=count, sheets=tuple(where[pair]))


def _suspicions(scanned: Sequence[Scanned], found: Flow, assembly: Assembly) -> Iterator[Suspicion]:
    accounted = _accounted(found, assembly)
    mixed = set(_mixed(found))
    repeated = dict(_repeated(found))
    for sheet in scanned:
        text = joined(sheet.words.words)
        words = text.split()
        glued = [word for word in words if _GLUED.search(word) and "/" not in word]
        if len(glued) >= _MANY_GLUED:
            yield _suspicion(sheet, Doubt.GLUED, f"blanks seem to be missing, as in “{glued[0]}”")
        single = sum(len(word) == 1 and word.isalpha() for word in words)
        if len(words) >= _ENOUGH_WORDS and single > _MANY_SINGLE * len(words):
            yield _suspicion(sheet, Doubt.SPLIT, "many letters stand by themselves")
        if sheet.words.invisible > _RECOGNISED * max(sheet.letters, 1):
            yield _suspicion(sheet, Doubt.UNKNOWN, "the text was recognised from a picture")
        elif is_garbled(sheet):
            yield _suspicion(sheet, Doubt.UNKNOWN, "letters are stored as other signs")
        if sheet.words.lost:
            count = sum(sheet.words.lost.values())
            yield _suspicion(sheet, Doubt.CHARACTERS, f"{count} characters cannot be read")
        if sheet.sheet in mixed:
            yield _suspicion(sheet, Doubt.COLUMNS, "columns may be mixed")
        if sheet.sheet in repeated:
            said = f"“{repeated[sheet.sheet][:40]}…” stands in the report several times"
            yield _suspicion(sheet, Doubt.REPEATED, said)
        missing = sum(letters(word) for word in sheet.words.words if id(word) not in accounted)
        if missing > _ACCOUNTED * sheet.letters + 2:
            yield _suspicion(sheet, Doubt.STRUCTURE, "some of the text is in no paragraph")


def is_garbled(sheet: Scanned) -> bool:
    """Whether a sheet has marks in place of letters, as where a font says wrongly what they are.

    Leaders and bullets count for nothing.
    """
    signs = [sign for word in sheet.words.words for sign in word.text if sign not in _LEADERS]
    said = sum(map(str.isalnum, signs))
    marks = sum(sign.isascii() and not sign.isalnum() for sign in signs)
    return len(signs) >= _ENOUGH_SIGNS and marks > _GARBLED * said


def _mixed(found: Flow) -> Iterator[int]:
    """The sheets with a paragraph most of whose lines have wide white in them, as two columns, or
    with a table without a name whose cells are lines of text.
    """
    for element in found.elements:
        if isinstance(element, Table):
            if element.label is None and _is_prose(element):
                yield element.sheet
            continue
        if len(element.lines) < _ENOUGH_LINES:
            continue
        parted = sum(len(cells(line.words, _WIDE * line.size)) > 1 for line in element.lines)
        if parted > len(element.lines) / 2:
            yield element.sheet


def _is_prose(table: Table) -> bool:
    """Whether most rows of a table have several cells of many words, or several columns have names
    of very many.
    """
    if sum(len(name) >= 2 * _MANY_WORDS for name in table.names) > 1:
        return True
    wordy = sum(sum(len(cell) >= _MANY_WORDS for cell in row.cells) > 1 for row in table.rows)
    return len(table.rows) >= _ENOUGH_LINES - 1 and wordy > len(table.rows) / 2


def _repeated(found: Flow) -> Iterator[tuple[int, str]]:
    """The sheets with a long paragraph that stands in the report three times and more."""
    where: dict[str, list[int]] = defaultdict(list)
    for element in found.elements:
        if not isinstance(element, Table) and len(element.text) > _LONG:
            where[element.text].append(element.sheet)
    for text, sheets in where.items():
        if len(sheets) >= _OFTEN:
            yield from ((sheet, text) for sheet in sheets)


def with_damage(document: Document) -> Document:
    """The document of a file that was damaged, which its extraction says."""
    sentence = "The file was damaged and has been mended; pages or words may be missing."
    damage = Suspicion(sheet=None, doubt=Doubt.STRUCTURE, sentence=sentence)
    found = document.extraction
    return replace(document, extraction=replace(found, suspicions=(damage, *found.suspicions)))


def _suspicion(sheet: Scanned, doubt: Doubt, what: str) -> Suspicion:
    sentence = f"Sheet {sheet.sheet}: {what}; check against the page."
    return Suspicion(sheet=sheet.sheet, doubt=doubt, sentence=sentence)


def _accounted(found: Flow, assembly: Assembly) -> set[int]:
    """The ids of the words that are written, or left out knowingly."""
    accounted = set(assembly.writer.written)
    for element in found.elements:
        if not isinstance(element, Table):
            accounted.update(map(id, element.marker))
        else:
            accounted.update(id(word) for line in element.header for word in line.words)
            accounted.update(id(word) for word in element.dots)
    for note in found.notes:
        accounted.update(id(word) for word in note.marker)
    for lines in found.left_out.values():
        accounted.update(id(word) for line in lines for word in line.words)
    return accounted
