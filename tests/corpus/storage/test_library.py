"""The library: one transaction a report, versions that stay, and what can go wrong."""

import datetime
import multiprocessing
import threading

import pytest

from corpus.errors import NotInLibrary
from corpus.scope import Scope
from corpus.storage.entries import Outcome
from corpus.storage.library import Library
from corpus.storage.rows import vector_key
from corpus.storage.stored_encoding import StoredEncoding

TODAY = datetime.date(2026, 1, 31)
DIGEST = "---\nkind: digest\npublisher: Watch House\n---\n\n# Norland in short\n\nIt was dry.\n"


@pytest.fixture
def digest_file(tmp_path):
    path = tmp_path / "digest.md"
    path.write_text(DIGEST, encoding="utf-8")
    return path


def snapshot(library):
    return (
        library.generation,
        [(entry.report, entry.version, entry.passages) for entry in library.entries()],
        library.numbers(),
    )


def test_a_new_library_is_empty_and_makes_its_folder(tmp_path):
    with Library(tmp_path / "deep" / "library") as library:
        assert library.entries() == []
        assert library.numbers() == []
        assert library.generation == 0
        assert library.model is None
        assert library.damage() is None


def test_a_report_enters_whole(library, page_file, reading, page):
    report, text, passages = reading(page_file)
    outcome = library.add(report, text, passages, today=TODAY)
    assert outcome == (Outcome.ADDED, 1)
    (entry,) = library.entries()
    assert entry == library.entry(report.id)
    assert (entry.report, entry.version, entry.added) == (report, 1, TODAY)
    assert entry.passages == len(passages)
    assert library.all_passages(report.id) == passages
    assert list(library.passages(library.numbers()).values()) == passages
    assert library.holding(report.sha256) == [report]
    assert library.damage() is None
    assert text == page


def test_it_is_there_for_the_next_process(library, page_file, putting):
    report = putting(library, page_file)
    library.close()
    with Library(library.folder) as again:
        assert again.entry(report.id).report == report


def test_the_same_again_changes_nothing(library, page_file, putting, reading):
    putting(library, page_file)
    before = snapshot(library)
    report, text, passages = reading(page_file)
    outcome = library.add(report, text, passages, today=datetime.date(2027, 1, 1))
    assert outcome == (Outcome.UNCHANGED, 1)
    assert snapshot(library) == before


def test_a_changed_file_is_a_new_version_and_old_citations_resolve(library, page_file, putting):
    report = putting(library, page_file, id="norland")
    old = {passage.text: passage for passage in library.all_passages(report.id)}
    numbers = library.numbers()
    text = page_file.read_text("utf-8").replace("threefold", "fourfold")
    page_file.write_text(text, encoding="utf-8")
    putting(library, page_file, id="norland")

    assert library.entry("norland").version == 2
    assert len(library.entries()) == 1
    assert not set(numbers) & set(library.numbers())
    gone = library.resolve(old["Prices rose threefold."].id)
    assert (gone.superseded, gone.version) == (True, 1)
    assert gone.passage == old["Prices rose threefold."]
    kept = library.resolve(old["Miners at Orrest struck for 11 days."].id)
    assert (kept.superseded, kept.version) == (False, 2)
    new = {passage.text for passage in library.all_passages("norland")}
    assert "Prices rose fourfold." in new
    assert "Prices rose threefold." not in new


def test_a_passage_that_comes_back_is_current_again(library, page_file, putting):
    putting(library, page_file, id="norland")
    (wanted,) = (p for p in library.all_passages("norland") if "threefold" in p.text)
    text = page_file.read_text("utf-8")
    page_file.write_text(text.replace("threefold", "fourfold"), encoding="utf-8")
    putting(library, page_file, id="norland")
    page_file.write_text(text, encoding="utf-8")
    putting(library, page_file, id="norland")
    found = library.resolve(wanted.id)
    assert (found.superseded, found.version) == (False, 3)


def test_other_metadata_of_the_same_file_are_a_new_version(library, page_file, putting):
    putting(library, page_file, id="norland")
    putting(library, page_file, id="norland", period="2021")
    assert library.entry("norland").version == 2
    assert str(library.entry("norland").report.period) == "2021"


