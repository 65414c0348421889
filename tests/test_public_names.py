"""What the three packages offer to others: names that stay, and an import that costs nothing."""

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import bot
import corpus
import embeddings

PACKAGES = (corpus, embeddings, bot)
PUBLIC = {
    "corpus": (
        "EVERYTHING BadMetadata BadQuestion BadQuestionSet BadRun Entry Fault Kind Library "
        "LibraryFault Loaded ModelFault NotInLibrary Outcome Passage Period PinciteError PressItem "
        "Quoted Report Resolved Scope Shelved Span Stopped UnreadableReport WrongUse cite cut load"
    ),
    "embeddings": (
        "DEFAULT_MODEL Encoded Encoder Engine Hit OnnxEncoder Part Question Retriever Run "
        "SentenceTransformerEncoder Verdict Why"
    ),
    "bot": "Answer Coverage NotCovered Pincite Settings open_encoder",
}
# What of other people's a command needs that only says its version.
LIGHT = {"bot", "corpus", "embeddings"}


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_the_public_names_are_these_and_are_there(package):
    assert sorted(package.__all__) == sorted(PUBLIC[package.__name__].split())
    for name in package.__all__:
        found = getattr(package, name)
        if inspect.isclass(found) or inspect.isfunction(found):
            assert inspect.getdoc(found), name
            assert found.__module__.startswith(package.__name__)


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_a_type_checker_sees_the_same_names(package):
    tree = ast.parse(Path(package.__file__).read_text(encoding="utf-8"))
    places = {
        name.name: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(package.__name__)
        for name in node.names
        if node.module != "corpus.public_names"
    }
    assert sorted(places) == sorted(package.__all__)
    for name, place in places.items():
        assert getattr(sys.modules[place], name) is getattr(package, name)
    assert (Path(package.__file__).parent / "py.typed").is_file()


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_any_other_name_is_missing_as_python_says_it(package):
    with pytest.raises(AttributeError, match=f"module '{package.__name__}' has no attribute 'no'"):
        package.no  # noqa: B018


def test_importing_them_loads_nothing_but_themselves():
    script = (
        "import sys; before = set(sys.modules); import bot, corpus, embeddings;"
        "print(*{name.partition('.')[0] for name in set(sys.modules) - before})"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(ran.stdout.split())
    assert loaded - set(sys.stdlib_module_names) <= LIGHT
    assert not loaded & {"sqlite3", "asyncio", "socket"}
