"""The report as web pages in the manner of three publishers: the whole, two chapters, one entry.

None is a publisher's; each has what such pages bring along: menu, cookie banner, contents list,
share buttons, related items, footer. FURNITURE is in all of them and in no article.
"""

from collections.abc import Callable
from html import escape

from report import HERE, PUBLISHED, PUBLISHER, TITLE, Part, columns, note_of

FURNITURE = (
    "We use cookies to remember your language and to count visits. Accept all or choose.",
    "Sign up for our weekly letter and never miss a story about rights at sea and on land.",
    "Related: Ten years of the harbour tribunal, and what became of its judges.",
    "Lantern Watch is a charity registered in the port of Lunn under number 4471.",
)
_MENU = "".join(
    f'<li><a href="/{name.lower()}">{name}</a></li>'
    for name in ("Home", "Countries", "Topics", "Publications", "Donate", "About us")
)


def write(found: list[Part]) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Write the pages; returns the parts that each holds, by id, with their sections there."""
    whole = [(part, part.section) for part in found]
    chapters, entry = _chapters(found), _entry(found)
    for name, page, chosen in (
        ("annual.html", _whole, whole),
        ("chapters.html", _two_chapters, chapters),
        ("entry.html", _one_entry, entry),
    ):
        (HERE / name).write_text(page(chosen, found), encoding="utf-8")
    return {
        name: [(part.id, section) for part, section in chosen]
        for name, chosen in (
            ("annual.html", whole),
            ("chapters.html", chapters),
            ("entry.html", entry),
        )
    }


_Chosen = list[tuple[Part, tuple[str, ...]]]


def _with_notes(chosen: list[Part], found: list[Part]) -> list[Part]:
    called = [label for part in chosen for _, label in part.marks]
    return [*chosen, *(note_of(found, label) for label in called)]


def _chapters(found: list[Part]) -> _Chosen:
    """Corvessa and Dunmere, whose headings have numbers and are all of one kind."""
    numbers: dict[tuple[str, ...], str] = {}
    chosen = [part for part in found if part.section and part.section[0] in ("Corvessa", "Dunmere")]
    chapter = section = 0
    for part in chosen:
        if part.kind == "heading":
            chapter, section = (chapter + 1, 0) if part.level == 1 else (chapter, section + 1)
            shown = f"{chapter}." if part.level == 1 else f"{chapter}.{section}"
            numbers[part.section] = f"{shown} {part.text}"
    return [
        (part, tuple(numbers[part.section[: depth + 1]] for depth in range(len(part.section))))
        for part in _with_notes(chosen, found)
    ]


def _entry(found: list[Part]) -> _Chosen:
    """Halmora alone: its name is the page's title, so its sections are the outermost."""
    chosen = [part for part in found if part.section and part.section[0] == "Halmora"]
    return [(part, part.section[1:]) for part in _with_notes(chosen[1:], found)]


def _inline(part: Part, marker: Callable[[str], str]) -> str:
    return "".join(
        escape(what, quote=False) if kind == "text" else marker(what) if kind == "note" else ""
        for kind, what in part.runs()
    )


def _listed(chosen: _Chosen, paragraph: Callable[[Part], str], marker: Callable[[str], str]) -> str:
    """The body of an article; `paragraph` writes what is no item or row."""
    out, opened = [], ""
    for part, _ in chosen:
        wanted = {"item": "ul", "numbered": "ol", "row": "table"}.get(part.kind, "")
        if wanted != opened:
            out.append(f"</{opened}>" if opened else "")
            out.append(f"<{wanted}>" if wanted else "")
            if wanted == "table":
                heads = "".join(f'<th scope="col">{name}</th>' for name in columns())
                out.append(f"<thead><tr>{heads}</tr></thead>")
            opened = wanted
        if part.kind == "row":
            out.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in part.cells) + "</tr>")
        elif wanted:
            out.append(f"<li>{_inline(part, marker)}</li>")
        elif part.kind != "note":
            out.append(paragraph(part))
    return "\n".join(line for line in [*out, f"</{opened}>" if opened else ""] if line)


