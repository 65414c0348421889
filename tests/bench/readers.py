"""Measures what each reader makes of the invented annual report, by format and by program.

    python tests/bench/readers.py [NAME ...] [--misses FILE]

NAME is a sample of tests/data/annual/, all of them by default. Right is a paragraph, item, note or
row whose text is exactly that of a block of its kind; a section, where the passage that holds the
paragraph's first sentence has the whole path of headings; a printed page and a sheet, where those
of the sentence's passage are those of its first word and its last; a note, where a marker in the
paragraph's passage brings the note's own words; a country, where an entry has its name and its
formal name. `strays` are blocks that the report does not hold:
running heads, contents, menus, halves of paragraphs. Shares are given with Wilson's interval, 95 %.
"""

import datetime
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from corpus.countries import with_countries
from corpus.cutting import cut
from corpus.errors import PinciteError
from corpus.parting import LONGEST, length
from corpus.passage import Passage, Span, without
from corpus.readers.document import BlockKind, Document
from corpus.readers.file import read
from corpus.report import Kind, Report

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "annual"
PROGRAMS = ("typst", "groff", "libreoffice", "weasyprint", "wide")
FILES = (
    *(f"annual-{program}.pdf" for program in PROGRAMS),
    "annual.html",
    "chapters.html",
    "entry.html",
    "annual.docx",
    "annual.md",
    "annual.txt",
)
WHATS = ("paragraph", "section", "printed page", "sheet", "note joined", "note", "row", "country")
WANTED = 0.98
_HEADINGS = (BlockKind.TITLE, BlockKind.HEADING)
_COVER = frozenset({"Lantern Watch"})
_PROSE = ("paragraph", "item", "numbered")
_BULLET = re.compile(r"^[•·●▪–—*-]\s+")


@dataclass(slots=True, kw_only=True)
class Found:
    """For each thing measured, whether each was right; what was not, in words; the strays."""

    right: dict[str, list[bool]] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)

    def tell(self, what: str, right: bool, miss: str) -> None:
        """Count one."""
        self.right.setdefault(what, []).append(right)
        if not right:
            self.misses.append(f"{what}: {miss}")


def main(*names: str) -> None:
    """Print a line for each sample, then every miss."""
    rows = list(names)
    target = None
    if "--misses" in rows:
        at = rows.index("--misses")
        target = Path(rows[at + 1])
        del rows[at : at + 2]
    said = []
    for name in rows or FILES:
        try:
            found = measured(name)
        except (PinciteError, ImportError) as error:
            print(f"{name}: not read: {error}")
            continue
        print(f"{name}: {_shares(found)}; strays {len(found.strays)}")
        said += [f"{name}: {line}" for line in found.misses]
        said += [f"{name}: stray: {line!r}" for line in found.strays]
    if target is not None:
        target.write_text("\n".join(said) + "\n", encoding="utf-8")
    else:
        print("\n".join(said))


def measured(name: str) -> Found:
    """A sample against its truth."""
    truth = json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))
    wanted = list(_wanted(name, truth))
    notes = {part["label"]: part["text"] for part in truth["parts"] if part["kind"] == "note"}
    document = with_countries(read(SAMPLES / name)[0])
    passages = cut(_report(document, name), document)
    found = Found()
    shown = _shown(document)
    if name == "annual.txt":
        # Only over the whole report does a figure show that it marks a note.
        shown = [(BlockKind.PARAGRAPH, passage.text) for passage in passages]
    formal = {part["text"] for part in truth["parts"] if part["kind"] == "formal"}
    for part in wanted:
        _tell_text(part, shown, found)
        if part["kind"] in _PROSE:
            _tell_section(part, passages, found, formal if name == "annual.txt" else set())
            if name != "annual.txt":
                _tell_notes(part, passages, notes, found)
        if name.endswith(".pdf") and part["kind"] in (*_PROSE, "note"):
            _tell_pages(part, passages, name.removeprefix("annual-").removesuffix(".pdf"), found)
    if name.endswith(".pdf"):
        _tell_countries(truth["parts"], document, found)
    known = {part["text"] for part in wanted} | _COVER
    prose = [(kind, text) for kind, text in shown if kind not in _HEADINGS]
    if name != "annual.txt":
        found.strays = [text for _, text in prose if text not in known]
    return found


