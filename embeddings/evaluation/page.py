"""The page of results: one file, which opens offline and asks nothing of anyone."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from importlib import resources

import numpy as np

from corpus.citing.citations import cite, pinpoint
from corpus.passage import Passage
from embeddings.evaluation import charts
from embeddings.evaluation.confidence import calibration_error, reliability, risk_coverage
from embeddings.evaluation.intervals import Interval
from embeddings.evaluation.measures import DEPTH, STATISTICS, Measure
from embeddings.evaluation.outcome import Outcome
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
# Nothing is loaded from anywhere, whatever a report's text holds.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"


def page(run: Run, passages: Iterable[Passage]) -> str:
    """The page of a run on a library that holds these passages."""
    known = {passage.id: passage for passage in passages}
    about = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"
        for name, value in run.about.items()
    )
    count = len(run.outcomes)
    answerable = sum(outcome.answerable for outcome in run.outcomes)
    body = "".join(
        [
            f"<header><h1>How well this library answers</h1><p>{count:,} questions, "
            f"{answerable:,} with an answer in the library and {count - answerable:,} without. "
            "Every figure stands with its 95 % interval and the number of questions it is about."
            f"</p><dl class='about'>{about}</dl></header>",
            _headline(run),
            _breakdown("By kind of question", run.by_kind()),
            _breakdown("By section of the report", run.by_section()),
            _charts(run),
            _all_figures(run),
            _questions(run.outcomes, known),
        ]
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>Evaluation: {escape(run.about.get('questions', run.name))}</title>"
        f"<style>{_file('page.css')}</style></head><body><main>{body}</main>"
        f"<script>{_file('page.js')}</script></body></html>\n"
    )


def _headline(run: Run) -> str:
    tiles = [
        f"<div class='tile' title='{escape(measure.means)}'><h3>{measure.value}</h3>"
        f"<p class='value'>{figure.value:.2f}</p>"
        f"{charts.bar(figure, lower_is_better=measure.lower_is_better)}"
        f"<p class='bounds'>{figure.low:.2f} – {figure.high:.2f}, n = {figure.n}</p></div>"
        for measure in _HEADLINE
        if (figure := run.figures[measure]).n
    ]
    for name in ("AUROC", "latency p50"):
        figure = run.statistics[name]
        if not figure.n:
            continue
        drawn = charts.bar(figure) if name == "AUROC" else ""
        value, bounds = _written(name, figure, places=2)
        tiles.append(
            f"<div class='tile' title='{escape(STATISTICS[name])}'><h3>{name}</h3>"
            f"<p class='value'>{value}</p>{drawn}<p class='bounds'>{bounds}, n = {figure.n}</p>"
            "</div>"
        )
    return f"<section><h2>Headline figures</h2><div class='tiles'>{''.join(tiles)}</div></section>"


def _breakdown(title: str, parts: Mapping[str, Mapping[Measure, Interval]]) -> str:
    rows = []
    for name, figures in parts.items():
        for measure in (Measure.HIT_1, Measure.WRONGLY_ANSWERED):
            figure = figures[measure]
            if figure.n:
                rows.append(
                    f"<li><span class='name'>{escape(name)}</span>"
                    f"<span class='measure'>{measure.value}</span>"
                    f"{charts.bar(figure, lower_is_better=measure.lower_is_better)}"
                    f"<span class='number'>{figure.value:.2f} <small>{figure.low:.2f} – "
                    f"{figure.high:.2f}, n = {figure.n}</small></span></li>"
                )
    if not rows:
        return ""
    return f"<section><h2>{title}</h2><ul class='bars'>{''.join(rows)}</ul></section>"


def _charts(run: Run) -> str:
    drawn = []
    judged = [outcome for outcome in run.outcomes if outcome.confidence is not None]
    if judged:
        sure = [outcome.confidence or 0.0 for outcome in judged]
        right = [float(outcome.right) for outcome in judged]
        coverage, risk = risk_coverage(np.asarray(sure), np.asarray(right))
        drawn.append(
            _figure(
                "Risk and coverage",
                charts.curve(
                    list(zip(coverage.tolist(), risk.tolist(), strict=True)),
                    title="Share of wrong replies by share of questions answered",
                    across="questions answered, the surest first",
                    up="of these not right",
                ),
                "Answering only where the confidence is high makes fewer mistakes: how many.",
            )
        )
        bins = reliability(sure, right)
        drawn.append(
            _figure(
                "Reliability of the confidence",
                charts.scatter(
                    [(found.confidence, found.right, found.n) for found in bins],
                    title="Share of right replies by confidence",
                    across="confidence",
                    up="right",
                ),
                "On the line a confidence of 70 % is right seven times in ten; a larger dot is "
                f"more questions. Expected calibration error {calibration_error(bins):.3f}.",
            )
        )
    drawn.append(
        _figure(
            "Rank of the first passage that answers",
            charts.histogram(
                _ranks(run.outcomes), title="Questions by rank", across="rank", up="questions"
            ),
            "Answerable questions; – where it is not among the first ten.",
        )
    )
    seconds = [outcome.seconds for outcome in run.outcomes if outcome.seconds is not None]
    if seconds:
        columns, unit = _latencies(seconds)
        drawn.append(
            _figure(
                "Latency",
                charts.histogram(
                    columns, title="Questions by latency", across=f"{unit} up to", up="questions"
                ),
                f"{len(seconds)} questions asked one at a time, with nothing prepared.",
            )
        )
    return f"<section><h2>Charts</h2><div class='charts'>{''.join(drawn)}</div></section>"


def _figure(title: str, chart: str, caption: str) -> str:
    return f"<figure><h3>{title}</h3>{chart}<figcaption>{caption}</figcaption></figure>"


def _ranks(outcomes: Sequence[Outcome]) -> list[tuple[str, int]]:
    ranks = Counter(outcome.rank for outcome in outcomes if outcome.answerable)
    bars = [(str(rank), ranks[rank]) for rank in range(1, DEPTH + 1)]
    return [*bars, ("–", ranks[None])]


def _latencies(seconds: Sequence[float]) -> tuple[list[tuple[str, int]], str]:
    counts, edges = np.histogram(1000 * np.asarray(seconds), bins=_LATENCY_COLUMNS)
    places = 0 if edges[-1] - edges[0] > _LATENCY_COLUMNS else 1
    labels = [f"{edge:.{places}f}" for edge in edges[1:]]
    return list(zip(labels, counts.tolist(), strict=True)), "milliseconds"


def _all_figures(run: Run) -> str:
    rows = [
        _figure_row(measure.value, figure, measure.means) for measure, figure in run.figures.items()
    ]
    rows += [_figure_row(name, figure, STATISTICS[name]) for name, figure in run.statistics.items()]
    return (
        "<section><h2>All figures</h2><table class='figures'><thead><tr><th>measure</th>"
        "<th>value</th><th>95 % interval</th><th>n</th><th>is the share or mean of</th></tr>"
        f"</thead><tbody>{''.join(rows)}</tbody></table></section>"
    )


def _figure_row(name: str, figure: Interval, means: str) -> str:
    if not figure.n:
        return ""
    value, bounds = _written(name, figure)
    return (
        f"<tr><th scope='row'>{name}</th><td>{value}</td><td>{bounds}</td><td>{figure.n}</td>"
        f"<td>{escape(means)}</td></tr>"
    )


def _written(name: str, figure: Interval, places: int = 3) -> tuple[str, str]:
    if not name.startswith("latency"):
        shares = (figure.value, figure.low, figure.high)
        value, low, high = (f"{share:.{places}f}" for share in shares)
        return value, f"{low} – {high}"
    value, low, high = (f"{1000 * s:.0f}" for s in (figure.value, figure.low, figure.high))
    return f"{value} ms", f"{low} – {high} ms"


def _questions(outcomes: Sequence[Outcome], known: Mapping[str, Passage]) -> str:
    kinds = "".join(
        f"<option>{escape(kind)}</option>"
        for kind in dict.fromkeys(outcome.question.kind for outcome in outcomes)
    )
    rows = "".join(_row(outcome, known) for outcome in outcomes)
    columns = ("id", "question", "kind", "result", "verdict", "confidence", "rank")
    heads = "".join(
        f"<th aria-sort='none'><button type='button'>{name}</button></th>" for name in columns
    )
    return (
        "<section><h2>Questions</h2><form class='filters'>"
        "<label>Find <input type='search' id='find' placeholder='words'></label>"
        f"<label>Kind <select id='kind'><option value=''>all</option>{kinds}</select></label>"
        "<label>Result <select id='result'><option value=''>all</option><option>right</option>"
        "<option>wrong</option></select></label><output id='count'></output></form>"
        f"<table class='questions'><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        "</section>"
    )


def _row(outcome: Outcome, known: Mapping[str, Passage]) -> str:
    question = outcome.question
    right = outcome.right if outcome.answerable else outcome.verdict != "answered"
    result = "right" if right else "wrong"
    sure = "" if outcome.confidence is None else f"{outcome.confidence:.2f}"
    rank = str(outcome.rank or "–") if outcome.answerable else "no answer"
    before = "".join(f"<p class='turn'>{escape(turn)}</p>" for turn in question.turns)
    return (
        f"<tr data-kind='{escape(question.kind)}' data-result='{result}'>"
        f"<td data-label='id'>{escape(question.id)}</td>"
        f"<td data-label='question'>{before}<details><summary>{escape(question.question)}</summary>"
        f"{_passages(outcome, known)}</details></td>"
        f"<td data-label='kind'>{escape(question.kind)}</td>"
        f"<td data-label='result'><span class='{result}'>{result}</span></td>"
        f"<td data-label='verdict'>{outcome.verdict or ''}</td>"
        f"<td data-label='confidence'>{sure}</td>"
        f"<td data-label='rank' data-value='{_rank_value(outcome)}'>{rank}</td></tr>"
    )


def _rank_value(outcome: Outcome) -> int:
    return (outcome.rank or DEPTH + 1) if outcome.answerable else DEPTH + 2


def _passages(outcome: Outcome, known: Mapping[str, Passage]) -> str:
    shown = []
    if outcome.hits:
        title = "Came first, and answers" if outcome.right else "Came first"
        shown.append(_hit(title, outcome.hits[0]))
    elif not outcome.ids:
        shown.append("<p>Nothing came.</p>")
    if not outcome.right:
        shown += [
            f"<h4>Expected: {escape(pinpoint(known[name]))}</h4>"
            f"<blockquote>{escape(known[name].text)}</blockquote>"
            for name in sorted(outcome.relevant)
            if name in known
        ]
    evidence = "”, or “".join(escape(text) for text in outcome.question.evidence)
    if evidence:
        shown.append(f"<p class='evidence'>Evidence: “{evidence}”</p>")
    return "".join(shown)


def _hit(title: str, hit: Hit) -> str:
    text = "".join(hit.quoted.rendered(escape, lambda words: f"<mark>{escape(words)}</mark>"))
    return (
        f"<h4>{title}: {escape(pinpoint(hit.passage))}</h4><blockquote>{text}</blockquote>"
        f"<p class='citation'>{escape(cite(hit.passage))}</p>"
    )


def _file(name: str) -> str:
    return (resources.files("embeddings.evaluation") / name).read_text(encoding="utf-8")
