"""What the README shows of the program, printed by the program: run by cog."""

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
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


def every_help() -> str:
    """The help of every command, each under its name."""
    from bot.cli.main import pincite

    blocks = []
    root = click.Context(pincite)
    for name in pincite.list_commands(root):
        command = pincite.get_command(root, name)
        context = click.Context(command, info_name=f"pincite {name}", max_content_width=WIDTH)
        context.terminal_width = WIDTH
        blocks.append(f"### pincite {name}\n\n```text\n{command.get_help(context)}\n```")
    return "\n\n".join(blocks)


def map_of_files() -> str:
    """Every module with the first sentence of its docstring."""
    lines = []
    for package in ("corpus", "embeddings", "bot"):
        for path in sorted((ROOT / package).rglob("*.py")):
            docstring = path.read_text(encoding="utf-8").split('"""')[1]
            first = " ".join(docstring.strip().split("\n\n")[0].split())
            name = path.relative_to(ROOT)
            if path.name == "__init__.py":
                lines.append(f"- **{name.parent}/** {first}")
            else:
                lines.append(f"  - `{name}` {first}")
    return "\n".join(lines)


def settings() -> str:
    """The environment variables, as a table."""
    from bot.settings import VARIABLES

    rows = [f"| `{name}` | {meaning} |" for name, meaning in VARIABLES.items()]
    return "\n".join(["| variable | meaning |", "|---|---|", *rows])


def results(questions: str) -> str:
    """The figures of a question set on the built-in library, as a table."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "run.json"
        run("eval", str(ROOT / questions), "--save", str(kept))
        figures = json.loads(kept.read_text(encoding="utf-8"))["figures"]
    rows = [
        f"| {name} | {figure['value']:.2f} | {figure['low']:.2f} to {figure['high']:.2f} "
        f"| {figure['n']} |"
        for name, figure in figures.items()
        if not name.startswith("latency")  # another machine has another
    ]
    return "\n".join(["| measure | value | 95 % interval | n |", "|---|---|---|---|", *rows])
