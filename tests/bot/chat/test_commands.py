"""Which lines are commands, and what a mistyped one may mean."""

import pytest

from bot.chat.commands import COMMANDS, Call, Mistyped, parse


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("/more", Call(name="more")),
        ("  /Country  North Korea ", Call(name="country", argument="North Korea")),
        ("/cite 2", Call(name="cite", argument="2")),
        ("open passage 3", Call(name="open", argument="3")),
        ("Cite 1", Call(name="cite", argument="1")),
        ("save this to notes.md", Call(name="save", argument="notes.md")),
        ("Quit.", Call(name="quit")),
        ("?", Call(name="help")),
        ("that’s right", Call(name="right")),
    ],
)
def test_commands_by_name_and_in_words(line: str, expected: Call) -> None:
    assert parse(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "more",
        "next",
        "sources",
        "the paragraph before",
        "What is the right to health?",
        "Who can quit a job?",
        "open borders",
        "cite the law on camps",
        "none of the camps closed?",
        "explain songbun",
    ],
)
def test_lines_of_talk_are_left_to_the_conversation(line: str) -> None:
    assert parse(line) is None


@pytest.mark.parametrize(
    ("line", "nearest"),
    [
        ("/contry North Korea", "/country North Korea"),
        ("/yaer 2021", "/year 2021"),
        ("/ope 2", "/open 2"),
        ("/sav notes.md", "/save notes.md"),
        ("/exlain", "/explain"),
        ("/hlep", "/help"),
        ("/zzz", ""),
        ("/", ""),
        ("/안녕", ""),
    ],
)
def test_mistyped_command_proposes_the_nearest(line: str, nearest: str) -> None:
    found = parse(line)
    assert isinstance(found, Mistyped)
    assert found.nearest == nearest


def test_every_command_says_what_it_does_and_no_word_means_two() -> None:
    assert all(command.says for command in COMMANDS)
    words = [word for command in COMMANDS for word in command.words]
    assert len(words) == len(set(words))
