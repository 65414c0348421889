"""What can be completed while a line is typed, and what of typed lines is kept and forgotten."""

import stat

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import DummyInput
from prompt_toolkit.output import DummyOutput

from bot.chat.commands import COMMANDS
from bot.chat.line import LineEditor, _ChatCompleter
from corpus.errors import LibraryFault

VALUES = {
    "report": [("norland-2021", "Norland"), ("velmora-2022", "Velmora \x1b[2J")],
    "country": [("Côte d’Ivoire", ""), ("Norland", "")],
    "open": [("1", "“Wells”, para. 1"), ("2", "“Work”, para. 1")],
}


def completed(text):
    """The line that each completion makes of what is typed, and what is said of it."""
    completer = _ChatCompleter(lambda command: VALUES.get(command, []))
    found = completer.get_completions(Document(text, len(text)), CompleteEvent())
    return {
        text[: len(text) + one.start_position] + one.text: one.display_meta_text for one in found
    }


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("/", {f"/{one.name}{' ' * bool(one.argument)}" for one in COMMANDS}),
        ("/co", {"/context", "/country "}),
        ("/CO", {"/context", "/country "}),
        ("/report ", {"/report norland-2021", "/report velmora-2022"}),
        ("/report 2022", {"/report velmora-2022"}),
        ("/country côte", {"/country Côte d’Ivoire"}),
        ("/country zz", set()),
        ("/open 2", {"/open 2"}),
        ("/help ", set()),
        ("/nothing x", set()),
        ("/zz", set()),
        ("which wells", set()),
        ("", set()),
    ],
)
def test_a_line_is_completed_to_commands_and_what_can_follow_them(typed, lines):
    assert set(completed(typed)) == lines


def test_a_completion_says_what_it_does():
    assert completed("/mor")["/more"] == "further passages for the last question"
    assert completed("/open ")["/open 1"] == "“Wells”, para. 1"


def test_a_report_cannot_act_on_the_terminal_through_its_title():
    assert "\x1b" not in "".join(completed("/report ").values())


@pytest.fixture
def editor(tmp_path):
    with create_app_session(input=DummyInput(), output=DummyOutput()):
        yield LineEditor(tmp_path / "typed.jsonl", lambda _: [], lambda: None)


def remember(editor, *lines):
    history = editor._session.history
    for line in lines:
        history.append_string(line)
    return history


def test_typed_lines_are_on_no_disk_until_the_person_wants_it(editor, tmp_path):
    history = remember(editor, "Which wells?")
    assert history.get_strings() == ["Which wells?"]
    assert not editor.keeps_history
    assert list(tmp_path.iterdir()) == []


def test_kept_lines_are_their_owners_and_those_before_are_not_kept(editor, tmp_path):
    remember(editor, "before")
    editor.keep_history()
    remember(editor, "after")
    path = tmp_path / "typed.jsonl"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text("utf-8") == '"after"\n'


def test_kept_lines_are_gone_when_the_person_wants_them_no_more(editor, tmp_path):
    editor.keep_history()
    remember(editor, "Which wells?")
    editor.drop_history()
    editor.drop_history()  # and once more is no error
    remember(editor, "And then?")
    assert list(tmp_path.iterdir()) == []


def test_forgetting_empties_memory_and_disk_and_keeps_the_choice(editor, tmp_path):
    editor.keep_history()
    remember(editor, "Which wells?")
    editor.forget()
    assert editor.keeps_history
    assert (tmp_path / "typed.jsonl").read_bytes() == b""
    assert editor._session.history.get_strings() == []
    remember(editor, "And then?")
    assert (tmp_path / "typed.jsonl").read_text("utf-8") == '"And then?"\n'


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    with create_app_session(input=DummyInput(), output=DummyOutput()):
        editor = LineEditor(tmp_path / "none" / "typed.jsonl", lambda _: [], lambda: None)
    with pytest.raises(LibraryFault, match=r"typed\.jsonl cannot be written"):
        editor.keep_history()
