"""The command `pincite eval`."""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.options import library_option, reader_option
from bot.cli.options import settings as chosen
from bot.rendering.saying import say
from bot.settings import Settings
from corpus.errors import WrongUse
from corpus.writing import write_chosen

if TYPE_CHECKING:
    from bot.measuring.bench import Bench
    from embeddings.evaluation.run import Run

# Exit status where a run is worse than its baseline, or a set has findings.
NOT_PASSED = 4
# A loss that would not change what people get: one question in fifty.
_WORSE_BY = 0.02
_FILE = click.Path(path_type=Path)


@click.command("eval")
@click.argument("files", nargs=-1, required=True, type=_FILE, metavar="FILE...")
@click.option("--check", is_flag=True, help="Lint the sets instead of measuring.")
@click.option("--compare", metavar="NAMES", help="Ways of searching, with commas between them.")
@click.option("--run", "runs", type=_FILE, multiple=True, help="Compare a TREC run, too.")
@click.option("--html", type=_FILE, help="Write a page of results, which needs nothing else.")
@click.option("--save", type=_FILE, help="Keep the run, to compare later ones with.")
@click.option("--baseline", type=_FILE, help="Compare with a run that was kept.")
@click.option("--fail-if-worse", is_flag=True, help="Exit status 4 where worse than the baseline.")
@click.option("--worse-by", default=_WORSE_BY, show_default=True, help="... by more than this.")
@click.option("--qrels", type=_FILE, help="Gold by passage id, instead of the quotations.")
@click.option("--trec", type=_FILE, metavar="FOLDER", help="Write qrels.txt and run.txt.")
@click.option("--beir", type=_FILE, metavar="FOLDER", help="Write library and sets as BEIR.")
@click.option("--model", "models", multiple=True, metavar="NAME", help="Two or more: compare.")
@reader_option
@library_option
@click.pass_context
def evaluate(
    context: click.Context,
    /,
    files: tuple[Path, ...],
    models: tuple[str, ...],
    **options: Any,
) -> int:
    """Measure answers on question sets: JSON lines, or the folder of a BEIR collection.

    A line has id, question, evidence (quotations that stand in the passages that answer, or
    null), and may have answers, kind and turns. Every figure comes with a 95 % interval and n.
    A BEIR collection is measured in a library of its own. Exit status: 0 measured, 4 worse than
    the baseline or findings of --check, 2 wrong use, 1 fault.

    \b
    Examples:
      pincite eval questions.jsonl --html results.html
      pincite eval questions.jsonl --compare dense,full
      pincite eval questions.jsonl --baseline last.json --fail-if-worse
      pincite eval --check questions.jsonl
    """
    from embeddings.evaluation.intervals import check_installed

    if options["fail_if_worse"] and not options["baseline"]:
        raise WrongUse("--fail-if-worse needs --baseline RUN.json to compare with.")
    _refuse_unused(models, options)
    if models:
        context.find_root().ensure_object(dict)["model"] = models[0]
    settings = chosen(context)
    if options["check"]:
        return _check(files, settings)
    check_installed()
    with open_bench(files, options["qrels"], settings, asked_models=models) as bench:
        if len(models) > 1:
            return _compare_models(bench, models, settings)
        if options["compare"] or options["runs"]:
            return _compare(bench, options["compare"] or "full", options["runs"])
        return _measure(bench, options)


def _refuse_unused(models: Sequence[str], options: dict[str, Any]) -> None:
    """Comparing and checking print what they find; they write nothing."""
    other = options["check"] or options["compare"] or options["runs"] or len(models) > 1
    for name in ("html", "save", "baseline", "trec", "beir"):
        if other and options[name]:
            raise WrongUse(
                f"--{name} is for measuring alone; leave out --check, --compare, --run and every "
                "--model but one, or leave it out."
            )


def _measure(bench: "Bench", options: dict[str, Any]) -> int:
    from bot.cli.progress import display
    from bot.rendering.measures import against_baseline, results
    from bot.rendering.screen import print_lines
    from embeddings.evaluation import comparison, formats
    from embeddings.evaluation import run as runs

    baseline = options["baseline"] and runs.from_json(
        str(options["baseline"]), formats.read_text(options["baseline"])
    )
    run = bench.measured(display)
    print_lines(results(run))
    if options["save"]:
        write_chosen(options["save"], runs.to_json(run))
    if options["html"]:
        from embeddings.evaluation.page import page

        write_chosen(options["html"], page(run, bench.passages))
    if options["trec"]:
        rankings = {outcome.question.id: outcome.ids for outcome in run.outcomes}
        write_chosen(options["trec"] / "qrels.txt", formats.write_qrels(bench.gold))
        write_chosen(options["trec"] / "run.txt", formats.write_run(rankings, "pincite"))
    if options["beir"]:
        from bot.measuring.collection import as_collection

        formats.write_beir(as_collection(bench), options["beir"])
    if baseline:
        compared = comparison.against(baseline, run)
        print_lines(against_baseline(compared, options["worse_by"]))
        if options["fail_if_worse"] and any(c.is_worse(options["worse_by"]) for c in compared):
            return NOT_PASSED
    return 0


