"""Words of strangers on a terminal: whatever a report, a set, a rating or a name holds."""

import json
import os
import re
import sys

import pexpect
import pytest

from bot.measuring.feedback import FeedbackStore, Said

# Sets the title, moves the cursor, turns the text round, hides words.
STRANGE = "\x1b]0;owned\x07\x9b2J\x1b[5;5H\u202e\u2066\u200b\U000e0041"
# What Pincite itself sends: styles, and what shows progress and edits a line.
OWN = re.compile(r"\x1b\[[0-9;?]*[ABCDGHJKhlm]")


def bytes_of(library, *arguments):
    """All that a command sends to a pseudo-terminal."""
    process = pexpect.spawn(
        sys.executable,
        ["-m", "bot", *arguments, "--library", str(library)],
        dimensions=(40, 100),
        timeout=60,
        env={
            **os.environ,
            "TERM": "xterm-256color",
            "PYTHONPATH": ":".join(path for path in sys.path if path),
        },
    )
    process.expect(pexpect.EOF)
    process.close()
    return process.before.decode()


def assert_nothing_acts(sent):
    assert not set(OWN.sub("", sent)) & set("\x1b\x07\x9b\u202e\u2066\u200b\U000e0041")
    assert "\x1b[5;5H" not in sent


@pytest.fixture
def questions(tmp_path):
    path = tmp_path / "questions.jsonl"
    rows = [
        {
            "id": f"n{STRANGE}1",
            "kind": f"plain{STRANGE}",
            "question": f"Who {STRANGE} fled?",
            "evidence": f"no such {STRANGE} words",
        },
        {
            "id": f"n{STRANGE}2",
            "kind": f"plain{STRANGE}",
            "question": f"How many people {STRANGE} fled to the South in 2021?",
            "evidence": "63 people",
        },
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_judgement_that_is_listed_does_not_act(prepared, own_copy):
    library = own_copy(prepared)
    FeedbackStore(library).record(f"Who {STRANGE} fled?", "p1", Said.RIGHT, consented=True)
    sent = bytes_of(library, "feedback", "list")
    assert_nothing_acts(sent)
    assert "�" in sent
    assert "fled?" in sent


def test_a_set_that_is_checked_does_not_act(prepared, questions):
    assert_nothing_acts(bytes_of(prepared, "eval", "--check", str(questions)))


def test_a_set_that_is_measured_does_not_act(prepared, questions):
    pytest.importorskip("scipy", reason="a light installation measures nothing")
    rows = questions.read_text("utf-8").splitlines()
    questions.write_text(rows[1] + "\n", encoding="utf-8")
    assert_nothing_acts(bytes_of(prepared, "eval", str(questions)))


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", f"Who {STRANGE} fled?"],
        ["ask", "--json", "-k", "1", f"Who {STRANGE} fled?"],
        ["ask", "Who?", "--country", STRANGE],
        ["ask", "--year", STRANGE, "Who?"],
        ["ask", f"--{STRANGE}", "Who?"],
        [STRANGE],
        ["show", STRANGE],
        ["add", f"{STRANGE}.txt"],
        ["feedback", "accept", STRANGE],
        ["feedback", "export", f"/no/such/{STRANGE}"],
    ],
)
def test_what_was_typed_does_not_act_when_it_is_said_again(prepared, arguments):
    sent = bytes_of(prepared, *arguments)
    if "--json" in arguments:
        (line,) = [line for line in sent.splitlines() if line.startswith("{")]
        assert STRANGE in json.loads(line)["question"]
    assert_nothing_acts(sent)


def test_a_report_that_is_added_listed_and_shown_does_not_act(prepared, own_copy, tmp_path):
    library, report = own_copy(prepared), tmp_path / "norland.md"
    report.write_text(
        f"# Nor{STRANGE}land\n\n## Right to {STRANGE} wells\n\nThe wells {STRANGE} ran dry.\n",
        encoding="utf-8",
    )
    options = ["--id", "norland", "--publisher", f"W{STRANGE}", "--country", f"N{STRANGE}"]
    for arguments in (
        ["add", str(report), *options],
        ["list"],
        ["show", "norland"],
        ["ask", "--explain", "Which wells ran dry?"],
    ):
        assert_nothing_acts(bytes_of(library, *arguments))


def test_files_with_strange_names_and_words_do_not_act(prepared, own_copy, tmp_path):
    library, folder = own_copy(prepared), tmp_path / "reports"
    folder.mkdir()
    for name in ("a\x1b]0;owned\x07b.txt", "c\u202e\u2066d.md", "left\x1b[5;5H.zzz"):
        (folder / name).write_text(
            f"Norland\n\nThe wells ran dry in {name[:1]}.\n", encoding="utf-8"
        )
    draft, case = tmp_path / "draft.md", tmp_path / "case.md"
    draft.write_text(
        f"It says “at least {STRANGE} 68 people fled to the South” ({STRANGE}).\n", "utf-8"
    )
    case.write_text(f"# T{STRANGE}\n\n## W{STRANGE}\n- Which {STRANGE} wells ran dry?\n", "utf-8")
    for arguments in (
        ["add", str(folder)],
        ["verify", str(draft)],
        ["schedule", str(case), "-o", str(tmp_path / f"made{STRANGE[:5]}.md")],
        ["ask", "Which?", "--model", STRANGE],
    ):
        assert_nothing_acts(bytes_of(library, *arguments))


def test_a_line_of_the_chat_does_not_act(prepared, own_copy):
    library = own_copy(prepared)
    kept = [json.dumps(f"How many {STRANGE} fled?")]
    (library / "typed.jsonl").write_text("\n".join([*kept, '"cut o']), encoding="utf-8")
    chat = pexpect.spawn(
        sys.executable,
        ["-m", "bot", "chat", "--library", str(library)],
        env={**os.environ, "TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1"},
        dimensions=(40, 100),
        timeout=60,
    )
    chat.expect(rb"36;1m> ")
    sent = chat.before
    chat.send("\x1b[A")  # the line that was kept
    chat.expect(b"fled")
    sent += chat.before
    chat.send("\r")
    chat.expect(rb"36;1m> ")
    sent += chat.before
    chat.send("\x03")
    chat.send("pasted \u202e words")
    chat.expect(b"words")
    sent += chat.before
    chat.send("\x03\x04")
    chat.expect(pexpect.EOF)
    chat.close()
    assert not set((sent + chat.before).decode()) & set("\x9b\u202e\u2066\u200b\U000e0041")
    assert b"]0;owned\x07" not in sent
    assert chat.exitstatus == 0
