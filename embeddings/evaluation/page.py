"""The page of results: one file, which opens offline and asks nothing of anyone.

What stands in it is put together here, how it looks in `page.html.jinja`, which escapes whatever
it is not told to be markup of our own.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np
from jinja2 import Environment, StrictUndefined

from corpus.citing.citations import cite, pinpoint
from corpus.passage import Passage
from corpus.quoted import Quoted
from embeddings.evaluation import charts
from embeddings.evaluation.confidence import calibration_error, reliability, risk_coverage
from embeddings.evaluation.intervals import Interval
from embeddings.evaluation.measures import DEPTH, STATISTICS, Measure
from embeddings.evaluation.outcome import Outcome
from embeddings.evaluation.questions import Question
from embeddings.evaluation.run import Run
from embeddings.hit import Hit

_HEADLINE = (
    Measure.HIT_1,
    Measure.HIT_3,
    Measure.RECIPROCAL_RANK,
    Measure.SENTENCE,
    Measure.PRECISION,
    Measure.WRONGLY_ANSWERED,
)
_LATENCY_COLUMNS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figure:
    """A figure as it is written; `bar` is SVG, or nothing."""

    name: str
    means: str
    value: str
    bounds: str
    n: int
    bar: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chart:
    """A drawing, SVG, with what is said of it."""

    title: str
    drawn: str
    caption: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Came:
    """The passage that came first, and its highlight."""

    title: str
    place: str
    quoted: Quoted
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A question; `expected` are places and texts of passages, where another came first."""

    question: Question
    result: str
    verdict: str
    confidence: str
    rank: str
    rank_value: int
    came: _Came | None
    nothing_came: bool
    expected: tuple[tuple[str, str], ...]


def page(run: Run, passages: Iterable[Passage]) -> str:
    """The page of a run on a library that holds these passages."""
    known = {passage.id: passage for passage in passages}
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True
    )
    return environment.from_string(_file("page.html.jinja")).render(
        style=_file("page.css"),
        script=_file("page.js"),
        run=run,
        title=run.about.get("questions", run.name),
        answerable=sum(outcome.answerable for outcome in run.outcomes),
        headline=list(_headline(run)),
        breakdowns={
            "By kind of question": list(_breakdown(run.by_kind())),
            "By section of the report": list(_breakdown(run.by_section())),
        },
        charts=[*_of_confidence(run.outcomes), _of_ranks(run.outcomes), *_latency(run.outcomes)],
        figures=list(_all_figures(run)),
        kinds=list(dict.fromkeys(outcome.question.kind for outcome in run.outcomes)),
        rows=[_row(outcome, known) for outcome in run.outcomes],
    )


def _headline(run: Run) -> Iterator[_Figure]:
    for measure in _HEADLINE:
        figure = run.figures[measure]
        if figure.n:
            yield _of_measure(measure, figure)
    for name in ("AUROC", "latency p50"):
        figure = run.statistics[name]
        if figure.n:
            drawn = charts.bar(figure) if name == "AUROC" else ""
            yield _written(name, STATISTICS[name], figure, places=2, bar=drawn)


def _breakdown(parts: Mapping[str, Mapping[Measure, Interval]]) -> Iterator[tuple[str, _Figure]]:
    for name, figures in parts.items():
        for measure in (Measure.HIT_1, Measure.WRONGLY_ANSWERED):
            if figures[measure].n:
                yield name, _of_measure(measure, figures[measure])


def _all_figures(run: Run) -> Iterator[_Figure]:
    for measure, figure in run.figures.items():
        if figure.n:
            yield _written(measure.value, measure.means, figure, places=3)
    for name, figure in run.statistics.items():
        if figure.n:
            yield _written(name, STATISTICS[name], figure, places=3)


def _of_measure(measure: Measure, figure: Interval) -> _Figure:
    drawn = charts.bar(figure, lower_is_better=measure.lower_is_better)
    return _written(measure.value, measure.means, figure, places=2, bar=drawn)


