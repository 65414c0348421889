"""The history of typed lines outlives what a power cut leaves of it."""

import json

import pytest

from bot.chat.line import _LineHistory

KEPT = [json.dumps(line).encode() for line in ("first", "second")]


@pytest.mark.parametrize(
    "cut", [b'"thi', b'"third', '"평'.encode()[:-1], b"\xff\xfe", b"3", b"", b"\0" * 512]
)
def test_a_line_that_is_cut_off_is_passed_over_and_the_next_one_kept(tmp_path, cut):
    path = tmp_path / "typed.jsonl"
    path.write_bytes(b"\n".join([*KEPT, cut]))
    history = _LineHistory(path)
    assert list(history.load_history_strings()) == ["second", "first"]
    history.store_string("fourth")
    assert list(history.load_history_strings()) == ["fourth", "second", "first"]


def test_a_last_line_without_its_end_is_kept(tmp_path):
    path = tmp_path / "typed.jsonl"
    path.write_bytes(b"\n".join(KEPT))
    history = _LineHistory(path)
    history.store_string("third")
    assert list(history.load_history_strings()) == ["third", "second", "first"]


@pytest.mark.parametrize("typed", ["a\u2028b", "a\x85b", "평양?", "\udc80", "two\nlines"])
def test_whatever_was_typed_comes_back(tmp_path, typed):
    path = tmp_path / "typed.jsonl"
    path.touch()
    history = _LineHistory(path)
    history.store_string(typed)
    history.store_string("next")
    assert list(history.load_history_strings()) == ["next", typed]
