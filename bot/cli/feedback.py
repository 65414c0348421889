"""The commands `pincite feedback ...`: what people said of answers becomes questions of a set."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.options import library_option, settings
from bot.rendering.saying import say
from corpus.writing import write_chosen

if TYPE_CHECKING:
    from bot.measuring.feedback import Feedback, FeedbackStore
    from corpus.storage.library import Library

_KIND = "feedback"


@click.group()
def feedback() -> None:
    """Turn what people said of answers into questions of a set.

    Judgements are kept in the library's folder, only with the consent of the person, and without
    anything about them.

    \b
    Example:
      pincite feedback list
    """


@feedback.command("list")
@library_option
@click.pass_context
def list_judgements(context: click.Context) -> None:
    """List the judgements: id, state, what was said, passage, question.

    \b
    Example:
      pincite feedback list
    """
    found = _store(context).list()
    for entry in found:
        say(f"{entry.id}  {entry.state}  {entry.said}, passage {entry.passage_id}")
        say(f"    {entry.question}")
        for quoted in entry.evidence:
            say(f"    evidence: “{quoted}”")
    if not found:
        say("No judgement is kept.")


@feedback.command()
@click.argument("name", metavar="ID")
@click.option(
    "--evidence",
    multiple=True,
    metavar="QUOTATION",
    help="A few words of a passage that answers (default: of the one judged right).",
)
@library_option
@click.pass_context
def accept(context: click.Context, name: str, evidence: tuple[str, ...]) -> None:
    """Accept a judgement as a question of a set.

    \b
    Example:
      pincite feedback accept 3f2a9c01 --evidence "23 women"
    """
    from bot.measuring.feedback import check_evidence

    store = _store(context)
    found = store.get(name)
    with _open(context) as opened:
        passages = opened.passages(opened.numbers()).values()
        texts = {passage.id: passage.text for passage in passages}
    chosen = list(evidence) or _evidence(found, texts)
    check_evidence(found, chosen, list(texts.values()))
    accepted = store.accept(name, chosen)
    quoted = " or ".join(f"“{text}”" for text in accepted.evidence)
    say(f"Accepted {name}, {f'with the evidence {quoted}' if quoted else 'no answer'}.")


@feedback.command()
@click.argument("name", metavar="ID")
@library_option
@click.pass_context
def reject(context: click.Context, name: str) -> None:
    """Delete a judgement, with its question.

    \b
    Example:
      pincite feedback reject 3f2a9c01
    """
    _store(context).remove(name)
    say(f"Deleted {name}.")


@feedback.command()
@click.argument("file", type=click.Path(path_type=Path))
@library_option
@click.pass_context
def export(context: click.Context, file: Path) -> None:
    """Add the accepted judgements to a question set, which is made where it is missing.

    \b
    Example:
      pincite feedback export questions.jsonl
    """
    from bot.measuring.feedback import State
    from embeddings.evaluation.formats import read_text
    from embeddings.evaluation.questions import Question, parse, to_line

    text = read_text(file) if file.exists() else ""
    known = {question.id for question in parse({str(file): text})} if text.strip() else set()
    new = [
        Question(
            id=entry.id,
            question=entry.question,
            evidence=entry.evidence,
            kind=_KIND,
            file=str(file),
            line=1,
        )
        for entry in _store(context).list()
        if entry.state is State.ACCEPTED and entry.id not in known
    ]
    if new:
        lines = "".join(f"{to_line(question)}\n" for question in new)
        end = "\n" * (bool(text) and not text.endswith("\n"))
        write_chosen(file, f"{text}{end}{lines}")
    say(f"Added {len(new)} question{'s' * (len(new) != 1)} to {file}.")


def _evidence(found: "Feedback", texts: dict[str, str]) -> list[str]:
    from bot.measuring.feedback import Said, quotation

    if found.said is not Said.RIGHT or found.passage_id not in texts:
        return []
    others = [text for name, text in texts.items() if name != found.passage_id]
    quoted = quotation(found.question, texts[found.passage_id], others)
    return [quoted] if quoted else []


def _store(context: click.Context) -> "FeedbackStore":
    from bot.measuring.feedback import FeedbackStore

    return FeedbackStore(settings(context).library)


def _open(context: click.Context) -> "Library":
    from corpus.storage.library import Library

    return Library(settings(context).library)