def _compare(bench: "Bench", names: str, files: Sequence[Path]) -> int:
    from bot.cli.progress import display
    from bot.measuring.bench import ways_of_searching
    from embeddings.evaluation import formats

    ways = ways_of_searching(bench.pincite)
    wanted = [name.strip() for name in names.split(",")]
    for name in wanted:
        if name not in ways:
            raise WrongUse(f"--compare {name!r} is not a way of searching: {', '.join(ways)}.")
    others = {path.name: formats.read_run(str(path), formats.read_text(path)) for path in files}
    runs = [bench.ranked(name, ways[name], display) for name in wanted]
    _print_compared([*runs, *(bench.read(name, found) for name, found in others.items())])
    return 0


def _compare_models(bench: "Bench", models: Sequence[str], settings: Settings) -> int:
    from dataclasses import replace

    from bot.cli.progress import display
    from bot.measuring.bench import with_model

    runs = []
    for model in models:
        with with_model(settings, model, display) as pincite:
            run = replace(bench, pincite=pincite).measured(display)
            runs.append(replace(run, name=Path(model).name))
    _print_compared(runs)
    return 0


def _print_compared(runs: "Sequence[Run]") -> None:
    from bot.rendering.measures import comparison
    from bot.rendering.screen import print_lines
    from embeddings.evaluation.comparison import compare_all

    print_lines(comparison(runs, compare_all(runs)))


def _check(files: Sequence[Path], settings: Settings) -> int:
    from bot.cli.progress import display
    from bot.measuring.bench import MeasuredPincite, active_passages, check_askable, replied
    from embeddings.evaluation.formats import read_text
    from embeddings.evaluation.lint import lint
    from embeddings.evaluation.questions import parse_leniently

    questions, faults = parse_leniently({str(path): read_text(path) for path in files})
    check_askable(questions)
    pincite = MeasuredPincite(settings, display)
    with pincite.library, display("Asking", len(questions)) as progress:
        answers = {}
        for question in questions:
            answers[question.id] = replied(pincite, question)
            progress(1)
        passages = active_passages(pincite)
    findings = lint(questions, faults, passages, answers)
    for finding in findings:
        say(str(finding))
    count = len(findings)
    say(f"{len(questions)} questions, {count or 'no'} finding{'s' * (count != 1)}.")
    return NOT_PASSED if findings else 0


@contextlib.contextmanager
def open_bench(
    files: Sequence[Path], qrels: Path | None, settings: Settings, asked_models: Sequence[str]
) -> "Iterator[Bench]":
    """The library with the sets; refuses what cannot be asked before anything is loaded."""
    from bot.cli.progress import display
    from bot.measuring.bench import Bench, MeasuredPincite, about, active_passages, check_askable
    from bot.measuring.collection import of_collection
    from embeddings.evaluation.formats import read_beir, read_qrels, read_text
    from embeddings.evaluation.gold import by_quotation
    from embeddings.evaluation.questions import parse

    folders = [path for path in files if path.is_dir()]
    if folders:
        if len(files) > 1 or qrels or len(asked_models) > 1:
            raise WrongUse("a BEIR collection is measured alone, with one model.")
        collection = read_beir(folders[0])
        check_askable(collection.questions)
        with of_collection(collection, folders[0].name, settings, display) as (pincite, gold):
            yield Bench(
                pincite=pincite,
                questions=collection.questions,
                gold=gold,
                passages=active_passages(pincite),
                about=about(pincite, {folders[0].name: read_text(folders[0] / "queries.jsonl")}),
            )
        return
    texts = {str(path): read_text(path) for path in files}
    questions = parse(texts)
    check_askable(questions)
    given = read_qrels(str(qrels), read_text(qrels)) if qrels else None
    pincite = MeasuredPincite(settings, display)
    with pincite.library:
        passages = active_passages(pincite)
        yield Bench(
            pincite=pincite,
            questions=questions,
            gold=by_quotation(questions, passages) if given is None else given,
            passages=passages,
            about=about(pincite, texts),
        )
