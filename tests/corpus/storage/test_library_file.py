"""The library's file: damaged, of another version, of something else, in the way."""

import sqlite3

import pytest

from corpus.errors import LibraryFault
from corpus.storage.digests import sha256_of
from corpus.storage.library import FILE_NAME, Library
from corpus.storage.schema import SCHEMA_VERSION


def test_a_file_that_is_no_library_is_refused(tmp_path):
    (tmp_path / FILE_NAME).write_bytes(b"This is not a database. " * 200)
    with pytest.raises(LibraryFault, match=r"is damaged .*; put back a copy of the file"):
        Library(tmp_path)


def test_a_library_with_a_hole_is_refused_and_said_to_be_damaged(library, page_file, putting):
    for number in range(20):
        putting(library, page_file, id=f"norland-{number}")
    library.close()
    content = bytearray(library.path.read_bytes())
    page = int.from_bytes(content[16:18])  # of the format's header: bytes a page
    content[2 * page : -page] = b"\xff" * (len(content) - 3 * page)
    library.path.write_bytes(content)
    with Library(library.folder) as opened:
        assert opened.damage() is not None
        with pytest.raises(LibraryFault, match="is damaged"):
            _ = [opened.all_passages(f"norland-{number}") for number in range(20)]


def test_a_passage_that_is_not_what_its_report_says_is_found(library, page_file, putting):
    putting(library, page_file, id="norland")
    with sqlite3.connect(library.path) as other:
        other.execute("UPDATE passages SET source = 'x' || substr(source, 2) WHERE number = 2")
    other.close()
    assert "is not what its report says there" in (library.damage() or "")


def test_a_library_of_a_newer_pincite_is_refused(library):
    library.close()
    with sqlite3.connect(library.path) as other:
        other.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    other.close()
    with pytest.raises(LibraryFault, match=r"made by another version of Pincite .*; upgrade"):
        Library(library.folder)


TO_SCHEMA_3 = """
UPDATE passages AS p SET seal = (
    SELECT sha256_of(
        r.id, r.title, r.publisher, r.country, r.period, r.published, r.accessed, r.url,
        r.language, r.licence, r.kind, r.sha256, r.author, r.number, r.archived, r.captured,
        p.report_id, p.passage_id, p.section, p.number, p.start, p.stop, p.source, p.hidden,
        p.press_date, p.press_kind, p.press_title, p.occurrence, p.pages,
        p.printed_number, p.label, p.notes
    ) FROM reports r WHERE r.id = p.report_id AND r.version = p.version
);
ALTER TABLE reports DROP COLUMN passages;
ALTER TABLE reports DROP COLUMN sections;
ALTER TABLE reports DROP COLUMN press;
ALTER TABLE reports DROP COLUMN seal;
DELETE FROM settings WHERE name = 'contents';
DROP TABLE encoding_seals;
PRAGMA user_version = 3;
"""
TO_SCHEMA_2 = (
    TO_SCHEMA_3
    + """
ALTER TABLE passages DROP COLUMN seal;
ALTER TABLE passages DROP COLUMN pages;
ALTER TABLE passages DROP COLUMN printed_number;
ALTER TABLE passages DROP COLUMN label;
ALTER TABLE passages DROP COLUMN notes;
ALTER TABLE passages ADD COLUMN page INTEGER;
ALTER TABLE reports DROP COLUMN author;
ALTER TABLE reports DROP COLUMN number;
ALTER TABLE reports DROP COLUMN archived;
ALTER TABLE reports DROP COLUMN captured;
DROP TABLE tombstones;
DROP TABLE extractions;
DROP TABLE originals;
PRAGMA user_version = 2;
"""
)
TO_SCHEMA_1 = (
    TO_SCHEMA_2
    + """
ALTER TABLE reports ADD COLUMN text TEXT NOT NULL DEFAULT '';
UPDATE reports SET text = (SELECT t.text FROM texts t WHERE t.report_id = id);
DROP TABLE texts;
DROP INDEX reports_by_sha256;
DROP INDEX passages_by_report;
DROP INDEX passages_by_key;
DROP INDEX press_by_report;
CREATE INDEX passages_by_report ON passages (report_id, version);
PRAGMA user_version = 1;
"""
)


@pytest.mark.parametrize("to_older", [TO_SCHEMA_1, TO_SCHEMA_2, TO_SCHEMA_3])
def test_a_library_of_an_older_pincite_is_taken_over_whole(library, page_file, putting, to_older):
    report = putting(library, page_file, id="norland", period="2021")
    before = (library.generation, library.entries(), library.numbers(), library.contents)
    passages = library.all_passages(report.id)
    library.close()
    with sqlite3.connect(library.path) as older:
        older.create_function("sha256_of", -1, sha256_of)
        older.executescript(to_older)
        (version,) = older.execute("PRAGMA user_version").fetchone()
    older.close()
    for _ in range(2):
        with Library(library.folder) as again:
            assert (
                again.generation,
                again.entries(),
                again.numbers(),
                again.contents,
            ) == before
            assert again.all_passages(report.id) == passages
            assert again.resolve(passages[0].id).passage == passages[0]
            assert again.damage() is None
    kept = library.folder / f"library-of-schema-{version}.sqlite"
    with sqlite3.connect(kept) as other:
        assert other.execute("PRAGMA user_version").fetchone() == (version,)
    other.close()
    with Library(library.folder) as again:
        assert again.remove("norland") == 1
    with sqlite3.connect(library.path) as other:
        assert other.execute("SELECT count(*) FROM texts").fetchone() == (0,)
    other.close()


@pytest.mark.parametrize("schema", [0, 1, SCHEMA_VERSION, SCHEMA_VERSION + 1, -1])
@pytest.mark.parametrize("table", ["settings", "messages"])
def test_a_database_of_something_else_is_told_and_left_alone(tmp_path, schema, table):
    with sqlite3.connect(tmp_path / FILE_NAME) as other:
        other.execute(f"CREATE TABLE {table} (mine TEXT)")
        other.execute(f"PRAGMA user_version = {schema}")
    other.close()
    before = (tmp_path / FILE_NAME).read_bytes()
    with pytest.raises(LibraryFault, match="is a database of something else and no library"):
        Library(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


@pytest.mark.parametrize(
    ("pragma", "said"),
    [
        ("user_version = 0", "schema 0"),
        ("user_version = -7", "schema -7"),
        ("user_version = -2147483648", "schema -2147483648"),
        ("application_id = 252006674", "of application 252006674"),
    ],
)
def test_a_number_that_no_pincite_writes_is_told(library, page_file, putting, pragma, said):
    putting(library, page_file)
    library.close()
    with sqlite3.connect(library.path) as other:
        other.execute(f"PRAGMA {pragma}")
    other.close()
    before = library.path.read_bytes()
    with pytest.raises(LibraryFault, match=f"is damaged: it says .*{said}.*; put back a copy"):
        Library(library.folder)
    assert library.path.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(LibraryFault, match=r"cannot be made .*; choose another folder"):
        Library(tmp_path / "file" / "library")
    with pytest.raises(LibraryFault, match="cannot be made"):
        Library(tmp_path / "file")


def test_a_library_whose_file_is_a_folder_is_refused(tmp_path):
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(LibraryFault, match="cannot be used"):
        Library(tmp_path)
