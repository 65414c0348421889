"""Replies to questions about the shipped digest fit a phone's screen, and have two rows at most."""

import json
from pathlib import Path

import pytest

from bot.assemble import Pincite
from bot.cli.progress import display
from bot.settings import Settings
from bot.telegram.messages.catalogue import LANGUAGES, catalogue
from bot.telegram.messages.rendering import answer_drafts
from bot.telegram.messages.styled import Draft, plain
from bot.telegram.messages.view import View
from tests.bench.listening import ROW, SCREEN, screen

QUESTIONS = Path(__file__).parents[3] / "questions" / "digest.jsonl"
FITTING = 0.9


@pytest.fixture(scope="module")
def answers(prepared):
    """The answers to every twelfth question of the set, with the questions to ask instead."""
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()[::12]
    opened = Pincite(Settings.read(library=str(prepared)), display)
    with opened.library:
        found = [opened.ask(json.loads(line)["question"], k=5) for line in lines]
        examples = opened.examples()
    return found, examples


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("link", [None, "https://t.me/pincite_bot"])
def test_nine_of_ten_replies_fit_a_screen(answers, language, link):
    found, examples = answers
    say = catalogue(language)
    views = [View(key="AAAAAAAA", answer=answer, link=link) for answer in found]
    drafts = [draft for view in views for draft in answer_drafts(view, say, examples)]
    assert all(len(draft.rows) <= 2 for draft in drafts)
    fitting = [draft for draft in drafts if lines(draft) <= SCREEN]
    assert len(fitting) >= FITTING * len(drafts)


def lines(draft):
    return len(screen(draft)) + ROW * len(draft.rows)


@pytest.mark.parametrize(
    ("draft", "count"),
    [
        (plain("A line."), 1),
        (plain("a" * 37), 2),
        (plain("one\n\nthree"), 3),
        (plain("word " * 70).marked("blockquote"), 10),
        (plain("word " * 70).marked("expandable_blockquote"), 3),
        (plain("two words").marked("expandable_blockquote") + plain("\nend"), 2),
        (plain("lead\n") + plain("word " * 70).marked("expandable_blockquote"), 4),
    ],
)
def test_a_folded_quotation_counts_its_shown_lines(draft, count):
    assert lines(Draft(body=draft)) == count
