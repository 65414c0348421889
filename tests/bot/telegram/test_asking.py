"""“More” in Telegram goes on with the answer's passages, as the library has them by then."""

import asyncio
from types import SimpleNamespace

import pytest

from bot.assemble import Pincite
from bot.cli.progress import display
from bot.conversation.moves import EMPTY
from bot.conversation.reply import Further
from bot.settings import Settings
from bot.telegram.asking import onwards
from bot.telegram.engine import PAGING, Engine
from bot.telegram.messages.view import View

QUESTION = "What happened in Norland in May 2021 with wells, water, prices, miners and marches?"


@pytest.fixture
def opened(with_page, own_copy):
    found = Pincite(Settings.read(library=str(own_copy(with_page))), display)
    with found.library:
        yield found


@pytest.fixture
def engine(opened):
    found = Engine(opened)
    yield found
    found.close()


def asked(engine):
    """All that is ranked for the question, one of it shown; and the conversation after it."""
    answer, conversation = asyncio.run(engine.reply(QUESTION, EMPTY))
    assert len(answer.hits) == PAGING.shown
    hits = (*answer.hits, *conversation.ranked)
    assert len(hits) == PAGING.ranked
    return [hit.passage for hit in hits], View(key="AAAAAAAA", answer=answer), conversation


def shown_after(engine, view, conversation):
    """The passages of every “More” until there is none, and the last view."""
    found = []
    desk = SimpleNamespace(bot=SimpleNamespace(username="pincite_bot"))
    said, conversation = asyncio.run(engine.more(conversation))
    while isinstance(said, Further):
        view = onwards(desk, view, said, conversation.ranked)
        found.append(view.passage)
        assert view.position == len(found)
        assert view.left == conversation.ranked
        said, conversation = asyncio.run(engine.more(conversation))
    return found, view


def test_more_shows_the_answers_passages_one_by_one(engine):
    ranked, view, conversation = asked(engine)
    found, last = shown_after(engine, view, conversation)
    assert [view.passage, *found] == ranked
    assert [hit.passage for hit in last.answer.hits] == ranked


def test_what_was_removed_meanwhile_is_passed_over_and_not_counted(engine, opened):
    ranked, view, conversation = asked(engine)
    gone = ranked[1].report
    kept = [passage for passage in ranked[1:] if passage.report != gone]
    opened.library.remove(gone.id)
    found, last = shown_after(engine, view, conversation)
    assert found == kept
    assert len(last.answer.hits) == 1 + len(kept)
