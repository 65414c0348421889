"""The command `pincite calibrate`."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.settings import Settings
from corpus.errors import WrongUse

if TYPE_CHECKING:
    from bot.evaluate import Bench
    from embeddings.calibration import Judged

# Ten observations for each of three weights (Peduzzi et al., J. Clin. Epidemiology 49, 1996).
_FEWEST = 30
# "Answered" is said from the confidence that this share of the answered questions reach.
_ANSWERED_SHARE = 0.90


@click.command("calibrate")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@click.option("--library", metavar="FOLDER", help="The library's folder.")
@click.pass_context
def calibrate(context: click.Context, /, files: tuple[Path, ...], library: str | None) -> None:
    """Fit the verdict to this library, on question sets about it.

    The sets need at least 30 questions that the library answers and 30 that it does not; nine in
    ten of the first will be called answered. Measure the result with `pincite eval` on other
    questions than these. Removing verdict.json from the library's folder undoes it.

    \b
    Example:
      pincite calibrate questions.jsonl
    """
    from bot.cli_evaluation import open_bench
    from embeddings.calibration import fit
    from embeddings.verdict import ANSWER_SIGNALS, Model, model_to_json, shipped_model

    chosen = dict(context.find_root().ensure_object(dict)) | (
        {"library": library} if library else {}
    )
    with open_bench(files, None, Settings.read(**chosen), asked_models=()) as bench:
        judged = _judged(bench)
        answered = sum(one.yes for one in judged)
        if min(answered, len(judged) - answered) < _FEWEST:
            raise WrongUse(
                f"the sets have {answered} questions whose first passage answers and "
                f"{len(judged) - answered} without an answer; fitting needs {_FEWEST} of each."
            )
        model = Model(
            answer=fit(judged, ANSWER_SIGNALS, _ANSWERED_SHARE), subject=shipped_model().subject
        )
        target = bench.pincite.verdict_file
        about = {
            "fitted": str(datetime.date.today()),
            "fitted_on": f"{len(judged)} questions of {', '.join(path.name for path in files)}",
        }
        target.write_text(model_to_json(model, **about), encoding="utf-8")
    click.echo(
        f"Fitted to {answered} answered and {len(judged) - answered} unanswered questions; "
        f"“answered” is said from a confidence of {model.answer.yes_from:.2f}."
    )


def _judged(bench: "Bench") -> "list[Judged]":
    """Each question's signals; one whose answer is there but not first teaches nothing."""
    from bot.evaluate import replied
    from bot.progress import display
    from embeddings.calibration import Judged
    from embeddings.verdict import signals_of

    judged = []
    with display("Asking", len(bench.questions)) as progress:
        for question in bench.questions:
            hits = replied(bench.pincite, question).hits
            relevant = bench.gold.get(question.id, {})
            if hits and (not relevant or hits[0].passage.id in relevant):
                signals = signals_of(hits[0])
                judged.append(Judged(signals=signals, yes=bool(relevant), group="all"))
            progress(1)
    return judged
