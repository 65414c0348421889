"""The tree of errors."""

import importlib
import pkgutil
import re

import bot
import corpus
import embeddings
from corpus import errors

DRAWN = re.compile(
    r"^    (?P<branches>(?:│   |    )*(?:├── |└── )?)(?P<name>[A-Z]\w+)", re.MULTILINE
)


def drawing() -> dict[str, str | None]:
    """Each error of the docstring's drawing and the one above it, by name."""
    above: dict[int, str] = {}
    tree: dict[str, str | None] = {}
    for found in DRAWN.finditer(errors.__doc__ or ""):
        depth = len(found["branches"]) // 4
        tree[found["name"]] = above.get(depth - 1)
        above[depth] = found["name"]
    return tree


def real() -> dict[str, str | None]:
    """The same of the classes that there are in any module of the three packages."""
    for package in (bot, corpus, embeddings):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name != "bot.__main__":  # which runs
                importlib.import_module(module.name)
    tree: dict[str, str | None] = {"PinciteError": None}
    waiting: list[type[errors.PinciteError]] = [errors.PinciteError]
    while waiting:
        error = waiting.pop()
        below = [one for one in error.__subclasses__() if one.__module__.split(".")[0] != "tests"]
        tree |= {one.__name__: error.__name__ for one in below}
        waiting += below
    return tree


def test_every_error_is_in_the_tree_and_in_its_drawing():
    assert drawing() == real()


def test_wrong_use_and_faults_end_differently():
    assert errors.BadQuestion.exit_status == errors.WrongUse.exit_status == 2
    assert errors.ModelFault.exit_status == errors.Fault.exit_status == 1
