"""`pincite doctor` and `pincite backup`, on libraries that need no model."""

import contextlib
import json
import shutil
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


DERIVED = {
    "names of encodings": "UPDATE passages SET key = x'00' WHERE number = 1",
    "a vector": "UPDATE encodings SET vector = zeroblob(length(vector)) WHERE rowid = 2",
    "token vectors": "UPDATE encodings SET tokens = zeroblob(length(tokens)) WHERE rowid = 2",
    "seals": "DELETE FROM encoding_seals",
    "another model": "UPDATE encodings SET model = 'x' WHERE rowid < 4; DELETE FROM encoding_seals",
}


@pytest.mark.parametrize("statement", DERIVED.values(), ids=DERIVED.keys())
def test_what_is_derived_is_repaired_and_answers_are_as_before(
    pincite, with_page, tmp_path, statement
):
    folder = tmp_path / "library"
    shutil.copytree(with_page, folder)
    library = ["--library", str(folder)]
    asked = ["ask", "Which wells ran dry in the valley?", "--json", *library]
    before = pincite(*asked)
    assert pincite("doctor", *library).status == 0
    with contextlib.closing(sqlite3.connect(folder / "library.sqlite")) as other:
        other.executescript(statement)
    (vectors,) = folder.glob("index/*/vectors.f32")
    vectors.write_bytes(bytes(vectors.stat().st_size))
    folder.chmod(0o777)
    said = pincite("doctor", *library)
    assert said.status == 1
    assert said.out.count("pincite doctor --repair makes it anew") >= 3
    mended = pincite("doctor", "--repair", *library)
    assert mended.status == 0
    assert f"may be changed by others: others can write to {folder}." in mended.err
    assert pincite(*asked) == before


def test_a_damaged_report_is_not_repaired_but_named(pincite, with_page, tmp_path):
    folder = tmp_path / "library"
    shutil.copytree(with_page, folder)
    with contextlib.closing(sqlite3.connect(folder / "library.sqlite")) as other:
        other.execute("UPDATE passages SET section = '[\"Elsewhere\"]' WHERE number = 2")
        other.commit()
    said = pincite("doctor", "--repair", "--library", str(folder))
    assert (said.status, said.err) == (1, "")
    assert "or what it is cited with, is not what was stored" in said.out


def test_a_backup_is_made_and_said(run, tmp_path):
    assert run("backup", tmp_path / "copy.sqlite").status == 0
    assert run("backup", tmp_path).status == 2
    assert (tmp_path / "copy.sqlite").stat().st_mode & 0o077 == 0
