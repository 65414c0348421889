"""The index of quoted words: what it finds, and that it holds what the library holds."""

import shutil
import threading

import pytest

from corpus.english.folded import fold
from corpus.errors import LibraryFault
from corpus.storage.library import Library
from corpus.storage.versions import Versions
from embeddings.local.quotations import FOLDER, QuotationIndex, QuotationSearch


@pytest.fixture
def versions(library, page_file, putting):
    putting(library, page_file, id="norland")
    opened = Versions(library.path)
    yield opened
    opened.close()


def texts(versions, numbers):
    found = versions.standing(numbers)
    return [found[number].passage.text for number in numbers]


def test_words_in_their_order_come_first(library, versions):
    index = QuotationIndex.open(library.folder, versions)
    first, *_ = index.find(fold("the Tarn valley ran dry").words, 5)
    assert "Wells in the Tarn valley ran dry" in texts(versions, [first])[0]


def test_altered_words_are_found_by_the_rare_ones_among_them(library, versions):
    index = QuotationIndex.open(library.folder, versions)
    first, *_ = index.find(fold("springs of the Tarn basin ran wet").words, 5)
    assert "Tarn" in texts(versions, [first])[0]


def test_a_search_may_be_of_some_reports_only(library, versions, tmp_path, putting):
    other = tmp_path / "other.txt"
    other.write_text("Other\n\nWells in the Tarn valley ran dry again.\n", encoding="utf-8")
    putting(library, other, id="other")
    index = QuotationIndex.open(library.folder, versions)
    words = fold("Wells in the Tarn valley").words
    found = index.find(words, 5, ["other"])
    assert len(index.find(words, 5)) > len(found)
    standing = versions.standing(found)
    assert {one.passage.report.id for one in standing.values()} == {"other"}


def test_older_versions_are_found_and_said_to_be_older(library, versions, page_file, putting):
    page_file.write_text(page_file.read_text("utf-8").replace("ran dry in May", "froze"), "utf-8")
    putting(library, page_file, id="norland")
    search = QuotationSearch(library.folder, versions)
    (number, *_) = search.find(fold("Tarn valley ran dry in May").words, 5, [])
    around = search.around(number, 1)
    assert {one.version for one in around} == {1}
    assert not any(one.current for one in around)


def test_what_is_removed_leaves_the_index(library, versions):
    QuotationIndex.open(library.folder, versions)
    library.remove("norland")
    assert len(QuotationIndex.open(library.folder, versions)) == 0


def test_several_that_open_it_at_once_write_it_once(library, versions):
    counts, failed = [], []

    def run():
        try:
            counts.append(len(QuotationIndex.open(library.folder, versions)))
        except LibraryFault as error:
            failed.append(error)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (failed, set(counts)) == ([], {9})


def test_an_index_that_cannot_be_read_is_made_anew(library, versions):
    count = len(QuotationIndex.open(library.folder, versions))
    for file in (library.folder / FOLDER).iterdir():
        file.write_bytes(b"damaged")
    assert len(QuotationIndex.open(library.folder, versions)) == count


def test_damage_to_any_file_is_found_and_the_index_made_anew(library, versions):
    words = fold("the Tarn valley ran dry").words
    expected = QuotationIndex.open(library.folder, versions).find(words, 5)
    folder = library.folder / FOLDER
    names = [path.name for path in folder.iterdir() if path.stat().st_size]
    assert len(names) > 4
    for name in names:
        if (path := folder / name).exists():
            path.write_bytes(b"\0" * path.stat().st_size)
            assert QuotationIndex.open(library.folder, versions).find(words, 5) == expected


def test_a_number_that_names_another_passage_now_is_indexed_anew(
    library, versions, putting, page_file, tmp_path
):
    library.back_up(tmp_path / "copy.sqlite")
    for name, words in (("Sudland", "mills"), ("Westland", "looms")):
        page_file.write_text(f"{name}\n\nThe {words} of {name} stood still.\n", "utf-8")
        putting(library, page_file, id=name.lower())
        index = QuotationIndex.open(library.folder, versions)
        assert len(index.find([words], 5)) == 1
        library.close()
        versions.close()
        for end in ("-wal", "-shm"):
            library.path.with_name(f"{library.path.name}{end}").unlink(missing_ok=True)
        shutil.copy(tmp_path / "copy.sqlite", library.path)
        library, versions = Library(library.folder), Versions(library.path)
    assert index.find(["mills"], 5) == []
    library.close()


def test_a_folder_that_cannot_be_written_is_told(library, versions):
    (library.folder / FOLDER).write_text("a file", encoding="utf-8")
    with pytest.raises(LibraryFault, match="index of quotations"):
        QuotationIndex.open(library.folder, versions)