def _whole(chosen: _Chosen, found: list[Part]) -> str:
    """Tidy and semantic, its notes a list at the end that leads back."""

    def marker(label: str) -> str:
        return f'<sup id="ref-{label}"><a href="#note-{label}">{label}</a></sup>'

    def paragraph(part: Part) -> str:
        if part.kind == "heading":
            return f'<h{part.level + 1} id="{part.id}">{escape(part.text)}</h{part.level + 1}>'
        name = ' class="formal"' if part.kind == "formal" else ""
        return f"<p{name}>{_inline(part, marker)}</p>"

    contents = "".join(
        f'<li><a href="#{part.id}">{part.text}</a></li>'
        for part, _ in chosen
        if part.kind == "heading"
    )
    notes = "".join(
        f'<li id="note-{part.label}"><span>{part.label}</span> {_inline(part, marker)} <a href="#ref-{part.label}">↩</a></li>'
        for part, _ in chosen
        if part.kind == "note"
    )
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{TITLE} | {PUBLISHER}</title>
<link rel="canonical" href="https://lantern.example/reports/2023">
<meta property="article:modified_time" content="2024-05-02">
<script type="application/ld+json">{{"@type": "Report", "datePublished": "{PUBLISHED}", "dateModified": "2024-05-02", "publisher": {{"name": "{PUBLISHER}"}}}}</script>
</head><body>
<div id="cookie-banner" role="dialog"><p>{FURNITURE[0]}</p></div>
<header><nav><ul>{_MENU}</ul></nav></header>
<main><article><h1>{TITLE}</h1>
<nav class="toc"><h2>On this page</h2><ol>{contents}</ol></nav>
{_listed(chosen, paragraph, marker)}
<section class="footnotes" role="doc-endnotes"><h2>Notes</h2><ol style="list-style: none">{notes}</ol></section>
</article></main>
<aside><h2>More from us</h2><p>{FURNITURE[1]}</p><p>{FURNITURE[2]}</p></aside>
<footer><p>{FURNITURE[3]}</p></footer>
</body></html>
"""


def _two_chapters(chosen: _Chosen, found: list[Part]) -> str:
    """A ministry's: nested boxes, every heading an h3, numbers tell their depth; notes in brackets."""
    headings = {part.id: section[-1] for part, section in chosen if part.kind == "heading"}

    def marker(label: str) -> str:
        return f'<a name="_ftnref{label}" href="#_ftn{label}">[{label}]</a>'

    def paragraph(part: Part) -> str:
        if part.kind == "heading":
            return f"<h3><span>{escape(headings[part.id])}</span></h3>"
        return (
            f'<p style="text-align: justify"><span lang="EN-GB">{_inline(part, marker)}</span></p>'
        )

    notes = "".join(
        f'<p class="MsoFootnoteText"><a name="_ftn{part.label}" href="#_ftnref{part.label}">[{part.label}]</a> {_inline(part, marker)}</p>'
        for part, _ in chosen
        if part.kind == "note"
    )
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html lang="en-GB"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>Country chapters 2023: Corvessa and Dunmere</title>
<meta name="DC.date.issued" content="{PUBLISHED}" /></head><body>
<div class="region-top"><div class="block-menu"><ul>{_MENU}</ul></div><div class="eu-cookie">{FURNITURE[0]}</div></div>
<div class="page"><div class="row"><div class="col-9"><div class="node"><h1>Country chapters 2023: Corvessa and Dunmere</h1>
<div class="share">Share this page: <a href="#">Mail</a> <a href="#">Print</a></div>
<div class="field"><div class="field-item">
{_listed(chosen, paragraph, marker)}
<hr />{notes}
</div></div></div></div>
<div class="col-3 sidebar"><h3>Newsletter</h3><p>{FURNITURE[1]}</p><h3>See also</h3><ul><li><a href="/x">{FURNITURE[2]}</a></li></ul></div></div></div>
<div class="region-bottom"><p>{FURNITURE[3]}</p></div>
</body></html>
"""


def _one_entry(chosen: _Chosen, found: list[Part]) -> str:
    """A newsroom's: paragraphs in components between others, bold lines for headings."""

    def marker(label: str) -> str:
        return f'<a class="fn" id="fnref-{label}" href="#fn-{label}" role="doc-noteref"><sup>{label}</sup></a>'

    count = 0

    def paragraph(part: Part) -> str:
        nonlocal count
        count += 1
        if part.kind == "heading":
            return (
                f'<div class="c-heading"><h2 class="c-heading__text">{escape(part.text)}</h2></div>'
            )
        made = f'<div class="c-text"><p>{_inline(part, marker)}</p></div>'
        if count == 4:
            made += f'<div class="c-newsletter"><form><p>{FURNITURE[1]}</p><button>Join</button></form></div>'
        if count == 8:
            made += (
                f'<aside class="c-related"><p><a href="/tribunal">{FURNITURE[2]}</a></p></aside>'
            )
        return made

    notes = "".join(
        f'<div class="c-footnote" id="fn-{part.label}"><a href="#fnref-{part.label}">{part.label}</a>. {_inline(part, marker)}</div>'
        for part, _ in chosen
        if part.kind == "note"
    )
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Halmora – {TITLE}</title>
<meta property="og:title" content="Halmora"><meta property="article:published_time" content="{PUBLISHED}T06:00:00+00:00"></head>
<body><div class="cookie-consent">{FURNITURE[0]}</div>
<div class="c-nav"><ul>{_MENU}</ul></div>
<div class="c-hero"><h1>Halmora</h1><p class="c-hero__date"><time datetime="{PUBLISHED}">14 March 2024</time></p></div>
<div class="c-body">
{_listed(chosen, paragraph, marker)}
</div>
<div class="c-footnotes">{notes}</div>
<div class="c-footer"><p>{FURNITURE[3]}</p><ul>{_MENU}</ul></div>
</body></html>
"""
