"""After `pincite remove` no file holds a word of the report; what stays is listed."""

import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from bot.assemble import remove_report
from bot.cli.progress import display
from corpus.intake import load
from corpus.storage.library import Library
from corpus.storage.resolving import Tombstone
from corpus.storage.versions import Versions
from embeddings.adding import Adding
from embeddings.local.index import index_folder, open_index
from embeddings.local.lexical import LexicalIndex
from embeddings.local.quotations import QuotationIndex
from tests.conftest import WordEncoder, run_main

REPORT = "watch-house-norland-2021"
SECRET = ("zyzzyva", "quagmarl", "brindlewick")
COMMON = ("wells", "valley", "ran", "dry", "march", "harbour", "was", "stopped", "the", "in")


def written(path: Path, words: tuple[str, ...], paragraphs: int, chance: random.Random) -> Path:
    """A report whose sections and paragraphs all hold one of the words."""
    parts = [f"# Report {path.stem}"]
    for number in range(paragraphs):
        if number % 3 == 0:
            parts.append(f"## Of {chance.choice(words)} {chance.randrange(10**6)}")
        said = " ".join(chance.choices(COMMON, k=chance.randrange(4, 90)))
        parts.append(f"There {chance.choice(words)} {said} {number}.")
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return path


def holding(folder: Path) -> dict[str, list[str]]:
    """The files that hold a secret word."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes().lower()
            words = [word for word in SECRET if word.encode() in content]
            found |= {str(path): words} if words else {}
    return found


def searched(library: Library) -> set[str]:
    """The secret words that the indexes on disk still know, compressed as they are."""
    known = set()
    folder = index_folder(library, WordEncoder().identity)
    for word in SECRET:
        if LexicalIndex.read(folder / "lexical").has_word(word):
            known.add(word)
    versions = Versions(library.path)
    quoted = QuotationIndex.open(library.folder, versions)
    known |= {word for word in SECRET if quoted._searcher.doc_freq("words", word)}
    versions.close()
    return known


@pytest.fixture(params=["as it comes", "built to leave what is deleted"])
def any_sqlite(request, monkeypatch):
    """SQLite as it may be built: some overwrite what is deleted by themselves, others do not."""
    if request.param != "as it comes":
        connect = sqlite3.connect

        def connected(*arguments, **options):
            connection = connect(*arguments, **options)
            connection.execute("PRAGMA secure_delete = OFF")
            return connection

        monkeypatch.setattr(sqlite3, "connect", connected)


def test_no_word_of_a_removed_report_is_in_any_file(any_sqlite: None, tmp_path: Path) -> None:
    chance, encoder = random.Random(5), WordEncoder()
    with Library(tmp_path / "library") as library:
        adding = Adding(library, lambda: encoder, display)
        removed = []
        for number in range(12):
            words = SECRET if number % 4 == 1 else ("plain",)
            path = written(tmp_path / f"r{number}.md", words, chance.randrange(2, 50), chance)
            report = adding.add(load(path, {})).report
            removed += [report.id] if words is SECRET else []
            path.unlink()
        versions = Versions(library.path)
        QuotationIndex.open(library.folder, versions)
        versions.close()
        assert {word for words in holding(library.folder).values() for word in words} == {*SECRET}
        assert searched(library) == {*SECRET}
        # As it is kept of an older schema.
        shutil.copy(library.path, library.folder / "library-of-schema-3.sqlite")
        for report_id in removed:
            remove_report(library, report_id)
        assert holding(library.folder) == {}
        assert not (library.folder / "index").exists()
        assert not (library.folder / "quotations-2").exists()
        open_index(library, encoder.identity)
        assert searched(library) == set()
    assert holding(tmp_path) == {}


def test_an_index_that_a_killed_removal_left_is_not_gone_on_from(tmp_path: Path) -> None:
    chance, encoder = random.Random(6), WordEncoder()
    with Library(tmp_path / "library") as library:
        paths = (
            written(tmp_path / "secret.md", SECRET, 9, chance),
            written(tmp_path / "other.md", ("plain",), 9, chance),
        )
        # One index of both, so that one file of it has the words of both.
        adding = Adding(library, lambda: encoder, display)
        secret, _ = adding.add_all([load(path, {}) for path in paths])
        assert searched(library) == {*SECRET}
        library.remove(secret.report.id)
        open_index(library, encoder.identity)
        assert searched(library) == set()


def test_what_stays_is_that_a_passage_was_there(with_page, own_copy):
    folder = own_copy(with_page)
    with Library(folder) as library:
        (passage, *others) = library.all_passages(REPORT)
    ran = run_main("remove", REPORT, "--library", str(folder))
    assert ran.status == 0, ran.err
    with Library(folder) as library:
        stone = library.history(passage.id)
        assert isinstance(stone, Tombstone)
        assert (stone.passage_id, stone.report_id) == (passage.id, REPORT)
        tables = [row[0] for row in library._db.rows("SELECT name FROM sqlite_schema")]
        kept = {
            table: library._db.rows(f"SELECT * FROM {table}")
            for table in tables
            if not table.startswith("sqlite_autoindex") and "_by_" not in table
        }
    of_report = {
        table: sum(REPORT in map(str, tuple(row)) for row in rows) for table, rows in kept.items()
    }
    assert {table: n for table, n in of_report.items() if n} == {
        "removed": 1,
        "tombstones": len({one.id for one in (passage, *others)}),
    }
