"""What the command says of itself: help, version, completion."""

import re
from importlib.metadata import version

import click
import pytest

from bot.cli.main import pincite as command
from bot.settings import VARIABLES


def commands():
    return command.list_commands(click.Context(command))


def test_the_commands_are_those_that_people_know():
    assert {"ask", "add", "list", "show", "remove", "status", "schema", "chat"} <= set(commands())


@pytest.mark.parametrize("name", ["", *commands()])
def test_every_help_has_an_example(pincite, name):
    ran = pincite(*name.split(), "--help")
    assert ran.status == 0
    examples = re.findall(r"^\s+pincite (\S+)", ran.out.partition("Example")[2], re.MULTILINE)
    assert examples
    assert set(examples) <= {name} if name else set(examples) <= set(commands())
    assert pincite(*name.split(), "-h").out == ran.out


def test_every_setting_of_the_environment_is_in_the_help(pincite):
    helps = ([], ["ask"], ["telegram"])
    text = " ".join(pincite(*command, "--help").out for command in helps)
    assert all(name in text for name in VARIABLES if name.startswith("PINCITE_"))


def test_without_a_command_the_help_is_shown(pincite):
    ran = pincite()
    assert "Usage: " in ran.out + ran.err
    assert ran.status == 2


def test_the_version(pincite):
    assert pincite("--version").out == f"pincite, version {version('pincite')}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_script_of_a_shell(pincite, shell):
    ran = pincite("completion", shell)
    assert ran.status == 0
    assert "_PINCITE_COMPLETE" in ran.out
    assert "pincite" in ran.out