def _written(name: str, means: str, figure: Interval, *, places: int, bar: str = "") -> _Figure:
    factor, places, unit = (1000, 0, " ms") if name.startswith("latency") else (1, places, "")
    value, low, high = (
        f"{factor * of:.{places}f}" for of in (figure.value, figure.low, figure.high)
    )
    return _Figure(
        name=name,
        means=means,
        value=f"{value}{unit}",
        bounds=f"{low} – {high}{unit}",
        n=figure.n,
        bar=bar,
    )


def _of_confidence(outcomes: Sequence[Outcome]) -> Iterator[_Chart]:
    judged = [outcome for outcome in outcomes if outcome.confidence is not None]
    if not judged:
        return
    sure = [outcome.confidence or 0.0 for outcome in judged]
    right = [float(outcome.right) for outcome in judged]
    coverage, risk = risk_coverage(np.asarray(sure), np.asarray(right))
    yield _Chart(
        title="Risk and coverage",
        drawn=charts.curve(
            list(zip(coverage.tolist(), risk.tolist(), strict=True)),
            title="Share of wrong replies by share of questions answered",
            across="questions answered, the surest first",
            up="of these not right",
        ),
        caption="Answering only where the confidence is high makes fewer mistakes: how many.",
    )
    bins = reliability(sure, right)
    yield _Chart(
        title="Reliability of the confidence",
        drawn=charts.scatter(
            [(found.confidence, found.right, found.n) for found in bins],
            title="Share of right replies by confidence",
            across="confidence",
            up="right",
        ),
        caption="On the line a confidence of 70 % is right seven times in ten; a larger dot is "
        f"more questions. Expected calibration error {calibration_error(bins):.3f}.",
    )


def _of_ranks(outcomes: Sequence[Outcome]) -> _Chart:
    ranks = Counter(outcome.rank for outcome in outcomes if outcome.answerable)
    columns = [(str(rank), ranks[rank]) for rank in range(1, DEPTH + 1)]
    return _Chart(
        title="Rank of the first passage that answers",
        drawn=charts.histogram(
            [*columns, ("–", ranks[None])], title="Questions by rank", across="rank", up="questions"
        ),
        caption="Answerable questions; – where it is not among the first ten.",
    )


def _latency(outcomes: Sequence[Outcome]) -> Iterator[_Chart]:
    seconds = [outcome.seconds for outcome in outcomes if outcome.seconds is not None]
    if not seconds:
        return
    counts, edges = np.histogram(1000 * np.asarray(seconds), bins=_LATENCY_COLUMNS)
    places = 0 if edges[-1] - edges[0] > _LATENCY_COLUMNS else 1
    labels = [f"{edge:.{places}f}" for edge in edges[1:]]
    yield _Chart(
        title="Latency",
        drawn=charts.histogram(
            list(zip(labels, counts.tolist(), strict=True)),
            title="Questions by latency",
            across="milliseconds up to",
            up="questions",
        ),
        caption=f"{len(seconds)} questions asked one at a time, with nothing prepared.",
    )


def _row(outcome: Outcome, known: Mapping[str, Passage]) -> _Row:
    right = outcome.right if outcome.answerable else outcome.verdict != "answered"
    expected = [] if outcome.right else [known[n] for n in sorted(outcome.relevant) if n in known]
    return _Row(
        question=outcome.question,
        result="right" if right else "wrong",
        verdict=outcome.verdict or "",
        confidence="" if outcome.confidence is None else f"{outcome.confidence:.2f}",
        rank=str(outcome.rank or "–") if outcome.answerable else "no answer",
        rank_value=(outcome.rank or DEPTH + 1) if outcome.answerable else DEPTH + 2,
        came=_came(outcome.hits[0], outcome.right) if outcome.hits else None,
        nothing_came=not outcome.ids,
        expected=tuple((pinpoint(passage), passage.text) for passage in expected),
    )


def _came(hit: Hit, right: bool) -> _Came:
    return _Came(
        title="Came first, and answers" if right else "Came first",
        place=pinpoint(hit.passage),
        quoted=hit.quoted,
        citation=cite(hit.passage),
    )


def _file(name: str) -> str:
    return (resources.files("embeddings.evaluation") / name).read_text(encoding="utf-8")
