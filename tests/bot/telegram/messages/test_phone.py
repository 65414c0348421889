"""Replies to questions about the shipped digest fit a phone's screen, and have two rows at most."""

import json
from pathlib import Path

import pytest
from telegram_server import phone

from bot.assemble import Pincite
from bot.cli.progress import display
from bot.settings import Settings
from bot.telegram.messages.catalogue import LANGUAGES, catalogue
from bot.telegram.messages.rendering import answer_drafts
from bot.telegram.messages.view import View

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
    fitting = [draft for draft in drafts if lines(draft) <= phone.SCREEN]
    assert len(fitting) >= FITTING * len(drafts)


def lines(draft):
    entities = [entity.to_dict() for entity in draft.body.entities()]
    return phone.shown_lines(draft.body.text, entities, len(draft.rows))


@pytest.mark.parametrize(
    ("text", "entities", "rows", "count"),
    [
        ("", [], 0, 0),
        ("A line.", [], 2, 5),
        ("a" * 37, [], 0, 2),
        ("one\n\nthree", [], 0, 3),
        ("word " * 70, [("blockquote", 0, 350)], 0, 10),
        ("word " * 70 + "\nend", [("expandable_blockquote", 0, 350)], 0, 4),
        ("lead\n" + "word " * 70, [("expandable_blockquote", 5, 350)], 0, 4),
        ("😀 lead\n" + "word " * 70 + "\nend", [("expandable_blockquote", 8, 350)], 1, 7),
    ],
)
def test_a_folded_quotation_counts_its_shown_lines(text, entities, rows, count):
    marked = [{"type": kind, "offset": at, "length": length} for kind, at, length in entities]
    assert phone.shown_lines(text, marked, rows) == count
