"""“More” in Telegram goes on with the answer's passages, as the library has them by then."""

import asyncio
from types import SimpleNamespace

import pytest

from bot.assemble import Pincite
from bot.cli.progress import display
from bot.conversation.moves import Ask
from bot.settings import Settings
from bot.telegram.asking import next_passage
from bot.telegram.engine import PASSAGES, Engine
from bot.telegram.messages.rendering import View
from corpus.scope import EVERYTHING

QUESTION = "What happened in Norland in May 2021 with wells, water, prices, miners and marches?"


@pytest.fixture
def opened(with_page, own_copy):
    found = Pincite(Settings.read(library=str(own_copy(with_page))), display)
    with found.library:
        yield found


@pytest.fixture
def desk(opened):
    engine = Engine(opened)
    yield SimpleNamespace(engine=engine)
    engine.close()


def asked(desk):
    ask = Ask(searched=QUESTION, carried=(), scope=EVERYTHING)
    answer = asyncio.run(desk.engine.ask(ask, QUESTION))
    assert len(answer.hits) == PASSAGES
    return View(key="AAAAAAAA", answer=answer)


def shown_after(desk, view):
    """The passages of every “More” until there is none."""
    found = []
    while (view := asyncio.run(next_passage(desk, view))) is not None:
        found.append(view.passage)
        assert view.position == len(found)
    return found


def test_more_shows_the_answers_passages_one_by_one(desk):
    view = asked(desk)
    assert shown_after(desk, view) == [hit.passage for hit in view.answer.hits[1:]]


def test_what_was_removed_meanwhile_is_passed_over_and_not_counted(desk, opened):
    view = asked(desk)
    gone = view.answer.hits[1].passage.report
    kept = [hit.passage for hit in view.answer.hits[1:] if hit.passage.report != gone]
    opened.library.remove(gone.id)
    assert shown_after(desk, view) == kept
    onwards = asyncio.run(next_passage(desk, view))
    assert onwards is None or len(onwards.answer.hits) == 1 + len(kept)
