"""The small commands: schema, status, list, show and remove on a library that needs no model."""

import json

import jsonschema
import pytest

PASSAGE_OF_NOBODY = "0123456789abcdef"


@pytest.fixture
def folder(library, page_file, putting):
    putting(library, page_file, id="norland", publisher="Watch House", period="2021")
    library.close()
    return library.folder


@pytest.fixture
def run(pincite, folder):
    return lambda *arguments: pincite(*map(str, arguments), "--library", str(folder))


def test_the_schema_is_one_that_validators_take(pincite):
    ran = pincite("schema")
    jsonschema.Draft202012Validator.check_schema(json.loads(ran.out))
    assert ran.status == 0


def test_a_report_is_listed_and_shown_without_a_model(run):
    assert "norland\n    “Norland”, Watch House, covering 2021, verbatim, 9 passages" in (
        run("list").out
    )
    assert "Economic and social rights – Child labour" in run("show", "norland").out


def test_a_passage_is_shown_with_its_citation(run, reading, page_file):
    _, _, passages = reading(page_file, id="norland")
    ran = run("show", passages[0].id)
    assert ran.out.startswith("This entry sums up what observers saw")
    assert "para. 1" in ran.out


@pytest.mark.parametrize("command", ["show", "remove"])
@pytest.mark.parametrize("name", ["nowhere", PASSAGE_OF_NOBODY, "../norland"])
def test_what_is_not_there_is_named_and_nothing_changes(run, command, name):
    before = run("list").out
    ran = run(command, name)
    assert (ran.status, ran.out) == (2, "")
    assert repr(name) in ran.err
    assert len(ran.err.splitlines()) == 1
    assert run("list").out == before


def test_a_removed_report_is_listed_no_more_and_its_passages_are_not_found(run, reading, page_file):
    _, _, passages = reading(page_file, id="norland")
    assert run("remove", "norland").status == 0
    assert "norland" not in run("list").out
    assert run("show", passages[0].id).status == 2


def test_the_status_of_a_library_before_its_first_question(run, folder):
    ran = run("status")
    assert ran.status == 0
    assert f"library    {folder}" in ran.out
    assert "model      none yet" in ran.out
    assert "index      none yet: the first question makes it" in ran.out
    assert "health     sound" in ran.out


def test_the_status_of_a_damaged_library_fails_and_names_what_is_wrong(run, library, folder):
    from corpus.storage.library import Library

    with Library(folder) as opened:
        opened._db.change("UPDATE texts SET text = upper(text) WHERE report_id = 'norland'")
    ran = run("status")
    assert ran.status == 1
    assert "is not what its report says there" in ran.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("completion", "tcsh"), "'tcsh' is not one of"),
        (("completion",), "Missing argument"),
        (("show",), "Missing argument"),
        (("remove",), "Missing argument"),
        (("schema", "more"), "unexpected extra argument"),
        (("list", "--modle", "x"), "No such option"),
    ],
)
def test_wrong_use_is_said_and_ends_in_two(pincite, arguments, says):
    ran = pincite(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert says in ran.err
