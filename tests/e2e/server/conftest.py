"""What the tests of the emulated server share: a server without a pace, a chat, a call."""

from collections.abc import Iterator
from typing import Any

import pytest
from raw_calls import call
from telegram_server import Conversation, TelegramServer


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with TelegramServer(flood=None) as server:
        yield server


@pytest.fixture
def chat(server: TelegramServer) -> Conversation:
    chat = server.private(server.person(5001))
    chat.says("hello")
    return chat


@pytest.fixture
def send(server: TelegramServer, chat: Conversation) -> Any:
    return lambda text, **fields: call(server, "sendMessage", chat_id=chat.id, text=text, **fields)
