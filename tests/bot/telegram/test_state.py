"""What is remembered of a talk in Telegram, how much of it, and for how long."""

import re

import pytest

from bot.answering.answer import Answer, Coverage
from bot.conversation.moves import EMPTY
from bot.telegram import state
from bot.telegram.messages.view import View
from bot.telegram.state import REMEMBERED_S, Talk, Talks, new_key
from embeddings.judging.verdict import Verdict, shipped_models

NOTHING_FOUND = Answer(
    question="?",
    searched="?",
    verdict=Verdict.OUTSIDE,
    confidence=0,
    judged_by=shipped_models()[-1],
    hits=(),
    coverage=Coverage(titles=(), countries=(), periods=()),
)


def view(key):
    return View(key=key, answer=NOTHING_FOUND)


class Clock:
    def __init__(self):
        self.now = 1_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def talks(clock):
    return Talks(clock)


def test_a_talk_begins_with_nothing_remembered(talks):
    talk = talks.of(1, 1)
    assert talk.conversation == EMPTY
    assert (talk.language, talk.may_store, talk.album) == (None, None, None)
    assert talk.last() is None


def test_a_talk_is_the_same_one_while_it_goes_on(talks, clock):
    talk = talks.of(1, 1)
    for _ in range(5):
        clock.now += REMEMBERED_S - 1
        assert talks.of(1, 1) is talk


@pytest.mark.parametrize(("later", "remembered"), [(REMEMBERED_S, True), (REMEMBERED_S + 1, False)])
def test_silence_of_half_an_hour_is_the_longest(talks, clock, later, remembered):
    talk = talks.of(1, 1)
    clock.now += later
    assert (talks.of(1, 1) is talk) is remembered


@pytest.mark.parametrize("other", [(1, 2), (2, 1), (2, 2), (-1, 1), (11, 1), (1, 11)])
def test_a_person_in_a_chat_has_a_talk_of_their_own(talks, other):
    talks.of(1, 1).language = "fr"
    assert talks.of(*other).language is None
    assert talks.of(1, 1).language == "fr"


def test_two_numbers_are_not_run_together_to_a_name(talks):
    assert talks.name(1, 23) != talks.name(12, 3)


def test_a_name_holds_neither_number(talks):
    assert b"7012345678" not in talks.name(7012345678, 7012345678)
    assert len(talks.name(1, 1)) == 32


def test_only_silent_talks_expire(talks, clock):
    silent, lively = talks.of(1, 1), talks.of(2, 2)
    clock.now += REMEMBERED_S - 1
    talks.of(2, 2)
    clock.now += 2
    talks.expire()
    assert talks.of(2, 2) is lively
    assert talks.of(1, 1) is not silent


def test_a_talk_that_is_taken_up_again_outlives_one_begun_after_it(talks, clock):
    first = talks.of(1, 1)
    clock.now += 10
    second = talks.of(2, 2)
    clock.now += 10
    talks.of(1, 1)
    clock.now += REMEMBERED_S - 5
    assert talks.of(1, 1) is first
    assert talks.of(2, 2) is not second


def test_a_forgotten_talk_begins_anew_and_others_stay(talks):
    gone, kept = talks.of(1, 1), talks.of(1, 2)
    talks.forget(1, 1)
    assert talks.of(1, 1) is not gone
    assert talks.of(1, 2) is kept


def test_forgetting_what_was_never_said_is_no_error(talks):
    talks.forget(9, 9)
    assert talks.of(9, 9).conversation == EMPTY


def test_of_too_many_talks_the_one_silent_longest_is_let_go(monkeypatch, talks, clock):
    monkeypatch.setattr(state, "_MOST_TALKS", 3)
    first, second, third = (talks.of(1, person) for person in (1, 2, 3))
    clock.now += 1
    talks.of(1, 1)
    talks.of(1, 4)
    assert talks.of(1, 1) is first
    assert talks.of(1, 3) is third
    assert talks.of(1, 2) is not second


def test_of_too_many_views_in_all_the_talks_silent_longest_are_let_go(monkeypatch, talks, clock):
    monkeypatch.setattr(state, "_MOST_VIEWS_IN_ALL", 4)
    for person in (1, 2, 3):
        clock.now += 1
        for number in range(2):
            talks.of(1, person).show(view(f"{person}{number}"), asked_in=None, before=EMPTY)
    talks.shrink()
    assert [talks.is_shown(f"{person}1") for person in (1, 2, 3)] == [False, True, True]
    talks.shrink()
    assert talks.is_shown("21")


def test_a_view_is_shown_while_its_talk_is_remembered(talks, clock):
    talks.of(1, 1).show(view("A"), asked_in=10, before=EMPTY)
    assert talks.is_shown("A")
    assert not talks.is_shown("B")
    clock.now += REMEMBERED_S + 1
    assert not talks.is_shown("A")


def test_a_view_of_a_forgotten_talk_is_shown_no_more(talks):
    talks.of(1, 1).show(view("A"), asked_in=10, before=EMPTY)
    talks.forget(1, 1)
    assert not talks.is_shown("A")


def test_what_was_shown_last_is_told():
    talk = Talk()
    first = talk.show(view("A"), asked_in=10, before=EMPTY)
    assert talk.last() is first
    second = talk.show(view("B"), asked_in=11, before=EMPTY)
    assert talk.last() is second


def test_a_view_is_found_by_the_message_that_asked():
    talk = Talk()
    first = talk.show(view("A"), asked_in=10, before=EMPTY)
    other = talk.show(view("B"), asked_in=11, before=EMPTY)
    assert talk.asked_in(10) is first
    assert talk.asked_in(11) is other
    assert talk.asked_in(12) is None


def test_of_two_views_for_one_message_the_later_is_found():
    talk = Talk()
    talk.show(view("A"), asked_in=10, before=EMPTY)
    later = talk.show(view("B"), asked_in=10, before=EMPTY)
    assert talk.asked_in(10) is later


def test_a_view_begins_unrated_unedited_and_in_no_message():
    shown = Talk().show(view("A"), asked_in=None, before=EMPTY)
    assert (shown.rated, shown.messages, shown.edited_at) == (set(), [], 0.0)


def test_views_share_no_messages_and_no_ratings():
    talk = Talk()
    talk.show(view("A"), asked_in=1, before=EMPTY).messages.append(5)
    assert talk.show(view("B"), asked_in=2, before=EMPTY).messages == []


def test_of_too_many_views_the_oldest_are_let_go(monkeypatch):
    monkeypatch.setattr(state, "_MOST_VIEWS", 3)
    talk = Talk()
    for key in "ABCDE":
        talk.show(view(key), asked_in=ord(key), before=EMPTY)
    assert list(talk.views) == ["C", "D", "E"]
    assert talk.asked_in(ord("A")) is None


def test_of_too_many_messages_the_oldest_are_let_go(monkeypatch):
    monkeypatch.setattr(state, "_MOST_MESSAGES", 3)
    talk = Talk()
    for number in (5, 6, 7, 8):
        talk.saw(number)
    assert list(talk.messages) == [6, 7, 8]


def test_a_message_is_remembered_once_and_none_is_none():
    talk = Talk()
    for number in (5, None, 5, 6):
        talk.saw(number)
    assert list(talk.messages) == [5, 6]


def test_keys_of_views_cannot_be_guessed_and_fit_a_button():
    keys = {new_key() for _ in range(500)}
    assert len(keys) == 500
    assert all(re.fullmatch(r"[\w-]{8}", key) for key in keys)