def _wanted(name: str, truth: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The parts that a sample holds, each with its section there."""
    by_id = {part["id"]: part for part in truth["parts"]}
    held = truth["web"].get(name, [[made, part["section"]] for made, part in by_id.items()])
    for made, section in held:
        part = {**by_id[made], "section": section}
        if name != "annual.txt":
            yield part
        # Plain text says nothing of tables, notes and lists, and keeps the numbers that it has.
        elif part["kind"] not in ("row", "note", "item") and not _is_apart(part["text"]):
            number = f"{part['number']}. " if part["number"] else ""
            yield {**part, "text": number + part["text"]}


def _is_apart(text: str) -> bool:
    """Whether a passage of plain text holds more than the paragraph, or less."""
    return text.endswith(":") or length(text) > LONGEST


def _shown(document: Document) -> list[tuple[BlockKind, str]]:
    """Each block as it is shown."""
    return [
        (
            block.kind,
            _BULLET.sub("", without(document.text[block.start : block.stop], block.hidden).strip()),
        )
        for block in document.blocks
    ]


def _tell_text(part: dict[str, Any], shown: list[tuple[BlockKind, str]], found: Found) -> None:
    kinds = {"note": (BlockKind.NOTE,), "row": (BlockKind.ROW,)}.get(
        part["kind"], (BlockKind.PARAGRAPH, BlockKind.ITEM)
    )
    if part["kind"] in ("heading", "formal"):
        return
    right = any(kind in kinds and text == part["text"] for kind, text in shown)
    what = "paragraph" if part["kind"] in _PROSE else part["kind"]
    found.tell(what, right, "" if right else _nearest(part["text"], shown))


def _nearest(text: str, shown: list[tuple[BlockKind, str]]) -> str:
    """The text wanted and what the reader has in its place."""
    words = Counter(text.split())
    if not shown:
        return f"{text!r}\n    nothing read"
    kind, got = max(shown, key=lambda pair: _likeness(words, pair[1]))
    same = next((at for at, pair in enumerate(zip(text, got, strict=False)) if len({*pair}) > 1), 0)
    at = same or min(len(text), len(got))
    start, stop = max(0, at - 30), at + 50
    return (
        f"{text[:60]!r} differs from character {at}\n    wanted ...{text[start:stop]!r}\n"
        f"    got    ...{got[start:stop]!r} ({kind.name}, {len(got)} for {len(text)})"
    )


def _likeness(words: Counter[str], text: str) -> float:
    others = Counter(text.split())
    return (words & others).total() - 0.1 * others.total()


def _tell_countries(parts: list[dict[str, Any]], document: Document, found: Found) -> None:
    """The entries that the file can be parted into, each with its formal name."""
    got = [(entry.name, entry.formal_name) for entry in document.entries]
    for part in parts:
        if part["kind"] == "formal":
            entry = (part["section"][0], part["text"])
            found.tell("country", entry in got, f"{entry}, got {got}")


def _holding(said: str, passages: Iterable[Passage]) -> Passage | None:
    return next((passage for passage in passages if said in passage.text), None)


def _tell_section(
    part: dict[str, Any], passages: list[Passage], found: Found, formal: set[str]
) -> None:
    """The section; nothing in plain text tells `formal` names, alone on a line, from headings."""
    passage = _holding(part["sentences"][0], passages)
    got = (
        None
        if passage is None
        else [heading for heading in passage.section if heading not in formal]
    )
    found.tell(
        "section", got == part["section"], f"{part['text'][:60]!r}: {part['section']}, got {got}"
    )


def _tell_pages(part: dict[str, Any], passages: list[Passage], program: str, found: Found) -> None:
    for said, place in zip(part["sentences"], part["places"][program], strict=True):
        holding = [passage for passage in passages if said in passage.text]
        got = [_place(passage, said) for passage in holding] or [None]
        sheets, printed = (place[0], place[2]), (place[1], place[3])
        chosen = next((one for one in got if one and one[0] == sheets), got[0])
        found.tell(
            "sheet", bool(chosen) and chosen[0] == sheets, f"{said[:60]!r}: {sheets}, got {chosen}"
        )
        found.tell(
            "printed page",
            bool(chosen) and chosen[1] == printed,
            f"{said[:60]!r}: {printed}, got {chosen}",
        )


def _place(
    passage: Passage, said: str
) -> tuple[tuple[int, int], tuple[str | None, str | None]] | None:
    start = passage.text.index(said)
    pages = replace(passage, quoted=Span(start=start, stop=start + len(said))).cited_pages
    if not pages:
        return None
    return (pages[0].sheet, pages[-1].sheet), (pages[0].printed, pages[-1].printed)


def _tell_notes(
    part: dict[str, Any], passages: list[Passage], notes: dict[str, str], found: Found
) -> None:
    for label in part["notes"]:
        holding = [
            passage
            for passage in passages
            if part["sentences"][0] in passage.text or part["sentences"][-1] in passage.text
        ]
        marks = [(mark.note, mark.words) for passage in holding for mark in passage.notes]
        found.tell(
            "note joined",
            (label, notes[label]) in marks,
            f"note {label} of {part['text'][:60]!r}: got {marks}",
        )


def _report(document: Document, name: str) -> Report:
    return Report(
        id="measured",
        title=document.metadata.get("title") or document.guesses.get("title") or name,
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


def _shares(found: Found) -> str:
    return ", ".join(share(what, found.right[what]) for what in WHATS if what in found.right)


def share(what: str, right: list[bool], z: float = 1.96) -> str:
    asked, share = len(right), sum(right) / len(right)
    middle, half = (
        share + z * z / (2 * asked),
        z * ((share * (1 - share) + z * z / (4 * asked)) / asked) ** 0.5,
    )
    low, high = (middle - half) / (1 + z * z / asked), (middle + half) / (1 + z * z / asked)
    return f"{what} {sum(right)}/{asked} = {share:.2f} ({low:.2f} to {high:.2f})"


if __name__ == "__main__":
    main(*sys.argv[1:])
