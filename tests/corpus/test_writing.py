"""A file is whole at every moment: the old one or the new one."""

import os
import stat
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import WrongUse
from corpus.writing import append_line, write, write_chosen, write_new


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_reader_never_sees_a_part(tmp_path):
    path = tmp_path / "set.jsonl"
    texts = {letter * 3_000_000 for letter in "ab"}
    write(path, min(texts))
    seen, stop = set(), threading.Event()

    def read():
        while not stop.is_set():
            seen.add(path.read_text("utf-8"))

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(10):
        for text in texts:
            write(path, text)
    stop.set()
    reader.join()
    assert seen <= texts
    assert [one.name for one in tmp_path.iterdir()] == ["set.jsonl"]


def test_what_cannot_be_finished_leaves_the_old_text_and_no_other_file(tmp_path, monkeypatch):
    path = tmp_path / "set.jsonl"
    write(path, "old")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WrongUse, match=r"set\.jsonl cannot be written \(No space left"):
        write_chosen(path, "new")
    with pytest.raises(WrongUse, match="cannot be written"):
        write_new(tmp_path / "notes.md", "new")
    assert path.read_text("utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["set.jsonl"]


def test_the_file_is_on_disk_before_it_has_its_name(tmp_path, monkeypatch):
    done = []
    fsync, replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (done.append("fsync"), fsync(handle)))
    monkeypatch.setattr(
        Path, "replace", lambda one, other: (done.append("rename"), replace(one, other))
    )
    write(tmp_path / "set.jsonl", "text")
    assert done == ["fsync", "rename", "fsync"]


def test_permissions_stay_and_a_private_file_is_its_owners(tmp_path):
    shared, private = tmp_path / "shared", tmp_path / "private"
    write(shared, "1")
    plain = tmp_path / "plain"
    plain.write_text("1")
    assert mode(shared) == mode(plain)
    shared.chmod(0o640)
    write(shared, "2")
    assert mode(shared) == 0o640
    write(private, "1", private=True)
    assert mode(private) == 0o600


def test_a_link_stays_one(tmp_path):
    link, target = tmp_path / "link", tmp_path / "folder" / "target"
    target.parent.mkdir()
    target.write_text("1")
    link.symlink_to(target)
    write(link, "2")
    assert link.is_symlink()
    assert target.read_text() == "2"


def test_a_pipe_is_written_to_and_stays_one(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    write(pipe, "words")
    reader.join()
    assert read == ["words"]
    assert pipe.is_fifo()


def test_a_new_file_is_new_and_its_owners(tmp_path):
    path = tmp_path / "notes.md"
    write_new(path, "1")
    assert (path.read_text(), mode(path)) == ("1", 0o600)
    with pytest.raises(WrongUse, match="exists already; choose another name"):
        write_new(path, "2")
    assert path.read_text() == "1"


def test_folders_are_made_and_what_cannot_be_written_is_named(tmp_path):
    write_chosen(tmp_path / "a" / "b" / "page.html", "words")
    assert (tmp_path / "a/b/page.html").read_text() == "words"
    with pytest.raises(WrongUse, match=r"page\.html/x cannot be written"):
        write_chosen(tmp_path / "a/b/page.html/x", "words")


@given(lines=st.lists(st.binary(max_size=20), min_size=1), data=st.data())
def test_a_line_follows_those_that_are_whole_wherever_the_last_was_cut(
    lines, data, tmp_path_factory
):
    whole = [line.hex().encode() + b"." for line in lines]
    content = b"".join(line + b"\n" for line in whole)
    cut = content[: data.draw(st.integers(0, len(content)))]
    path = tmp_path_factory.getbasetemp() / "lines"
    path.write_bytes(cut)
    append_line(path, b"new.", lambda last: last.endswith(b"."))
    *before, new, end = path.read_bytes().split(b"\n")
    assert (new, end) == (b"new.", b"")
    assert before == whole[: len(before)]
    assert len(before) >= cut.count(b"\n")
