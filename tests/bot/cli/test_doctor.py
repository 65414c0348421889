"""`pincite doctor` and `pincite backup`, on libraries that need no model."""

import json
import sqlite3

import pytest


@pytest.fixture
def folder(library, page_file, putting):
    putting(library, page_file, id="norland", publisher="Watch House", period="2021")
    library.close()
    return library.folder


@pytest.fixture
def run(pincite, folder):
    return lambda *arguments: pincite(*map(str, arguments), "--library", str(folder))


def lines(ran):
    return {line["part"]: line["wrong"] for line in map(json.loads, ran.out.splitlines())}


def test_a_sound_library_is_said_to_be_a_line_a_part(run):
    ran = run("doctor")
    assert (ran.status, ran.err) == (0, "")
    assert all(line.endswith(" sound") for line in ran.out.splitlines())
    assert set(lines(run("doctor", "--json")).values()) == {None}


@pytest.mark.parametrize(
    ("statement", "part"),
    [
        ("UPDATE passages SET source = 'x' || substr(source, 2) WHERE number = 2", "passages"),
        ("UPDATE reports SET published = '2022-03-28'", "passages"),
        ("UPDATE reports SET published = 'in May'", "ids"),
        ("UPDATE passages SET passage_id = '0123456789abcdef' WHERE number = 1", "ids"),
        ("UPDATE passages SET key = x'00' WHERE number = 1", "names of encodings"),
        ("INSERT INTO originals VALUES ('00', x'00')", "files that were added"),
    ],
)
def test_what_is_damaged_is_named_and_the_status_tells(run, folder, statement, part):
    with sqlite3.connect(folder / "library.sqlite") as other:
        other.execute(statement)
    other.close()
    ran = run("doctor", "--json")
    assert ran.status == 1
    assert lines(ran)[part]


def test_a_backup_is_made_and_said(run, tmp_path):
    assert run("backup", tmp_path / "copy.sqlite").status == 0
    assert run("backup", tmp_path).status == 2
    assert (tmp_path / "copy.sqlite").stat().st_mode & 0o077 == 0
