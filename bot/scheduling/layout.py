"""What a schedule says, block by block."""

import enum
from collections.abc import Iterator
from dataclasses import replace

from bot.rendering.printable import printable
from bot.scheduling.document import Block, Document, Kind, Run
from bot.scheduling.links import link_to
from bot.scheduling.schedule import Extract, Found, LeftOut, Schedule
from corpus.citing.citations import archived
from corpus.citing.styles import Style, cited
from corpus.citing.templates import whose
from corpus.report import Report, spell_date


class Notes(enum.StrEnum):
    """Where the full citation of an extract stands."""

    LINES = "lines"  # over it
    FOOTNOTES = "footnotes"
    REFERENCES = "references"  # in a numbered list at the end


def lay_out(schedule: Schedule, notes: Notes, style: Style) -> Document:
    """The document of a schedule, each extract cited in a style.

    Raises InstallationFault where the style needs a package that is not installed.
    """
    blocks = [*_opening(schedule)]
    for number, found in enumerate(schedule.found, 1):
        blocks += _issue(number, found, schedule, notes, style)
    blocks += [*_sources(schedule), *_closing(schedule)]
    cited_in_notes = () if notes is Notes.LINES else schedule.extracts
    return Document(
        title=printable(schedule.case.title),
        blocks=tuple(map(_shown, blocks)),
        notes=tuple(printable(cited(extract.passage, style)) for extract in cited_in_notes),
        footnotes=notes is Notes.FOOTNOTES,
    )


def _shown(block: Block) -> Block:
    """The block, in which no character of a report acts unseen."""
    runs = (replace(run, text=printable(run.text)) for run in block.runs)
    return replace(block, runs=tuple(runs))


def _opening(schedule: Schedule) -> Iterator[Block]:
    case = schedule.case
    yield _block(Kind.TITLE, case.title)
    covered = [extract.passage.period for extract in schedule.extracts if extract.passage.period]
    about = [
        f"Country: {case.country}" if case.country else None,
        f"Year: {case.year}" if case.year else None,
        f"Reporting period of the sources: {_reach([one.years for one in covered])}"
        if covered
        else "Reporting period of the sources: not stated",
        f"Sources accessed: {_accessed(schedule)}" if schedule.sources else None,
    ]
    yield _block(Kind.TEXT, ". ".join(part for part in about if part) + ".")


def _issue(
    number: int, found: Found, schedule: Schedule, notes: Notes, style: Style
) -> Iterator[Block]:
    yield _block(Kind.HEADING, f"Issue {number}: {found.issue.title}")
    if found.extracts or found.shown_before:
        yield _block(Kind.REMARK, _behind(found, schedule))
    for extract in found.extracts:
        yield from _extract(extract, notes, style)
    if found.shown_before:
        many = ", ".join(map(str, found.shown_before))
        yield _block(Kind.TEXT, f"See also extract{_s(len(found.shown_before))} {many} above.")
    searched = schedule.searched
    for question in found.unanswered:
        where = "" if schedule.case.scope.is_everything else f", only {schedule.case.scope}"
        yield _block(
            Kind.TEXT,
            f"Searched on {spell_date(searched.day)} for “{question}” in {searched.in_scope:,} "
            f"passage{_s(searched.in_scope)} of the library{where}: found nothing that answers it. "
            "Absence of information is not evidence that something does not happen.",
        )


def _behind(found: Found, schedule: Schedule) -> str:
    names = schedule.behind(found)
    extracts = len(found.extracts) + len(found.shown_before)
    many = f"{extracts} extract{_s(extracts)}"
    if not names:
        return f"{many}; who published them is not stated."
    return f"{many} from {len(names)} independent publisher{_s(len(names))}: {'; '.join(names)}."


