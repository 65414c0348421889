"""Questions to begin with."""

import contextlib

import pytest

from bot.assemble import Pincite
from bot.examples import WANTED, answered_examples
from bot.settings import Settings
from embeddings.verdict import Verdict


@pytest.fixture(params=["prepared", "with_page"])
def opened(request, own_copy):
    folder = own_copy(request.getfixturevalue(request.param))
    display = lambda *_: contextlib.nullcontext(lambda _: None)  # noqa: E731
    found = Pincite(Settings.read({}, library=str(folder)), display)
    with found.library:
        yield found


def test_examples_are_answered_and_distinct(opened):
    reports = [report.id for report in opened.active()]
    passages = [passage for name in reports for passage in opened.library.all_passages(name)]
    examples = answered_examples(passages, lambda question: opened.ask(question, k=1))
    assert len(set(examples)) == len(examples) == WANTED
    for question in examples:
        assert opened.ask(question, k=1).verdict is Verdict.ANSWERED


def test_a_library_that_answers_nothing_has_none(opened):
    refused = opened.ask("How do I bake a chocolate cake with butter?", k=1)
    assert refused.verdict is not Verdict.ANSWERED
    assert answered_examples([], lambda _: refused) == []
