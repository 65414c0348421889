"""A library that several use at once: threads of one process, and other processes."""

import datetime
import multiprocessing
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from corpus.errors import LibraryFault, NotInLibrary
from corpus.storage.database import Database
from corpus.storage.library import Library
from corpus.storage.rows import vector_key
from corpus.storage.stored_encoding import StoredEncoding

TODAY = datetime.date(2026, 1, 31)
ENCODING = StoredEncoding(vector=b"\0" * 8, pieces=b"\0" * 4, offsets=b"\0" * 8, tokens=b"\0" * 2)
# Long enough that uses which are not kept apart meet some tens of times.
STRESS_S = 2.0


@pytest.fixture
def long_file(tmp_path):
    """A report of more passages than one statement takes."""
    path = tmp_path / "long.txt"
    path.write_text("\n\n".join(f"Paragraph {n} ends." for n in range(1200)), encoding="utf-8")
    return path


READINGS = {
    "entries": lambda library, *_: library.entries(),
    "entry": lambda library, *_: library.entry("norland"),
    "active": lambda library, *_: library.active(),
    "numbers": lambda library, *_: library.numbers(),
    "count": lambda library, *_: library.count(),
    "sections": lambda library, *_: library.sections(),
    "passages": lambda library, numbers, _: library.passages(numbers),
    "all_passages": lambda library, *_: library.all_passages("norland"),
    "resolve": lambda library, _, passages: library.resolve(passages[-1].id),
    "encoded": lambda library, _, passages: library.encoded("m", keys(passages)),
    "encodings": lambda library, numbers, _: library.encodings("m", numbers),
    "reading": lambda library, *_: read_twice(library),
}


def keys(passages):
    return [vector_key(passage.searched) for passage in passages]


def read_twice(library):
    with library.reading():
        return library.generation, library.model, library.entries()


@pytest.mark.parametrize("ask", READINGS.values(), ids=READINGS)
def test_what_is_read_together_is_of_one_moment(library, long_file, putting, monkeypatch, ask):
    putting(library, long_file, id="norland")
    passages = library.all_passages("norland")
    library.store_encodings("m", dict.fromkeys(keys(passages), ENCODING))
    numbers = library.numbers()
    rows = Database.rows

    with Library(library.folder) as reader, Library(library.folder) as other:
        expected = ask(library, numbers, passages)

        def read_and_change(database, *args):
            found = rows(database, *args)
            monkeypatch.setattr(Database, "rows", rows)
            other.remove("norland")
            return found

        monkeypatch.setattr(Database, "rows", read_and_change)
        assert ask(reader, numbers, passages) == expected
        assert reader.entries() == []


class Held:
    """Passages that end when they are let go, or fail then: a transaction in its middle."""

    def __init__(self, passages, *, fails):
        self._passages = passages
        self._fails = fails
        self.begun, self.let_go = threading.Event(), threading.Event()

    def __iter__(self):
        yield from self._passages
        self.begun.set()
        assert self.let_go.wait(10)
        if self._fails:
            raise KeyboardInterrupt


@pytest.fixture
def threads():
    with ThreadPoolExecutor(4) as pool:
        yield pool


@pytest.fixture
def adding(library, page_file, reading, threads):
    """Begins to add the page in another thread; ends when the passages are let go."""
    held = []

    def begin(*, fails=False):
        report, text, passages = reading(page_file, id="norland")
        held.append(Held(passages, fails=fails))
        added = threads.submit(library.add, report, text, held[-1], today=TODAY)
        assert held[-1].begun.wait(10)
        return held[-1], added

    yield begin
    for one in held:
        one.let_go.set()


def test_no_thread_sees_what_another_has_not_finished(library, adding):
    held, added = adding()
    assert library.entries() == []
    assert library.numbers() == []
    assert library.generation == 0
    with pytest.raises(NotInLibrary):
        library.all_passages("norland")
    held.let_go.set()
    added.result(10)
    assert [entry.report.id for entry in library.entries()] == ["norland"]


def test_a_thread_that_fails_takes_back_only_its_own(library, adding, threads):
    held, added = adding(fails=True)
    set_by_another = threads.submit(library.set_model, "m")
    stored_by_another = threads.submit(library.store_encodings, "m", {b"k": ENCODING})
    held.let_go.set()
    with pytest.raises(KeyboardInterrupt):
        added.result(10)
    set_by_another.result(10)
    stored_by_another.result(10)
    assert library.entries() == []
    assert (library.model, library.generation) == ("m", 1)
    assert library.encoded("m", [b"k"]) == {b"k"}
    assert library.damage() is None


def test_a_library_that_is_closed_while_a_thread_writes_keeps_what_it_wrote(library, adding):
    held, added = adding()
    library.close()
    with pytest.raises(LibraryFault, match="was closed"):
        library.entries()
    held.let_go.set()
    added.result(10)
    with Library(library.folder) as again:
        assert [entry.report.id for entry in again.entries()] == ["norland"]


def add_and_remove(library, path, name, until, putting):
    while time.monotonic() < until:
        report = putting(library, path, id=name)
        found = [passage.text for passage in library.all_passages(name)]
        assert len(found) == 9
        library.store_encodings("m", {vector_key(text): ENCODING for text in found})
        assert library.remove(report.id) == 1


def add_and_remove_in_a_process(folder, path, name, until, putting):
    with Library(folder) as library:
        add_and_remove(library, path, name, until, putting)


def read_all(library, passages, until):
    """Reads what comes and goes; returns how often it was whole and how often not there."""
    whole, gone = 0, 0
    while time.monotonic() < until:
        try:
            assert len(library.all_passages("norland")) == len(passages)
            assert library.resolve(passages[-1].id).passage == passages[-1]
            whole += 1
        except NotInLibrary:
            gone += 1
        assert len(library.passages(library.numbers())) % len(passages) == 0
        assert all(entry.passages == len(passages) for entry in library.entries())
    return whole, gone


def test_a_process_reads_while_another_adds_and_removes(tmp_path, page_file, putting, reading):
    _, _, passages = reading(page_file, id="norland")
    until = time.monotonic() + STRESS_S
    process = multiprocessing.get_context("fork").Process(
        target=add_and_remove_in_a_process,
        args=(tmp_path / "library", page_file, "norland", until, putting),
    )
    process.start()  # before this process has the file open, which no fork may carry over
    with Library(tmp_path / "library") as library:
        whole, gone = read_all(library, passages, until)
    process.join(30)
    assert process.exitcode == 0
    assert whole
    assert gone


def test_threads_write_and_read_one_library_at_once(library, page_file, putting, reading, threads):
    _, _, passages = reading(page_file, id="norland")
    until = time.monotonic() + STRESS_S
    work = [
        threads.submit(add_and_remove, library, page_file, name, until, putting)
        for name in ("norland", "other")
    ]
    readers = [threads.submit(read_all, library, passages, until) for _ in range(2)]
    for done in work:
        done.result(60)
    assert all(sum(reader.result(60)) for reader in readers)
    assert library.entries() == []
    assert library.damage() is None
