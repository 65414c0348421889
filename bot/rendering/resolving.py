"""What became of a cited passage, in words."""

from collections.abc import Iterator, Sequence

from corpus.citing.citations import lacking, pinpoint
from corpus.citing.fates import Fate, Found, Word
from corpus.citing.styles import Style, cited
from corpus.report import spell_date
from corpus.storage.entries import Resolved
from corpus.storage.resolving import Edition

_SAID = {
    Fate.STANDS: "It stands in the report as it was cited.",
    Fate.MOVED: "Moved: the words are the same, the place is another.",
    Fate.RECUT: "Cut otherwise: the same words stand in the report’s current version, in:",
    Fate.CHANGED: "Changed since: what stands there now differs, [-taken out-] {+put in+}:",
    Fate.GONE: "Gone: nothing in the report’s current version is like it.",
}


def resolved_block(found: Found, style: Style) -> str:
    """A passage as it was cited, and what became of it."""
    if found.tombstone:
        stone = found.tombstone
        return (
            f"Removed on {spell_date(stone.removed)}: passage {stone.passage_id} was in the report "
            f"{stone.report_id}, which is not in the library any more. Its words were not kept."
        )
    return "\n".join(_lines(found, style))


def passage_block(resolved: Resolved, editions: Sequence[Edition], style: Style) -> str:
    """A passage with its citation in every version, and whether the newest one lacks it."""
    notes = [f"[{note.note}] {note.words}" for note in resolved.passage.cited_notes]
    citations = list(_citations(editions, style))
    if not citations[1:]:
        citations = [cited(resolved.passage, style)]
    lines = [resolved.passage.text, "", *notes, *citations]
    if missing := lacking(resolved.passage):
        lines.append(f"{missing[:1].upper()}{missing[1:]}.")
    if resolved.superseded:
        lines.append(
            f"From version {resolved.version} of the report; the current version does not have it."
        )
    return "\n".join(lines)


def _lines(found: Found, style: Style) -> Iterator[str]:
    last = found.editions[-1].passage
    yield from (last.text, "", *_citations(found.editions, style))
    if missing := lacking(last):
        yield f"{missing[:1].upper()}{missing[1:]}."
    yield from ("", _SAID[found.fate])
    if found.fate is Fate.MOVED:
        yield f"  from {pinpoint(found.editions[0].passage)}"
        yield f"  to {pinpoint(last)}"
    if found.fate is Fate.CHANGED:
        yield from (f"  {marked(found.difference)}", "Now:")
    if found.fate in (Fate.RECUT, Fate.CHANGED):
        yield from (f"  {pinpoint(passage)}, passage {passage.id}" for passage in found.now)


def _citations(editions: Sequence[Edition], style: Style) -> Iterator[str]:
    """Each citation that was shown, in order, with the day and the version it is from."""
    first: dict[str, Edition] = {}
    for edition in editions:
        first.setdefault(cited(edition.passage, style), edition)
    yield from (f"{_when(edition)}: {citation}" for citation, edition in first.items())


def _when(edition: Edition) -> str:
    return f"As cited from {spell_date(edition.since)} on (version {edition.version})"


def marked(difference: Sequence[Word]) -> str:
    """A comparison as one text, in the marks of git's word diff."""
    return " ".join(_marked(word) for word in difference)


def _marked(word: Word) -> str:
    if word.was == word.now:
        return word.was
    out = f"[-{word.was}-]" if word.was else ""
    return out + (f"{{+{word.now}+}}" if word.now else "")
