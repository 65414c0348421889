"""A schedule as one HTML file that asks nothing of the network."""

from collections.abc import Iterator
from html import escape

from bot.scheduling.document import Block, Document, Kind, Run

_TAGS = {
    Kind.TITLE: "<h1>{}</h1>",
    Kind.HEADING: "<h2>{}</h2>",
    Kind.TEXT: "<p>{}</p>",
    Kind.LEAD: '<p class="lead">{}</p>',
    Kind.QUOTE: "<blockquote><p>{}</p></blockquote>",
    Kind.REMARK: '<p class="remark">{}</p>',
    Kind.ITEM: '<p class="item">{}</p>',
}
_STYLE = (
    "body{font:12pt/1.4 serif;max-width:42em;margin:2em auto;padding:0 1em;color:#111}"
    "h1{font-size:1.5em}h2{font-size:1.15em;margin-top:1.8em}"
    "blockquote{margin:.4em 2em}.lead{margin-bottom:.2em}.item{padding-left:1.5em;"
    "text-indent:-1.5em}.remark{font-size:.85em;color:#444}a{color:#00439c;overflow-wrap:anywhere}"
    "@page{size:A4;margin:25mm}@media print{a{color:inherit}.lead{break-after:avoid}}"
)


def as_html(document: Document) -> str:
    """The whole file."""
    return "\n".join(_lines(document))


def _lines(document: Document) -> Iterator[str]:
    yield from ("<!doctype html>", '<html lang="en">', '<meta charset="utf-8">')
    yield '<meta name="viewport" content="width=device-width">'
    yield f"<title>{escape(document.title)}</title>"
    yield f"<style>{_STYLE}</style>"
    for block in document.blocks:
        yield _TAGS[block.kind].format(_runs(block))
    if document.notes:
        yield f"<h2>{'Notes' if document.footnotes else 'References'}</h2>"
        yield "<ol>"
        for number, note in enumerate(document.notes, 1):
            back = f'<a href="#from-{number}">↑</a>'
            yield f'<li id="note-{number}">{escape(note)} {back}</li>'
        yield "</ol>"
    yield "</html>"
    yield ""


def _runs(block: Block) -> str:
    return "".join(map(_run, block.runs))


def _run(run: Run) -> str:
    text = escape(run.text)
    if run.bold:
        text = f"<strong>{text}</strong>"
    if run.link:
        text = f'<a href="{escape(run.link)}" rel="noreferrer">{text}</a>'
    if run.note is None:
        return text
    return f'{text}<sup id="from-{run.note}"><a href="#note-{run.note}">[{run.note}]</a></sup>'