def test_a_report_is_removed_with_all_its_versions(library, page_file, putting):
    putting(library, page_file, id="norland")
    (first, *_) = library.all_passages("norland")
    putting(library, page_file, id="norland", period="2021")
    library.store_encodings("m", {vector_key(first.searched): encoding()})
    assert library.remove("norland") == 2
    assert library.entries() == []
    assert library.numbers() == []
    assert library.encoded("m", [vector_key(first.searched)]) == set()
    assert library.was_removed("norland")
    with pytest.raises(NotInLibrary):
        library.resolve(first.id)
    putting(library, page_file, id="norland")
    assert not library.was_removed("norland")


def test_encodings_that_another_report_needs_stay(library, page_file, putting):
    putting(library, page_file, id="one")
    putting(library, page_file, id="two")
    key = vector_key(library.all_passages("one")[0].searched)
    library.store_encodings("m", {key: encoding()})
    library.remove("one")
    assert library.encoded("m", [key]) == {key}


@pytest.mark.parametrize("ask", ["entry", "remove", "all_passages", "resolve"])
def test_what_is_not_there_is_refused_by_name(library, page_file, putting, ask):
    putting(library, page_file, id="norland")
    with pytest.raises(NotInLibrary, match=r"'nothing'.*norland|'nothing'.*see which reports"):
        getattr(library, ask)("nothing")


def test_a_transaction_that_fails_leaves_everything_as_it_was(library, page_file, putting, reading):
    putting(library, page_file, id="norland")
    before = snapshot(library)
    report, text, passages = reading(page_file, id="other")

    class Torn(list):
        """Passages that end in the middle, as those of a process that is killed."""

        def __iter__(self):
            yield from passages[:3]
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.add(report, text, Torn(), today=TODAY)
    assert snapshot(library) == before
    library.add(report, text, passages, today=TODAY)
    assert library.generation == before[0] + 1


def test_every_change_raises_the_generation(library, page_file, putting):
    generations = [library.generation]
    for change in (
        lambda: putting(library, page_file, id="one"),
        lambda: putting(library, page_file, id="one", period="2021"),
        lambda: library.set_model("m"),
        lambda: library.remove("one"),
    ):
        change()
        generations.append(library.generation)
    assert generations == sorted(set(generations))


def test_a_digest_steps_aside_for_its_report_and_comes_back(
    library, page_file, digest_file, putting
):
    putting(library, digest_file, id="digest")
    alone = library.numbers()
    assert len(alone) == 1
    putting(library, page_file, id="norland", publisher="watch house")
    assert library.entry("digest").aside_for == "norland"
    assert library.entry("norland").aside_for is None
    assert not set(alone) & set(library.numbers())
    assert library.resolve(library.all_passages("digest")[0].id).passage.text == "It was dry."
    with pytest.raises(NotInLibrary, match="there is: norland"):
        library.numbers(Scope(report="digest"))
    library.remove("norland")
    assert library.entry("digest").aside_for is None
    assert library.numbers() == alone


def test_what_answers_come_from_follows_every_change(library, page_file, digest_file, putting):
    assert (library.active(), library.count(), list(library.sections())) == ((), 0, [])
    putting(library, digest_file, id="digest")
    assert [report.id for report in library.active()] == ["digest"]
    with Library(library.folder) as other:
        report = putting(other, page_file, id="norland", publisher="Watch House", period="2021")
        putting(other, page_file, id="norland", publisher="Watch House")
    (shelved,) = library.active()
    assert (shelved.id, shelved.version, shelved.title) == ("norland", 2, report.title)
    assert (shelved.publisher, shelved.period, shelved.kind) == ("Watch House", None, report.kind)
    assert library.count() == len(library.numbers()) == len(library.all_passages("norland"))
    paths = [passage.section for passage in library.all_passages("norland")]
    assert list(library.sections()) == [("norland", path) for path in dict.fromkeys(paths)]


