"""A copy of the library: of one moment, proven, never half written."""

import sqlite3
import threading

import pytest

from corpus.errors import LibraryFault, WrongUse
from corpus.storage.library import Library


@pytest.fixture
def report(library, page_file, putting):
    return putting(library, page_file, id="norland", period="2021")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_copy_put_back_says_what_was_copied(library, report, tmp_path):
    before = library.entries(), library.all_passages(report.id)
    copy = tmp_path / "copies" / "norland.sqlite"
    copy.parent.mkdir()
    library.back_up(copy)
    assert names(copy.parent) == ["norland.sqlite"]
    library.remove(report.id)
    library.close()
    copy.replace(library.path)
    with Library(library.folder) as again:
        assert (again.entries(), again.all_passages(report.id)) == before
        assert again.damage() is None


def test_a_copy_that_is_made_while_others_write_is_whole(library, page_file, putting, tmp_path):
    stop = threading.Event()

    def write():
        number = 0
        while not stop.is_set():
            putting(library, page_file, id=f"norland-{number}")
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    copy = tmp_path / "copy" / "library.sqlite"
    copy.parent.mkdir()
    for _ in range(5):
        library.back_up(copy)
        with Library(copy.parent) as copied:
            assert all(entry.passages == 9 for entry in copied.entries())
    stop.set()
    writer.join()


def test_no_copy_of_a_damaged_library_takes_the_place_of_a_sound_one(library, report, tmp_path):
    copy = tmp_path / "copy.sqlite"
    library.back_up(copy)
    before = copy.read_bytes()
    with sqlite3.connect(library.path) as other:
        other.execute("UPDATE reports SET publisher = 'Somebody else'")
    other.close()
    with pytest.raises(LibraryFault, match="so no copy of it was kept"):
        library.back_up(copy)
    assert copy.read_bytes() == before
    assert "copy.sqlite" in names(tmp_path)
    assert not [name for name in names(tmp_path) if "aside" in name]


def test_a_copy_cannot_take_the_library_s_own_place(library, report, tmp_path):
    for target in (library.path, tmp_path, tmp_path / "nowhere" / "copy.sqlite"):
        with pytest.raises(WrongUse, match="name another file"):
            library.back_up(target)
    assert library.damage() is None
