"""Talks that are measured: the digest says what their lines expect, and none is kept twice."""

import json

import pytest

from corpus.digests import shipped
from embeddings.evaluation.gold import folded
from tests.bench.talk_lines import read_talks
from tests.conftest import ROOT

FILES = [ROOT / "tests" / "questions" / name for name in ("talk.jsonl", "talk-frozen.jsonl")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_a_line_expects_stands_in_the_shipped_digest(path):
    texts = [folded(digest.read_text(encoding="utf-8")) for digest in shipped()]
    lines = [line for talk in read_talks(path).values() for line in talk]
    wanted = [words for line in lines for answer in line.answers for words in answer.evidence]
    assert wanted
    assert [words for words in wanted if not any(folded(words) in text for text in texts)] == []


def test_no_talk_that_is_kept_aside_is_among_those_that_are_built_for():
    ours, kept = (read_talks(path) for path in FILES)
    said = [
        {folded(line.line) for talk in talks.values() for line in talk} for talks in (ours, kept)
    ]
    assert not ours.keys() & kept.keys()
    assert not said[0] & said[1]


@pytest.mark.parametrize(
    ("moves", "voices", "named"),
    [(["chat"], [], "chat"), (["ask"], ["maybe"], "maybe"), ([], [], "no move")],
)
def test_a_word_of_neither_list_is_named(tmp_path, moves, voices, named):
    answers = [{"evidence": [], "voices": voices}]
    record = {"talk": "t1", "line": "any rain?", "moves": moves, "answers": answers}
    path = tmp_path / "talk.jsonl"
    path.write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(ValueError, match=rf"“any rain\?”.*{named}"):
        read_talks(path)
