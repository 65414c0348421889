"""The index on disk: made anew from what is stored, without encoding, whatever happens to it."""

import errno
import hashlib
import json
import os
import shutil

import numpy as np
import pytest

from bot.rendering.mending import told
from corpus.errors import LibraryFault, ModelFault, NotEncoded, NotInLibrary
from corpus.passage import Passage
from corpus.scope import EVERYTHING, Scope
from corpus.storage.library import Library
from corpus.storage.rows import vector_key
from corpus.storage.stored_encoding import StoredEncoding
from embeddings.adding import encode_missing
from embeddings.local import index
from embeddings.local.derived import discard
from embeddings.local.index import FOLDER, index_folder, open_index
from embeddings.local.index_files import damage

QUESTION = "Which wells ran dry in the valley?"


@pytest.fixture
def filled(library, page_file, putting, words):
    """A library with the page in it, encoded, indexed; the encoder's count starts at nothing."""
    report = putting(library, page_file, id="norland", period="2021")
    encode_missing(library, words, library.all_passages(report.id))
    library.set_model(words.identity)
    open_index(library, words.identity)
    words.encoded.clear()
    return library


@pytest.fixture
def folder(filled, words):
    return index_folder(filled, words.identity)


@pytest.fixture
def grow(filled, page_file, putting, words):
    """Puts one more report into the library, and encodes it."""

    def grown(name):
        page_file.write_text(f"{name}\n\nWhich wells ran dry in {name}?", "utf-8")
        report = putting(filled, page_file, id=name.lower())
        encode_missing(filled, words, filled.all_passages(report.id))

    return grown


@pytest.fixture
def answers(search_of):
    def found(library, words):
        hits = search_of(library, words).search(QUESTION, 3)
        return [(hit.passage.id, round(hit.score, 5), hit.highlight) for hit in hits]

    return found