def test_filters_choose_numbers(library, page_file, tmp_path, putting):
    other = tmp_path / "other.md"
    other.write_text("# Sudland\n\nRain.\n\n## Water\n\nMuch.\n", encoding="utf-8")
    putting(library, page_file, id="norland", country="Norland", period="2021")
    putting(library, other, id="sudland", country="Sudland", period="2020")

    def texts(**scope):
        found = library.passages(library.numbers(Scope(**scope)))
        return [passage.text.split()[0] for passage in found.values()]

    assert texts(country="sudland") == texts(report="sudland") == ["Rain.", "Much."]
    assert texts(section="water") == ["Wells", "Prices", "Much."]
    assert texts(section="water", country="Sudland") == ["Much."]
    assert texts(year=2020) == ["Rain.", "Much."]
    assert texts(year=2019) == ["June"]
    assert "June" not in texts(year=2021)
    assert texts(section="economic") == ["Miners", "Nobody"]


@pytest.mark.parametrize(
    ("scope", "sentence"),
    [
        (Scope(year=1999), "covers the year 1999 with these filters; the reports cover: 2021"),
        (Scope(section="roads"), "in a section 'roads' with these filters"),
        (Scope(section="water", year=2019), "in a section 'water' with these filters"),
    ],
)
def test_a_filter_that_nothing_passes_is_refused(library, page_file, putting, scope, sentence):
    putting(library, page_file, id="norland", period="2021")
    with pytest.raises(NotInLibrary, match=sentence):
        library.numbers(scope)


def encoding(byte=b"\0"):
    return StoredEncoding(vector=byte * 8, pieces=byte * 4, offsets=byte * 8, tokens=byte * 2)


def test_encodings_are_kept_by_model_and_text(library, page_file, putting):
    putting(library, page_file, id="norland")
    numbers = library.numbers()
    keys = [vector_key(p.searched) for p in library.passages(numbers).values()]
    library.store_encodings(
        "m", dict(zip(keys[:3], map(encoding, [b"a", b"b", b"c"]), strict=True))
    )
    library.store_encodings("other", {keys[3]: encoding(b"d")})
    assert library.encoded("m", keys) == set(keys[:3])
    assert library.encodings("m", numbers) == {
        numbers[0]: encoding(b"a"),
        numbers[1]: encoding(b"b"),
        numbers[2]: encoding(b"c"),
    }
    assert list(library.vectors("m", numbers)) == [(c * 8, c * 4) for c in (b"a", b"b", b"c")]
    library.set_model("m")
    assert library.encoded("other", keys) == set()
    assert library.model == "m"


def test_more_passages_than_a_statement_takes(library, tmp_path, putting):
    path = tmp_path / "long.txt"
    path.write_text("\n\n".join(f"Paragraph {n} ends." for n in range(1200)), encoding="utf-8")
    putting(library, path, id="long")
    numbers = library.numbers()
    assert len(library.passages(numbers)) == len(numbers) == 1200
    keys = [vector_key(p.searched) for p in library.passages(numbers).values()]
    library.store_encodings("m", {key: encoding() for key in keys})
    assert library.encoded("m", keys) == set(keys)
    assert len(list(library.vectors("m", numbers))) == 1200


def open_and_add(folder, path, name, start, putting):
    start.wait()
    with Library(folder) as library:
        putting(library, path, id=name)


def test_processes_that_open_a_new_library_and_add_at_once(tmp_path, page_file, putting):
    context = multiprocessing.get_context("fork")
    for turn in range(5):
        folder = tmp_path / f"library-{turn}"
        start = context.Event()
        processes = [
            context.Process(
                target=open_and_add, args=(folder, page_file, f"norland-{n}", start, putting)
            )
            for n in range(4)
        ]
        for process in processes:
            process.start()
        start.set()
        for process in processes:
            process.join(30)
        assert [process.exitcode for process in processes] == [0] * 4
        with Library(folder) as library:
            assert {entry.report.id for entry in library.entries()} == {
                f"norland-{n}" for n in range(4)
            }
            assert library.generation == 4
            assert library.damage() is None


def test_threads_that_read_one_library_at_once(library, page_file, putting):
    putting(library, page_file, id="norland")
    expected = library.all_passages("norland")
    wrong = []

    def read():
        found = [list(library.passages(library.numbers()).values()) for _ in range(50)]
        wrong.extend(passages for passages in found if passages != expected)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
