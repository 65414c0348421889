import json

import pytest

from corpus.errors import BadQuestionSet
from embeddings.evaluation.formats import (
    Collection,
    Entry,
    read_beir,
    read_qrels,
    read_run,
    write_beir,
)


def test_a_beir_folder_is_read_back(tmp_path, question):
    entries = (Entry(id="p1", title="Water", text="Wells."), Entry(id="p2", title="", text="Peat."))
    answered = question("q1", kind="lookup", turns=("Before?",), answers=("May",))
    collection = Collection(
        entries=entries,
        questions=(answered, question("q2")),
        gold={"q1": {"p1": 2, "p2": 0}, "q2": {}},
    )
    write_beir(collection, tmp_path)
    found = read_beir(tmp_path)
    assert found.entries == entries
    assert found.gold == {"q1": {"p1": 2, "p2": 0}}
    assert [(q.id, q.question, q.kind, q.turns, q.answers) for q in found.questions] == [
        ("q1", "What of q1?", "lookup", ("Before?",), ("May",)),
        ("q2", "What of q2?", "unlabelled", (), ()),
    ]


def test_questions_of_other_splits_are_left_out(tmp_path):
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels/test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\tp1\t1\n")
    (tmp_path / "qrels/train.tsv").write_text("query-id\tcorpus-id\tscore\nq2\tp1\t1\n")
    (tmp_path / "corpus.jsonl").write_text('{"_id": "p1", "title": "", "text": "Wells."}\n')
    lines = [json.dumps({"_id": name, "text": "Why?"}) for name in ("q1", "q2")]
    (tmp_path / "queries.jsonl").write_text("\n".join(lines))
    assert [question.id for question in read_beir(tmp_path).questions] == ["q1"]


def test_a_run_is_ordered_as_trec_eval_orders_it():
    run = "q Q0 b 1 0.5 x\nq Q0 c 2 0.5 x\nq Q0 a 3 0.9 x\n"
    assert read_run("run", run) == {"q": ("a", "c", "b")}


@pytest.mark.parametrize(
    ("read", "text", "says"),
    [
        (read_qrels, "q 0 p 1\nq 0 p\n", "line 2: 3 columns"),
        (read_qrels, "q 0 p yes\n", "line 1, field grade: 'yes'"),
        (read_run, "q Q0 p 1 high x\n", "line 1, field score: 'high'"),
    ],
)
def test_ragged_trec_files_name_file_and_line(read, text, says):
    with pytest.raises(BadQuestionSet, match=f"file, {says}"):
        read("file", text)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(BadQuestionSet, match=r"corpus.jsonl cannot be read"):
        read_beir(tmp_path)
