"""How a file was read, in words and as an object: its outline, and what to look at."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from shlex import quote
from typing import Any

from corpus.citing.citations import pages_named
from corpus.json_values import to_values
from corpus.passage import PageStart, Passage
from corpus.readers import CountryEntry, Document, Dropped, Extraction, Furniture, LeftOut
from corpus.report import Report

# So many lines or pages are named of each kind of thing.
_MOST_NAMED = 10
_MOST_COUNTRIES = 6
# What the file's format says of its letters.
_SURE = ("UTF-8", "PDF")
# What of a line is shown that stands on many pages.
_SHOWN = 60


def outline_lines(passages: Sequence[Passage]) -> list[str]:
    """The sections of a report in order, each with its pages and how many passages it has."""
    lines = []
    for section, inside in _sections(passages):
        name = " – ".join(section) or "(introduction)"
        plural = "s" if len(inside) > 1 else " "
        pages = pages_of(inside)
        lines.append(f"{len(inside):>4} passage{plural}  {name}{f', {pages}' if pages else ''}")
    return lines


def warning_lines(
    document: Document, file: str, report: Report, *, parted: bool = False
) -> list[str]:
    """What a person should know unasked of how a file was read; `file` is how it was named.

    Guesses at what its `report` states are not said, nor that it can be parted into countries
    where it was `parted`.
    """
    lines = []
    if document.encoding not in _SURE:
        lines.append(f"Read as {document.encoding}: see that its letters are right.")
    lines += _left_out(document.dropped)
    lines += _beside(document.extraction.furniture)
    lines += _warnings(document.extraction)
    guesses = {
        name: value
        for name, value in document.guesses.items()
        if getattr(report, name) is None or (name == "title" and report.title == Path(file).stem)
    }
    if guesses:
        options = " ".join(f"--{name} {quote(one)}" for name, one in guesses.items())
        lines.append(
            f"The file seems to say {options}; nothing of it is cited until you confirm it: "
            f"pincite add {quote(file)} --use-guesses, or with what is right in their place"
        )
    if document.entries and not parted:
        lines.append(
            f"It looks like a report on {len(document.entries)} countries "
            f"({_countries(document.entries)}); to make a report of each, so that --country finds "
            f"it: pincite add {quote(file)} --split-by country"
        )
    return lines


def extraction_lines(extraction: Extraction, passages: Sequence[Passage]) -> list[str]:
    """All that is known of how a report's file was read."""
    notes = sum((passage.label or "").startswith("note ") for passage in passages)
    lines = [
        f"encoding    {extraction.encoding}",
        *([f"sheets      {extraction.sheets}"] if extraction.sheets else []),
        f"passages    {len(passages)}, of them {notes} notes",
        f"notes       {extraction.joined} joined to their markers, {len(extraction.unjoined)} not",
        *(f"  {one}" for one in extraction.unjoined),
        *(f"{name:<11} {value}" for name, value in extraction.properties.items()),
    ]
    lines += _left_out(extraction.dropped)
    lines += _listed(
        "Left out beside the text",
        [f"“{_short(one.text)}”{_on(one.sheets)}" for one in extraction.furniture],
    )
    lines += _listed("Characters mended or lost", [*_mended(extraction)])
    lines += _listed(
        "To be checked against the page",
        [
            f"{f'sheet {one.sheet}: ' if one.sheet else ''}{one.doubt.value}: {one.sentence}"
            for one in extraction.suspicions
        ],
    )
    lines += _without_text(extraction)
    return [*lines, "", *outline_lines(passages)]


def country_lines(entries: Sequence[tuple[CountryEntry, Sequence[Passage]]]) -> Iterator[str]:
    """The countries that a file would be parted into, each with its pages."""
    for entry, passages in entries:
        formal = f" ({entry.formal_name})" if entry.formal_name else ""
        how = f", recognised by {entry.recognised_by}" if entry.recognised_by else ""
        pages = pages_of(passages)
        yield (
            f"{len(passages):>4} passages  {entry.name}{formal}{f', {pages}' if pages else ''}{how}"
        )
        if entry.disagreement:
            yield f"      {entry.disagreement}"


def extraction_object(
    extraction: Extraction, passages: Sequence[Passage], **more: Any
) -> dict[str, Any]:
    """The same as an object for JSON."""
    return {
        **more,
        "encoding": extraction.encoding,
        "sheets": extraction.sheets or None,
        "outline": [
            {"section": list(section), "passages": len(inside), **_pages_object(inside)}
            for section, inside in _sections(passages)
        ],
        "passages": len(passages),
        "notes": {"joined": extraction.joined, "unjoined": list(extraction.unjoined)},
        "dropped": [
            {"what": one.what.value[0], "line": one.line, "line_end": one.last_line}
            for one in extraction.dropped
        ],
        "furniture": [
            {"text": one.text, "sheets": list(one.sheets)} for one in extraction.furniture
        ],
        "mended": [
            {"what": m.what, "becomes": m.becomes, "count": m.count, "sheets": list(m.sheets)}
            for m in extraction.mended
        ],
        "suspicions": [
            {"sheet": one.sheet, "doubt": one.doubt.value, "sentence": one.sentence}
            for one in extraction.suspicions
        ],
        "without_text": list(extraction.without_text),
        "pictures": list(extraction.pictures),
        "properties": to_values(extraction.properties),
    }


