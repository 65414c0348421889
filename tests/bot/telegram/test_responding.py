"""What a person is told where their question was not answered: not delivered, or no room."""

import asyncio
import datetime
import re
from types import SimpleNamespace

import pytest
from telegram import Chat, Message, MessageEntity, Update, User
from telegram.error import BadRequest, Forbidden

from bot.telegram.desk import Choices, Desk
from bot.telegram.responder import Responder
from bot.telegram.wire.fairness import Lanes
from bot.telegram.wire.polling import Pulse
from bot.telegram.wire.sending import Undelivered

ANN = User(id=1, first_name="A", is_bot=False, language_code="en")
PRIVATE, GROUP = Chat(id=1, type=Chat.PRIVATE), Chat(id=-100, type=Chat.SUPERGROUP)


class Bot:
    """Stands for Telegram: the first messages fail so, and those after them arrive."""

    id, username = 7, "PinciteBot"

    def __init__(self, *failures):
        self._failures = list(failures)
        self.sent = []

    async def send_message(self, chat, text, **_):
        if self._failures:
            raise self._failures.pop(0)
        self.sent.append((chat, text))
        return SimpleNamespace(message_id=len(self.sent))


def responder(bot):
    choices = Choices(allowed=frozenset(), inline=False, source="")
    return Responder(Desk(bot=bot, engine=None, choices=choices, lanes=Lanes()), Pulse())


def command(number, text, chat=PRIVATE):
    length = len(text.split()[0])
    message = Message(
        message_id=number,
        date=datetime.datetime.now(datetime.UTC),
        chat=chat,
        from_user=ANN,
        text=text,
        entities=[MessageEntity(MessageEntity.BOT_COMMAND, 0, length)],
    )
    return Update(number, message=message)


def told(*failures):
    """What arrives of the answer to a command, and of what is said where it does not."""
    bot = Bot(*failures)
    asyncio.run(responder(bot).handle(command(1, "/cancel"), None))
    return [text for _, text in bot.sent]


def test_what_was_not_delivered_is_told_with_its_hour():
    (text,) = told(Undelivered("sendMessage"))
    assert re.search(r"what you asked at \d\d:\d\d \(UTC\) may have got no answer", text)


def test_an_hour_that_cannot_be_told_either_is_no_error():
    assert told(Undelivered("sendMessage"), Undelivered("sendMessage")) == []


@pytest.mark.parametrize(
    ("failure", "count"), [(Forbidden("blocked"), 0), (BadRequest("strange"), 1)]
)
def test_other_failures_are_told_where_somebody_hears(failure, count):
    texts = told(failure)
    assert len(texts) == count
    assert all("Something went wrong" in text for text in texts)


def test_lines_without_room_are_named_in_the_chat_where_they_were_written():
    bot = Bot()
    refused = [
        command(1, "/ask What of wells?"),
        command(2, "/ask@PinciteBot What of rain?", GROUP),
        command(3, f"/ask {'word ' * 50}"),
    ]
    asyncio.run(responder(bot).full(refused, 0))
    in_private, in_group = (text.splitlines()[1:] for _, text in sorted(bot.sent, reverse=True))
    assert in_private[0] == "• /ask What of wells?"
    assert in_private[1].startswith("• /ask word word")
    assert in_private[1].endswith("…")
    assert in_group == ["• /ask What of rain?"]


def test_lines_beyond_those_named_are_counted():
    bot = Bot()
    asyncio.run(responder(bot).full([command(1, "/ask What of wells?")], 181))
    ((_, text),) = bot.sent
    assert text.endswith("• /ask What of wells? and 181 more")
