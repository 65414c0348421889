"""The report set by WeasyPrint: wide pages, a box over the columns, notes across, labels in the foot."""

from html import escape

from report import COUNTRIES, FRONT, HERE, PUBLISHED, PUBLISHER, TITLE, Part, columns, note_of

_STYLE = """
@page { size: 210mm 270mm; margin: 24mm 18mm 26mm 24mm; @footnote { border-top: 0.5pt solid; padding-top: 4pt } }
@page front { @bottom-center { content: "– " counter(page, lower-roman) " –"; font: 9pt "DejaVu Serif" } }
@page body:left { @bottom-left { content: counter(page) " | " string(country); font: 8pt "DejaVu Sans" } }
@page body:right { @bottom-right { content: "The State of Liberties 2023 | " counter(page); font: 8pt "DejaVu Sans" } }
html { font: 10pt/1.4 "Liberation Sans"; hyphens: auto }
.cover { break-after: page; padding-top: 80mm; font-size: 26pt; font-weight: bold }
.front { page: front } .front h1 { break-before: auto }
.body { page: body } .columns { columns: 2; column-gap: 8mm; text-align: justify }
h1 { font-size: 20pt; string-set: country content(); break-before: page; break-after: avoid; color: #900; margin: 0 0 4mm }
h2 { font: bold 10pt "Liberation Sans"; text-transform: none; break-after: avoid; margin: 4mm 0 1mm; color: #900 }
p { margin: 0 0 2.2mm } .formal { font-style: italic; margin-bottom: 4mm }
.note { float: footnote; font-size: 7.5pt; line-height: 1.3; text-align: left }
.note::footnote-call { content: counter(footnote); font-size: 6.5pt; vertical-align: super; line-height: 0 }
.note::footnote-marker { content: counter(footnote) "  "; }
sup { font-size: 6.5pt; line-height: 0 }
table { border-collapse: collapse; width: 100%; margin: 3mm 0 6mm; font-size: 9pt }
th { text-align: left; border-bottom: 1pt solid; vertical-align: bottom } td { border-bottom: 0.3pt solid #888 }
.end { font-size: 8.5pt }
"""


def typeset(found: list[Part]) -> dict[str, tuple[int, str | None]]:
    """Write annual-weasyprint.pdf; returns sheet and printed number by place."""
    import weasyprint

    set_ = weasyprint.HTML(string=_source(found)).render()
    set_.write_pdf(HERE / "annual-weasyprint.pdf")
    at = {
        name: sheet
        for sheet, page in reversed([*enumerate(set_.pages, 1)])
        for name in page.anchors
    }
    begins = at["body"]
    roman = ("", "i", "ii", "iii", "iv", "v", "vi")
    return {
        place: (sheet, roman[sheet] if sheet < begins else str(sheet))
        for place, sheet in at.items()
    }


def _source(found: list[Part]) -> str:
    out, before = [], ""
    for part in found:
        if part.kind == "note":
            continue
        out += _closed(before, part.kind)
        out.append(_set(part, found, before))
        before = part.kind
    out.append("</ol></div><div class='end'><h1>Endnotes</h1>")
    out += [
        f"<p>{part.label}. {_inline(part, found)}</p>"
        for part in found
        if part.kind == "note" and not part.label.isdigit()
    ]
    return (
        f'<html lang="en"><head><title>{TITLE}</title><meta name="dcterms.created" content="{PUBLISHED}">'
        f"<style>{_STYLE}</style></head><body><div class='cover'>{TITLE}<br>{PUBLISHER}</div>"
        f"<div class='front'>{''.join(out)}</div></div></body></html>"
    )


def _closed(before: str, kind: str) -> list[str]:
    ends = {"item": "</ul>", "row": "</table><div class='columns'>"}
    return [ends[before]] if before in ends and before != kind else []


def _set(part: Part, found: list[Part], before: str) -> str:
    text = _inline(part, found)
    match part.kind:
        case "heading" if part.level == 1:
            turned = "</div><div class='body'>" if part.text == "Six countries in figures" else ""
            in_columns = part.text in (*COUNTRIES, "Recommendations")
            boxed, opens = ("</div>", "<div class='columns'>") if in_columns else ("", "")
            plain = (
                " style='break-before: auto'" if part.text in (FRONT[1], "Recommendations") else ""
            )
            mark = "<a id='body'></a>" if turned else ""
            return f"{boxed}{turned}<h1{plain}>{mark}{text}</h1>{opens}"
        case "heading":
            return f"<h2>{text}</h2>"
        case "row":
            heads = "".join(f"<th>{name}</th>" for name in columns())
            first, *others = part.cells
            marks = f"<a id='{part.id}.s0'></a><a id='{part.id}.e0'></a>"
            cells = "".join(f"<td>{cell}</td>" for cell in others)
            return (
                "" if before == "row" else f"<table><tr>{heads}</tr>"
            ) + f"<tr><td>{marks}{first}</td>{cells}</tr>"
        case "item":
            return ("" if before == "item" else "<ul>") + f"<li>{text}</li>"
        case "numbered":
            return ("" if before == "numbered" else "<ol>") + f"<li>{text}</li>"
    return f"<p{' class=formal' if part.kind == 'formal' else ''}>{text}</p>"


def _inline(part: Part, found: list[Part]) -> str:
    out = ""
    for kind, what in part.runs():
        if kind == "text":
            out += escape(what, quote=False)
        elif kind == "at":
            out += f"<a id='{what}'></a>"
        elif what.isdigit():
            out += f"<span class='note'>{_inline(note_of(found, what), found)}</span>"
        else:
            out += f"<sup>{what}</sup>"
    return out
