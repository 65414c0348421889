"""An answer as one JSON object, as `answer.schema.json` describes it."""

import json
import re
from dataclasses import asdict
from importlib import resources
from typing import Any

from bot.answer import Answer
from corpus.citations import cite
from corpus.passage import Passage
from embeddings.hit import Hit

# What JSON lets stand as it is though a terminal obeys it or some readers end a line at it.
_ACTING = re.compile("[\x7f-\x9f\u2028\u2029]")


def schema() -> str:
    """The JSON Schema of what `to_json` writes."""
    return (resources.files("bot") / "answer.schema.json").read_text(encoding="utf-8")


def to_json(answer: Answer, *, explain: bool = False) -> str:
    """One line, without the line's end; `explain` adds why to each hit."""
    line = json.dumps(
        {
            "question": answer.question,
            "verdict": str(answer.verdict),
            "confidence": round(answer.confidence, 4),
            "judged": answer.is_judged,
            "reason": answer.reason,
            "hits": [_hit(rank, hit, explain=explain) for rank, hit in enumerate(answer.hits, 1)],
        },
        ensure_ascii=False,
    )
    return _ACTING.sub(lambda match: f"\\u{ord(match[0]):04x}", line)


def _hit(rank: int, hit: Hit, *, explain: bool) -> dict[str, Any]:
    why = {"why": asdict(hit.why)} if explain else {}
    return {
        "rank": rank,
        "score": round(hit.score, 6),
        "text": hit.passage.text,
        "highlight": {"start": hit.highlight.start, "stop": hit.highlight.stop},
        "tags": list(hit.tags),
        "passage_id": hit.passage.id,
        "citation": citation(hit.passage),
        **why,
    }


def citation(passage: Passage) -> dict[str, Any]:
    """The parts of a passage's citation and the whole as text; null is not stated."""
    report, press = passage.report, passage.press
    return {
        "report_id": report.id,
        "title": report.title,
        "publisher": report.publisher,
        "country": report.country,
        "period": str(report.period) if report.period else None,
        "published": str(report.published) if report.published else None,
        "accessed": str(report.accessed),
        "section": list(passage.section),
        "paragraph": passage.number,
        "page": passage.page,
        "press": {"date": str(press.date), "kind": press.kind, "title": press.title}
        if press
        else None,
        "url": report.url,
        "kind": str(report.kind),
        "text": cite(passage),
    }
