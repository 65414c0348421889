import json
import subprocess
import sys

import pytest

from bot.measuring.feedback import FeedbackStore, Said

pytest.importorskip("scipy", reason="a light installation measures nothing")

LINES = [
    {"id": "n1", "question": "How many households had no water?", "evidence": "4,200 households"},
    {"id": "n2", "question": "How long did the miners strike?", "evidence": "for 11 days"},
    {"id": "n3", "question": "What was asked for before a march?", "evidence": "A permit for"},
    {"id": "n4", "question": "May a child work on a ship?", "evidence": "Nobody under 16"},
    {"id": "n5", "question": "Who won the chess championship?", "evidence": None},
    {
        "id": "n6",
        "question": "And what did the ministry send?",
        "evidence": "sent tankers",
        "turns": ["Where did wells run dry?"],
    },
]


@pytest.fixture
def norland(with_page, own_copy, pincite):
    """A library of the page about Norland alone."""
    folder = own_copy(with_page)
    pincite("remove", "amnesty-international-north-korea-2021-digest", "--library", str(folder))
    return folder


@pytest.fixture
def questions(tmp_path):
    path = tmp_path / "questions.jsonl"
    path.write_text("".join(json.dumps({"kind": "plain", **line}) + "\n" for line in LINES))
    return path


@pytest.fixture
def evaluate(norland, questions, pincite):
    def run(*arguments, file=questions):
        return pincite("eval", str(file), "--library", str(norland), *map(str, arguments))

    return run


def test_a_set_is_measured_kept_and_written_in_the_fields_forms(evaluate, tmp_path):
    ran = evaluate(
        *("--save", tmp_path / "run.json", "--html", tmp_path / "page.html"),
        *("--trec", tmp_path / "trec", "--beir", tmp_path / "beir"),
    )
    assert (ran.status, ran.err) == (0, "")
    for name in ("hit@1", "nDCG@10", "right sentence", "wrongly answered", "latency p95"):
        assert name in ran.out
    kept = json.loads((tmp_path / "run.json").read_text())
    assert kept["figures"]["hit@1"]["n"] == 5
    assert kept["figures"]["hit@1"]["value"] >= 0.8
    assert (tmp_path / "trec/qrels.txt").read_text().count("\n") == 5
    assert "How many households had no water?" in (tmp_path / "page.html").read_text()
    again = evaluate(file=tmp_path / "beir")
    assert (again.status, again.err) == (0, "")
    by_qrels = evaluate("--qrels", tmp_path / "trec/qrels.txt", "--run", tmp_path / "trec/run.txt")
    assert "+0.000 [+0.000, +0.000]" in by_qrels.out


def test_a_run_like_its_baseline_passes_and_a_worse_one_fails(evaluate, tmp_path):
    kept = tmp_path / "run.json"
    evaluate("--save", kept)
    gate = ("--baseline", kept, "--fail-if-worse")
    assert evaluate(*gate).status == 0
    better = json.loads(kept.read_text())
    for row in better["questions"].values():
        if row["verdict"] and not row["relevant"]:
            row["values"]["wrongly answered"] = 0.0
        for name in row["values"]:
            if name in ("hit@1", "hit@3", "MRR@10", "nDCG@10", "recall@10"):
                row["values"][name] = 1.0
    kept.write_text(json.dumps(better))
    worse = evaluate(*gate, "--qrels", _no_gold(tmp_path))
    assert worse.status == 4
    assert "WORSE" in worse.out
    assert evaluate(*gate, "--worse-by", "1", "--qrels", _no_gold(tmp_path)).status == 0


def _no_gold(tmp_path):
    path = tmp_path / "other-qrels.txt"
    path.write_text("".join(f"{line['id']} 0 nowhere 1\n" for line in LINES if line["evidence"]))
    return path


def test_ways_of_searching_are_compared_in_one_table(evaluate):
    ran = evaluate("--compare", "dense,lexical,fusion,full")
    assert (ran.status, ran.err) == (0, "")
    for name in ("dense", "lexical", "fusion", "full", "MDE"):
        assert name in ran.out
    refused = evaluate("--compare", "dense,psychic")
    assert refused.status == 2
    assert "'psychic' is not a way of searching: dense, lexical, fusion, full" in refused.err


def test_a_bad_set_runs_nothing(evaluate, questions):
    questions.write_text(questions.read_text() + '{"id": "n7", "question": "Why?"}\n')
    ran = evaluate("--save", questions.parent / "run.json")
    assert (ran.status, ran.out) == (2, "")
    assert f"{questions}, line 7, field evidence: missing" in ran.err
    assert not (questions.parent / "run.json").exists()


def test_a_quotation_that_stands_nowhere_runs_nothing(evaluate, questions):
    questions.write_text('{"id": "x", "question": "Why?", "evidence": "no such words"}\n')
    ran = evaluate()
    assert (ran.status, ran.out) == (2, "")
    assert "line 1, field evidence: “no such words” stands in no passage" in ran.err


def test_a_set_is_checked(evaluate, questions):
    ran = evaluate("--check")
    assert ran.status == 4
    assert "no question is about the section" in ran.out
    assert ran.out.splitlines()[-1].startswith("6 questions, ")


def test_fail_if_worse_needs_a_baseline(evaluate):
    ran = evaluate("--fail-if-worse")
    assert ran.status == 2
    assert "--baseline" in ran.err


def test_what_people_said_becomes_questions_of_a_set(norland, pincite, tmp_path):
    store = FeedbackStore(norland)
    (right,) = pincite_hits(pincite, norland, "How many households had no water?")
    good = store.record("How many households were dry?", right, Said.RIGHT, consented=True)
    no = store.record("Who is king?", right, Said.SHOULD_HAVE_SAID_NO, consented=True)
    wrong = store.record("How long was the strike?", right, Said.WRONG_PASSAGE, consented=True)
    bad = store.record("asdf?", right, Said.RIGHT, consented=True)

    def feedback(*arguments):
        return pincite("feedback", *map(str, arguments), "--library", str(norland))

    assert "Who is king?" in feedback("list").out
    assert feedback("accept", good.id).status == 0
    assert feedback("accept", no.id).status == 0
    assert "--evidence" in feedback("accept", wrong.id).err
    assert feedback("accept", wrong.id, "--evidence", "for 11 days").status == 0
    assert feedback("reject", bad.id).status == 0
    path = tmp_path / "grown.jsonl"
    path.write_text(json.dumps(LINES[0]))
    assert feedback("export", path).out == f"Added 3 questions to {path}.\n"
    assert feedback("export", path).out == f"Added 0 questions to {path}.\n"
    rows = {row["question"]: row for row in map(json.loads, path.read_text().splitlines())}
    assert rows["Who is king?"]["evidence"] is None
    assert rows["How long was the strike?"]["evidence"] == "for 11 days"
    assert pincite("eval", str(path), "--library", str(norland)).status == 0


def pincite_hits(pincite, library, question):
    ran = pincite("ask", question, "-k", "1", "--json", "--library", str(library))
    return [hit["passage_id"] for hit in json.loads(ran.out)["hits"]]


def test_daily_commands_load_nothing_of_it():
    script = (
        "import sys, bot.cli.main; bot.cli.main.pincite.get_command(None, 'eval');"
        "print([m for m in ('ir_measures', 'numpy', 'pytrec_eval', 'embeddings.evaluation.run')"
        " if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
