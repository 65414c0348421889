"""A document's blocks become passages: section paths, paragraph numbers, note markers."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from corpus.errors import UnreadableReport
from corpus.joining import Stretch, stretches
from corpus.note_markers import note_markers
from corpus.parting import parts
from corpus.passage import NoteMark, Passage, Span, without
from corpus.readers.document import Block, BlockKind, Document
from corpus.readers.limits import LONGEST_PASSAGE
from corpus.report import Report


def cut(report: Report, document: Document) -> list[Passage]:
    """The passages of a document in order; raises UnreadableReport where it has none."""
    found = list(stretches(_with_sections(document.blocks, report.title), document.text))
    sources = [document.text[stretch.start : stretch.stop] for stretch in found]
    notes = _notes(document)
    # Where the file says which figures are markers, no other is taken for one.
    known = any(stretch.notes for stretch in found)
    markers = [()] * len(found) if known else note_markers(sources)
    doubtful = {one.sheet for one in document.extraction.suspicions}
    occurrences: Counter[str] = Counter()
    passages = []
    hides = [
        _merged([*stretch.hidden, *marked]) for stretch, marked in zip(found, markers, strict=True)
    ]
    said = [
        (stretch, source, hidden)
        for stretch, source, hidden in zip(found, sources, hides, strict=True)
        if without(source, hidden).strip()
    ]
    places = _places([stretch for stretch, _, _ in said])
    for (stretch, source, hidden), (number, label) in zip(said, places, strict=True):
        whole = Passage(
            report=report,
            section=stretch.section,
            number=number,
            start=stretch.start,
            stop=stretch.stop,
            source=source,
            hidden=hidden,
            press=stretch.press,
            pages=tuple(replace(page, doubtful=page.sheet in doubtful) for page in stretch.pages),
            printed_number=stretch.printed_number,
            label=label,
            notes=tuple(_with_words(mark, notes) for mark in stretch.notes),
        )
        # A row of a table is cited as one.
        is_row = stretch.kind is BlockKind.ROW
        for part in [whole] if is_row else parts(whole, stretch.items):
            if len(part.text) > LONGEST_PASSAGE:
                raise _too_long(report, document, part)
            occurrences[part.text] += 1
            passages.append(replace(part, occurrence=occurrences[part.text]))
    if not passages:
        raise UnreadableReport(
            f"{report.title} holds no paragraph, only headings; "
            "add a file with the report's whole text."
        )
    return passages


def _too_long(report: Report, document: Document, passage: Passage) -> UnreadableReport:
    line = document.text.count("\n", 0, passage.start) + 1
    return UnreadableReport(
        f"{report.title} holds a sentence of {len(passage.text):,} characters, which begins in "
        f"line {line:,} of its text; Pincite reads sentences of at most {LONGEST_PASSAGE:,}: part "
        "it by blank lines, or take out what is no text."
    )


def _places(found: Sequence[Stretch]) -> Iterator[tuple[int, str | None]]:
    """Each stretch's number among those of its kind in its section, and what it is cited as.

    Where a section prints numbers, a paragraph without one says so: counted on, it would be taken
    for the one that prints its number.
    """
    numbered = {stretch.section for stretch in found if stretch.printed_number}
    counts: Counter[object] = Counter()
    for stretch in found:
        label = f"note {stretch.label}" if stretch.kind is BlockKind.NOTE else stretch.label
        counted = not (label or stretch.printed_number or stretch.press)
        bare = counted and stretch.section in numbered
        kind = (stretch.section, label is None, bare)
        counts[kind] += 1
        yield counts[kind], f"unnumbered paragraph {counts[kind]}" if bare else label


def _notes(document: Document) -> dict[int, str]:
    """The words of each note, by where it begins."""
    return {
        block.start: without(document.text[block.start : block.stop], block.hidden).strip()
        for block in document.blocks
        if block.kind is BlockKind.NOTE
    }


def _with_words(mark: NoteMark, notes: dict[int, str]) -> NoteMark:
    return replace(mark, words=notes.get(mark.at, "")) if mark.at is not None else mark


def _with_sections(blocks: Iterable[Block], title: str) -> Iterator[tuple[tuple[str, ...], Block]]:
    """Each paragraph with the headings above it, which name one section of the report.

    A heading that comes again in the same place says so, as in “Water [2]”; a file's own title
    that is not the report's is a heading.
    """
    path: list[tuple[int, str]] = []
    taken: Counter[tuple[str, ...]] = Counter()
    for block in blocks:
        if block.kind not in (BlockKind.TITLE, BlockKind.HEADING):
            yield tuple(heading for _, heading in path), block
        elif block.kind is BlockKind.HEADING or _is_section(block, title):
            while path and path[-1][0] >= block.level:
                path.pop()
            above = tuple(heading for _, heading in path)
            path.append((block.level, _untaken(above, block.heading, taken)))


def _is_section(title_block: Block, title: str) -> bool:
    heading = title_block.heading
    return bool(heading) and heading.casefold() != " ".join(title.split()).casefold()


def _untaken(above: tuple[str, ...], heading: str, taken: Counter[tuple[str, ...]]) -> str:
    name = heading
    while taken[*above, name]:
        taken[*above, heading] += 1
        name = f"{heading} [{taken[*above, heading]}]"
    taken[*above, name] += 1
    return name


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    """Spans in order, overlapping ones joined."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if merged and span.start < merged[-1].stop:
            joined = max(merged[-1].stop, span.stop)
            merged[-1] = Span(start=merged[-1].start, stop=joined)
        else:
            merged.append(span)
    return tuple(merged)
