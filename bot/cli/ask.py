"""The command `pincite ask`."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.log import keep_in, log_option
from bot.cli.options import (
    library_option,
    model_option,
    open_pincite,
    reader_option,
    style_option,
)
from bot.rendering.mending import told
from bot.rendering.saying import say
from corpus.citing.styles import Style
from corpus.errors import PinciteError
from corpus.scope import Scope

if TYPE_CHECKING:
    from bot.answering.answer import Answer


# Exit status of `ask`: 0 answered, 3 not answered; wrong use 2 and fault 1 as for every command.
NOT_ANSWERED = 3


@click.command()
@click.argument("question")
@click.option("-k", "k", default=3, show_default=True, metavar="N", help="How many passages.")
@click.option("--report", metavar="ID", help="Only this report.")
@click.option("--country", metavar="NAME", help="Only reports on this country.")
@click.option("--year", type=int, metavar="YEAR", help="Only what is about this year.")
@click.option("--section", metavar="TEXT", help="Only sections with this in their path.")
@click.option("--explain", is_flag=True, help="Also print why: words, ranks, scores, verdict.")
@click.option(
    "--no-thesaurus", "thesaurus", flag_value=False, default=True, help="Read terms as typed."
)
@style_option
@log_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a question, on one line.")
@model_option
@reader_option
@library_option
@click.pass_context
def ask(
    context: click.Context,
    /,
    question: str,
    k: int,
    *,
    explain: bool,
    thesaurus: bool,
    style: Style,
    log: Path | None,
    as_json: bool,
    **scope: Any,
) -> int:
    """Answer a question; `-` reads one question a line from standard input.

    Up to three questions in one line are answered in order; JSON is an object for each.

    Exit status: 0 answered (every one), 3 not answered, 2 wrong use, 1 fault.

    \b
    Examples:
      pincite ask "How many people fled to the South in 2021?"
      pincite ask --section health --json - < questions.txt
    """
    from bot.answering.answering import check_number, checked
    from bot.conversation.alone import answers
    from bot.conversation.several import questions
    from bot.rendering.reasons import left_unread
    from bot.rendering.screen import print_question

    check_number(k)
    if question != "-":
        checked(question)
    opened = open_pincite(context, thesaurus=thesaurus)
    statuses = [0]
    for line in _lines() if question == "-" else [question]:
        several = questions(line)
        try:
            for answer in answers(several, opened, k=k, scope=Scope(**scope)):
                keep_in(log, opened, answer, Scope(**scope), k=k, thesaurus=thesaurus)
                if not (several.is_one or as_json):
                    print_question(answer.question)
                _print_answer(answer, line, explain=explain, style=style, as_json=as_json)
                statuses.append(0 if answer.verdict == "answered" else NOT_ANSWERED)
        except PinciteError as error:
            if question != "-":
                raise
            say(f"pincite: {told(error)}", err=True)
            statuses.append(error.exit_status)
        if several.left:
            say(left_unread(several.left), err=True)
            statuses.append(NOT_ANSWERED)
    wrong = [status for status in statuses if status not in (0, NOT_ANSWERED)]
    return wrong[0] if wrong else max(statuses)


def _lines() -> Iterator[str]:
    for line in sys.stdin:
        if line.strip():
            yield line.rstrip("\r\n")


def _print_answer(
    answer: "Answer", line: str, *, explain: bool, style: Style, as_json: bool
) -> None:
    """Print an answer to a question of a line; to explain is to print why, too."""
    if as_json:
        from bot.rendering.objects import to_json

        say(to_json(answer, line, explain=explain, style=style))
    else:
        from bot.rendering.screen import print_answer

        print_answer(answer, style)
        if explain:
            from bot.rendering.explaining import card

            say("\n".join([*card(answer), ""]))
