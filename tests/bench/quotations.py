"""Measures where quotations that were copied by eye from reports are found in what is read.

    python tests/bench/quotations.py FOLDER QUOTATIONS.jsonl...

FOLDER holds the files; a file of quotations is named as its PDF, NAME.jsonl for NAME.pdf, unless a
line names its `file`. A line is an object: `quotation`, its `sheet` and printed `page` (null for a
page without a number), `sheet_end` and `page_end` where it goes on to another page, the innermost
`section`, and, where they are asked for, the `number` that the source prints before the paragraph
and the `label` of a note or a row, and the whole `path` of sections. What has no pages, such as a
web page, is asked for none. What counts as found: an exact slice of the text of one passage,
with these. A share's interval is Wilson's, 95 %.
"""

import datetime
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from corpus.cutting import cut
from corpus.passage import PageStart, Passage, Span, pages_between
from corpus.readers.file import read
from corpus.report import Kind, Report

ASKED = ("exact", "sheet", "page", "section", "path", "number", "label")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A quotation, and for each thing asked of it whether it is right."""

    quotation: str
    right: dict[str, bool]
    got: str


def main(folder: str, *files: str) -> None:
    """Print the shares of each file and of all, then every miss."""
    outcomes: dict[str, list[Outcome]] = {}
    for name in files:
        asked = [json.loads(line) for line in Path(name).read_text(encoding="utf-8").splitlines()]
        for wanted in asked:
            file = wanted.get("file", f"{Path(name).stem}.pdf")
            outcomes.setdefault(file, [])
        for file in {wanted.get("file", f"{Path(name).stem}.pdf") for wanted in asked}:
            passages = _passages(Path(folder) / file)
            outcomes[file] += [
                _outcome(wanted, passages)
                for wanted in asked
                if wanted.get("file", f"{Path(name).stem}.pdf") == file
            ]
    for file, found in outcomes.items():
        print(f"{file}: {_shares(found)}")
    if len(outcomes) > 1:
        print(f"all: {_shares([outcome for found in outcomes.values() for outcome in found])}")
    for file, found in outcomes.items():
        for outcome in found:
            wrong = [what for what, right in outcome.right.items() if not right]
            if wrong:
                print(f"{file}: wrong {', '.join(wrong)}: {outcome.quotation[:90]!r}")
                print(f"    got {outcome.got}")


def _passages(path: Path) -> list[Passage]:
    document = read(path)[0]
    report = Report(
        id="measured",
        title=document.guesses.get("title") or path.stem,
        publisher=None,
        country=None,
        period=None,
        published=None,
        accessed=datetime.date(2000, 1, 1),
        url=None,
        language=None,
        licence=None,
        kind=Kind.VERBATIM,
        sha256="0" * 64,
    )
    return cut(report, document)


def _outcome(wanted: dict[str, Any], passages: list[Passage]) -> Outcome:
    said = wanted["quotation"]
    found = [passage for passage in passages if said in passage.text]
    if not found:
        right = {what: False for what in ASKED if what == "exact" or what in wanted}
        return Outcome(quotation=said, right=right, got="no passage with it")
    rated = [(_right(wanted, passage), passage) for passage in found]
    right, passage = max(rated, key=lambda pair: sum(pair[0].values()))
    where = _pages(passage, said)
    got = f"{where} {passage.section} {passage.printed_number} {passage.label}"
    return Outcome(quotation=said, right=right, got=got)


def _pages(passage: Passage, said: str) -> tuple[PageStart, ...]:
    """The pages on which a stretch of a passage stands."""
    start = passage.text.index(said)
    place = passage.in_report(Span(start=start, stop=start + len(said)))
    return pages_between(passage.pages, place.start, place.stop)


def _right(wanted: dict[str, Any], passage: Passage) -> dict[str, bool]:
    pages = _pages(passage, wanted["quotation"])
    right = {"exact": True}
    if "sheet" in wanted:
        sheets = [page.sheet for page in pages]
        printed = [page.printed for page in pages]
        ends = wanted["sheet"], wanted.get("sheet_end", wanted["sheet"])
        right["sheet"] = bool(pages) and (sheets[0], sheets[-1]) == ends
        ends = wanted["page"], wanted.get("page_end", wanted["page"])
        right["page"] = bool(pages) and (printed[0], printed[-1]) == ends
    if "section" in wanted:
        right["section"] = (passage.section[-1] if passage.section else "") == wanted["section"]
    if "path" in wanted:
        right["path"] = list(passage.section) == wanted["path"]
    if "number" in wanted:
        right["number"] = passage.printed_number == wanted["number"]
    if "label" in wanted:
        right["label"] = wanted["label"] in (passage.label or "")
    return right


def _shares(found: list[Outcome]) -> str:
    parts = []
    for what in ASKED:
        asked = [outcome.right[what] for outcome in found if what in outcome.right]
        if asked:
            low, high = _interval(sum(asked), len(asked))
            parts.append(f"{what} {sum(asked)}/{len(asked)} ({low:.2f} to {high:.2f})")
    whole = [all(outcome.right.values()) for outcome in found]
    return f"all right {sum(whole)}/{len(whole)}; " + ", ".join(parts)


def _interval(right: int, asked: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's interval of a share."""
    share = right / asked
    middle = share + z * z / (2 * asked)
    half = z * ((share * (1 - share) + z * z / (4 * asked)) / asked) ** 0.5
    return (middle - half) / (1 + z * z / asked), (middle + half) / (1 + z * z / asked)


if __name__ == "__main__":
    main(*sys.argv[1:])
