"""`pincite feedback`: what people said of answers, listed, accepted, rejected and exported."""

import json
import stat

import pytest

from bot.measuring.feedback import FeedbackStore, Said, State

NOWHERE = "0123456789abcdef"


@pytest.fixture
def folder(library, page_file, putting):
    """A library with the page about Norland, which needs no model for any of this."""
    putting(library, page_file, id="norland")
    library.close()
    return library.folder


@pytest.fixture
def store(folder):
    return FeedbackStore(folder)


@pytest.fixture
def ids(library, page_file, putting, folder, reading):
    """The ids of the passages, each by a word that stands in it."""
    _, _, passages = reading(page_file, id="norland")
    return {
        word: next(passage.id for passage in passages if word in passage.text)
        for word in ("storms", "Tarn", "permit", "Miners")
    }


@pytest.fixture
def feedback(pincite, folder):
    def run(*arguments):
        return pincite("feedback", *map(str, arguments), "--library", str(folder))

    return run


def test_a_library_that_nobody_judged_says_so(feedback):
    ran = feedback("list")
    assert (ran.status, ran.out, ran.err) == (0, "No judgement is kept.\n", "")


def test_the_list_names_state_judgement_passage_question_and_evidence(feedback, store, ids):
    kept = store.record("Who struck?", ids["Miners"], Said.RIGHT, consented=True)
    assert feedback("list").out == (
        f"{kept.id}  pending  right, passage {ids['Miners']}\n    Who struck?\n"
    )
    store.accept(kept.id, ["struck for 11", "11 days"])
    assert feedback("list").out == (
        f"{kept.id}  accepted  right, passage {ids['Miners']}\n    Who struck?\n"
        "    evidence: “struck for 11”\n    evidence: “11 days”\n"
    )


def test_a_strangers_question_cannot_act_on_the_terminal(feedback, store, ids):
    store.record("Who \x1b[2J\u202estruck?\x07", ids["Miners"], Said.RIGHT, consented=True)
    assert not set(feedback("list").out) & set("\x1b\x07\u202e")


def test_what_was_judged_right_is_accepted_with_words_of_its_passage_alone(
    feedback, store, ids, page
):
    kept = store.record("How many households?", ids["Tarn"], Said.RIGHT, consented=True)
    ran = feedback("accept", kept.id)
    (evidence,) = store.get(kept.id).evidence
    assert ran.out == f"Accepted {kept.id}, with the evidence “{evidence}”.\n"
    assert "households" in evidence
    assert evidence in " ".join(page.split())
    assert store.get(kept.id).state is State.ACCEPTED


def test_what_has_no_answer_is_accepted_without_evidence(feedback, store):
    kept = store.record("Who is king?", "", Said.SHOULD_HAVE_SAID_NO, consented=True)
    assert feedback("accept", kept.id).out == f"Accepted {kept.id}, no answer.\n"
    assert store.get(kept.id).evidence == ()


def test_evidence_that_is_given_goes_before_what_would_be_found(feedback, store, ids):
    kept = store.record("How many households?", ids["Tarn"], Said.RIGHT, consented=True)
    ran = feedback("accept", kept.id, "--evidence", "three storms", "--evidence", "11 days")
    assert ran.out == f"Accepted {kept.id}, with the evidence “three storms” or “11 days”.\n"
    assert store.get(kept.id).evidence == ("three storms", "11 days")


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ((Said.WRONG_PASSAGE, "Tarn", ()), "needs to be told which passage answers"),
        ((Said.RIGHT, None, ()), "needs to be told which passage answers"),
        ((Said.RIGHT, "Tarn", ("--evidence", "no such words")), "“no such words” stands in no"),
        ((Said.SHOULD_HAVE_SAID_NO, "Tarn", ("--evidence", "11 days")), "takes no quotation"),
    ],
)
def test_evidence_that_does_not_fit_is_refused_and_accepts_nothing(refused, case, says):
    ran, state = refused(*case)
    assert (ran.status, ran.out) == (2, "")
    assert says in ran.err
    assert state is State.PENDING


@pytest.fixture
def refused(feedback, store, ids):
    """What accepting a judgement said, and what became of it."""

    def accept(said, passage, options):
        kept = store.record("Why?", ids.get(passage, NOWHERE), said, consented=True)
        return feedback("accept", kept.id, *options), store.get(kept.id).state

    return accept


def test_a_rejected_judgement_is_gone_with_its_question_and_others_stay(feedback, store, folder):
    bad = store.record("asdf?", NOWHERE, Said.RIGHT, consented=True)
    good = store.record("Who struck?", NOWHERE, Said.WRONG_PASSAGE, consented=True)
    assert feedback("reject", bad.id).out == f"Deleted {bad.id}.\n"
    assert store.list() == [good]
    assert not any("asdf" in path.read_text() for path in (folder / "feedback").iterdir())


