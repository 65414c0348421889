"""What became of a passage since it was cited."""

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.citing.fates import Fate, difference, fate_of
from corpus.errors import NotInLibrary
from corpus.storage.entries import Outcome
from tests.conftest import read_report

FIRST = (
    "# Norland\n\n## Wells\n\nWells ran dry in May in four valleys of the north.\n\nTankers came.\n"
)
TODAY = datetime.date.today()


@pytest.fixture
def write(library, tmp_path):
    path = tmp_path / "norland.md"

    def write(text, day=TODAY, **given):
        path.write_text(text, encoding="utf-8")
        report, text, passages = read_report(path, id="norland", **given)
        outcome, _ = library.add(report, text, passages, today=day)
        assert outcome is not Outcome.UNCHANGED
        return passages

    return write


@pytest.fixture
def found(library):
    return lambda passage: fate_of(library.history(passage.id))


def test_a_passage_of_the_current_version_stands(write, found):
    wells, _ = write(FIRST)
    assert found(wells).fate is Fate.STANDS
    assert found(wells).now == (wells,)


def test_a_correction_of_the_metadata_keeps_both_citations(write, found):
    wells, _ = write(FIRST, datetime.date(2026, 1, 1), publisher="Watch Hose")
    write(FIRST, datetime.date(2026, 3, 1), publisher="Watch House")
    was, now = found(wells).editions
    assert found(wells).fate is Fate.STANDS
    assert was.passage.report.publisher == "Watch Hose"
    assert now.passage.report.publisher == "Watch House"
    assert (was.since, was.until) == (datetime.date(2026, 1, 1), datetime.date(2026, 3, 1))
    assert (now.since, now.until) == (datetime.date(2026, 3, 1), None)


def test_a_passage_that_stands_elsewhere_was_moved_from_its_place_to_that(write, found):
    wells, _ = write(FIRST)
    write(
        "# Norland\n\n## Water\n\nTankers came.\n\n"
        "Wells ran dry in May in four valleys of the north.\n"
    )
    moved = found(wells)
    assert moved.fate is Fate.MOVED
    assert moved.editions[0].passage.section == ("Wells",)
    assert (moved.now[0].section, moved.now[0].number) == (("Water",), 2)


def test_a_passage_of_other_words_is_compared_word_by_word(write, found):
    wells, _ = write(FIRST)
    write(FIRST.replace("in May in four", "in June in five"))
    changed = found(wells)
    assert changed.fate is Fate.CHANGED
    assert changed.now[0].text == "Wells ran dry in June in five valleys of the north."
    assert [(word.was, word.now) for word in changed.difference if word.was != word.now] == [
        ("May", "June"),
        ("four", "five"),
    ]
    assert changed.editions[0].passage == wells


def test_a_passage_that_is_parted_or_joined_still_stands_in_its_words(write, found):
    _, tankers = write(FIRST)
    joined = "Tankers came. They came late."
    parted = write(FIRST.replace("Tankers came.", joined))
    assert found(tankers).fate is Fate.RECUT
    assert [passage.text for passage in found(tankers).now] == [joined]
    write(FIRST.replace("Tankers came.", "Tankers came.\n\nThey came late."))
    assert [passage.text for passage in found(parted[-1]).now] == [
        "Tankers came.",
        "They came late.",
    ]


def test_a_passage_that_nothing_is_like_is_gone(write, found):
    wells, _ = write(FIRST)
    write("# Norland\n\n## Wells\n\nNo permit was given to any march.\n\nTankers came.\n")
    assert found(wells).fate is Fate.GONE
    assert found(wells).now == ()
    assert found(wells).editions[0].passage == wells


def test_of_a_removed_report_the_day_is_left_and_no_word(write, found, library):
    passages = write(FIRST)
    write(FIRST.replace("May", "June"))
    library.remove("norland")
    for passage in passages:
        removed = found(passage)
        assert removed.fate is Fate.REMOVED
        assert (removed.tombstone.report_id, removed.tombstone.removed) == ("norland", TODAY)


def test_a_report_that_comes_back_is_resolved_again(write, found, library):
    wells, _ = write(FIRST)
    library.remove("norland")
    write(FIRST)
    assert found(wells).fate is Fate.STANDS


def test_what_never_was_here_is_refused(library):
    with pytest.raises(NotInLibrary, match="0123456789abcdef"):
        library.history("0123456789abcdef")


@given(
    st.lists(st.sampled_from("abcde"), max_size=12), st.lists(st.sampled_from("abcde"), max_size=12)
)
def test_a_comparison_has_all_words_of_both_in_order(was, now):
    words = difference(" ".join(was), " ".join(now))
    assert " ".join(word.was for word in words if word.was).split() == was
    assert " ".join(word.now for word in words if word.now).split() == now
    assert all(word.was or word.now for word in words)


def test_two_paragraphs_of_one_report_are_not_taken_for_a_revision(invented_report):
    from rapidfuzz.fuzz import ratio

    from corpus.citing.fates import _SAME_PARAGRAPH

    _, _, passages = read_report(invented_report)
    shared = [
        ratio(one.text.split(), other.text.split())
        for one, other in itertools.combinations(passages, 2)
    ]
    assert max(shared) < _SAME_PARAGRAPH
