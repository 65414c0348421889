"""Versions, removal and returns: what answers come from, and what old citations find."""

import pytest

from corpus.errors import NotInLibrary
from corpus.storage.entries import Outcome
from corpus.storage.library import Library

FIRST = "# Norland\n\n## Wells\n\nWells ran dry.\n\nTankers came.\n"
SECOND = "# Norland\n\n## Wells\n\nWells ran dry.\n\nNo tanker came.\n"
THIRD = "# Norland\n\n## Storms\n\nA storm came.\n"


@pytest.fixture
def write(tmp_path, library, putting):
    """Adds a text under the name of one report, as a person does who corrects a file."""

    def add(text, **given):
        path = tmp_path / "norland.md"
        path.write_text(text, encoding="utf-8")
        return putting(library, path, **given)

    return add


def texts(library):
    return [passage.text for passage in library.passages(library.numbers()).values()]


def test_only_the_newest_of_several_versions_is_answered_from(library, write):
    for text in (FIRST, SECOND, THIRD):
        write(text)
    assert texts(library) == ["A storm came."]
    assert library.entry("norland").version == 3
    assert library.count() == 1
    assert library.sections() == [("norland", ("Storms",))]


def test_a_sentence_that_was_corrected_away_is_found_and_said_to_be_superseded(library, write):
    write(FIRST)
    gone = next(p for p in library.all_passages("norland") if p.text == "Tankers came.")
    write(SECOND)
    write(THIRD)
    found = library.resolve(gone.id)
    assert (found.passage, found.version, found.superseded) == (gone, 1, True)


def test_a_sentence_in_two_versions_is_found_in_the_newer(library, write):
    write(FIRST)
    (kept, _) = library.all_passages("norland")
    write(SECOND)
    assert library.resolve(kept.id).version == 2
    assert not library.resolve(kept.id).superseded
    write(THIRD)
    assert library.resolve(kept.id).version == 2
    assert library.resolve(kept.id).superseded


def test_a_file_that_goes_back_is_a_version_of_its_own(library, write):
    for text in (FIRST, SECOND, FIRST):
        write(text)
    assert library.entry("norland").version == 3
    assert texts(library) == ["Wells ran dry.", "Tankers came."]


def test_an_old_citation_keeps_the_metadata_that_it_was_made_with(library, write):
    write(FIRST, publisher="Watch House", id="norland")
    old = library.all_passages("norland")[1]
    write(SECOND, publisher="Lantern Watch", id="norland")
    assert library.resolve(old.id).passage.report.publisher == "Watch House"
    assert library.entry("norland").report.publisher == "Lantern Watch"


def test_the_bytes_of_a_superseded_version_are_held_no_more(library, write):
    old = write(FIRST)
    new = write(SECOND)
    assert library.holding(old.sha256) == []
    assert library.holding(new.sha256) == [new]


def test_a_removed_report_takes_all_its_citations_along(library, write):
    write(FIRST)
    ids = [passage.id for passage in library.all_passages("norland")]
    write(SECOND)
    assert library.remove("norland") == 2
    for name in ids:
        with pytest.raises(NotInLibrary, match=name):
            library.resolve(name)


def test_a_report_that_is_added_after_its_removal_begins_at_version_one(library, write, reading):
    write(FIRST)
    write(SECOND)
    library.remove("norland")
    assert library.was_removed("norland")
    write(FIRST)
    assert library.entry("norland").version == 1
    assert not library.was_removed("norland")


def test_a_report_cannot_be_removed_twice_and_the_refusal_changes_nothing(library, write):
    write(FIRST)
    library.remove("norland")
    generation = library.generation
    with pytest.raises(NotInLibrary, match="none yet"):
        library.remove("norland")
    assert library.generation == generation


def test_numbers_of_passages_are_never_used_again(library, write):
    write(FIRST)
    before = library.numbers()
    library.remove("norland")
    write(FIRST)
    assert min(library.numbers()) > max(before)


def test_numbers_that_are_gone_are_left_out_and_the_others_come(library, write):
    write(FIRST)
    (first, second) = library.numbers()
    assert set(library.passages([first, 10**9, second])) == {first, second}
    assert library.passages([]) == {}


def test_a_superseded_passage_can_still_be_read_by_its_number(library, write):
    write(FIRST)
    old = library.numbers()
    write(THIRD)
    assert [passage.text for passage in library.passages(old).values()] == [
        "Wells ran dry.",
        "Tankers came.",
    ]
    assert not set(old) & set(library.numbers())


def test_another_model_drops_what_the_first_one_made_and_is_a_change(library, write):
    write(FIRST)
    library.set_model("words@1")
    generation = library.generation
    library.set_model("words@2")
    assert (library.model, library.generation) == ("words@2", generation + 1)


def test_two_libraries_of_one_folder_see_each_others_reports(tmp_path, library, write, putting):
    with Library(library.folder) as other:
        assert other.active() == ()
        write(FIRST)
        assert [report.id for report in other.active()] == ["norland"]
        other.remove("norland")
    assert library.active() == ()


def test_entries_stand_by_title_whatever_the_order_of_adding(tmp_path, library, putting):
    for title in ("Velmora", "Arland", "Norland"):
        path = tmp_path / f"{title.lower()}.md"
        path.write_text(f"# {title}\n\nIt was dry.\n", encoding="utf-8")
        putting(library, path)
    assert [entry.report.title for entry in library.entries()] == ["Arland", "Norland", "Velmora"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("publisher", "Lantern Watch"),
        ("country", "Velmora"),
        ("period", "2021-2022"),
        ("published", "2022-05-01"),
        ("url", "https://example.org/other"),
        ("licence", "CC BY 4.0"),
        ("language", "fr"),
        ("kind", "digest"),
    ],
)
def test_each_field_that_is_corrected_makes_a_version_with_it(
    library, page_file, reading, field, value
):
    before, text, passages = reading(page_file, id="norland")
    library.add(before, text, passages, today=before.accessed)
    report, text, passages = reading(page_file, id="norland", **{field: value})
    assert library.add(report, text, passages, today=report.accessed) == (Outcome.NEW_VERSION, 2)
    assert str(getattr(library.entry("norland").report, field)) == value
