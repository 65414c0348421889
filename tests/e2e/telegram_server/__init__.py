"""A strict emulated Telegram Bot API server for end-to-end tests of a bot.

with TelegramServer() as server:
    ...  # start the bot with server.base_url and server.token
    alice = server.person(1001, "Alice", "es")
    chat = server.private(alice)
    chat.says("a question")
    answer = chat.wait_for_answer()
    answer.press("more").wait_for_answer()
    answer.wait_for_edit()
    server.fail("sendMessage", Fault.DROP_AFTER)
    chat.says("another question")
    server.check()

Not emulated: files and media sent by the bot, channels, basic groups, making and closing topics,
business, payments, reactions, polls, custom emoji and mentions of people without a name, inline
results other than articles of text, link previews, calls of methods in answers to webhooks,
certificates, and the forgetting of updates after a day. A bot whose inline result was chosen is
always told so, as with inline feedback at 100 %.
"""

from .conversation import Conversation, InlineAsking, Posting, Pressed
from .drawing import draw
from .faults import Fault, Order
from .flood import FloodLimits
from .journal import Request
from .model import User
from .server import TOKEN, TelegramServer

__all__ = [
    "TOKEN",
    "Conversation",
    "Fault",
    "FloodLimits",
    "InlineAsking",
    "Order",
    "Posting",
    "Pressed",
    "Request",
    "TelegramServer",
    "User",
    "draw",
]
