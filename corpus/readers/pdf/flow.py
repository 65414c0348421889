"""A file's pages as one flow: paragraphs and tables in reading order, notes, what was left out."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.readers.pdf.columns import Region, column_places, pieces, regions, with_captions
from corpus.readers.pdf.contents import Listed, split_contents
from corpus.readers.pdf.end_notes import mark_end_notes, mark_small_notes
from corpus.readers.pdf.furniture import PageFurniture, Sheet, find_furniture
from corpus.readers.pdf.headings import mark_headings
from corpus.readers.pdf.hyphens import Hyphenation, hyphenation
from corpus.readers.pdf.joining import Element, Part, join_over
from corpus.readers.pdf.measures import Measures, is_bulleted, measures, opens_item
from corpus.readers.pdf.notes import Note, split_notes, split_table_notes
from corpus.readers.pdf.numbering import list_number, number_paragraphs
from corpus.readers.pdf.page import Line, Page, Word, text_looks
from corpus.readers.pdf.paragraphs import Paragraph, paragraphs
from corpus.readers.pdf.pdfium import PdfFile
from corpus.readers.pdf.rules import Drawn, drawn_on, mark_underlined
from corpus.readers.pdf.run_in import split_run_in
from corpus.readers.pdf.tables import Table, split_tables
from corpus.readers.pdf.words import Words, read_words

# A sheet with fewer letters whose pictures cover this share of it is a picture.
_FEW_LETTERS, _PICTURE = 20, 0.4


def letters(word: Word) -> int:
    """How many letters and figures a word has."""
    return len(word.text) if word.text.isalnum() else sum(map(str.isalnum, word.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """A sheet as read: its words, its lines' rules, its size, and how much of it is pictures."""

    sheet: int
    words: Words
    drawn: Drawn
    width: float
    height: float
    pictured: float
    letters: int

    @property
    def is_picture(self) -> bool:
        """Whether its text, if it has any, is in a picture."""
        return self.letters < _FEW_LETTERS and self.pictured >= _PICTURE


@dataclass(slots=True, kw_only=True)
class Flow:
    """A document's elements in order, its notes, and what stands beside its text."""

    elements: list[Element] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    furniture: PageFurniture
    listed: list[Listed] = field(default_factory=list)
    contents: dict[int, list[Line]] = field(default_factory=dict)
    left_out: dict[int, list[Line]] = field(default_factory=dict)
    measures: Measures
    hyphenation: Hyphenation


def scan(file: PdfFile, ligatures: Mapping[int, tuple[str, str]]) -> list[Scanned]:
    """The words of all sheets."""
    return [_scanned(file.page(sheet), ligatures) for sheet in range(1, len(file) + 1)]


def _scanned(page: Page, ligatures: Mapping[int, tuple[str, str]]) -> Scanned:
    words = read_words(page, ligatures)
    drawn = drawn_on(page, mirrored=words.mirrored)
    mark_underlined(words.words, drawn.rules)
    return Scanned(
        sheet=page.sheet,
        words=words,
        letters=sum(map(letters, words.words)),
        drawn=drawn,
        width=page.width,
        height=page.height,
        pictured=page.pictured,
    )


def flow(
    scanned: Sequence[Scanned], labels: dict[int, str], bookmarks: Sequence[tuple[int, str]]
) -> Flow:
    """What the sheets say, in reading order; there are words on one at least."""
    everything = [word for sheet in scanned for word in sheet.words.words]
    body = text_looks(everything)
    sheets = [
        Sheet(sheet=sheet.sheet, width=sheet.width, height=sheet.height,
              lines=pieces(sheet.words.words, sheet.sheet), sideways=sheet.words.sideways)
        for sheet in scanned
    ]  # fmt: skip
    furniture = find_furniture(sheets, labels, body)
    found: list[tuple[Region, Drawn]] = []
    texts: list[tuple[list[Line], Drawn]] = []
    for sheet, page in zip(sheets, scanned, strict=True):
        dropped = furniture.lines.get(sheet.sheet, frozenset())
        kept = [line for line in sheet.lines if id(line) not in dropped]
        texts.append((kept, page.drawn))
    known = _known([regions(kept, drawn.rules, body.size) for kept, drawn in texts])
    for kept, drawn in texts:
        on_page = regions(kept, drawn.rules, body.size, known)
        found += [(region, drawn) for region in with_captions(on_page)]
    whole = [region.lines for region, _ in found]
    result = Flow(
        furniture=furniture,
        measures=measures(everything, whole),
        hyphenation=hyphenation(whole),
        left_out={
            sheet.sheet: [line for line in sheet.lines if id(line) in own]
            for sheet in sheets
            if (own := furniture.lines.get(sheet.sheet))
        },
    )
    parts = _parts(found, result)
    paragraphs = [part.element for part in parts if isinstance(part.element, Paragraph)]
    _understand(paragraphs, result.measures, bookmarks, result.notes)
    result.elements = join_over(parts, result.measures)
    return result


