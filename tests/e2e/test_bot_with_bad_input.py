"""Whatever is typed to the bot or pressed: an answer, and no error in its log."""

import pytest
from running import RunningBot
from telegram_server import Conversation

from tests.nasty import STRINGS

COMMANDS = ("ask", "more", "sources", "filter", "language", "new", "cancel", "rubbish")
# As a text of Telegram's: no longer than it lets be typed, and nothing that it removes.
TYPED = [text[:300] for text in STRINGS if any(map(str.isprintable, text)) and text.strip()]


@pytest.mark.parametrize("text", TYPED)
def test_any_line_is_answered(chat: Conversation, text: str) -> None:
    chat.says(text)
    assert chat.wait_for_answer().text


def test_any_argument_of_a_command_is_answered_and_the_talk_goes_on(
    chat: Conversation, bot: RunningBot
) -> None:
    for place, command in enumerate(COMMANDS):
        chat.says(f"/{command} {TYPED[3 * place]}")
        assert chat.wait_for_answer().text
    chat.says("How many people fled to Kell in 2021?")
    assert "Kell" in chat.wait_for_answer().text
    assert bot.process.poll() is None
    assert "rror" not in bot.said
