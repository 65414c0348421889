"""What answers may come from: digests that step aside, filters, and press items by their year."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import NotInLibrary
from corpus.scope import Scope

DIGEST = "# Norland in short\n\nIt was dry.\n"
SECOND = "# Velmora\n\n## Right to water\n\nRivers rose.\n\n## Work\n\nMiners struck.\n"
OF_NORLAND = {"publisher": "Watch House", "country": "Norland", "period": "2021"}


@pytest.fixture
def shelf(library, page_file, tmp_path, putting):
    """The page about Norland in 2021, which lists items of 2021 and 2019, and Velmora in 2022."""
    putting(library, page_file, id="norland", **OF_NORLAND)
    path = tmp_path / "velmora.md"
    path.write_text(SECOND, encoding="utf-8")
    putting(library, path, id="velmora", country="Velmora", period="2022/23")
    return library


@pytest.fixture
def add_digest(library, tmp_path, putting):
    def add(**given):
        path = tmp_path / "digest.md"
        path.write_text(DIGEST, encoding="utf-8")
        return putting(library, path, **{"id": "digest", "kind": "digest", **given})

    return add


def texts(library, **scope):
    return [p.text for p in library.passages(library.numbers(Scope(**scope))).values()]


def reports(library, **scope):
    found = library.passages(library.numbers(Scope(**scope))).values()
    return {passage.report.id for passage in found}


@pytest.mark.parametrize(
    ("scope", "found"),
    [
        ({}, {"norland", "velmora"}),
        ({"report": "NORLAND"}, {"norland"}),
        ({"country": "velmora"}, {"velmora"}),
        ({"year": 2021}, {"norland"}),
        ({"year": 2019}, {"norland"}),  # by its press item alone
        ({"year": 2022}, {"velmora"}),
        ({"year": 2023}, {"velmora"}),
        ({"section": "right to water"}, {"norland", "velmora"}),
        ({"section": "WORK"}, {"norland", "velmora"}),  # "Workers’ rights" too
        ({"section": "child labour"}, {"norland"}),
        ({"country": "Velmora", "section": "work"}, {"velmora"}),
    ],
)
def test_a_filter_lets_through_the_reports_that_it_names(shelf, scope, found):
    assert reports(shelf, **scope) == found


@pytest.mark.parametrize(
    ("scope", "says"),
    [
        ({"report": "nowhere"}, "no report that answers come from has the report 'nowhere'"),
        ({"country": "Arland"}, "there is: Norland, Velmora"),
        ({"year": 2018}, "the reports cover: 2021, 2022-2023"),
        ({"section": "fishing"}, "no passage that answers come from stands in a section 'fishing'"),
        ({"country": "Velmora", "year": 2021}, "nothing that answers come from covers the year"),
        ({"report": "velmora", "country": "Norland"}, "has the country 'Norland'; there is: Vel"),
        ({"year": 2019, "section": "water"}, "section 'water' with these filters"),
    ],
)
def test_a_filter_that_lets_nothing_through_is_refused_with_what_there_is(shelf, scope, says):
    with pytest.raises(NotInLibrary, match=says):
        shelf.numbers(Scope(**scope))


def test_a_press_item_is_of_its_own_year_and_not_of_its_reports(shelf):
    assert texts(shelf, year=2019) == [
        next(p.text for p in shelf.all_passages("norland") if p.press and p.press.date.year == 2019)
    ]
    of_2021 = texts(shelf, year=2021)
    assert any("Dry Wells" in text for text in of_2021)
    assert not any("Free the marchers" in text for text in of_2021)


def test_the_years_of_press_items_are_told_once_each_in_order(shelf):
    assert shelf.press_years() == [2019, 2021]
    shelf.remove("norland")
    assert shelf.press_years() == []


def test_a_year_that_was_corrected_away_is_told_no_more(shelf, page_file, putting):
    text = page_file.read_text("utf-8").replace("June 8, 2019", "June 8, 2018")
    page_file.write_text(text, encoding="utf-8")
    putting(shelf, page_file, id="norland", **OF_NORLAND)
    assert shelf.press_years() == [2018, 2021]


def test_sections_are_told_in_reading_order_report_by_report(shelf):
    paths = [path for name, path in shelf.sections() if name == "norland"]
    assert paths[0] == ()
    assert paths.index(("Right to water",)) < paths.index(("Freedom of assembly",))
    assert paths.index(("Economic and social rights", "Workers’ rights")) < paths.index(
        ("Economic and social rights", "Child labour")
    )
    assert len(paths) == len(set(paths))
    assert [name for name, _ in shelf.sections()][-1] == "velmora"


@pytest.mark.parametrize(
    ("given", "away"),
    [
        (OF_NORLAND, True),
        ({**OF_NORLAND, "publisher": "watch house", "country": "NORLAND"}, True),
        ({**OF_NORLAND, "period": "2021-01-01/2021-12-31"}, True),
        ({**OF_NORLAND, "period": "2020"}, False),
        ({**OF_NORLAND, "period": ""}, False),
        ({**OF_NORLAND, "publisher": "Lantern Watch"}, False),
        ({**OF_NORLAND, "publisher": ""}, False),
        ({**OF_NORLAND, "country": "Velmora"}, False),
        ({**OF_NORLAND, "kind": "verbatim"}, False),
    ],
)
def test_a_digest_steps_aside_only_for_the_report_that_it_retells(shelf, add_digest, given, away):
    add_digest(**given)
    assert shelf.entry("digest").aside_for == ("norland" if away else None)
    assert ("digest" in reports(shelf)) is not away
    assert ("digest" in {report.id for report in shelf.active()}) is not away


def test_a_digest_that_steps_aside_is_no_choice_of_a_filter(shelf, add_digest):
    add_digest(**OF_NORLAND)
    with pytest.raises(NotInLibrary, match="there is: norland, velmora"):
        shelf.numbers(Scope(report="digest"))


def test_a_digest_that_steps_aside_is_still_cited_and_shown(shelf, add_digest):
    add_digest(**OF_NORLAND)
    (passage,) = shelf.all_passages("digest")
    assert shelf.resolve(passage.id).passage == passage
    assert not shelf.resolve(passage.id).superseded


def test_two_digests_of_one_report_both_step_aside_and_both_come_back(shelf, add_digest):
    add_digest(id="short", **OF_NORLAND)
    add_digest(id="shorter", **OF_NORLAND)
    assert {"short", "shorter"} & reports(shelf) == set()
    shelf.remove("norland")
    assert {"short", "shorter"} <= reports(shelf)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    year=st.none() | st.integers(2018, 2024),
    country=st.sampled_from([None, "Norland", "Velmora"]),
    section=st.sampled_from([None, "water", "rights", "labour"]),
)
def test_filters_together_let_through_what_each_lets_through(shelf, year, country, section):
    def numbers(**scope):
        try:
            return set(shelf.numbers(Scope(**scope)))
        except NotInLibrary:
            return set()

    together = numbers(year=year, country=country, section=section)
    assert together == numbers(year=year) & numbers(country=country) & numbers(section=section)


def test_numbers_ascend_whatever_the_order_of_adding(shelf):
    found = shelf.numbers(Scope(section="w"))
    assert found == sorted(set(found))


def test_the_count_is_that_of_the_numbers(shelf, add_digest):
    assert shelf.count() == len(shelf.numbers())
    add_digest(**OF_NORLAND)
    assert shelf.count() == len(shelf.numbers())
