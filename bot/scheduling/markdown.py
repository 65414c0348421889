"""A schedule in Markdown, with footnotes as pandoc and most others know them."""

from collections.abc import Iterator

from bot.rendering.markdown import escaped
from bot.scheduling.document import Block, Document, Kind, Run

_BEFORE = {
    Kind.TITLE: "# ",
    Kind.HEADING: "## ",
    Kind.QUOTE: "> ",
    Kind.ITEM: "- ",
}


def as_markdown(document: Document) -> str:
    """The whole file."""
    return "\n".join(_lines(document))


def _lines(document: Document) -> Iterator[str]:
    for place, block in enumerate(document.blocks):
        before = document.blocks[place - 1].kind if place else None
        if before is Kind.QUOTE and block.kind is Kind.QUOTE:
            yield ">"
        elif place and not (before is Kind.ITEM and block.kind is Kind.ITEM):
            yield ""
        yield _BEFORE.get(block.kind, "") + _runs(block, document)
    if document.notes and not document.footnotes:
        yield from ("", "## References", "")
        yield from (f"{n}. {escaped(note)}" for n, note in enumerate(document.notes, 1))
    if document.footnotes:
        for number, note in enumerate(document.notes, 1):
            yield from ("", f"[^{number}]: {escaped(note)}")
    yield ""


def _runs(block: Block, document: Document) -> str:
    return "".join(_run(run, document) for run in block.runs)


def _run(run: Run, document: Document) -> str:
    text = escaped(run.text)
    if run.bold:
        text = f"**{text.strip()}** "
    if run.link:
        # Angle brackets take any address but their own signs and line ends.
        address = run.link.replace("<", "%3C").replace(">", "%3E")
        text = f"[{text}](<{address}>)"
    if run.note is None:
        return text
    return text + (f"[^{run.note}]" if document.footnotes else f" \\[{run.note}\\]")
