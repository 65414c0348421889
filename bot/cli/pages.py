"""A passage's pages as pictures, its words marked, so that a citation can be checked by eye."""

from dataclasses import replace
from pathlib import Path

from corpus.errors import NotInLibrary, WrongUse
from corpus.passage import Passage, Span, without
from corpus.storage.library import Library
from corpus.writing import write_chosen

_RENDERER = "corpus.readers.page_picture:marked_page"


def write_pages(library: Library, passage_id: str, path: Path, quote: str | None) -> list[Path]:
    """Write a picture of each page that a passage, or a quotation in it, stands on.

    The first has the name that is given, a further one the number of its sheet before its ending.
    Raises NotInLibrary, WrongUse and UnreadableReport.
    """
    from corpus.readers.child import picture_apart

    passage = library.resolve(passage_id).passage
    if not passage.pages:
        raise WrongUse(
            f"{passage_id} stands in a report whose file has no pages; there is none to show."
        )
    original = library.original(passage.report.sha256)
    if original is None:
        raise NotInLibrary(
            f"the library does not hold the file of {passage.report.id}; add it again."
        )
    written: list[Path] = []
    for sheet, words in on_sheets(replace(passage, quoted=_quoted(passage, quote))):
        picture = picture_apart(_RENDERER, original, passage.report.id, [sheet, words])
        target = path if not written else path.with_stem(f"{path.stem}-{sheet}")
        write_chosen(target, picture)
        written.append(target)
    return written


def on_sheets(passage: Passage) -> list[tuple[int, str]]:
    """The sheets that what is quoted of a passage stands on, and its words on each."""
    place = passage.in_report(passage.quoted or Span(start=0, stop=len(passage.text)))
    pages = passage.cited_pages
    stops = [*(page.start for page in pages[1:]), place.stop]
    found = []
    for page, stop in zip(pages, stops, strict=True):
        start = max(page.start, place.start) - passage.start
        end = stop - passage.start
        hidden = tuple(
            Span(start=max(span.start, start) - start, stop=min(span.stop, end) - start)
            for span in passage.hidden
            if span.start < end and start < span.stop
        )
        found.append((page.sheet, without(passage.source[start:end], hidden).strip()))
    return found


def _quoted(passage: Passage, quote: str | None) -> Span | None:
    if quote is None:
        return None
    start = passage.text.find(quote)
    if start < 0 or not quote:
        raise WrongUse(f"passage {passage.id} does not say {quote!r}; quote its very words.")
    return Span(start=start, stop=start + len(quote))