def guesses_object(guesses: Mapping[str, str], entries: Sequence[CountryEntry]) -> dict[str, Any]:
    """What a file seems to say of itself, and the countries that it may be parted into."""
    return {"guesses": dict(guesses), "countries": [entry.name for entry in entries]}


def _sections(
    passages: Sequence[Passage],
) -> Iterator[tuple[tuple[str, ...], list[Passage]]]:
    for section, inside in groupby(passages, key=lambda passage: passage.section):
        yield section, list(inside)


def _ends(passages: Sequence[Passage]) -> tuple[PageStart, PageStart] | None:
    pages = [page for passage in passages for page in passage.pages]
    if not pages:
        return None
    return min(pages, key=lambda page: page.sheet), max(pages, key=lambda page: page.sheet)


def pages_of(passages: Sequence[Passage]) -> str:
    """From which page to which passages stand; empty where there are no pages."""
    ends = _ends(passages)
    return pages_named(*ends) if ends else ""


def _pages_object(passages: Sequence[Passage]) -> dict[str, Any]:
    first, last = _ends(passages) or (None, None)
    return {
        "page": first.printed if first else None,
        "page_end": last.printed if last else None,
        "sheet": first.sheet if first else None,
        "sheet_end": last.sheet if last else None,
    }


def _warnings(extraction: Extraction) -> list[str]:
    lines = _without_text(extraction)
    doubtful = sorted({one.sheet for one in extraction.suspicions if one.sheet})
    if doubtful:
        lines.append(
            f"The text of {_sheets(doubtful)} may not be what is printed there; a citation from "
            "it says so. What is doubtful: pincite show ID --extraction"
        )
    lost = sum(one.count for one in extraction.mended if one.becomes is None)
    if lost:
        lines.append(f"{lost} characters could not be told and are missing from the text.")
    if extraction.unjoined:
        lines.append(f"{len(extraction.unjoined)} notes could not be joined to their markers.")
    return lines


def _without_text(extraction: Extraction) -> list[str]:
    lines = []
    if extraction.pictures:
        lines.append(
            f"The text of {_sheets(extraction.pictures)} is in pictures and is not searched; have "
            "it recognised (OCR) and add that file."
        )
    blank = [sheet for sheet in extraction.without_text if sheet not in extraction.pictures]
    if blank:
        lines.append(f"Without text: {_sheets(blank)}.")
    return lines


def _mended(extraction: Extraction) -> Iterator[str]:
    for one in extraction.mended:
        became = f"read as “{one.becomes}”" if one.becomes is not None else "lost"
        times = f"{one.count} time{'s' * (one.count != 1)}"
        yield f"“{one.what}” {became}, {times}{_on(one.sheets)}"


def _listed(title: str, lines: Sequence[str]) -> list[str]:
    return [f"{title}:", *(f"  {line}" for line in lines)] if lines else []


def _sheets(sheets: Sequence[int]) -> str:
    """Sheets in words, runs of them together, the first of many."""
    runs: list[tuple[int, int]] = []
    for sheet in sheets:
        if runs and sheet == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], sheet)
        else:
            runs.append((sheet, sheet))
    named = [str(first) if first == last else f"{first}–{last}" for first, last in runs]
    more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
    return f"sheet{'s' * (len(sheets) > 1)} {', '.join(named[:_MOST_NAMED])}{more}"


def _on(sheets: Sequence[int]) -> str:
    return f" on {_sheets(sheets)}" if sheets else ""


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _countries(entries: Sequence[CountryEntry]) -> str:
    names = [entry.name for entry in entries]
    more = f" and {len(names) - _MOST_COUNTRIES} more" if len(names) > _MOST_COUNTRIES else ""
    return ", ".join(names[:_MOST_COUNTRIES]) + more


def _left_out(dropped: Sequence[Dropped]) -> list[str]:
    """How many of what a file holds that is neither searched nor shown, and in which lines."""
    lines = []
    for what in LeftOut:
        found = [one for one in dropped if one.what is what]
        if found:
            words = sum(one.words for one in found)
            lines.append(
                f"Left out: {len(found)} {what.value[len(found) > 1]}"
                f" ({words} word{'s' * (words != 1)}), {_places(found)}."
            )
    return lines


def _beside(furniture: Sequence[Furniture]) -> list[str]:
    """How much stands beside the text, or hidden in it, and how it begins."""
    if not furniture:
        return []
    count = len(furniture)
    return [
        f"Left out beside the text: {count} stretch{'es' * (count != 1)}, such as "
        f"“{_short(furniture[0].text)}” (--report names {'each' if count > 1 else 'it'})."
    ]


def _places(dropped: Sequence[Dropped]) -> str:
    spans = dict.fromkeys((one.line, one.last_line) for one in dropped)
    named = [str(first) if first == last else f"{first}–{last}" for first, last in spans]
    more = len(named) - _MOST_NAMED
    return f"line{'s' * (len(named) > 1 or '–' in named[0])} {', '.join(named[:_MOST_NAMED])}" + (
        f" and {more} more" if more > 0 else ""
    )
