"""A reader that hangs, dies or eats memory takes one file with it."""

import time

import pytest

from corpus.errors import UnreadableReport
from corpus.readers.child import read_apart
from corpus.readers.document import BlockKind

READERS = "tests.corpus.readers.unruly"


def refusal(reader, **limits):
    with pytest.raises(UnreadableReport) as raised:
        read_apart(f"{READERS}:{reader}", b"Words.", "a report.pdf", **limits)
    sentence = str(raised.value)
    assert sentence.startswith("a report.pdf ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_a_document_comes_back_as_it_was_made():
    document = read_apart(f"{READERS}:good", "Wells — dry.".encode(), "/tmp/norland.pdf")
    assert (document.text, document.metadata) == ("Wells — dry.", {"title": "norland"})
    assert [(b.kind, b.start, b.stop) for b in document.blocks] == [(BlockKind.PARAGRAPH, 0, 12)]


def test_what_a_reader_refuses_is_said_as_it_says_it():
    assert refusal("refuses") == "a report.pdf is locked; unlock it."


@pytest.mark.parametrize("reader", ["hangs", "spins"])
def test_a_reader_that_hangs_is_ended_in_time(reader):
    begun = time.monotonic()
    assert "takes longer than 1 s to read" in refusal(reader, seconds=1)
    assert time.monotonic() - begun < 20


def test_a_reader_that_eats_memory_is_ended():
    assert "more than 1 GB of memory" in refusal("eats", memory=1_000_000_000)


@pytest.mark.parametrize(
    ("reader", "how"),
    [("dies", "SIGSEGV"), ("leaves", "status 0"), ("recurses", "RecursionError")],
)
def test_a_reader_that_dies_is_survived(reader, how):
    assert f"its reader does not survive ({how})" in refusal(reader)


def test_a_document_without_end_is_refused():
    assert "does not survive" in refusal("writes") or "memory" in refusal("writes")


def test_nothing_is_imported_from_where_the_person_stands(tmp_path, monkeypatch):
    (tmp_path / "json.py").write_text("raise SystemExit(7)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert refusal("refuses") == "a report.pdf is locked; unlock it."
