"""What is found of a draft's quotations: as a table, as JSON, and as a note at each place."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.rendering.printable import printable_json
from bot.verifying.finding import WARNINGS, Finding, Stretch, Verdict
from corpus.citing.citations import cite

# Of the format; raised where what reads it has to know.
_VERSION = 1
# What of a quotation tells which one it is.
_SHOWN = 60
_NEAREST = 200
_COLOURS = {Verdict.EXACT: "green", Verdict.FIGURES_STAND: "green", Verdict.EXACT_BUT_FOR: "cyan"}


def table(findings: Sequence[Finding]) -> RenderableType:
    """Each finding with its place in the draft, then how many there are of each verdict."""
    rows = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    rows.add_column("where", no_wrap=True)
    rows.add_column("quotation", max_width=_SHOWN)
    rows.add_column("what is found")
    for finding in findings:
        rows.add_row(
            finding.part.place(finding.span.start),
            _beginning(finding.text),
            Text("\n").join(_told(finding)),
        )
    return Group(rows, "", summary(findings))


def summary(findings: Sequence[Finding]) -> str:
    """How many findings there are, and of which verdicts: "3 found: 2 exact, 1 altered"."""
    counts = Counter(finding.verdict for finding in findings)
    parts = ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict])
    return f"{len(findings)} found: {parts}"


def note(finding: Finding) -> str:
    """A finding in lines: what is found, the words that the report has, and their citation."""
    lines = [str(remark) for remark in finding.remarks]
    for place in _once(finding.places):
        nearest = "nearest: " if finding.verdict is Verdict.NOT_IN_LIBRARY else ""
        lines.append(f"{nearest}“{_beginning(place.words, _NEAREST)}”")
        lines.append(_cited(place))
    return "\n".join(lines)


def to_json(findings: Sequence[Finding], draft: str | None) -> str:
    """All findings as one JSON object on one line; `draft` is the file's name, None without one."""
    return printable_json(
        {
            "version": _VERSION,
            "draft": draft,
            "exact": all(finding.is_sound for finding in findings),
            "counts": dict(Counter(str(finding.verdict) for finding in findings)),
            "findings": [_object(finding) for finding in findings],
        }
    )


def _object(finding: Finding) -> dict[str, Any]:
    return {
        "where": finding.part.place(finding.span.start),
        "verdict": str(finding.verdict),
        "warning": finding.verdict in WARNINGS,
        "remarks": [
            {"verdict": str(remark.verdict), "words": remark.words} for remark in finding.remarks
        ],
        "quotation": finding.text,
        "citation": finding.citation or None,
        "stands": [
            {
                "words": place.words,
                "passage_id": place.standing.passage.id,
                "report_id": place.standing.passage.report.id,
                "version": place.standing.version,
                "current": place.standing.current,
                "start": place.standing.passage.in_report(place.span).start,
                "stop": place.standing.passage.in_report(place.span).stop,
                "citation": cite(place.passage),
            }
            for place in finding.places
        ],
    }


def _told(finding: Finding) -> list[Text]:
    lines = [
        Text(
            str(remark),
            style=_COLOURS.get(remark.verdict, "yellow" if remark.verdict in WARNINGS else "red"),
        )
        for remark in finding.remarks
    ]
    place = finding.places[0] if finding.places else None
    if place is not None and finding.verdict is Verdict.NOT_IN_LIBRARY:
        lines.append(Text(f"nearest: “{_beginning(place.words, _NEAREST)}”, {_cited(place)}"))
    elif place is not None and not finding.citation:
        lines.append(Text(f"it stands in {_cited(place)}"))
    return lines


def _cited(place: Stretch) -> str:
    return f"{cite(place.passage)} [{place.passage.id}]"


def _once(places: Sequence[Stretch]) -> list[Stretch]:
    return list({place.standing.number: place for place in places}.values())


def _beginning(text: str, most: int = _SHOWN) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= most else f"{plain[: most - 1].rstrip()}…"