def _extract(extract: Extract, notes: Notes, style: Style) -> Iterator[Block]:
    passage, number = extract.passage, f"{extract.number}. "
    link = link_to(passage)
    if notes is Notes.LINES:
        line = cited(passage, style)
        yield Block(
            kind=Kind.LEAD, runs=(Run(text=number, bold=True), *_linked(line, passage.report, link))
        )
    else:
        short = f"Excerpt from: {cited(passage, Style.SHORT).rpartition(' [')[0]}"
        yield Block(
            kind=Kind.LEAD,
            runs=(Run(text=number, bold=True), Run(text=short, link=link, note=extract.number)),
        )
    for paragraph in passage.text.strip().split("\n\n"):
        yield _block(Kind.QUOTE, " ".join(paragraph.split()))
    yield _block(Kind.REMARK, " ".join(_remarks(extract)))


def _linked(line: str, report: Report, link: str | None) -> tuple[Run, ...]:
    """A citation whose address opens the source at the place; all of it where none is shown."""
    shown = report.url or report.archived
    if link is None or shown is None:
        return (Run(text=line),)
    before, found, after = line.partition(shown)
    if not found:
        return (Run(text=line, link=link),)
    runs = (Run(text=before), Run(text=found, link=link), Run(text=after))
    return tuple(run for run in runs if run.text)


def _remarks(extract: Extract) -> Iterator[str]:
    if extract.says:
        said = "; ".join(f"“{words}”" for words in extract.says)
        yield f"Who says so and how surely, in its words: {said}."
    if extract.before is None or extract.after is None:
        yield "From an earlier version of the report; the current one does not have it."
        return
    sides = [("before it", extract.before), ("after it", extract.after)]
    left = [f"{_side(side)} {where}" for where, side in sides if side.passages]
    if left:
        yield f"Left out of the section: {', '.join(left)}."
    else:
        yield "The whole section."


def _side(side: LeftOut) -> str:
    return f"{side.passages} passage{_s(side.passages)} ({side.words:,} word{_s(side.words)})"


def _sources(schedule: Schedule) -> Iterator[Block]:
    if not schedule.sources:
        return
    yield _block(Kind.HEADING, "Sources")
    for report in schedule.sources:
        published = spell_date(report.published) if report.published else "not stated"
        parts = [
            whose(report) or "Author not stated",
            f"‘{report.title}’",
            report.number,
            f"published by {report.publisher}" if report.author and report.publisher else None,
            f"covering {report.period}" if report.period else None,
            f"published: {published}",
            f"accessed: {spell_date(report.accessed)}",
            archived(report),
        ]
        words = ", ".join(part for part in parts if part)
        runs = [Run(text=words)]
        if report.url:
            runs += [Run(text=", "), Run(text=report.url, link=report.url)]
        yield Block(kind=Kind.ITEM, runs=(*runs, Run(text=".")))


def _closing(schedule: Schedule) -> Iterator[Block]:
    yield _block(Kind.HEADING, "About this schedule")
    searched = schedule.searched
    yield _block(
        Kind.REMARK,
        "Every extract is a passage word for word as the source has it, note markers left out, and "
        "is named by its permanent id. Publishers are told apart by their names; whether one "
        "relies on another is to be seen in the extracts. Made with Pincite on "
        f"{spell_date(searched.day)} from a library of {searched.reports:,} "
        f"report{_s(searched.reports)} and {searched.passages:,} passages (fingerprint "
        f"{searched.fingerprint[:16]}).",
    )


def _accessed(schedule: Schedule) -> str:
    days = sorted({report.accessed for report in schedule.sources})
    if len(days) == 1:
        return spell_date(days[0])
    return f"{spell_date(days[0])} to {spell_date(days[-1])}"


def _reach(periods: list[range]) -> str:
    first = min(years.start for years in periods)
    last = max(years.stop for years in periods) - 1
    return str(first) if first == last else f"{first} to {last}"


def _block(kind: Kind, text: str) -> Block:
    return Block(kind=kind, runs=(Run(text=text),))


def _s(number: int) -> str:
    return "" if number == 1 else "s"
