"""The report set by Typst in another way: three columns, headings run in, numbers such as A-3."""

from in_typst import compiled, escaped, inline
from report import PUBLISHER, TITLE, Part, columns

_BEGIN = """
#let p(id) = context [#metadata((id, here().page(), if here().page-numbering() == none { none } else { counter(page).display(here().page-numbering()) })) <place>]
#set page(paper: "us-letter", margin: (x: 15mm, top: 14mm, bottom: 20mm), numbering: none)
#set text(font: "DejaVu Serif", size: 8pt, lang: "en", hyphenate: true)
#set par(justify: true, spacing: 1.1em, leading: 0.55em)
#set footnote.entry(gap: 0.4em, indent: 0em)
#show footnote.entry: set text(size: 6.5pt)
#show heading.where(level: 1): it => { set text(size: 13pt); block(above: 2em, below: 0.8em, smallcaps(it.body)) }
#show heading.where(level: 2): it => it.body
#let foot = context [#line(length: 100%, stroke: 0.3pt) #set text(size: 7pt); NAME #h(1fr) #counter(page).display(here().page-numbering())]
"""
_BODY = """#pagebreak()
#set page(numbering: (..n) => "A-" + str(n.pos().first()), columns: 3)
#counter(page).update(1)
"""
_TABLE = (
    '\n#place(bottom, scope: "parent", float: true, clearance: 1.5em, table(columns: 5, '
    "stroke: 0.4pt, align: (left, right, right, right, right), {heads},"
)


def typeset(found: list[Part]) -> dict[str, tuple[int, str | None]]:
    """Write annual-wide.pdf; returns sheet and printed number by place."""
    named = _BEGIN.replace("NAME", f"{TITLE} #sym.dot.c {PUBLISHER}")
    lines = [named, '#set page(numbering: "i", footer: foot)', f"#text(size: 20pt)[{TITLE}]\n"]
    before, ran_in = "", ""
    for part in found:
        if part.kind == "row" and before != "row":
            heads = ", ".join(f"[*{escaped(name)}*]" for name in columns())
            lines.append(_TABLE.format(heads=heads))
        elif before == "row" and part.kind != "row":
            lines.append("))\n")
        if part.kind == "heading" and part.level == 2:
            ran_in = f"*{escaped(part.text)}* #h(0.9em) "
        elif part.kind != "note":
            lines.append(_set(part, found, ran_in))
            ran_in = ""
        before = part.kind
    lines.append("\n= Endnotes\n")
    lines += [
        f"\n{part.label}. #h(0.5em) {inline(part, found)}\n"
        for part in found
        if part.kind == "note" and not part.label.isdigit()
    ]
    source = "\n".join(lines)
    for label in ("i", "ii", "iii"):
        source = source.replace(f"#link(<endnote-{label}>)[#super[{label}]]", f"#super[{label}]")
    return compiled(source, "annual-wide.pdf")


def _set(part: Part, found: list[Part], ran_in: str) -> str:
    match part.kind:
        case "heading":
            turned = _BODY if part.text == "Six countries in figures" else ""
            return f"{turned}\n= {escaped(part.text)}\n"
        case "formal":
            return f"\n#emph[{escaped(part.text)}]\n"
        case "row":
            first, *others = part.cells
            marked = f'[{escaped(first)}#p("{part.id}.s0")#p("{part.id}.e0")]'
            return ", ".join([marked, *(f"[{escaped(cell)}]" for cell in others)]) + ","
    mark = {"item": "- ", "numbered": f"\n{part.number}. "}.get(part.kind, "\n")
    return f"{mark}{ran_in}{inline(part, found)}" + ("" if part.kind == "item" else "\n")
