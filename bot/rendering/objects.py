"""An answer as one JSON object, as `answer.schema.json` describes it."""

from dataclasses import asdict
from importlib import resources
from typing import Any

from bot.answering.answer import Answer
from bot.rendering.printable import printable_json
from bot.rendering.reasons import reason
from corpus.citing.citations import not_stated
from corpus.citing.styles import Style, cited
from corpus.passage import Passage, Span
from embeddings.hit import Hit

# Of the format; raised where what reads it has to know.
_VERSION = 4


def schema() -> str:
    """The JSON Schema of what `to_json` writes."""
    return (resources.files("bot.rendering") / "answer.schema.json").read_text(encoding="utf-8")


def to_json(
    answer: Answer,
    line: str | None = None,
    *,
    explain: bool = False,
    style: Style = Style.NOTE,
) -> str:
    """One line, without the line's end; `explain` adds why to each hit.

    `line` is what the question stood in, where that holds several; `style` is that of each
    citation as text.
    """
    return printable_json(
        {
            "version": _VERSION,
            "line": answer.question if line is None else line,
            "question": answer.question,
            "verdict": str(answer.verdict),
            "confidence": round(answer.confidence, 4),
            "judged": answer.is_judged,
            "reason": reason(answer),
            "language": answer.language,
            "unmet": asdict(answer.unmet),
            "topic": asdict(answer.topic) if answer.topic else None,
            "hits": [
                _hit(rank, hit, explain=explain, style=style)
                for rank, hit in enumerate(answer.hits, 1)
            ],
        }
    )


def _hit(rank: int, hit: Hit, *, explain: bool, style: Style) -> dict[str, Any]:
    why = {"why": asdict(hit.why)} if explain else {}
    return {
        "rank": rank,
        "score": round(hit.score, 6),
        "text": hit.passage.text,
        "highlight": asdict(hit.highlight),
        "offsets": {
            "passage": asdict(Span(start=hit.passage.start, stop=hit.passage.stop)),
            "highlight": asdict(hit.passage.in_report(hit.highlight)),
        },
        "tags": list(hit.tags),
        "notes": [{"note": note.note, "text": note.words} for note in hit.passage.cited_notes],
        "passage_id": hit.passage.id,
        "citation": citation(hit.passage, style),
        **why,
    }


def citation(passage: Passage, style: Style = Style.NOTE) -> dict[str, Any]:
    """The parts of a passage's citation and the whole as text; null is not stated."""
    report, press = passage.report, passage.press
    pages = passage.cited_pages
    first, last = (pages[0], pages[-1]) if pages else (None, None)
    return {
        "report_id": report.id,
        "title": report.title,
        "publisher": report.publisher,
        "author": report.author,
        "number": report.number,
        "country": report.country,
        "period": str(passage.period) if passage.period else None,
        "published": str(passage.published) if passage.published else None,
        "accessed": str(report.accessed),
        "section": list(passage.section),
        "paragraph": None if passage.label else passage.number,
        "printed_paragraph": passage.printed_number,
        "label": passage.label,
        "page": first.printed if first else None,
        "page_end": last.printed if last else None,
        "sheet": first.sheet if first else None,
        "sheet_end": last.sheet if last else None,
        "check_page": any(page.doubtful for page in pages),
        "press": {"date": str(press.date), "kind": press.kind, "title": press.title}
        if press
        else None,
        "url": report.url,
        "archived": report.archived,
        "captured": str(report.captured) if report.captured else None,
        "kind": str(report.kind),
        "not_stated": list(not_stated(passage)),
        "text": cited(passage, style),
    }
