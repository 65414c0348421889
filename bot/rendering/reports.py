"""The library in words: its reports, a report, a passage, its state."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.rendering.reading import outline_lines, pages_of
from corpus.passage import Passage
from corpus.report import Kind, Report
from corpus.storage.entries import Entry, Outcome
from corpus.storage.examining import Examined
from corpus.storage.library import Library

if TYPE_CHECKING:
    from embeddings.adding import Added
    from embeddings.local.index import Condition


def added_lines(added: "Added", entries: Sequence[Entry]) -> list[str]:
    """What adding a report did."""
    if added.outcome is Outcome.UNCHANGED:
        return [unchanged_line(added.report)]
    lines = [f"Added {_named(added.report)}: {_passages(added.passages, added.encoded)}."]
    if added.outcome is Outcome.NEW_VERSION:
        lines.append(
            f"This is version {added.version}: answers come from it, and citations of earlier "
            "versions still resolve."
        )
    return lines + [_aside(entry) for entry in entries if entry.aside_for == added.report.id]


def unchanged_line(report: Report) -> str:
    """That a report is there already."""
    return f"{_named(report)} is already in the library; nothing changed."


def unchanged_parts_line(parts: Sequence[Report]) -> str:
    """That all the parts that a file was parted into are there already."""
    return f"“{parts[0].title}” is already in the library in {len(parts)} parts; nothing changed."


def part_line(added: "Added", passages: Sequence[Passage]) -> str:
    """What adding a part of a file did: its country, its pages."""
    did = {Outcome.ADDED: "Added", Outcome.NEW_VERSION: f"Version {added.version} of"}
    pages = pages_of(passages)
    return (
        f"{did.get(added.outcome, 'Unchanged:')} {added.report.id} "
        f"({added.report.country or 'what is on no one country'}{f', {pages}' if pages else ''}): "
        f"{_passages(added.passages)}."
    )


def dry_lines(report: Report, passages: Sequence[Passage], *, held: bool) -> list[str]:
    """What would be added, or is `held` already: a report, what is stated of it, its outline."""
    stated = {
        "publisher": report.publisher,
        "country": report.country,
        "period": report.period,
        "published": report.published,
        "url": report.url,
    }
    about = [f"{name} {value or 'not stated'}" for name, value in stated.items()]
    what = f"{'Already in the library:' if held else 'Would add'} {_named(report)}"
    return [
        f"{what}: {_passages(len(passages))}; {', '.join(about)}.",
        *outline_lines(passages),
    ]


def _named(report: Report) -> str:
    """Its id, and its title where that is more than the file's name."""
    return report.id if report.title == report.id else f"{report.id} (“{report.title}”)"


def _passages(count: int, encoded: int | None = None) -> str:
    """How many passages, and how many of them were not encoded before."""
    said = f"{count} passage{'s' * (count != 1)}"
    return said if encoded in (None, 0, count) else f"{said}, {encoded} newly encoded"


def report_lines(entry: Entry) -> str:
    """A report in two lines."""
    report = entry.report
    about = [
        _whose(report),
        report.country or "",
        f"covering {report.period}" if report.period else "period not stated",
        str(report.kind),
        _passages(entry.passages),
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
    return "\n".join([*lines, *outline_lines(passages)])


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
            f"; the index is {index.damage}: pincite rebuild makes it anew"
            if index and index.damage
            else ""
        ),
        *(_aside(entry) for entry in entries if entry.aside_for),
    ]
    return "\n".join(lines), broken is None


def examined_line(examined: Examined) -> str:
    """A part that was examined, and what is wrong with it."""
    mend = "; pincite doctor --repair makes it anew" if examined.mendable else ""
    return f"{examined.part:<22} {f'{examined.wrong}{mend}' if examined.wrong else 'sound'}"


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
