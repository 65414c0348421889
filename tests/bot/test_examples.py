"""Questions to begin with."""

import contextlib
import itertools
from dataclasses import replace

import pytest

from bot.assemble import Pincite
from bot.examples import WANTED, answered_examples
from bot.settings import Settings
from corpus.intake import load
from embeddings.judging.verdict import Verdict, model_to_json, shipped_models


@pytest.fixture(params=["prepared", "with_page"])
def opened(request, own_copy):
    folder = own_copy(request.getfixturevalue(request.param))
    display = lambda *_: contextlib.nullcontext(lambda _: None)  # noqa: E731
    found = Pincite(Settings.read(library=str(folder)), display)
    with found.library:
        yield found


def test_examples_are_answered_and_distinct(opened):
    sections = [section for _, section in opened.library.sections()]
    examples = answered_examples(sections, lambda question: opened.ask(question, k=1))
    assert len(set(examples)) == len(examples) == WANTED
    for question in examples:
        assert opened.ask(question, k=1).verdict is Verdict.PERHAPS


def test_a_library_that_answers_nothing_has_none(opened):
    refused = opened.ask("How do I bake a chocolate cake with butter?", k=1)
    assert refused.verdict not in (Verdict.ANSWERED, Verdict.PERHAPS)
    assert answered_examples([], lambda _: refused) == []


def test_a_large_library_is_not_asked_about_every_section(opened):
    asked = []
    refused = opened.ask("How do I bake a chocolate cake with butter?", k=1)

    def ask(question):
        asked.append(question)
        return refused

    endless = ((f"Section {number}",) for number in itertools.count())
    assert answered_examples(endless, ask) == []
    assert len(set(asked)) == len(asked) <= 50


def test_examples_follow_the_library(opened, page_file):
    before = opened.examples()
    assert opened.known_examples() == before
    opened.add(load(page_file, {"id": "another"}))
    assert opened.known_examples() is None
    assert opened.examples()


def test_examples_follow_the_verdict(opened):
    assert opened.examples()
    written = model_to_json(replace(shipped_models()[-1], perhaps_from=1.0))
    opened.verdict_file.write_text(written, encoding="utf-8")
    assert opened.known_examples() is None
    assert opened.examples() == []
    opened.verdict_file.unlink()
    assert opened.known_examples() is None
    assert len(opened.examples()) == WANTED
