"""The library in words: its reports, a report, a passage, its state."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from corpus.citing.citations import not_stated
from corpus.citing.styles import Style, cited
from corpus.passage import Passage
from corpus.readers import Document, Dropped, LeftOut
from corpus.report import Kind, Report
from corpus.storage.entries import Entry, Outcome, Resolved
from corpus.storage.library import Library

if TYPE_CHECKING:
    from embeddings.adding import Added
    from embeddings.local.index import Condition

# So many lines are named of each kind of thing that is left out.
_MOST_LINES = 10


def added_line(added: "Added", entries: Sequence[Entry]) -> str:
    """What adding a file did."""
    name = f"{added.report.id} (“{added.report.title}”)"
    if added.outcome is Outcome.UNCHANGED:
        return f"{name} is already in the library; nothing changed."
    lines = [f"Added {name}: {added.passages} passages, {added.encoded} newly encoded."]
    if added.outcome is Outcome.NEW_VERSION:
        lines.append(
            f"This is version {added.version}: answers come from it, and citations of earlier "
            "versions still resolve."
        )
    lines += reading_lines(added.document)
    lines += [_aside(entry) for entry in entries if entry.aside_for == added.report.id]
    return "\n".join(lines)


def reading_lines(document: Document) -> list[str]:
    """What a person should know of how a file was read, unasked."""
    lines = []
    if document.encoding != "UTF-8":
        lines.append(f"Read as {document.encoding}: see that its letters are right.")
    return lines + _left_out(document.dropped)


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


def _places(dropped: Sequence[Dropped]) -> str:
    spans = dict.fromkeys((one.line, one.last_line) for one in dropped)
    named = [str(first) if first == last else f"{first}–{last}" for first, last in spans]
    more = len(named) - _MOST_LINES
    return f"line{'s' * (len(named) > 1 or '–' in named[0])} {', '.join(named[:_MOST_LINES])}" + (
        f" and {more} more" if more > 0 else ""
    )


def report_lines(entry: Entry) -> str:
    """A report in two lines."""
    report = entry.report
    about = [
        _whose(report),
        f"covering {report.period}" if report.period else "period not stated",
        str(report.kind),
        f"{entry.passages} passages",
        f"version {entry.version}",
        f"steps aside for {entry.aside_for}" if entry.aside_for else "",
    ]
    return f"{report.id}\n    {', '.join(part for part in about if part)}"


def report_block(entry: Entry, passages: Sequence[Passage]) -> str:
    """All that is known about a report, and its sections."""
    report = entry.report
    known = {
        "id": report.id,
        "title": report.title,
        "publisher": report.publisher,
        "author": report.author,
        "number": report.number,
        "country": report.country,
        "period": report.period,
        "published": report.published,
        "accessed": report.accessed,
        "url": report.url,
        "archived": report.archived,
        "captured": report.captured,
        "language": report.language,
        "licence": report.licence,
        "kind": "digest (not its publisher's words)" if report.kind is Kind.DIGEST else "verbatim",
        "version": f"{entry.version}, added {entry.added}",
        "sha256": report.sha256,
    }
    lines = [
        f"{name:<10} {'not stated' if value is None else value}" for name, value in known.items()
    ]
    if entry.aside_for:
        lines.append(_aside(entry))
    lines.append("")
    for section, inside in groupby(passages, key=lambda passage: passage.section):
        count = len(list(inside))
        name = " – ".join(section) or "(introduction)"
        lines.append(f"{count:>4} passage{'s' if count > 1 else ' '}  {name}")
    return "\n".join(lines)


def passage_block(resolved: Resolved, style: Style = Style.NOTE) -> str:
    """A passage with its citation, and whether a newer version of its report lacks it."""
    lines = [resolved.passage.text, "", cited(resolved.passage, style)]
    if missing := not_stated(resolved.passage):
        lines.append(f"Not stated: {', '.join(missing)}.")
    if resolved.superseded:
        lines.append(
            f"From version {resolved.version} of the report; the current version does not have it."
        )
    return "\n".join(lines)


def status_block(library: Library, index: "Condition | None") -> tuple[str, bool]:
    """The library's state, and whether it is sound; reads all of it.

    `index` is how its search index is, None where it has none yet.
    """
    entries = library.entries()
    broken = library.damage()
    # With what a killed process left in the write-ahead log.
    files = library.folder.glob(f"{library.path.name}*")
    size = sum(file.stat().st_size for file in files if file.exists())
    lines = [
        f"library    {library.folder}",
        f"reports    {len(entries)}",
        f"passages   {sum(entry.passages for entry in entries)}",
        f"model      {library.model or 'none yet'}",
        f"size       {_megabytes(size)} in {library.path.name}",
        f"index      {_index(index)}",
        f"health     {broken or 'sound'}"
        + (
            f"; the index is {index.damage}: the next question builds it anew"
            if index and index.damage
            else ""
        ),
        *(_aside(entry) for entry in entries if entry.aside_for),
    ]
    return "\n".join(lines), broken is None


def _index(index: "Condition | None") -> str:
    if index is None:
        return "none yet: the first question makes it"
    kind = "exact search" if index.is_exact else "approximate search"
    return f"{_megabytes(index.size)}, {'none' if index.damage else kind}"


def _aside(entry: Entry) -> str:
    return f"The digest {entry.report.id} steps aside from answers for {entry.aside_for}."


def _whose(report: Report) -> str:
    publisher = report.publisher or "publisher not stated"
    digest = "digest of " if report.kind is Kind.DIGEST else ""
    return f"“{report.title}”, {digest}{publisher}"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
