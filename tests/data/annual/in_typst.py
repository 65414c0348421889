"""The report set by Typst: two columns, notes at their feet, a contents page and bookmarks."""

import json
import re
import tempfile
from pathlib import Path

from report import COUNTRIES, HERE, PUBLISHED, PUBLISHER, TITLE, Part, columns, note_of

_BEGIN = """
#set document(title: "A-Z final copy 3", author: "{publisher}", date: datetime(year: {year}, month: {month}, day: {day}))
#set page(paper: "a5", margin: (x: 15mm, y: 18mm), numbering: none)
#set text(font: "Libertinus Serif", size: 10pt, lang: "en", hyphenate: true)
#set par(justify: true, first-line-indent: 1em, spacing: 0.65em, leading: 0.6em)
#set footnote.entry(gap: 0.4em)
#show footnote.entry: set text(size: 7pt)
#show heading: set text(hyphenate: false)
#show heading.where(level: 1): it => {{ set text(size: 15pt); block(below: 1em, it.body) }}
#show heading.where(level: 2): it => {{ set text(size: 10.5pt); block(above: 1.2em, below: 0.7em, it.body) }}
#let p(id) = context [#metadata((id, here().page(), if here().page-numbering() == none {{ none }} else {{ counter(page).display(here().page-numbering()) }})) <place>]
#let head = context {{
  let before = query(heading.where(level: 1)).filter(it => it.location().page() <= here().page())
  set text(size: 7.5pt)
  if calc.even(here().page()) [#smallcaps[{title}] #h(1fr)] else [#h(1fr) #smallcaps(if before.len() > 0 {{ before.last().body }} else [ ])]
}}
#let foot = context [#set text(size: 8pt); #if calc.even(here().page()) [#counter(page).display(here().page-numbering()) #h(1fr)] else [#h(1fr) #counter(page).display(here().page-numbering())]]
#v(6cm)
#align(center)[#text(size: 22pt)[*{title}*] \\ #v(1cm) {publisher}]
#pagebreak()
#set page(numbering: "i", header: head, footer: foot)
#counter(page).update(3)
#outline(depth: 2, title: [Contents])
#pagebreak()
"""
_TURNED = '#pagebreak()\n#set page(numbering: "1", columns: 2)\n#counter(page).update(1)\n'
_TABLE = (
    '\n#place(top, scope: "parent", float: true, clearance: 1.5em, '
    "table(columns: (1.2fr, 1fr, 1fr, 1fr, 1fr), stroke: none, "
    "align: (left, right, right, right, right), table.hline(), {heads}, table.hline(),"
)


def typeset(found: list[Part]) -> dict[str, tuple[int, str | None]]:
    """Write annual-typst.pdf; returns sheet and printed number by place."""
    return compiled(_source(found), "annual-typst.pdf")


def compiled(source: str, name: str) -> dict[str, tuple[int, str | None]]:
    """Write a PDF; returns sheet and printed number by place."""
    import typst

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "annual.typ"
        path.write_text(source, encoding="utf-8")
        typst.compile(str(path), output=str(HERE / name))
        places = json.loads(typst.query(str(path), "<place>", field="value"))
    return {place: (sheet, printed) for place, sheet, printed in places}


def _source(found: list[Part]) -> str:
    year, month, day = PUBLISHED.split("-")
    lines = [
        _BEGIN.format(publisher=PUBLISHER, title=TITLE, year=year, month=int(month), day=int(day))
    ]
    before = ""
    for part in found:
        if part.kind == "row" and before != "row":
            lines.append(
                _TABLE.format(heads=", ".join(f"[*{escaped(name)}*]" for name in columns()))
            )
        elif before == "row" and part.kind != "row":
            lines.append("))\n")
        if part.kind != "note":
            lines.append(_set(part, found))
        before = part.kind
    lines.append("\n= Endnotes\n")
    lines += [
        f"\n#block(below: 0.6em)[#text(size: 8pt)[#super[{part.label}] <endnote-{part.label}> {inline(part, found)}]]\n"
        for part in found
        if part.kind == "note" and not part.label.isdigit()
    ]
    return "\n".join(lines)


def _set(part: Part, found: list[Part]) -> str:
    match part.kind:
        case "heading":
            turned = _TURNED if part.text == "Six countries in figures" else ""
            turned = "#pagebreak()\n" if part.text in COUNTRIES else turned
            return f"{turned}\n{'=' * part.level} {escaped(part.text)}\n"
        case "formal":
            return f"\n#block(below: 1em)[_{escaped(part.text)}_]\n"
        case "row":
            first, *others = part.cells
            cells = [f'[{escaped(first)}#p("{part.id}.s0")#p("{part.id}.e0")]']
            return ", ".join([*cells, *(f"[{escaped(cell)}]" for cell in others)]) + ","
    mark = {"item": "- ", "numbered": "\n+ "}.get(part.kind, "\n")
    return f"{mark}{inline(part, found)}" + ("" if part.kind == "item" else "\n")


def inline(part: Part, found: list[Part]) -> str:
    out = ""
    for kind, what in part.runs():
        if kind == "text":
            out += escaped(what)
        elif kind == "at":
            out += f'#p("{what}")'
        elif what.isdigit():
            out += f"#footnote[{inline(note_of(found, what), found)}]"
        else:
            out += f"#link(<endnote-{what}>)[#super[{what}]]"
    return out


def escaped(text: str) -> str:
    return re.sub(r"([\\#$*_`<>@=~\[\]/\"'+-])", r"\\\1", text)
