"""The commands that make the reader; see the package."""

import argparse
import pickle
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import PinciteError, WrongUse
from embeddings.judging.training.mining import Mined, mine
from embeddings.judging.training.paragraphs import (
    Paragraph,
    Part,
    Split,
    read_public,
    read_reports,
    read_sheets,
    split,
    split_from_json,
    split_to_json,
)

PUBLIC = ("squad", "covidqa", "clapnq")
SPLIT_FILE = "kept-aside.json"
MINED_FILE = "mined.pickle"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit status."""
    given = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], None] = given.command
    try:
        command(given)
    except PinciteError as error:
        print(f"Error: {error}", file=sys.stderr)
        return error.exit_status
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m embeddings.judging.training")
    commands = parser.add_subparsers(required=True)

    def add(name: str, run: Callable[[argparse.Namespace], None], doc: str) -> None:
        command = commands.add_parser(name, help=doc, description=doc)
        command.set_defaults(command=run)
        command.add_argument("work", type=Path, help="folder for what the commands write")
        for argument, kind, help_text in _ARGUMENTS[name]:
            command.add_argument(argument, type=kind, help=help_text, **_DEFAULTS.get(argument, {}))

    add("split", _split, "Choose countries to keep aside, before anything is learnt.")
    add("mine", _mine, "Find paragraphs that look like answers to the sheets' questions.")
    add("fit", _fit, "Teach the network; one call for each of --processes.")
    add("export", _export, "Write the graph in eight bits with its tokenizer.")
    return parser


_SHEETS = ("--sheets", Path, "folder with passages.jsonl and questions.jsonl")
_PUBLIC = ("--public", Path, "folder with the folders squad, covidqa and clapnq")
_ENCODER = ("--encoder", Path, "folder of all-mpnet-base-v2")
_ARGUMENTS: dict[str, list[tuple[str, type, str]]] = {
    "split": [_SHEETS, _PUBLIC],
    "mine": [_SHEETS, ("--reports", Path, "all paragraphs of the reports, .jsonl.xz")],
    "fit": [
        _SHEETS,
        _ENCODER,
        _PUBLIC,
        ("--minutes", float, "how long to learn"),
        ("--seed", int, "of examples and heads"),
        ("--rank", int, "which of the processes this one is"),
        ("--processes", int, "how many share every step"),
    ],
    "export": [_ENCODER],
}
_DEFAULTS: dict[str, dict[str, Any]] = {
    "--sheets": {"required": True},
    "--reports": {"required": True},
    "--encoder": {"required": True},
    "--public": {"required": True},
    "--minutes": {"required": True},
    "--seed": {"default": 1},
    "--rank": {"default": 0},
    "--processes": {"default": 1},
}


def _split(given: argparse.Namespace) -> None:
    given.work.mkdir(parents=True, exist_ok=True)
    kept = split(read_sheets(given.sheets), _read_public(given.public))
    (given.work / SPLIT_FILE).write_text(split_to_json(kept), "utf-8")


def _kept_aside(work: Path) -> Split:
    """What `split` chose; raises WrongUse before it has run."""
    try:
        return split_from_json((work / SPLIT_FILE).read_text("utf-8"))
    except FileNotFoundError:
        raise WrongUse(f"{work / SPLIT_FILE} is missing; run the command split first.") from None


def _read_public(folder: Path) -> list[Paragraph]:
    return [paragraph for name in PUBLIC for paragraph in read_public(folder / name)]


def _taught(paragraphs: Sequence[Paragraph], kept: Split) -> list[Paragraph]:
    return [paragraph for paragraph in paragraphs if kept.part(paragraph) is Part.TRAINING]


def _mine(given: argparse.Namespace) -> None:
    kept = _kept_aside(given.work)
    paragraphs = _taught(read_sheets(given.sheets), kept)
    reports = read_reports(given.reports, {paragraph.report for paragraph in paragraphs})
    mined = mine(paragraphs, _taught(reports, kept), seed=1)
    with (given.work / MINED_FILE).open("wb") as file:
        pickle.dump(mined, file)


def _fit(given: argparse.Namespace) -> None:
    from embeddings.judging.training.examples import Examples
    from embeddings.judging.training.fitting import Plan, fit
    from embeddings.judging.training.network import from_encoder
    from embeddings.judging.training.vocabulary import Vocabulary

    kept = _kept_aside(given.work)
    with (given.work / MINED_FILE).open("rb") as file:
        mined: Mined = pickle.load(file)  # noqa: S301  written by the command before
    examples = Examples(
        _taught(read_sheets(given.sheets), kept),
        _taught(_read_public(given.public), kept),
        mined,
        Vocabulary(given.encoder / "tokenizer.json"),
        # Every process reads other examples.
        given.processes * given.seed + given.rank,
    )
    plan = Plan(
        minutes=given.minutes,
        folder=given.work,
        seed=given.seed,
        rank=given.rank,
        processes=given.processes,
    )
    fit(from_encoder(given.encoder / "model.safetensors"), examples, plan, _say)


def _export(given: argparse.Namespace) -> None:
    from embeddings.judging.training.exporting import export

    export(
        given.work / "reader.safetensors", given.encoder / "tokenizer.json", given.work / "reader"
    )


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
