"""The invented annual report, read from annual.md, as what every format is made of."""

import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
TITLE, PUBLISHER, PUBLISHED = "The State of Liberties 2023", "Lantern Watch", "2024-03-14"
FRONT = ("Foreword", "Method")  # on pages with roman numbers
COUNTRIES = ("Aldmark", "Brenova", "Corvessa", "Dunmere", "Halmora", "Ostrela")
TABLE = "Table 1"
_MARK = re.compile(r"\[\^(\w+)\]")
_SENTENCE_END = re.compile(r"(?<=[a-z0-9”).?!])[.?!]?(?<=[.?!”])\s(?=[A-Z“Ë])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading, paragraph, item, row or note; `text` has no markers, `marks` say where they were.

    `kind` is heading, formal (a country's formal name), paragraph, item, numbered, row or note;
    `label` is a note's or a row's, `number` that of a numbered paragraph.
    """

    id: str
    kind: str
    text: str
    section: tuple[str, ...]
    level: int = 0
    marks: tuple[tuple[int, str], ...] = ()
    label: str = ""
    number: str = ""
    cells: tuple[str, ...] = ()

    def sentences(self) -> list[tuple[int, int]]:
        """Where each sentence begins and ends in `text`."""
        starts = [0, *(found.end() for found in _SENTENCE_END.finditer(self.text))]
        return [
            (start, len(self.text[start:stop].rstrip()) + start)
            for start, stop in zip(starts, [*starts[1:], len(self.text)], strict=True)
        ]

    def runs(self) -> list[tuple[str, str]]:
        """The text in pieces: ("text", words), ("note", label), ("at", place).

        Places are `ID.s0` behind the first word of the first sentence, `ID.e0` behind its last.
        """
        stops = [(at, 1, "note", label) for at, label in self.marks]
        for index, (start, stop) in enumerate(self.sentences()):
            word = re.compile(r"\S+").match(self.text, start)
            assert word is not None
            stops.append((min(word.end(), stop), 0, "at", f"{self.id}.s{index}"))
            stops.append((stop, 0, "at", f"{self.id}.e{index}"))
        found, position = [], 0
        for at, _, kind, what in sorted(stops):
            if at > position:
                found.append(("text", self.text[position:at]))
            found.append((kind, what))
            position = at
        if position < len(self.text):
            found.append(("text", self.text[position:]))
        return found


def parts() -> list[Part]:
    """The report in order, its notes last."""
    _, _, body = (HERE / "annual.md").read_text(encoding="utf-8").split("---\n", 2)
    found: list[Part] = []
    path: list[str] = []
    columns: list[str] = []
    for line in body.splitlines():
        if not line.strip() or line.startswith("# "):
            continue
        made = f"p{len(found)}"
        if heading := re.match(r"(#+) (.+)", line):
            level = len(heading[1]) - 1
            path = [*path[: level - 1], heading[2]]
            found.append(
                Part(id=made, kind="heading", text=heading[2], section=tuple(path), level=level)
            )
        elif line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if not columns:
                columns = cells
            elif not cells[0].startswith("---"):
                rows = sum(part.kind == "row" for part in found)
                named = "; ".join(
                    f"{name}: {cell}" for name, cell in zip(columns, cells, strict=True)
                )
                found.append(
                    Part(
                        id=made,
                        kind="row",
                        text=named,
                        section=tuple(path),
                        cells=tuple(cells),
                        label=f"{TABLE}, row {rows + 1}",
                    )
                )
        elif note := re.match(r"\[\^(\w+)\]: (.+)", line):
            found.append(Part(id=made, kind="note", text=note[2], section=(), label=note[1]))
        else:
            kind, number = _kind(line, found)
            text, marks = _unmarked(re.sub(r"^(- |\d+\. )", "", line))
            found.append(
                Part(id=made, kind=kind, text=text, section=tuple(path), marks=marks, number=number)
            )
    return found


def columns() -> tuple[str, ...]:
    """The heads of the table's columns."""
    row = next(part for part in parts() if part.kind == "row")
    return tuple(cell.partition(": ")[0] for cell in row.text.split("; "))


def note_of(found: list[Part], label: str) -> Part:
    """The note that a marker means."""
    return next(part for part in found if part.kind == "note" and part.label == label)


def _kind(line: str, before: list[Part]) -> tuple[str, str]:
    if line.startswith("- "):
        return "item", ""
    if numbered := re.match(r"(\d+)\. ", line):
        return "numbered", numbered[1]
    is_formal = before[-1].kind == "heading" and before[-1].text in COUNTRIES
    return ("formal" if is_formal else "paragraph"), ""


def _unmarked(line: str) -> tuple[str, tuple[tuple[int, str], ...]]:
    marks, text, position = [], "", 0
    for found in _MARK.finditer(line):
        text += line[position : found.start()]
        marks.append((len(text), found[1]))
        position = found.end()
    return text + line[position:], tuple(marks)
