"""A library whose folder cannot be written to: read, and told where it changes meanwhile."""

import os
import sqlite3

import pytest

from corpus.errors import LibraryFault
from corpus.storage.library import Library


@pytest.fixture
def only_read(library, page_file, putting, monkeypatch):
    """A library on a medium that cannot be written to, as the system tells of it."""
    putting(library, page_file, id="norland")
    library.close()
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    return library


def test_it_is_read_and_nothing_is_put_beside_it(only_read):
    with Library(only_read.folder) as library:
        assert [entry.report.id for entry in library.entries()] == ["norland"]
        assert library.damage() is None
        assert [path.name for path in library.folder.iterdir()] == ["library.sqlite"]
        with pytest.raises(LibraryFault, match=r"cannot be written to; see that its folder"):
            library.remove("norland")


def test_one_that_changes_meanwhile_is_told(only_read):
    with Library(only_read.folder) as library:
        with sqlite3.connect(only_read.path) as other:
            other.execute("UPDATE reports SET title = 'Sudland'")
        other.close()
        with pytest.raises(LibraryFault, match="was changed while it was read; open it again"):
            library.entries()


def test_what_was_committed_and_lies_beside_the_file_is_read_too(only_read):
    other = sqlite3.connect(only_read.path)
    other.execute("INSERT INTO settings VALUES ('model', 'words@1')")
    other.commit()
    with Library(only_read.folder) as library:
        assert library.model == "words@1"
    other.close()


def test_one_of_an_older_pincite_is_not_brought_up_there(only_read):
    with sqlite3.connect(only_read.path) as other:
        other.execute("PRAGMA user_version = 3")
    other.close()
    before = only_read.path.read_bytes()
    with pytest.raises(LibraryFault, match=r"older version of Pincite \(schema 3, .* or copy it"):
        Library(only_read.folder)
    assert only_read.path.read_bytes() == before
