"""Results of an evaluation for a terminal."""

from collections.abc import Iterable, Mapping, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.rendering.answers import shown
from corpus.citing.citations import pinpoint
from embeddings.evaluation.comparison import Compared
from embeddings.evaluation.intervals import Difference, Interval
from embeddings.evaluation.measures import Measure
from embeddings.evaluation.outcome import Outcome
from embeddings.evaluation.run import Run

# More of them belong on the page, which can be filtered.
_FAILURES_SHOWN = 30
_BY_PART = (Measure.HIT_1, Measure.RECIPROCAL_RANK, Measure.SENTENCE, Measure.WRONGLY_ANSWERED)
_SECONDS = ("latency p50", "latency p95")


def results(run: Run) -> RenderableType:
    """All results of a run."""
    parts: list[RenderableType] = [_overall(run)]
    parts.append(_breakdown("kind", run.by_kind()))
    if run.sections:
        parts.append(_breakdown("section", run.by_section()))
    parts += _failures(run.failures())
    return Group(*parts)


def comparison(runs: Sequence[Run], compared: Iterable[Compared]) -> RenderableType:
    """One table: each system's figures, and how each differs from the first."""
    differences = {(found.measure, found.second): found.difference for found in compared}
    table = _table("", "value [95 %]", f"against {runs[0].name} [95 %]", "MDE", "n")
    for measure in Measure:
        measured = [run for run in runs if run.figures[measure].n]
        if measured:
            table.add_row(Text(measure.value, style="bold"))
        for run in measured:
            difference = differences.get((measure, run.name))
            table.add_row(
                f"  {run.name}",
                _with_bounds(run.figures[measure]),
                _signed(difference) if difference else "",
                f"{difference.detectable:.3f}" if difference else "",
                str(run.figures[measure].n),
                end_section=run is measured[-1],
            )
    note = (
        "MDE: the smallest true difference that this many questions would show in four of five "
        "experiments; a difference whose interval leaves out 0 is marked with *."
    )
    return Group(table, Text(note, style="dim"))


def against_baseline(compared: Sequence[Compared], size: float) -> RenderableType:
    """A run against a baseline."""
    table = _table("measure", "baseline", "now", "difference [95 % together]", "n", "")
    for found in compared:
        difference = found.difference
        table.add_row(
            found.measure.value,
            f"{difference.first:.3f}",
            f"{difference.second:.3f}",
            _signed(difference),
            str(difference.n),
            "WORSE" if found.is_worse(size) else "",
        )
    note = f"WORSE: significantly, for all measures together, and by more than {size:g}."
    return Group(table, Text(note, style="dim"))


def _overall(run: Run) -> RenderableType:
    table = _table("measure", "value", "95 % interval", "n")
    for measure, figure in run.figures.items():
        _add(table, measure.value, figure)
    for name, figure in run.statistics.items():
        _add(table, name, figure)
    return table


def _add(table: Table, name: str, figure: Interval) -> None:
    if not figure.n:
        return
    if name in _SECONDS:
        value, bounds = f"{figure.value:.3f} s", f"{figure.low:.3f} – {figure.high:.3f} s"
    else:
        value, bounds = f"{figure.value:.3f}", f"{figure.low:.3f} – {figure.high:.3f}"
    table.add_row(name, value, bounds, str(figure.n))


def _breakdown(what: str, parts: Mapping[str, Mapping[Measure, Interval]]) -> RenderableType:
    columns = [measure for measure in _BY_PART if any(p[measure].n for p in parts.values())]
    table = _table(what, "n", *(measure.value for measure in columns))
    for name, figures in parts.items():
        count = max(figures[Measure.HIT_1].n, figures[Measure.WRONGLY_ANSWERED].n)
        cells = [_with_bounds(figures[measure]) for measure in columns]
        table.add_row(shown(name), str(count), *cells)
    return table


def _failures(failures: Sequence[Outcome]) -> list[RenderableType]:
    if not failures:
        return [Text("No failures.")]
    lines = [Text(f"{len(failures)} failures", style="bold")]
    for outcome in failures[:_FAILURES_SHOWN]:
        lines += _failure(outcome)
    if len(failures) > _FAILURES_SHOWN:
        more = len(failures) - _FAILURES_SHOWN
        lines.append(Text(f"… and {more} more; --html PAGE.html lists all."))
    return list(lines)


def _failure(outcome: Outcome) -> list[Text]:
    question = outcome.question
    sure = "" if outcome.confidence is None else f", {outcome.verdict} {outcome.confidence:.2f}"
    rank = f"right at rank {outcome.rank}" if outcome.rank else "right not among the first ten"
    expected = f"{rank}{sure}" if outcome.answerable else f"has no answer{sure}"
    lines = [
        Text(shown(f"{question.id} ({question.kind}; {expected}): {question.question}")),
    ]
    if outcome.answerable and question.evidence:
        lines.append(Text(shown(f"    expected: “{'” or “'.join(question.evidence)}”")))
    if outcome.hits:
        hit = outcome.hits[0]
        came = f"{pinpoint(hit.passage)}: “{hit.quoted.quotation}”"
        lines.append(Text(shown(f"    came: {came}")))
    elif not outcome.ids:
        lines.append(Text("    came: nothing"))
    return lines


def _with_bounds(figure: Interval) -> str:
    if not figure.n:
        return ""
    return f"{figure.value:.2f} [{figure.low:.2f}, {figure.high:.2f}]"


def _signed(difference: Difference) -> str:
    star = " *" if difference.significant else ""
    return f"{difference.value:+.3f} [{difference.low:+.3f}, {difference.high:+.3f}]{star}"


def _table(*columns: str) -> Table:
    table = Table(box=box.SIMPLE, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
