"""The rooms of the house and its doors, as import-linter checks them: for CONTRIBUTING, by cog."""

import dataclasses
import inspect
import re
import tomllib
from importlib import import_module
from typing import Any

from tests.documentation import ROOT, summary

_PURE = "the middle is pure"


def _contracts(kind: str) -> list[dict[str, Any]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts: list[dict[str, Any]] = project["tool"]["importlinter"]["contracts"]
    return [one for one in contracts if one["type"] == kind]


def rooms() -> str:
    """Every room with its floors from top to bottom, as a drawing."""
    blocks = []
    for contract in _contracts("layers"):
        for container in contract.get("containers", [""]):
            said = _said(container) if container else "The three packages."
            floors = "\n".join(f"  {floor}" for floor in contract["layers"])
            blocks.append(f"{container or 'pincite'}: {said}\n{floors}")
    return "\n".join(["```text", "\n\n".join(blocks), "```"])


def _said(container: str) -> str:
    return summary(ROOT.joinpath(*container.split("."), "__init__.py"))


def doors() -> str:
    """Which modules alone may import what, as a table."""
    rows = []
    for contract in _contracts("forbidden"):
        if "ignore_imports" not in contract:
            continue
        through = dict.fromkeys(
            one.partition(" -> ")[0].strip() for one in contract["ignore_imports"]
        )
        libraries = ", ".join(f"`{name}`" for name in contract["forbidden_modules"])
        rows.append(f"| {libraries} | {', '.join(f'`{one}`' for one in through)} |")
    return "\n".join(["| library | imported by these alone |", "|---|---|", *rows])


def rules() -> str:
    """What else may not import what, as a list."""
    lines = []
    for contract in _contracts("forbidden"):
        if "ignore_imports" in contract or contract["name"].startswith(_PURE):
            continue
        libraries = ", ".join(f"`{name}`" for name in contract["forbidden_modules"])
        modules = ", ".join(f"`{name}`" for name in contract["source_modules"])
        lines.append(f"- {contract['name']}: {modules} without {libraries}")
    return "\n".join(lines)


def pure() -> str:
    """What does no input or output, and what it therefore may not import, in a sentence."""
    (contract,) = [one for one in _contracts("forbidden") if one["name"].startswith(_PURE)]
    modules = ", ".join(f"`{name}`" for name in contract["source_modules"])
    libraries = ", ".join(f"`{name}`" for name in contract["forbidden_modules"])
    return f"Pure, and so without {libraries}: {modules}."


# What a question's path is made of, in the order in which each holds the one before it.
_TYPES = (
    ("corpus.report", "Report"),
    ("corpus.passage", "Passage"),
    ("corpus.quoted", "Quoted"),
    ("corpus.scope", "Scope"),
    ("embeddings.encoders.encoder", "Encoded"),
    ("embeddings.hit", "Hit"),
    ("bot.answering.answer", "Answer"),
)

_FIRST = re.compile(r".+?(?=[;.] |\.?$)")


def types() -> str:
    """The types of the path, as a table: what each is and what it holds."""
    rows = []
    for module, name in _TYPES:
        kind = getattr(import_module(module), name)
        first = " ".join((inspect.getdoc(kind) or "").split("\n\n")[0].split())
        held = ", ".join(f"`{field.name}`" for field in dataclasses.fields(kind))
        rows.append(f"| `{name}` | `{module}` | {_FIRST.match(first)[0]} | {held} |")
    return "\n".join(["| type | module | what it is | holds |", "|---|---|---|---|", *rows])
