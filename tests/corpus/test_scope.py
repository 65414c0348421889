"""Filters: what an answer may come from."""

import json

import pytest

from corpus.errors import NotInLibrary
from corpus.report import Period
from corpus.scope import EVERYTHING, Scope


def test_a_scope_without_restrictions_is_everything(make):
    reports = [make(), make(id="another", country=None)]
    assert EVERYTHING.is_everything
    assert EVERYTHING.reports(reports) == reports
    assert EVERYTHING.holds_section("[]")
    assert EVERYTHING.holds_year(make(), None)
    assert not Scope(year=2021).is_everything


def test_reports_are_chosen_by_id_and_country_whatever_the_case(make):
    norland, sudland = make(), make(id="sudland", country="Sudland")
    assert Scope(report="NORLAND-2021").reports([norland, sudland]) == [norland]
    assert Scope(country="sudLAND").reports([norland, sudland]) == [sudland]


@pytest.mark.parametrize(
    ("scope", "sentence"),
    [
        (Scope(report="x"), "no report .* has the report 'x'; there is: norland-2021, sudland."),
        (Scope(country="x"), "no report .* has the country 'x'; there is: Norland."),
        (Scope(report="sudland", country="Norland"), "the country 'Norland'; there is: none."),
    ],
)
def test_what_no_report_has_is_refused_with_what_there_is(make, scope, sentence):
    with pytest.raises(NotInLibrary, match=sentence):
        scope.reports([make(), make(id="sudland", country=None)])


def test_a_section_is_found_by_any_part_of_its_path():
    path = json.dumps(["Economic and social rights", "Workers’ rights"], ensure_ascii=False)
    assert Scope(section="workers’").holds_section(path)
    assert Scope(section="SOCIAL RIGHTS – workers").holds_section(path)
    assert not Scope(section="water").holds_section(path)
    assert not Scope(section="water").holds_section("[]")


def test_a_year_is_that_of_the_item_else_of_the_report(make):
    report = make(period=Period.parse("2020-12/2021-03"))
    assert Scope(year=2021).holds_year(report, None)
    assert not Scope(year=2022).holds_year(report, None)
    assert Scope(year=2016).holds_year(report, "2016-03-07")
    assert not Scope(year=2021).holds_year(report, "2016-03-07")
    assert not Scope(year=2021).holds_year(make(period=None), None)


def test_an_item_is_of_its_own_year_and_not_of_the_years_that_it_names(make):
    item = "2019-03-07 A look back at 2015"
    assert Scope(year=2019).holds_year(make(), item)
    assert not Scope(year=2015).holds_year(make(period=Period.parse("2015")), item)


def test_an_item_may_name_the_year_that_a_question_names(make):
    item = "2019-03-07 A look back at 2015"
    assert Scope(named_year=2015).holds_year(make(), item)
    assert Scope(named_year=2019).holds_year(make(), item)
    assert not Scope(named_year=2021).holds_year(make(period=Period.parse("2021")), item)
    assert Scope(named_year=2021).holds_year(make(period=Period.parse("2021")), None)
    assert not Scope(year=2021, named_year=2015).holds_year(make(), item)
