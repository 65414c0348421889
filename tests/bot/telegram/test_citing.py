"""`/cite STYLE` in Telegram: the passage in focus, and what is said where there is none."""

import asyncio
from dataclasses import replace
from types import SimpleNamespace

import pytest

from bot.conversation.moves import EMPTY, focused
from bot.telegram.asking import cite_in_style
from bot.telegram.messages.catalogue import catalogue
from corpus.citing.styles import NAMES, Style, cited
from tests.corpus.citing.passages import kinds

SAY = catalogue("en")


class Desk:
    """A desk that keeps what it sends; its talk is about one passage, or nothing yet."""

    def __init__(self, passage):
        conversation = replace(EMPTY, passages=(passage,)) if passage else EMPTY
        conversation = focused(conversation, passage) if passage else conversation
        self._talk = SimpleNamespace(conversation=conversation)
        self.engine = SimpleNamespace(run=self._run)
        self.sent = []

    async def _run(self, work):
        return work()

    def say(self, _):
        return SAY

    def talk(self, _):
        return self._talk

    async def send(self, _, draft):
        self.sent.append(draft.body.text)

    async def send_text(self, _, text):
        self.sent.append(text)


def sent(passage, name):
    desk = Desk(passage)
    asyncio.run(cite_in_style(desk, None, name))
    return desk.sent


@pytest.fixture
def passage(make):
    return kinds(make)["report"]


@pytest.mark.parametrize("name", ["", "note", "Tribunal", "refworld", "bibtex", "short"])
def test_the_passage_in_focus_is_cited_in_the_style(passage, name):
    style = Style(name.lower() or "note")
    assert sent(passage, name) == [cited(passage, style)]


def test_an_unknown_style_names_those_that_there_are(passage):
    assert sent(passage, "vancouver") == [SAY("no_style", styles=", ".join(NAMES))]


def test_before_anything_was_shown_that_is_said():
    assert sent(None, "oscola") == [SAY("no_sources")]
