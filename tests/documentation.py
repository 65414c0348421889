"""What the documents show of the program, printed by the program: run by cog."""

import ast
import atexit
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[1]
WIDTH = 88


@cache
def _library() -> str:
    folder = tempfile.mkdtemp(prefix="pincite-readme-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def run(*arguments: str) -> str:
    """A command as typed and what it prints, as a fenced block."""
    environment = os.environ | {
        "PINCITE_LIBRARY": _library(),
        "COLUMNS": str(WIDTH),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    typed = " ".join(f'"{one}"' if " " in one else one for one in arguments)
    return f"```console\n$ pincite {typed}\n{(done.stdout + done.stderr).rstrip()}\n```"


def commands() -> list[tuple[str, click.Command]]:
    """Every command at every level with the words that call it, groups before what is in them."""
    from bot.cli.main import pincite

    def below(words: str, group: click.Group) -> Iterator[tuple[str, click.Command]]:
        context = click.Context(group)
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command is not None
            yield f"{words} {name}", command
            if isinstance(command, click.Group):
                yield from below(f"{words} {name}", command)

    return [("pincite", pincite), *below("pincite", pincite)]


def every_help() -> str:
    """The help of every command, each under its name."""
    blocks = []
    for words, command in commands():
        context = click.Context(command, info_name=words, max_content_width=WIDTH)
        context.terminal_width = WIDTH
        blocks.append(f"### {words}\n\n```text\n{command.get_help(context)}\n```")
    return "\n\n".join(blocks)


def exit_statuses() -> str:
    """What a command ends with, as a table."""
    from bot.cli.ask import NOT_ANSWERED
    from bot.cli.evaluation import NOT_PASSED
    from corpus.errors import Fault, Stopped, WrongUse

    meanings = {
        0: "done; of `ask`: every question is answered; of `verify`: all is exact",
        Fault.exit_status: "a fault: something here is broken, or the output takes nothing; "
        "of `verify`: something is not exact",
        WrongUse.exit_status: "wrong use: something that was given cannot be used",
        NOT_ANSWERED: "of `ask`: a question is not answered",
        NOT_PASSED: "of `eval`: worse than the baseline, or findings of `--check`",
        Stopped.exit_status: "stopped by the person (Ctrl-C)",
    }
    rows = [f"| {status} | {meaning} |" for status, meaning in sorted(meanings.items())]
    return "\n".join(["| status | meaning |", "|---|---|", *rows])


def chat_commands() -> str:
    """The commands of the chat, as a table."""
    from bot.chat.commands import COMMANDS

    rows = []
    for command in COMMANDS:
        typed = f"/{command.name} {command.argument}".rstrip().replace("|", "\\|")
        words = ", ".join(f"“{word}”" for word in sorted(command.words))
        rows.append(f"| `{typed}` | {command.says} | {words} |")
    return "\n".join(["| typed | what it does | said in words |", "|---|---|---|", *rows])


def map_of_files(folder: str) -> str:
    """Every module of a folder with the first sentence of its docstring."""
    lines = []
    for path in sorted((ROOT / folder).rglob("*.py"), key=_folder_first):
        first = summary(path)
        name = path.relative_to(ROOT)
        if path.name != "__init__.py":
            lines.append(f"  - `{name}` {first}")
        elif first:
            lines.append(f"- **{name.parent}/** {first}")
    return "\n".join(lines)


def _folder_first(path: Path) -> tuple[Path, bool, str]:
    return path.parent, path.name != "__init__.py", path.name


def summary(path: Path) -> str:
    """The first sentence of a module's docstring, empty where it has none."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(docstring.split("\n\n")[0].split())


def scripts(folder: str) -> str:
    """The scripts of a folder with what each does and how it is called, as a list."""
    lines = []
    for path in sorted((ROOT / folder).glob("*.py")):
        name = path.relative_to(ROOT)
        text = path.read_text(encoding="utf-8")
        called = re.search(rf"^ *python {re.escape(str(name))}[^\n]*?(?=  |$)", text, re.MULTILINE)
        if called:
            lines.append(f"- `{called[0].strip()}` {summary(path)}")
    return "\n".join(lines)


def settings() -> str:
    """The environment variables, as a table."""
    from bot.settings import VARIABLES

    rows = [f"| `{name}` | {meaning} |" for name, meaning in VARIABLES.items()]
    return "\n".join(["| variable | meaning |", "|---|---|", *rows])


def fields() -> str:
    """The metadata of a report, as a list in a sentence."""
    from corpus.metadata import FIELDS

    return ", ".join(f"`{field}`" for field in FIELDS)


def public_names() -> str:
    """What each package offers to others, as a table."""
    rows = []
    for package in ("corpus", "embeddings", "bot"):
        names = ", ".join(f"`{name}`" for name in sorted(import_module(package).__all__))
        rows.append(f"| `{package}` | {names} |")
    return "\n".join(["| package | names |", "|---|---|", *rows])


def errors() -> str:
    """The tree of errors, as it stands in its module."""
    from corpus import errors as module

    drawing = re.findall(r"^    (.*)$", module.__doc__ or "", re.MULTILINE)
    return "\n".join(["```text", *drawing, "```"])


@cache
def _figures(questions: str) -> dict[str, dict[str, float]]:
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "run.json"
        run("eval", str(ROOT / questions), "--save", str(kept))
        figures: dict[str, dict[str, float]] = json.loads(kept.read_text(encoding="utf-8"))[
            "figures"
        ]
    return figures


def results(questions: str) -> str:
    """The figures of a question set on the built-in library, as a table."""
    rows = [
        f"| {name} | {figure['value']:.2f} | {figure['low']:.2f} to {figure['high']:.2f} "
        f"| {figure['n']} |"
        for name, figure in _figures(questions).items()
        if not name.startswith("latency")  # another machine has another
    ]
    return "\n".join(["| measure | value | 95 % interval | n |", "|---|---|---|---|", *rows])


def headline(questions: str) -> str:
    """The three figures of it that a person should know, in sentences."""
    figures = _figures(questions)

    def said(name: str) -> str:
        figure = figures[name]
        return f"{figure['value']:.2f} ({figure['low']:.2f} to {figure['high']:.2f})"

    return (
        f"- Of {figures['hit@1']['n']} questions that it answers, the right passage comes first "
        f"for {said('hit@1')}, and among the first three for {said('hit@3')}.\n"
        f"- It is said to be answered for {said('verdict recall')} of these; for the rest the "
        "passage is shown as what may answer, or as the closest.\n"
        f"- Of {figures['wrongly answered']['n']} questions that it does not answer, "
        f"{said('wrongly answered')} are called answered all the same. **Read what is quoted.**"
    )
