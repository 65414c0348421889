"""Questions to begin with: made of headings, kept, and found anew after a change."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from bot.examples import (
    FILE_NAME,
    WANTED,
    answered_examples,
    in_short,
    near_examples,
    question_about,
    read_examples,
    state,
    write_examples,
)
from bot.settings import Settings, shows_tracebacks
from embeddings.judging.verdict import Unfitted, Verdict, shipped_models

KEPT = ["What of the wells?", "Qu’en est-il des puits ?"]


def asked_of(*sections, answers=lambda question: "reported" in question):
    """The examples of sections where `answers` says which questions are answered."""

    def ask(question):
        verdict = Verdict.ANSWERED if answers(question) else Verdict.CLOSEST
        return SimpleNamespace(verdict=verdict)

    return answered_examples([(section,) for section in sections], ask)


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("Right to water", "What is reported about right to water?"),
        ("LGBTI people’s rights", "What is reported about LGBTI people’s rights?"),
        ("Économie", "What is reported about économie?"),
    ],
)
def test_a_heading_becomes_a_question_within_a_sentence(heading, question):
    assert asked_of(heading) == [question]


def test_of_a_path_the_innermost_heading_is_asked_about_and_the_introduction_is_not():
    verdicts = {"What is reported about child labour?": Verdict.ANSWERED}

    def ask(question):
        return SimpleNamespace(verdict=verdicts.get(question, Verdict.CLOSEST))

    assert answered_examples([(), ("Rights", "Child labour")], ask) == list(verdicts)


def test_two_sections_of_one_name_are_asked_about_once():
    assert asked_of("Child labour", "Child labour") == ["What is reported about child labour?"]


def test_no_more_are_asked_than_are_wanted():
    tried = []

    def answers(question):
        tried.append(question)
        return True

    assert len(asked_of("a", "b", "c", "d", "e", answers=answers)) == WANTED == len(tried)


def near(*headings, answers, known=None, asked=None):
    """The examples near to a question whose nearest passages stand under these headings."""

    def ask(question):
        if asked is not None:
            asked.append(question)
        verdict = Verdict.ANSWERED if answers in question else Verdict.OUTSIDE
        return SimpleNamespace(verdict=verdict)

    passages = [SimpleNamespace(section=("Rights", heading), press=None) for heading in headings]
    hits = [SimpleNamespace(passage=passage) for passage in passages]
    return near_examples(SimpleNamespace(hits=hits), ask, {} if known is None else known)


def test_examples_near_to_a_question_are_about_the_nearest_sections_that_are_answered():
    found = near(
        "Right to water", "Overview", "Right to water", "Right to health", answers="health"
    )
    assert found == ["What is reported about right to health?"]


def test_a_question_near_to_another_is_asked_once():
    asked, known = [], {}
    for _ in range(2):
        assert near("Right to water", answers="water", known=known, asked=asked)
    assert asked == ["What is reported about right to water?"]


def test_a_long_example_is_said_by_what_it_is_about():
    question = question_about("Freedoms of expression, association and assembly")
    assert in_short(question, 40) == "Freedoms of expression, association and assembly"
    assert in_short(question, 80) == question
    assert in_short(KEPT[0], 3) == KEPT[0]


def test_examples_are_kept_for_the_state_that_they_were_found_in(library):
    now = state(library, shipped_models()[-1])
    assert read_examples(library, now) is None
    write_examples(library, now, KEPT)
    assert read_examples(library, now) == KEPT
    assert read_examples(library, "another") is None


def test_every_change_that_an_answer_depends_on_is_another_state(library, page_file, putting):
    model = shipped_models()[-1]
    states = {state(library, model)}
    states.add(state(library, Unfitted(encoder=model.encoder, reader="reader@9")))
    states.add(state(library, replace(model, answer=replace(model.answer, yes_from=0.1))))
    putting(library, page_file)
    states.add(state(library, model))
    library.set_model("words@1")
    states.add(state(library, model))
    assert len(states) == 5


def test_the_state_of_what_did_not_change_is_the_same(library):
    assert state(library, shipped_models()[-1]) == state(library, shipped_models()[-1])


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"found_for": 1}', b"\xff", b"null"])
def test_a_file_of_examples_that_is_broken_is_as_none(library, content):
    (library.folder / FILE_NAME).write_bytes(content)
    assert read_examples(library, "now") is None
    write_examples(library, "now", KEPT)
    assert read_examples(library, "now") == KEPT


def test_examples_that_cannot_be_kept_are_no_error(library):
    (library.folder / FILE_NAME).mkdir()
    write_examples(library, "now", KEPT)
    assert read_examples(library, "now") is None


@pytest.mark.parametrize(
    ("environment", "shown"),
    [({}, False), ({"PINCITE_DEBUG": "1"}, True), ({"PINCITE_DEBUG": "0"}, False)],
)
def test_a_traceback_is_shown_only_where_it_is_asked_for(environment, shown):
    assert shows_tracebacks(environment) is shown


def test_a_variable_that_is_empty_chooses_nothing():
    assert Settings.read({"PINCITE_LIBRARY": "", "PINCITE_MODEL": ""}) == Settings.read({})
