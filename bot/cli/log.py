"""The option `--log` and the command `pincite replay`."""

import datetime
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.options import library_option, model_option, open_pincite, reader_option
from bot.rendering.saying import say

if TYPE_CHECKING:
    from bot.answering.answer import Answer
    from bot.assemble import Pincite
    from bot.measuring.research_log import Logged, Setting
    from corpus.scope import Scope

log_option = click.option(
    "--log",
    "log",
    type=click.Path(path_type=Path),
    metavar="FILE.jsonl",
    help="Keep the question and what was found in this file, which only you can read.",
)


def keep_in(
    log: Path | None,
    opened: "Pincite",
    answer: "Answer",
    scope: "Scope",
    *,
    k: int,
    thesaurus: bool = True,
) -> None:
    """Add an answer to the log that the person asked for, if any; raises WrongUse.

    A question that leans on the one before it in its line is kept as it was searched, so that it
    can be asked alone.
    """
    if log is None:
        return
    if answer.carried:
        answer = replace(answer, question=answer.searched, carried=())
    from bot.measuring.research_log import keep

    now = datetime.datetime.now().astimezone()
    setting = _setting(opened, thesaurus=thesaurus)
    keep(log, answer, scope=scope, k=k, setting=setting, now=now)


def _setting(opened: "Pincite", *, thesaurus: bool) -> "Setting":
    from bot.measuring.research_log import Setting

    return Setting.of(
        opened.library.entries(),
        model=opened.encoder.identity,
        reader=opened.reader_identity,
        thesaurus=thesaurus,
    )


@click.command()
@click.argument("log", type=click.Path(path_type=Path), metavar="FILE.jsonl")
@model_option
@reader_option
@library_option
@click.pass_context
def replay(context: click.Context, log: Path) -> int:
    """Ask every question of a research log again, and say what is otherwise now and why.

    Exit status: 0 all answers are the same, 3 some are not, 2 the log was changed or is none.

    \b
    Example:
      pincite replay research.jsonl
    """
    from bot.conversation.alone import answers
    from bot.conversation.several import Several
    from bot.measuring.research_log import read_log, replayed

    lines = read_log(log)
    opened: dict[bool, Pincite] = {}

    def ask(line: "Logged") -> "tuple[Answer, Setting]":
        thesaurus = line.setting.thesaurus
        if thesaurus not in opened:
            opened[thesaurus] = open_pincite(context, thesaurus=thesaurus)
        one = opened[thesaurus]
        asked = Several(asked=(line.question,))
        [answer] = answers(asked, one, k=line.k, scope=line.scope)
        return answer, _setting(one, thesaurus=thesaurus)

    changed = 0
    for line, differences in replayed(lines, ask):
        if differences:
            changed += 1
            say(f"Changed: {line.question} (asked {line.time})")
            for difference in differences:
                say(f"  {difference}")
    same = len(lines) - changed
    say(f"{same} of {len(lines)} answers are the same.")
    return 3 if changed else 0
