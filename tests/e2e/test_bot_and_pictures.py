"""What is no typed text: pictures, captions, forwarded messages."""

from telegram_server import Conversation

CAMPS = "How many detainees are held in the torvas?"
FLED = "How many people fled to Kell in 2021?"


def test_what_is_no_text_gets_one_friendly_line(chat: Conversation) -> None:
    for kind in ("photo", "voice", "sticker"):
        chat.sends(kind)
        assert "typed questions" in chat.wait_for_answer().text
    for _ in range(3):
        chat.sends("photo", album="1")
    assert "typed questions" in chat.wait_for_answer().text
    chat.stays_silent(0.5)


def test_a_question_under_a_picture_and_a_forwarded_one_are_answered(chat: Conversation) -> None:
    chat.sends("photo", caption=FLED, album="2")
    for _ in range(2):
        chat.sends("photo", album="2")
    assert "217" in chat.wait_for_answer().text
    chat.sends("document", caption=f"/ask {CAMPS}")
    assert "48,000" in chat.wait_for_answer().text
    chat.forwards(FLED)
    assert "217" in chat.wait_for_answer().text
    chat.forwards("/forget")
    assert "typed questions" in chat.wait_for_answer().text
    chat.stays_silent(0.5)
