"""The file under a library: transactions, long lists of values, and closing."""

import sqlite3
import threading

import pytest

from corpus.errors import LibraryFault
from corpus.storage import database, library_file
from corpus.storage.database import Database, columns, marks

SETTING = "INSERT INTO settings VALUES (?, ?)"


@pytest.fixture
def opened(tmp_path):
    made = Database(tmp_path / "library.sqlite")
    yield made
    made.close()


def names(opened):
    return {row["name"] for row in opened.rows("SELECT name FROM settings")}


def test_what_a_transaction_did_is_there_when_it_ends_and_for_the_next_process(opened):
    with opened.transaction():
        opened.change(SETTING, ("a", "1"))
        opened.change(SETTING, ("b", "2"))
    other = Database(opened.path)
    try:
        assert {"a", "b"} <= names(other)
    finally:
        other.close()


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, LibraryFault])
def test_whatever_ends_a_transaction_early_takes_all_of_it_back(opened, error):
    def fail():
        opened.change(SETTING, ("a", "1"))
        raise error("enough")

    with pytest.raises(error), opened.transaction():
        fail()
    assert "a" not in names(opened)
    with opened.transaction():  # and the next one is not in its way
        opened.change(SETTING, ("b", "2"))
    assert "b" in names(opened)


def test_a_transaction_reads_its_own_writing(opened):
    with opened.transaction():
        opened.change(SETTING, ("a", "1"))
        assert "a" in names(opened)


def test_a_reading_inside_a_transaction_is_part_of_it(opened):
    with opened.transaction(), opened.reading():
        opened.change(SETTING, ("a", "1"))
        assert "a" in names(opened)
    assert "a" in names(opened)


def test_a_reading_stays_at_its_moment_while_another_thread_writes(opened):
    with opened.reading():
        before = names(opened)
        writer = threading.Thread(target=opened.change, args=(SETTING, ("a", "1")))
        writer.start()
        writer.join()
        assert names(opened) == before
    assert names(opened) == before | {"a"}


@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 1_001])
def test_a_list_of_any_length_is_read_in_parts_each_value_once(opened, count):
    wanted = [f"n{place}" for place in range(count)]
    opened.insert("settings", ("name", "value"), [(name, "x") for name in wanted])
    opened.change(SETTING, ("other", "x"))
    rows = opened.rows_by_parts("SELECT name FROM settings WHERE name IN ({marks})", wanted)
    assert sorted(row["name"] for row in rows) == sorted(wanted)


def test_a_value_before_a_list_holds_for_every_part_of_it(opened, monkeypatch):
    monkeypatch.setattr(database, "_SQL_VARIABLES", 2)
    names_ = ["a", "b", "c", "d", "e"]
    values = ["x", "y", "x", "y", "x"]
    opened.insert("settings", ("name", "value"), zip(names_, values, strict=True))
    rows = opened.rows_by_parts(
        "SELECT name FROM settings WHERE value = ? AND name IN ({marks})", names_, "x"
    )
    assert [row["name"] for row in rows] == ["a", "c", "e"]


def test_a_key_that_is_taken_is_refused_and_replaced_only_on_demand(opened):
    opened.insert("settings", ("name", "value"), [("a", "1")])
    with pytest.raises(LibraryFault):
        opened.insert("settings", ("name", "value"), [("a", "2")])
    opened.insert("settings", ("name", "value"), [("a", "3")], replace=True)
    assert opened.row("SELECT value FROM settings WHERE name = 'a'")["value"] == "3"


def test_a_passage_without_its_report_is_refused(opened):
    with pytest.raises(LibraryFault):
        opened.insert("texts", ("report_id", "version", "text"), [("nobody", 1, "It was dry.")])


def test_a_closed_library_says_so(opened):
    opened.close()
    with pytest.raises(LibraryFault, match="was closed; open it again"):
        opened.rows("SELECT 1")


def test_closing_twice_is_no_error(opened):
    opened.close()
    opened.close()


def test_a_locked_library_is_one_sentence_that_names_the_file(opened, monkeypatch):
    monkeypatch.setattr(library_file, "WAIT_FOR_OTHERS_S", 0.05)
    impatient = Database(opened.path)
    holder = sqlite3.connect(opened.path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(LibraryFault, match=r"library\.sqlite.*locked"):
            impatient.change(SETTING, ("a", "1"))
    finally:
        holder.close()
        impatient.close()


def test_a_statement_has_a_mark_for_each_value():
    assert marks([1, 2, 3]) == "?, ?, ?"
    assert marks([]) == ""
    assert columns("r", ["id", "title"]) == "r.id, r.title"


def test_opening_what_is_whole_changes_no_byte_of_it(opened, tmp_path):
    opened.close()
    before = opened.path.read_bytes()
    Database(opened.path).close()
    assert opened.path.read_bytes() == before
