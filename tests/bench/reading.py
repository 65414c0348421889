"""What reading adds: questions of three kinds asked with the reader and without.

    python tests/bench/reading.py LIBRARY QUESTIONS.jsonl...

LIBRARY holds the reports. A line of a set has report, or country and year, which it is filtered to,
kind (A: answered, N: near and not answered, far), question, and for A evidence and also (other
wordings that answer). Figures with 95 % intervals of a bootstrap over questions.
"Question alone" is the reader given the question and a passage of one dash: what the wording
gives away without reading. Nothing may be fitted to the sets that are measured here.
"""

import json
import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from calibrating import Call, auroc, calibration_error, coverage_at_risk
from measuring import about, resident_mb, said, spread

from bot.answering.answer import Answer
from bot.assemble import Pincite
from bot.cli.progress import display
from bot.settings import Settings
from corpus.passage import Span
from corpus.scope import Scope
from embeddings.hit import Hit
from embeddings.judging.reader import Reader
from embeddings.judging.reader_files import shipped_weights

DEPTH = 3
RESAMPLES = 500
Line = dict[str, Any]
Measure = Callable[[Sequence["Outcome"]], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A question: its kind, what was said and how sure, and where its evidence was found.

    `rank` is that of the first hit with the evidence, None where none has it; `right_sentence`
    tells whether the highlight of that first hit holds it.
    """

    kind: str
    verdict: str
    confidence: float
    rank: int | None
    right_sentence: bool
    seconds: float


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def evidence(line: Line) -> list[str]:
    """The wordings that answer a question, none for one that is not answered."""
    given = [line.get("evidence"), *(line.get("also") or ())] if line["kind"] == "A" else []
    return [plain(one) for one in given if one]


def outcome(line: Line, answer: Answer, seconds: float) -> Outcome:
    wanted = evidence(line)
    ranks = [
        rank
        for rank, hit in enumerate(answer.hits)
        if any(one in plain(hit.passage.text) for one in wanted)
    ]
    first = answer.hits[ranks[0]] if ranks else None
    return Outcome(
        kind=line["kind"],
        verdict=str(answer.verdict),
        confidence=answer.confidence,
        rank=ranks[0] if ranks else None,
        right_sentence=first is not None and any(one in highlighted(first) for one in wanted),
        seconds=seconds,
    )


def highlighted(hit: Hit) -> str:
    return plain(hit.passage.text[hit.highlight.start : hit.highlight.stop])


def of_kind(outcomes: Sequence[Outcome], *kinds: str) -> list[Outcome]:
    return [one for one in outcomes if one.kind in kinds]


def calls(outcomes: Sequence[Outcome]) -> list[Call]:
    return [Call(confidence=one.confidence, right=one.rank == 0) for one in outcomes]


def hit_at(depth: int) -> Measure:
    def measure(outcomes: Sequence[Outcome]) -> float:
        asked = of_kind(outcomes, "A")
        return float(np.mean([one.rank is not None and one.rank < depth for one in asked]))

    return measure


def tells_from(kind: str) -> Measure:
    def measure(outcomes: Sequence[Outcome]) -> float:
        sure = [[one.confidence for one in of_kind(outcomes, k)] for k in ("A", kind)]
        return auroc(*sure) if all(sure) else float("nan")

    return measure


def wrong_at_90(outcomes: Sequence[Outcome]) -> float:
    """Of the near, the share that is as sure as nine in ten of the answered."""
    least = np.quantile([one.confidence for one in of_kind(outcomes, "A")], 0.1)
    return float(np.mean([one.confidence >= least for one in of_kind(outcomes, "N")]))


def right_sentence(outcomes: Sequence[Outcome]) -> float:
    return float(np.mean([one.right_sentence for one in outcomes if one.rank is not None]))


def wrongly_called(outcomes: Sequence[Outcome]) -> float:
    """Of what is called answered, answered and near, the share that is wrong."""
    said_so = [one for one in of_kind(outcomes, "A", "N") if one.verdict == "answered"]
    return float(np.mean([one.rank != 0 for one in said_so])) if said_so else 0.0


MEASURES: dict[str, Measure] = {
    "right passage first": hit_at(1),
    f"right passage in the first {DEPTH}": hit_at(DEPTH),
    "AUROC, answered or near": tells_from("N"),
    "AUROC, answered or far": tells_from("far"),
    "rightly answered at 10 % wrong": lambda found: coverage_at_risk(
        calls(of_kind(found, "A", "N")), 0.10
    ),
    "near ones wrong at 90 % answered": wrong_at_90,
    "right sentence": right_sentence,
    "expected calibration error": lambda found: calibration_error(calls(found)),
    "called answered, of the answered": lambda found: float(
        np.mean([one.verdict == "answered" for one in of_kind(found, "A")])
    ),
    "wrong, of what is called answered": wrongly_called,
}


def measured(outcomes: Sequence[Outcome]) -> dict[str, list[float]]:
    """Every measure: its value, and the ends of its interval."""
    chance = np.random.default_rng(0)
    kinds = [of_kind(outcomes, kind) for kind in ("A", "N", "far")]
    again = [
        [part[n] for part in kinds if part for n in chance.integers(len(part), size=len(part))]
        for _ in range(RESAMPLES)
    ]
    found = {}
    for name, measure in MEASURES.items():
        low, high = np.percentile([measure(sample) for sample in again], [2.5, 97.5])
        found[name] = [round(float(value), 3) for value in (measure(outcomes), low, high)]
    return found


def scope_of(line: Line) -> Scope:
    return Scope(report=line.get("report"), country=line.get("country"), year=line.get("year"))


def asked(library: str, lines: Sequence[Line], *, reads: bool) -> list[Outcome]:
    pincite = Pincite(Settings.read(library=library, reads=reads), display)
    try:
        pincite.ask("What is said about food?", k=DEPTH)
        outcomes = []
        for line in lines:
            began = time.perf_counter()
            answer = pincite.ask(line["question"], k=DEPTH, scope=scope_of(line))
            outcomes.append(outcome(line, answer, time.perf_counter() - began))
    finally:
        pincite.library.close()
    return outcomes


def question_alone(library: str, lines: Sequence[Line]) -> dict[str, float]:
    """AUROC of the reader that is given no passage, answered or near."""
    weights = shipped_weights()
    if weights is None:
        return {}
    reader = Reader(weights)
    pincite = Pincite(Settings.read(library=library, reads=False), display)
    try:
        (hit,) = pincite.retriever.search(lines[0]["question"], 1)
    finally:
        pincite.library.close()
    nothing = without_text(hit)
    says = {kind: [] for kind in ("A", "N", "far")}
    for line in lines:
        says[line["kind"]].append(reader.read(line["question"], [nothing])[0].answers)
    return {
        name: round(auroc(says["A"], says[kind]), 3)
        for kind, name in (("N", "near"), ("far", "far"))
        if says["A"] and says[kind]
    }


def without_text(hit: Hit) -> Hit:
    from dataclasses import replace

    report = replace(hit.passage.report, country=None, period=None)
    passage = replace(
        hit.passage, report=report, section=(), source="—", hidden=(), stop=hit.passage.start + 1
    )
    return replace(hit, passage=passage, highlight=Span(start=0, stop=1))


def main() -> None:
    library, *paths = sys.argv[1:]
    sets = {Path(path).name: _lines(Path(path)) for path in paths}
    lines = [line for found in sets.values() for line in found]
    found: dict[str, Any] = {**about(), "questions": {n: len(one) for n, one in sets.items()}}
    ways = [False] if shipped_weights() is None else [True, False]
    for reads in ways:
        outcomes = asked(library, lines, reads=reads)
        reports = sorted({line["report"] for line in lines if "report" in line})
        parts = {"all": outcomes}
        if len(reports) > 1:
            for report in reports:
                parts[report] = [
                    one
                    for line, one in zip(lines, outcomes, strict=True)
                    if line.get("report") == report
                ]
        found["with the reader" if reads else "without"] = {
            "milliseconds": spread([one.seconds * 1000 for one in outcomes]),
            "resident MiB": resident_mb(),
            **{name: measured(part) for name, part in parts.items()},
        }
    found["AUROC by the question alone"] = question_alone(library, lines)
    said(found)


def _lines(path: Path) -> list[Line]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


if __name__ == "__main__":
    main()