@pytest.mark.parametrize("command", ["accept", "reject"])
@pytest.mark.parametrize("name", ["deadbeef", "../library", "", "%s"])
def test_a_judgement_that_is_not_kept_is_named_and_nothing_is_touched(
    feedback, store, folder, command, name
):
    kept = store.record("Who struck?", NOWHERE, Said.RIGHT, consented=True)
    before = (folder / "library.sqlite").read_bytes()
    ran = feedback(command, name)
    assert ran.status == 2
    assert f"no judgement has the id {name!r}" in ran.err
    assert "pincite feedback list" in ran.err
    assert store.list() == [kept]
    assert (folder / "library.sqlite").read_bytes() == before


@pytest.fixture
def accepted(store):
    """Judgements of every state, of which two are accepted."""
    right = store.record("How long was the strike?", NOWHERE, Said.RIGHT, consented=True)
    none = store.record("Who is king?", "", Said.SHOULD_HAVE_SAID_NO, consented=True)
    store.record("What rose?", NOWHERE, Said.RIGHT, consented=True)
    return [store.accept(right.id, ["11 days"]), store.accept(none.id, [])]


def test_only_what_was_accepted_is_exported_as_questions_of_a_set(feedback, accepted, tmp_path):
    path = tmp_path / "new" / "set.jsonl"
    assert feedback("export", path).out == f"Added 2 questions to {path}.\n"
    rows = {row["id"]: row for row in map(json.loads, path.read_text("utf-8").splitlines())}
    assert set(rows) == {entry.id for entry in accepted}
    assert {row["question"]: row["evidence"] for row in rows.values()} == {
        "How long was the strike?": "11 days",
        "Who is king?": None,
    }
    assert {row["kind"] for row in rows.values()} == {"feedback"}


def test_an_export_holds_nothing_about_anyone(feedback, accepted, tmp_path):
    path = tmp_path / "set.jsonl"
    feedback("export", path)
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        assert set(row) <= {"id", "question", "evidence", "answers", "kind", "turns"}


def test_what_was_exported_once_is_not_exported_again(feedback, store, accepted, tmp_path):
    path = tmp_path / "set.jsonl"
    feedback("export", path)
    before = path.read_bytes()
    assert feedback("export", path).out == f"Added 0 questions to {path}.\n"
    assert path.read_bytes() == before
    more = store.record("What rose then?", NOWHERE, Said.RIGHT, consented=True)
    store.accept(more.id, ["threefold"])
    assert feedback("export", path).out == f"Added 1 question to {path}.\n"
    assert path.read_bytes().startswith(before)


@pytest.mark.parametrize("end", ["\n", ""])
def test_a_set_that_there_is_keeps_its_lines_and_its_permissions(feedback, accepted, tmp_path, end):
    path = tmp_path / "set.jsonl"
    line = json.dumps({"id": "mine", "question": "What of the wells?", "evidence": None})
    path.write_text(line + end, encoding="utf-8")
    path.chmod(0o640)
    assert feedback("export", path).status == 0
    assert path.read_text("utf-8").splitlines()[0] == line
    assert len(path.read_text("utf-8").splitlines()) == 3
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("content", "says"), [("{broken\n", "line 1"), ('{"id": "a"}\n', "field question")]
)
def test_a_set_that_is_broken_is_named_and_stays_as_it_is(
    feedback, accepted, tmp_path, content, says
):
    path = tmp_path / "set.jsonl"
    path.write_text(content, encoding="utf-8")
    ran = feedback("export", path)
    assert ran.status == 2
    assert str(path) in ran.err
    assert says in ran.err
    assert path.read_text("utf-8") == content


def test_a_folder_is_no_set_to_export_to(feedback, accepted, tmp_path):
    ran = feedback("export", tmp_path)
    assert ran.status == 2
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("content", ["{}", "not json", '{"id": 1}', "[]"])
def test_a_file_that_is_no_judgement_is_named_for_deletion(feedback, folder, content):
    (folder / "feedback").mkdir(exist_ok=True)
    path = folder / "feedback" / "odd.json"
    path.write_text(content, encoding="utf-8")
    ran = feedback("list")
    assert (ran.status, ran.out) == (1, "")
    assert f"{path} is not a judgement that Pincite kept; delete it." in ran.err


@pytest.mark.parametrize("command", [("accept",), ("reject",), ("export",), ("lists",)])
def test_a_command_without_what_it_needs_is_wrong_use(feedback, command):
    ran = feedback(*command)
    assert ran.status == 2
    assert "Traceback" not in ran.err
