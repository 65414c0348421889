"""The parts put together."""

import contextlib

import pytest

from bot.assemble import Pincite
from bot.settings import Settings
from corpus.errors import BadMetadata, UnreadableReport
from corpus.intake import load
from corpus.storage.library import Outcome


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


def test_a_rebuild_makes_the_index_anew(opened):
    opened.rebuild()
    assert opened.ask("How many people fled to the South in 2021?", k=1).verdict == "perhaps"
    assert opened.library.damage() is None
