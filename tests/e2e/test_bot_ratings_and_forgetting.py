"""What is kept with a person's consent, and what is deleted when they ask for it."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from running import RunningBot
from telegram_server import Conversation, TelegramServer

CAMPS = "How many detainees are held in the torvas?"
FLED = "How many people fled to Kell in 2021?"


def test_ratings_are_kept_with_consent_only(chat: Conversation, library: Path) -> None:
    chat.says(FLED)
    answer = chat.wait_for_answer()
    answer.press("👍")
    consent = chat.wait_for_answer()
    assert consent.buttons == ["Yes, store", "No"]
    assert len(consent.text) < 150
    consent.press("No")
    consent.wait_for_edit()
    assert consent.text == "Nothing was stored."
    assert answer.press("👎").wait_for_answer()["text"] == "Nothing was stored."
    assert kept(library) == []


def kept(library: Path) -> list[dict[str, str]]:
    """The ratings in the library's folder."""
    return [json.loads(file.read_text("utf-8")) for file in library.glob("feedback/*.json")]


def test_a_rating_with_consent_is_kept_once_with_what_was_told(
    chat: Conversation, library: Path
) -> None:
    chat.says(CAMPS)
    answer = chat.wait_for_answer()
    answer.press("👍")
    consent = chat.wait_for_answer()
    for told in (
        "the question",
        "passage’s number",
        "your rating",
        "without your name",
        "whenever",
    ):
        assert told in consent.text
    consent.press("Yes, store").wait_for_answer()
    assert answer.press("👍").wait_for_answer()["text"] == "Stored. Thank you."
    answer.press("👎").wait_for_answer()
    ratings = kept(library)
    for rating in ratings:
        assert set(rating) == {"id", "question", "passage_id", "said", "state", "evidence"}
        assert rating["question"] == CAMPS
    assert sorted(rating["said"] for rating in ratings) == ["right", "wrong passage"]
    shutil.rmtree(library / "feedback")
    chat.says("/forget")
    chat.wait_for_answer().press("Yes, delete")
    chat.wait_for_answer()
    chat.says(CAMPS)
    chat.wait_for_answer().press("👎")
    assert "May I store" in chat.wait_for_answer().text


def test_forget_deletes_both_sides_and_the_state(chat: Conversation) -> None:
    chat.says("/language fr")
    chat.wait_for_answer()
    chat.says("/language en")
    chat.wait_for_answer()
    chat.says(CAMPS)
    answer = chat.wait_for_answer()
    chat.says("/forget")
    asked = chat.wait_for_answer()
    asked.press("No")
    assert "Nothing was deleted" in chat.wait_for_answer().text
    asked.press("Yes, delete")
    assert "Not deletable by me" in chat.wait_for_answer().text
    assert [message.text[:8] for message in chat.messages] == ["Deleted:"]
    assert answer.deleted
    chat.says("why?")
    assert "whole question" in chat.wait_for_answer().text


def test_forget_reaches_back_to_what_is_not_remembered_for_two_days(
    server: TelegramServer, bot: RunningBot, people: Iterator[int]
) -> None:
    """What another process wrote, and the person, is deleted, but what is too old for Telegram."""
    chat = server.private(server.person(next(people)))
    old = chat.says("two days ago", age_s=48 * 3600 + 60)
    unknown = chat.says("yesterday", age_s=24 * 3600)
    other = server.private(server.person(next(people)))
    others = other.says("somebody else's", age_s=3600)
    chat.says("/forget")
    chat.wait_for_answer().press("Yes, delete")
    chat.wait_for_answer()
    assert (old.deleted, unknown.deleted, others.deleted) == (False, True, False)
