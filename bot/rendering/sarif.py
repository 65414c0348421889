"""What is found of a draft in SARIF 2.1.0, which editors and build servers show at its place."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from bot.rendering.findings import note
from bot.rendering.printable import printable_json
from bot.verifying.finding import SOUND, WARNINGS, Finding, Verdict

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_SAID = {
    Verdict.NOT_IN_LIBRARY: "No report of the library has these words.",
    Verdict.ALTERED: "Words of the quotation are not the report's.",
    Verdict.SPLICED: "The quotation is put together from places apart.",
    Verdict.OLDER_VERSION: "Only an older version of the report has these words.",
    Verdict.WRONG_PLACE: "The words do not stand where they are cited from.",
    Verdict.WRONG_SPEAKER: "The draft gives the words to somebody whom the report does not.",
    Verdict.FIGURE_NOT_THERE: "A figure does not stand on the place that is cited for it.",
    Verdict.ELLIPSIS_HIDES: "An ellipsis hides a condition, a negation or several sentences.",
    Verdict.STARTS_LATE: "What is cut off before the quotation limits or attributes it.",
    Verdict.STOPS_EARLY: "What is cut off after the quotation limits or attributes it.",
    Verdict.EXACT_BUT_FOR: "The words are the report's, its punctuation or typesetting is not.",
    Verdict.EXACT: "The quotation is the report's.",
    Verdict.FIGURES_STAND: "The figures stand on the place that is cited for them.",
}


def to_sarif(findings: Sequence[Finding], draft: str | None, version: str) -> str:
    """A SARIF log of one run of this version of Pincite over a draft, as one line of JSON.

    `draft` is the draft's path, None where it has none.
    """
    driver = {
        "name": "Pincite",
        "version": version,
        "rules": [
            {"id": _rule(verdict), "shortDescription": {"text": _SAID[verdict]}}
            for verdict in Verdict
        ],
    }
    results = [_result(finding, draft) for finding in findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return printable_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(verdict: Verdict) -> str:
    return str(verdict).replace("’", "").replace("'", "").replace(" ", "-")


def _result(finding: Finding, draft: str | None) -> dict[str, Any]:
    verdict = finding.verdict
    if verdict in SOUND:
        kind, level = "pass", "none"
    elif verdict in WARNINGS:
        kind, level = "fail", "warning"
    else:
        kind, level = "fail", "note" if verdict is Verdict.EXACT_BUT_FOR else "error"
    return {
        "ruleId": _rule(verdict),
        "ruleIndex": list(Verdict).index(verdict),
        "kind": kind,
        "level": level,
        "message": {"text": f"“{' '.join(finding.text.split())}”\n{note(finding)}"},
        "locations": [_location(finding, draft)],
    }


def _location(finding: Finding, draft: str | None) -> dict[str, Any]:
    place = finding.part.place(finding.span.start)
    location: dict[str, Any] = {"logicalLocations": [{"fullyQualifiedName": place}]}
    if draft is not None:
        physical: dict[str, Any] = {"artifactLocation": {"uri": quote(draft)}}
        if finding.part.line is not None:
            before = finding.part.text.count("\n", 0, finding.span.start)
            within = finding.text.count("\n")
            first = finding.part.line + before
            physical["region"] = {"startLine": first, "endLine": first + within}
        location["physicalLocation"] = physical
    return location
