"""Errors say what is wrong; each front end says what mends it in its own words."""

import ast
import re
import string
from pathlib import Path

import pytest

import bot
import corpus
import embeddings
from bot.chat.notices import MENDED_IN_CHAT
from bot.chat.talk import sentence
from bot.rendering.mending import ON_THE_COMMAND_LINE, told
from corpus.errors import NotInLibrary
from corpus.remedy import Remedy

ROOTS = [Path(package.__file__).parent for package in (bot, corpus, embeddings)]
# Only these rooms are the command line, or say what it does.
OF_THE_COMMAND_LINE = {"cli", "chat", "rendering"}
GENERIC = {remedy: remedy.value for remedy in Remedy}


def sources():
    for root in ROOTS:
        for path in root.rglob("*.py"):
            yield path.relative_to(root.parent), ast.parse(path.read_text("utf-8"))


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("words", [ON_THE_COMMAND_LINE, MENDED_IN_CHAT])
def test_every_remedy_has_words(words):
    assert set(words) == set(Remedy)


def test_an_error_states_all_that_the_words_of_its_remedy_name():
    raised = set()
    for path, tree in sources():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            for argument in node.args:
                if isinstance(argument, ast.Attribute) and ast.unparse(argument.value) == "Remedy":
                    remedy = Remedy[argument.attr]
                    stated = {keyword.arg for keyword in node.keywords}
                    for words in (GENERIC, ON_THE_COMMAND_LINE, MENDED_IN_CHAT):
                        assert placeholders(words[remedy]) <= stated, (path, remedy)
                    raised.add(remedy)
    assert raised == set(Remedy)


def test_no_error_names_an_option_or_a_command_of_the_command_line():
    option = re.compile(r"(?<![\w-])--?[a-z]+\b|\bpincite [a-z]+\b")
    for path, tree in sources():
        if OF_THE_COMMAND_LINE.intersection(path.parts):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Raise) and node.exc is not None:
                for part in ast.walk(node.exc):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        assert not option.search(part.value), (path, part.value)


def test_one_error_is_mended_in_the_words_of_each_front_end():
    error = NotInLibrary("no passage stands there", Remedy.LIST_SECTIONS)
    assert str(error) == "no passage stands there; see which sections the reports have."
    assert told(error).endswith("; `pincite show ID` lists a report's sections.")
    assert "pincite" not in sentence(error)
    assert "/section" in sentence(error)


def test_what_an_error_states_is_not_taken_for_a_placeholder():
    error = NotInLibrary("{folder} is wrong", Remedy.REBUILD, folder="{x}")
    assert told(error).startswith("{folder} is wrong; ")
    assert "'{x}'" in told(error)