def files(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_an_index_that_is_whole_is_used_as_it_is(filled, folder, words):
    before = {path: path.stat().st_mtime_ns for path in files(folder)}
    open_index(filled, words.identity)
    assert {path: path.stat().st_mtime_ns for path in files(folder)} == before
    assert damage(folder) is None
    assert words.encoded == []


def test_a_missing_index_is_built_without_encoding(filled, folder, words, answers):
    expected = answers(filled, words)
    words.encoded.clear()
    shutil.rmtree(filled.folder / FOLDER)
    assert damage(folder) == "missing"
    opened = open_index(filled, words.identity)
    assert opened.generation == filled.generation
    assert words.encoded == []
    assert damage(folder) is None
    assert answers(filled, words) == expected


def _summed(folder):
    """The files of an index that are looked at whole, but for those that hold nothing."""
    return [
        path
        for path in files(folder)
        if path.suffix != ".lock" and path.name != "vectors.f32" and path.stat().st_size
    ]


@pytest.mark.parametrize("how", ["truncated", "emptied", "flipped", "gone", "replaced"])
def test_a_damaged_file_of_an_index_is_found_and_built_anew(filled, folder, words, how, answers):
    expected = answers(filled, words)
    words.encoded.clear()
    count = len(_summed(folder))
    assert count > 3
    for position in range(count):
        path = _summed(folder)[position]
        content = bytearray(path.read_bytes())
        path.unlink()  # files may be shared with another index
        if how == "truncated":
            path.write_bytes(content[: len(content) // 2])
        elif how == "emptied":
            path.write_bytes(b"")
        elif how == "flipped":
            content[len(content) // 2] ^= 1
            path.write_bytes(content)
        elif how == "replaced":
            path.write_bytes(b"Something else.")
        assert damage(folder) not in (None, "missing"), path
        open_index(filled, words.identity)
        assert damage(folder) is None
    assert words.encoded == []
    assert answers(filled, words) == expected


def test_damage_to_vectors_is_found_by_whatever_reads_them(filled, folder, words, answers):
    expected = answers(filled, words)
    vectors = folder / "vectors.f32"
    content = bytearray(vectors.read_bytes())
    row = len(content) // len(filled.numbers())
    for damaged in (
        content[: 4 * row] + b"\0" * row + content[5 * row :],
        content[:row] + content[2 * row : 3 * row] + content[row : 2 * row] + content[3 * row :],
        content[:100] + bytes([content[100] ^ 1]) + content[101:],
    ):
        vectors.write_bytes(damaged)
        assert damage(folder) is None
        assert damage(folder, thorough=True) == "damaged (vectors.f32)"
        opened = open_index(filled, words.identity).dense
        with pytest.raises(LibraryFault, match=r"vectors\.f32 is damaged"):
            opened.search(np.ones(64, np.float32), 9, np.array(filled.numbers()))
    discard(filled.folder)
    assert answers(filled, words) == expected


def test_no_index_is_built_on_a_damaged_one(filled, folder, grow, words):
    vectors = folder / "vectors.f32"
    vectors.write_bytes(b"\0" * vectors.stat().st_size)
    grow("Sudland")
    words.encoded.clear()
    opened = open_index(filled, words.identity).dense
    lengths = np.linalg.norm(np.concatenate(list(opened.vectors.everything())), axis=1)
    assert np.allclose(lengths, 1)
    assert len(opened) == len(filled.numbers())
    assert words.encoded == []


def test_an_index_is_of_what_the_library_holds_and_not_of_how_often_it_changed(
    filled, grow, words, answers, make
):
    """A copy is put back and another report added: the counter is the same, the contents not."""
    copy = filled.folder / "copy.sqlite"
    filled.back_up(copy)
    grow("Sudland")
    open_index(filled, words.identity)
    generation = filled.generation
    filled.close()
    for name in ("library.sqlite-wal", "library.sqlite-shm"):
        (filled.folder / name).unlink(missing_ok=True)
    copy.replace(filled.path)
    with Library(filled.folder) as again:
        report = other_report(again, make)
        encode_missing(again, words, again.all_passages(report))
        assert again.generation == generation
        found = answers(again, words)
        shutil.rmtree(again.folder / FOLDER)
        assert answers(again, words) == found
        assert len(found) == 3


def other_report(library, make):
    report = make(id="westland", title="Westland", sha256="1" * 64)
    text = "Nobody came to the market.\n\nWhich wells ran dry in the valley of the west?"
    passages = [
        Passage(report=report, section=(), number=1, start=0, stop=26, source=text[:26]),
        Passage(report=report, section=(), number=2, start=28, stop=len(text), source=text[28:]),
    ]
    library.add(report, text, passages, today=report.accessed)
    return report.id


def test_an_index_that_goes_on_from_another_is_as_one_made_anew(
    filled, page_file, putting, words, answers
):
    def contents():
        found = open_index(filled, words.identity)
        rows = np.arange(len(found.dense))
        vectors = np.concatenate(list(found.dense.vectors.parts(rows)))
        frequency = np.trim_zeros(found.piece_frequency, "b")
        return (
            found.dense.numbers.tolist(),
            vectors.tolist(),
            frequency.tolist(),
            # BM25 counts words of passages that are gone until Tantivy merges its segments.
            [(name, highlight) for name, _, highlight in answers(filled, words)],
        )

    def added(text, **given):
        page_file.write_text(text, "utf-8")
        report = putting(filled, page_file, **given)
        encode_missing(filled, words, filled.all_passages(report.id))

    changes = (
        lambda: added("Sudland\n\nThe wells of Sudland ran dry.\n\nNobody came.", id="sudland"),
        lambda: added("Sudland\n\nThe wells of Sudland are full.", id="sudland"),
        lambda: added("Westland\n\nA storm hit the harbour.", id="westland"),
        lambda: filled.remove("sudland"),
        lambda: filled.remove("norland"),
    )
    for change in changes:
        change()
        continued = contents()
        shutil.rmtree(filled.folder / FOLDER)
        assert continued == contents()


@pytest.fixture(params=[errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK])
def one_name_only(request, monkeypatch):
    """A file system that refuses a second name of a file, as exFAT and some servers' do."""

    def refused(*_, **__):
        raise OSError(request.param, os.strerror(request.param))

    monkeypatch.setattr(os, "link", refused)


@pytest.mark.usefixtures("one_name_only")
def test_an_index_goes_on_where_a_file_has_one_name_only(filled, grow, words, answers):
    for name in ("Sudland", "Westland"):
        grow(name)
        open_index(filled, words.identity)
    folder = index_folder(filled, words.identity)
    assert all(path.stat().st_nlink == 1 for path in files(folder))
    assert damage(folder, thorough=True) is None
    continued = {name for name, _, _ in answers(filled, words)}
    shutil.rmtree(filled.folder / FOLDER)
    assert {name for name, _, _ in answers(filled, words)} == continued


@pytest.mark.parametrize("is_stale", [False, True])
def test_an_index_that_another_version_wrote_is_built_anew(filled, folder, grow, words, is_stale):
    """A whole index that faiss or Tantivy as installed cannot read."""
    sums = json.loads((folder / "manifest.json").read_text("utf-8"))
    content = b"of a version to come"
    (folder / "dense.faiss").write_bytes(content)
    sums["files"]["dense.faiss"] = (len(content), hashlib.sha256(content).hexdigest())
    (folder / "manifest.json").write_text(json.dumps(sums), "utf-8")
    assert damage(folder) is None
    if is_stale:
        grow("Sudland")
    words.encoded.clear()
    assert len(open_index(filled, words.identity).dense) == len(filled.numbers())
    assert words.encoded == []


def test_what_is_wrong_with_ourselves_is_not_called_a_broken_disk(filled, words):
    """Vectors of two lengths under one model: no disk does that."""
    key = vector_key(filled.all_passages("norland")[0].searched)
    short = StoredEncoding(vector=b"\0" * 4, pieces=b"", offsets=b"", tokens=b"")
    filled.store_encodings(words.identity, {key: short})
    shutil.rmtree(filled.folder / FOLDER)
    with pytest.raises(ValueError, match="same shape"):
        open_index(filled, words.identity)
    assert list((filled.folder / FOLDER).iterdir()) == []


def test_a_library_that_never_rests_is_opened_as_it_was_a_moment_ago(filled, words, monkeypatch):
    swap_in = index._swap_in
    with Library(filled.folder) as other:

        def swap_in_while_another_changes(*args):
            swap_in(*args)
            other.set_model(words.identity)

        monkeypatch.setattr(index, "_swap_in", swap_in_while_another_changes)
        shutil.rmtree(filled.folder / FOLDER)
        before = filled.generation
        assert open_index(filled, words.identity).generation == before
        assert filled.generation == before + 1


def test_an_index_is_of_one_moment_whatever_others_change(filled, words, monkeypatch):
    numbers = Library.numbers
    with Library(filled.folder) as other:

        def removed_after(library):
            found = numbers(library)
            if other.entries():
                other.remove("norland")
            return found

        monkeypatch.setattr(Library, "numbers", removed_after)
        shutil.rmtree(filled.folder / FOLDER)
        generation = filled.generation
        opened = open_index(filled, words.identity)
        assert (opened.generation, len(opened.dense)) == (generation, 9)
        with pytest.raises(NotInLibrary, match="holds no report"):
            open_index(filled, words.identity)


def test_a_stale_index_gives_way_and_old_ones_go(filled, folder, page_file, putting, words):
    page_file.write_text("Sudland\n\nThe wells of Sudland ran dry in the valley.", "utf-8")
    report = putting(filled, page_file, id="sudland")
    encode_missing(filled, words, filled.all_passages(report.id))
    words.encoded.clear()
    opened = open_index(filled, words.identity)
    assert opened.generation == filled.generation
    assert len(opened.dense) == len(filled.numbers()) == 10
    assert words.encoded == []
    assert not folder.exists()
    assert len(list((filled.folder / FOLDER).iterdir())) == 1


def test_a_reader_goes_on_while_the_index_is_swapped(filled, page_file, putting, words, search_of):
    reader = search_of(filled, words)
    expected = [hit.passage.id for hit in reader.search(QUESTION, 3)]
    shutil.rmtree(filled.folder / FOLDER)
    assert [hit.passage.id for hit in reader.search(QUESTION, 3)] == expected
    page_file.write_text("Sudland\n\nWhich wells ran dry in the valley?", "utf-8")
    report = putting(filled, page_file, id="sudland")
    encode_missing(filled, words, filled.all_passages(report.id))
    assert reader.search(QUESTION, 3)[0].passage.report.id == "sudland"
    filled.remove("sudland")
    assert [hit.passage.id for hit in reader.search(QUESTION, 3)] == expected


def test_others_go_on_with_the_old_index_while_one_opens_the_new(
    filled, page_file, putting, words, search_of
):
    reader = search_of(filled, words)
    page_file.write_text("Sudland\n\nWhich wells ran dry in the valley?", "utf-8")
    report = putting(filled, page_file, id="sudland", period="2021")
    encode_missing(filled, words, filled.all_passages(report.id))
    for scope in (EVERYTHING, Scope(year=2021)):
        with reader._current._opening:  # as the thread that opens it holds it
            found = {hit.passage.report.id for hit in reader.search(QUESTION, 20, scope)}
            assert found == {"norland"}
    found = [hit.passage.report.id for hit in reader.search(QUESTION, 20)]
    assert found[0] == "sudland"


def test_what_a_killed_build_left_behind_does_not_matter(filled, folder, words):
    shutil.rmtree(folder)
    half = folder.parent / ".pincite-x"
    half.mkdir()
    (half / "dense.faiss").write_bytes(b"half")
    folder.mkdir()
    assert damage(folder) == "incomplete"
    open_index(filled, words.identity)
    assert damage(folder) is None
    assert list(folder.parent.iterdir()) == [folder]


def test_an_index_that_cannot_be_written_is_one_sentence(filled, words):
    shutil.rmtree(filled.folder / FOLDER)
    (filled.folder / FOLDER).write_text("in the way", "utf-8")
    with pytest.raises(LibraryFault, match="cannot be written"):
        open_index(filled, words.identity)


def test_another_model_is_refused_with_the_command_that_changes_it(
    filled, words, word_encoder, search_of
):
    other = word_encoder("others@2")
    with pytest.raises(ModelFault) as raised:
        search_of(filled, other)
    sentence = told(raised.value)
    assert words.identity in sentence
    assert "others@2" in sentence
    assert f"pincite rebuild --library '{filled.folder}' --model NAME" in sentence
    assert other.encoded == []


def test_an_empty_library_has_no_index(library, words):
    with pytest.raises(NotInLibrary, match="holds no report; add one"):
        open_index(library, words.identity)


def test_passages_that_were_never_encoded_are_named(library, page_file, putting, words):
    putting(library, page_file)
    with pytest.raises(NotEncoded, match=r"9 of 9 passages .* are not encoded; encode"):
        open_index(library, words.identity)


def test_only_what_is_missing_is_encoded(library, page_file, putting, words):
    report = putting(library, page_file, id="norland")
    passages = library.all_passages(report.id)
    done = []
    assert encode_missing(library, words, passages, done.append) == 9
    assert sum(done) == 9
    assert encode_missing(library, words, passages, done.append) == 0
    assert sum(done) == 18
    page_file.write_text(page_file.read_text("utf-8").replace("threefold", "twice"), "utf-8")
    putting(library, page_file, id="norland")
    words.encoded.clear()
    assert encode_missing(library, words, library.all_passages("norland")) == 1
    context, text = words.encoded
    assert "Prices rose twice." not in context
    assert text == "Prices rose twice."
