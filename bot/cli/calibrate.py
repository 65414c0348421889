"""The command `pincite calibrate`."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.options import library_option, model_option, reader_option, settings
from bot.rendering.saying import say
from corpus.errors import LibraryFault, WrongUse
from corpus.writing import write

if TYPE_CHECKING:
    from bot.measuring.bench import Bench
    from embeddings.judging.calibration import Judged

# Ten observations for each of three weights (Peduzzi et al., J. Clin. Epidemiology 49, 1996).
_FEWEST = 30
# "Answered" is said from the confidence that this share of the answered questions reach.
_ANSWERED_SHARE = 0.90
# And "perhaps" from that of this share, where there is a reader.
_PERHAPS_SHARE = 0.97


@click.command("calibrate")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@model_option
@reader_option
@library_option
@click.pass_context
def calibrate(context: click.Context, /, files: tuple[Path, ...]) -> None:
    """Fit the verdict to this library, its model and the reader, on question sets about it.

    The sets need at least 30 questions that the library answers and 30 that it does not; nine in
    ten of the first will be called answered, or perhaps where nothing reads. Measure the result
    with `pincite eval` on other questions than these. Removing verdict.json from the library's
    folder undoes it.

    \b
    Example:
      pincite calibrate questions.jsonl
    """
    from bot.cli.evaluation import open_bench
    from embeddings.judging.calibration import check_installed, fit, reached
    from embeddings.judging.verdict import (
        ALWAYS,
        ANSWER_SIGNALS,
        READ_SIGNALS,
        Model,
        model_to_json,
    )

    check_installed()
    with open_bench(files, None, settings(context), asked_models=()) as bench:
        answerable, unanswerable = _judged(bench)
        right = [one for one in answerable if one.yes]
        if min(len(right), len(unanswerable)) < _FEWEST:
            raise WrongUse(
                f"the sets have {len(right)} questions whose first passage answers and "
                f"{len(unanswerable)} without an answer; fitting needs {_FEWEST} of each."
            )
        judged_by = bench.pincite.verdict_model
        answer = fit(
            [*right, *unanswerable],
            ANSWER_SIGNALS if judged_by.reader is None else READ_SIGNALS,
            kept=_ANSWERED_SHARE,
            of=answerable,
        )
        model = Model(
            encoder=judged_by.encoder,
            reader=judged_by.reader,
            answer=answer,
            perhaps_from=answer.yes_from
            if judged_by.reader is None
            else reached(answer, _PERHAPS_SHARE, answerable),
            # The sets do not tell the unanswerable from what the library is not about at all.
            subject=judged_by.subject if isinstance(judged_by, Model) else ALWAYS,
        )
        about = {
            "fitted": str(datetime.date.today()),
            "fitted_on": f"{len(right) + len(unanswerable)} questions of "
            f"{', '.join(path.name for path in files)}",
        }
        try:
            write(bench.pincite.verdict_file, model_to_json(model, **about), private=True)
        except OSError as error:
            raise LibraryFault(
                f"{bench.pincite.verdict_file} cannot be written ({error.strerror})."
            ) from None
    say(
        f"Fitted to {len(right)} answered and {len(unanswerable)} unanswered questions; "
        f"“{'perhaps' if model.reader is None else 'answered'}” is said from a confidence of "
        f"{model.answer.yes_from:.2f}."
    )


def _judged(bench: "Bench") -> "tuple[list[Judged], list[Judged]]":
    """The signals of the answerable questions, yes where the first passage answers; of the rest."""
    from bot.cli.progress import display
    from bot.measuring.bench import replied
    from embeddings.judging.calibration import Judged
    from embeddings.judging.verdict import signals_of

    answerable: list[Judged] = []
    unanswerable: list[Judged] = []
    with display("Asking", len(bench.questions)) as progress:
        for question in bench.questions:
            hits = replied(bench.pincite, question).hits
            relevant = bench.gold.get(question.id, {})
            if hits:
                yes = hits[0].passage.id in relevant
                judged = Judged(signals=signals_of(hits[0]), yes=yes, group="all")
                (answerable if relevant else unanswerable).append(judged)
            progress(1)
    return answerable, unanswerable
