"""Whatever lies in a file that a command reads: one sentence, and never what should not happen."""

import json

import pytest

from bot.measuring.feedback import FeedbackStore, Said
from tests.nasty import CONTENTS, broken, with_other_values

QUESTION = {"id": "a", "question": "Who fled?", "evidence": "63 people", "answers": ["63"]}
CASE = b'title = "T"\nyear = "2021"\n[[issue]]\ntitle = "W"\nquestions = ["Who fled?"]\n'
FRONT_MATTER = b"---\ntitle: N\nperiod: 2021\n---\n# N\n\nA text of it.\n"
_PARTS = 3


def assert_told(ran):
    assert ran.status in (0, 1, 2, 3, 4)
    assert "should not happen" not in ran.err
    assert "Traceback" not in ran.err
    assert ran.status != 2 or len(ran.err.strip().splitlines()) == 1


def _variants(content):
    yield from CONTENTS
    yield from broken(content, _PARTS)


@pytest.fixture
def tried(pincite, with_page, tmp_path):
    """Run a command on each of the contents of a file."""

    def run(name, contents, *arguments):
        path = tmp_path / name
        for content in contents:
            path.write_bytes(content)
            given = [str(path) if part is ... else part for part in arguments]
            assert_told(pincite(*given, "--library", str(with_page)))

    return run


def test_a_question_set(tried):
    other = [json.dumps(row).encode() for row in with_other_values(QUESTION)]
    contents = [*_variants(json.dumps(QUESTION).encode()), *other]
    tried("set.jsonl", contents, "eval", "--check", ...)


def test_the_issues_of_a_case(tried, tmp_path):
    tried("case.toml", CONTENTS, "schedule", ..., "-o", str(tmp_path / "made.md"))


def test_what_is_stated_in_and_beside_a_report(tried, tmp_path):
    tried("report.md", list(_variants(FRONT_MATTER))[::2], "add", "--dry-run", ...)
    (tmp_path / "beside.txt").write_text("A text.\n", encoding="utf-8")
    beside = str(tmp_path / "beside.txt")
    stated = list(_variants(b'title = "N"\nperiod = 2021\n'))[::2]
    tried("beside.toml", stated, "add", "--dry-run", beside)


def test_a_log_a_bundle_a_draft_and_a_saved_run(tried, tmp_path):
    questions = tmp_path / "questions.jsonl"
    questions.write_text(json.dumps(QUESTION), encoding="utf-8")
    tried("log.jsonl", CONTENTS, "replay", ...)
    tried("bundle.zip", CONTENTS, "bundle", "--check", ...)
    tried("draft.md", CONTENTS, "verify", ...)
    tried("kept.json", CONTENTS, "eval", "--check", str(questions), "--baseline", ...)


def test_judgements_a_verdict_and_typed_lines_in_the_librarys_folder(pincite, with_page, own_copy):
    library = own_copy(with_page)
    FeedbackStore(library).record("Who fled?", "p1", Said.RIGHT, consented=True)
    (judgement,) = (library / "feedback").glob("*.json")
    kept = json.loads(judgement.read_text("utf-8"))
    for other in [*CONTENTS, *(json.dumps(one).encode() for one in with_other_values(kept))][::3]:
        judgement.write_bytes(other)
        assert_told(pincite("feedback", "list", "--library", str(library)))
    judgement.unlink()
    for name, arguments in (("verdict.json", ["ask", "Who fled?"]), ("typed.jsonl", ["chat"])):
        for content in CONTENTS[::8]:
            (library / name).write_bytes(content)
            assert_told(pincite(*arguments, "--library", str(library), stdin="hi\n"))
        (library / name).unlink()


def test_lines_typed_into_the_chat_leave_the_talk_going_on(pincite, with_page, tmp_path):
    from bot.chat.commands import COMMANDS
    from tests.nasty import STRINGS

    names = [command.name for command in COMMANDS if command.name != "quit"]
    lines = ["Who ran dry?"]
    for text in (*STRINGS, "\0", "\0.md"):
        typed = text.replace("\n", " ").replace("\r", " ")
        lines += [typed, *(f"/{name} {typed}" for name in names if name != "save")]
        lines += [f"/save \0{typed}", f"open {typed}"]
    ran = pincite("chat", "--library", str(with_page), stdin="\n".join([*lines, "/help"]))
    assert (ran.status, ran.err) == (0, "")
    assert "leave (also Ctrl-D)" in ran.out[-3_000:]
