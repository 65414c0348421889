"""The documents: whole, true of the program, and pointing at what there is."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest

from bot.assemble import Pincite
from bot.cli.progress import display
from bot.settings import VARIABLES, Settings
from tests.documentation import ROOT, commands
from tests.picture import PICTURE, draw

DOCUMENTS = [
    path
    for path in sorted(ROOT.rglob("*.md"))
    if not {".venv", "data", "digests"} & set(path.relative_to(ROOT).parts)
]
each_document = pytest.mark.parametrize(
    "path", DOCUMENTS, ids=[str(path.relative_to(ROOT)) for path in DOCUMENTS]
)
REFERENCE = ROOT / "bot" / "README.md"
COMMANDS = dict(commands())
NAMED = re.compile(r"(?<![\w/.-])(?:bot|corpus|embeddings|tests)/[\w./-]*\w/?")
AT_THE_ROOT = re.compile(r"`((?:\w[\w.-]*\.(?:toml|txt|md))|Makefile|LICENSE)`")
# What a reader is told to make, and what stands in a library.
OF_THE_PERSON = {"token.txt", "questions.jsonl"}


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def options(command: click.Command) -> set[str]:
    every = [option for one in command.params for option in (*one.opts, *one.secondary_opts)]
    return {option for option in every if option.startswith("-")} | {"--help"}


def part(text: str, heading: str) -> str:
    """What stands under a heading, up to the next."""
    found = re.search(
        rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", text, re.MULTILINE | re.DOTALL
    )
    assert found, f"no heading {heading!r}"
    return found[1]


# what there is is documented


@pytest.mark.parametrize("words", COMMANDS)
def test_every_command_is_documented_with_every_option(words):
    said = part(text_of(REFERENCE), words)
    for option in options(COMMANDS[words]):
        assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", said), option


def test_commands_are_found_at_every_level():
    assert {"pincite", "pincite ask", "pincite feedback", "pincite feedback list"} <= set(COMMANDS)


def test_every_document_that_the_program_prints_into_is_checked():
    (listed,) = re.findall(r"^DOCUMENTS := (.*)$", text_of(ROOT / "Makefile"), re.MULTILINE)
    printed = {str(path.relative_to(ROOT)) for path in DOCUMENTS if "[[[cog" in text_of(path)}
    assert set(listed.split()) == printed


def test_every_setting_that_the_code_knows_is_documented():
    named = set()
    for package in ("bot", "corpus", "embeddings"):
        for path in (ROOT / package).rglob("*.py"):
            named |= set(re.findall(r"(?<!_)PINCITE_[A-Z_]+\b", text_of(path)))
    assert named <= set(VARIABLES)
    said = part(text_of(REFERENCE), "Settings")
    assert all(f"| `{name}` |" in said for name in VARIABLES)


def statuses() -> Iterator[int]:
    """The exit statuses that the code names: of errors, and of commands that judge."""
    yield 0
    for path in [ROOT / "corpus" / "errors.py", *(ROOT / "bot" / "cli").glob("*.py")]:
        for node in ast.walk(ast.parse(text_of(path))):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                (target,) = node.targets
                name = getattr(target, "id", "")
                if name.startswith("NOT_") or name in {"exit_status", "_INTERRUPTED"}:
                    yield node.value.value


def test_every_exit_status_is_documented():
    rows = re.findall(r"^\| (\d+) \|", part(text_of(REFERENCE), "Exit status"), re.MULTILINE)
    assert sorted(map(int, rows)) == sorted(set(statuses()))


# what is documented is there


def typed(text: str) -> Iterator[list[str]]:
    """Every `pincite ...` that a text says can be typed, as words."""
    for found in re.findall(r"`(pincite [^`]+)`|^ *(?:\$ )?(pincite .+)$", text, re.MULTILINE):
        yield "".join(found).split()


@each_document
def test_every_command_and_option_that_a_document_names_is_there(path):
    text = text_of(path).replace("\\\n", " ")
    for called in typed(text):
        name = next(" ".join(called[:n]) for n in (3, 2, 1) if " ".join(called[:n]) in COMMANDS)
        assert name != "pincite" or not called[1].isalpha(), called
        known = options(COMMANDS[name]) | options(COMMANDS["pincite"])
        given = {word.strip("],.") for word in called if word.startswith("--")}
        assert given <= known, called


@each_document
def test_every_file_that_a_document_names_is_there(path):
    text = text_of(path)
    named = {one.group().rstrip("/.") for one in NAMED.finditer(text)}
    named |= set(AT_THE_ROOT.findall(text)) - OF_THE_PERSON
    missing = [one for one in sorted(named) if not (ROOT / one).exists()]
    assert missing == []


@each_document
def test_every_link_leads_to_a_file_and_a_heading(path):
    for target in re.findall(r"\]\((?!https?://)([^)\s]+)\)", text_of(path)):
        name, _, anchor = target.partition("#")
        file = (path.parent / name).resolve() if name else path
        assert file.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", text_of(file), re.MULTILINE)
            assert anchor in {slug(one) for one in headings}, target


def slug(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_every_function_on_the_path_of_a_question_is_there():
    path = text_of(ROOT / "CONTRIBUTING.md")
    named = re.findall(r"([\w/]+\.py)((?: [\w.]+\(\))+)", path)
    assert len(named) > 10
    for file, called in named:
        defined = {
            node.name
            for node in ast.walk(ast.parse(text_of(ROOT / file)))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        }
        assert {one.removesuffix("()").split(".")[-1] for one in called.split()} <= defined, file


# the picture


def test_the_picture_is_of_the_chat_as_it_is(prepared, own_copy, monkeypatch):
    monkeypatch.delenv("PINCITE_READER")
    pincite = Pincite(Settings.read(library=str(own_copy(prepared))), display)
    with pincite.library:
        now = draw(pincite)
    assert words(now) == words(text_of(PICTURE)), "run make docs"


def words(drawn: str) -> list[str]:
    return "".join(ElementTree.fromstring(drawn).itertext()).split()


def test_the_picture_fetches_nothing():
    drawn = text_of(PICTURE)
    for fetched in ("url(http", "@import", "@font-face", "href", "<script", "<image"):
        assert fetched not in drawn


# versions


def test_the_changelog_begins_with_the_version():
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    changelog = text_of(ROOT / "CHANGELOG.md")
    headings = re.findall(r"^## (.+)$", changelog, re.MULTILINE)
    form = r"\[(\d+\.\d+\.\d+)\] - (?:unreleased|\d{4}-\d\d-\d\d)"
    versions = [re.fullmatch(form, heading) for heading in headings]
    assert all(versions), headings
    numbers = [found[1] for found in versions]
    assert numbers[0] == project["version"]
    assert numbers == sorted(numbers, key=lambda one: [*map(int, one.split("."))], reverse=True)


def test_the_changelog_has_the_kinds_of_change_that_its_format_knows():
    kinds = re.findall(r"^### (.+)$", text_of(ROOT / "CHANGELOG.md"), re.MULTILINE)
    known = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert kinds
    assert set(kinds) <= known