def _known(pages: Sequence[Sequence[Region]]) -> list[float]:
    """Where several pages have white between columns."""
    places = Counter(round(place / 4) for page in pages for place in column_places(page))
    return [4.0 * place for place, count in places.items() if count > 1]


def _understand(
    found: Sequence[Paragraph],
    known: Measures,
    bookmarks: Sequence[tuple[int, str]],
    notes: Sequence[Note],
) -> None:
    """Tell headings, numbered paragraphs, notes at the end and items of lists."""
    mark_headings(found, known, bookmarks)
    number_paragraphs(found)
    split_run_in(found, known)
    mark_end_notes(found)
    mark_small_notes(found, notes, known.body.size)
    for text in found:
        text.item = not (text.level or text.number or text.cover or text.note) and _is_item(text)
        if text.item:
            text.number = list_number(text)


def _is_item(text: Paragraph) -> bool:
    return is_bulleted(text.lines[0]) or opens_item(text.lines[0])


def _parts(found: Sequence[tuple[Region, Drawn]], result: Flow) -> list[Part]:
    parts: list[Part] = []
    last_listed: dict[int, list[Listed]] = {}
    for region, drawn in found:
        sheet = region.lines[0].sheet
        before = last_listed.get(sheet) or last_listed.get(sheet - 1)
        lines, listing, listed = split_contents(region.lines, before)
        if listing:
            last_listed[sheet] = listed
            result.listed += listed
            result.contents.setdefault(sheet, []).extend(listing)
            result.left_out.setdefault(sheet, []).extend(listing)
        parts += _region_parts(lines, region, drawn, result)
    return parts


def _region_parts(lines: Sequence[Line], region: Region, drawn: Drawn, result: Flow) -> list[Part]:
    parts: list[Part] = []
    stretches, tables = _stretches(split_tables(lines, drawn, result.measures))
    for at, stretch in enumerate(stretches):
        kept = stretch
        if at:
            kept, notes = split_table_notes(kept, result.measures)
            _add_notes(notes, result)
        if at == len(tables):
            goes_on = bool(result.notes) and not _is_finished(result.notes[-1])
            kept, notes = split_notes(kept, drawn.rules, result.measures, goes_on=goes_on)
            _add_notes(notes, result)
        opens = all(isinstance(part.element, Table) or part.element.aside for part in parts)
        texts = _texts(kept, region, result.measures, opens=opens)
        if at:
            _set_aside(texts, result.measures)
        parts += texts
        if at < len(tables):
            if tables[at].caption:
                caption = Paragraph(lines=tables[at].caption, aside=True)
                parts.append(Part(element=caption, opens=False))
            parts.append(Part(element=tables[at], opens=False))
    return parts


def _set_aside(texts: Sequence[Part], found: Measures) -> None:
    """Mark what is said in small type right below a table."""
    for part in texts:
        element = part.element
        if not isinstance(element, Paragraph) or element.looks.size >= found.body.size:
            return
        element.aside = True


def _stretches(items: Sequence[Line | Table]) -> tuple[list[list[Line]], list[Table]]:
    """The lines before, between and after the tables, and the tables."""
    stretches: list[list[Line]] = [[]]
    tables: list[Table] = []
    for item in items:
        if isinstance(item, Table):
            tables.append(item)
            stretches.append([])
        else:
            stretches[-1].append(item)
    return stretches, tables


def _texts(lines: Sequence[Line], region: Region, found: Measures, *, opens: bool) -> list[Part]:
    texts = paragraphs(lines, found, in_columns=region.in_columns)
    return [Part(element=text, opens=opens and at == 0) for at, text in enumerate(texts)]


def _is_finished(note: Note) -> bool:
    return note.lines[-1].text.rstrip().endswith((".", ")", "”", "/"))


def _add_notes(notes: Sequence[Note], result: Flow) -> None:
    """Add notes; lines without a marker go on with the last one."""
    for note in notes:
        if note.label is None and result.notes:
            result.notes[-1].lines.extend(note.lines)
        else:
            result.notes.append(note)


def by_sheet(notes: Sequence[Note]) -> dict[int, list[Note]]:
    """The notes that begin on each sheet."""
    found: dict[int, list[Note]] = defaultdict(list)
    for note in notes:
        found[note.lines[0].sheet].append(note)
    return found
