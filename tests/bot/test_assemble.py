"""The parts put together."""

import contextlib

import pytest

from bot.assemble import Pincite
from bot.settings import Settings
from corpus import intake
from corpus.cutting import cut
from corpus.errors import BadMetadata, UnreadableReport
from corpus.intake import load
from corpus.storage.entries import Outcome
from corpus.storage.library import Library


@pytest.fixture
def displayed():
    return []


@pytest.fixture
def opened(prepared, own_copy, displayed):
    @contextlib.contextmanager
    def display(title, steps):
        done = []
        yield done.append
        displayed.append((title, steps, sum(done)))

    found = Pincite(Settings.read(library=str(own_copy(prepared))), display)
    with found.library:
        yield found


def test_a_prepared_library_is_opened_without_encoding(opened, displayed):
    assert [report.id for report in opened.active()] == [
        "amnesty-international-north-korea-2021-digest"
    ]
    assert displayed == []


def test_progress_reaches_its_end(opened, displayed, page_file):
    added = opened.add(load(page_file, {"id": "norland"}))
    assert (added.outcome, added.version, added.passages, added.encoded) == (
        Outcome.ADDED,
        1,
        9,
        9,
    )
    assert ("Encoding Norland", 9, 9) in displayed


def test_what_is_stated_later_changes_only_that(opened, page_file):
    opened.add(load(page_file, {"id": "norland", "period": "2021"}))
    added = opened.add(load(page_file, {"country": "Norland"}))
    assert (added.report.id, added.outcome, added.version) == ("norland", Outcome.NEW_VERSION, 2)
    assert str(added.report.period) == "2021"
    again = opened.add(load(page_file, {}))
    assert (again.outcome, again.version, again.encoded) == (Outcome.UNCHANGED, 2, 0)


def test_the_same_file_may_be_two_reports(opened, page_file):
    opened.add(load(page_file, {"id": "one"}))
    added = opened.add(load(page_file, {"id": "two"}))
    assert (added.report.id, added.outcome, added.encoded) == ("two", Outcome.ADDED, 0)
    assert {"one", "two"} <= {report.id for report in opened.active()}


def test_a_file_is_checked_before_any_library_is_opened(tmp_path, page_file):
    with pytest.raises(UnreadableReport):
        load(tmp_path / "none.txt", {})
    with pytest.raises(BadMetadata):
        load(page_file, {"period": "soon"})


def test_a_file_is_cut_once(opened, page_file, monkeypatch):
    cuts = []

    def counted(*given):
        cuts.append(given)
        return cut(*given)

    monkeypatch.setattr(intake, "cut", counted)
    opened.add(load(page_file, {"id": "norland"}))
    assert len(cuts) == 1
    # What is stated now only names the report anew, whose passages say so.
    opened.add(load(page_file, {"country": "Norland"}))
    assert len(cuts) == 2
    passages = opened.report_passages("norland")
    assert {passage.report.country for passage in passages} == {"Norland"}
    assert passages == cut(passages[0].report, load(page_file, {}).document)


def test_a_title_that_is_known_decides_what_is_a_section(opened, tmp_path):
    path = tmp_path / "n.md"
    path.write_text("# Wells\n\nThey ran dry.\n", "utf-8")
    opened.add(load(path, {"id": "n", "title": "Norland"}))
    opened.add(load(path, {"country": "Norland"}))
    assert [passage.section for passage in opened.report_passages("n")] == [("Wells",)]


def test_a_rebuild_reads_all_reports_at_one_moment(opened, page_file, monkeypatch):
    opened.add(load(page_file, {"id": "norland"}))
    all_passages = Library.all_passages
    with Library(opened.library.folder) as other:

        def removed_meanwhile(library, report_id):
            if any(entry.report.id == "norland" for entry in other.entries()):
                other.remove("norland")
            return all_passages(library, report_id)

        monkeypatch.setattr(Library, "all_passages", removed_meanwhile)
        opened.rebuild()
    assert [report.id for report in opened.active()] == [
        "amnesty-international-north-korea-2021-digest"
    ]
    assert opened.ask("How many people fled to the South in 2021?", k=1).verdict == "perhaps"


def test_a_running_search_takes_up_what_came_without_an_encoding(opened, page_file, putting):
    opened.ask("How many people fled to the South in 2021?", k=1)
    with Library(opened.library.folder) as other:
        putting(other, page_file, id="norland")
    (hit,) = opened.ask("Which wells ran dry in the Tarn valley?", k=1).hits
    assert hit.passage.report.id == "norland"


def test_a_rebuild_makes_the_index_anew(opened):
    opened.rebuild()
    assert opened.ask("How many people fled to the South in 2021?", k=1).verdict == "perhaps"
    assert opened.library.damage() is None
