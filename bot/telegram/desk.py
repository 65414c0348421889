"""What every handler works with: how to speak, to send, to edit, to show that one is busy."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

from telegram import ReplyParameters
from telegram.constants import ChatAction
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bot.telegram.catalogue import Catalogue, catalogue, language_for
from bot.telegram.counts import Counts
from bot.telegram.engine import Engine
from bot.telegram.fairness import Lanes
from bot.telegram.incoming import Sender
from bot.telegram.rendering import View, answer_drafts
from bot.telegram.sending import ResultLost
from bot.telegram.state import Shown, Talk, Talks
from bot.telegram.styled import Draft, Rows, plain

# Telegram shows "typing" for five seconds.
_TYPING_S = 4.5
# An answer is edited at most so often.
_EDIT_PERIOD_S = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the one who runs the bot chose.

    `allowed` are the numbers of the chats that are answered, empty for all. `source` says where
    the source code is.
    """

    allowed: frozenset[int]
    inline: bool
    source: str


@dataclass(slots=True, kw_only=True, eq=False)
class Desk:
    """The bot's hands."""

    bot: ExtBot[int]
    engine: Engine
    choices: Choices
    lanes: Lanes
    talks: Talks = field(default_factory=Talks)
    counts: Counts = field(default_factory=Counts)

    def talk(self, sender: Sender) -> Talk:
        """What is remembered of the one who wrote."""
        talk = self.talks.of(sender.chat, sender.person)
        talk.saw(sender.message)
        return talk

    def say(self, sender: Sender) -> Catalogue:
        """The texts of the language that a person reads."""
        talk = self.talks.of(sender.chat, sender.person)
        return catalogue(talk.language or language_for(sender.language))

    async def send(self, sender: Sender, draft: Draft, *, reply: bool = True) -> int | None:
        """Send a message, in a group as a reply; returns its number, None where it is lost."""
        answered = (
            ReplyParameters(sender.message, allow_sending_without_reply=True)
            if sender.in_group and reply
            else None
        )
        try:
            try:
                number = await self._send(sender.chat, draft, answered)
            except BadRequest:
                # An address that Telegram does not take refuses the whole message.
                number = await self._send(sender.chat, draft.without_links(), answered)
        except ResultLost:
            return None
        if not sender.in_group:
            self.talks.of(sender.chat, sender.person).saw(number)
        return number

    async def _send(self, chat: int, draft: Draft, answered: ReplyParameters | None) -> int:
        assert draft.fits, "a draft that does not fit is split before it is sent"
        message = await self.bot.send_message(
            chat,
            draft.body.text,
            entities=draft.body.entities(),
            reply_markup=draft.markup,
            reply_parameters=answered,
        )
        return message.message_id

    async def send_text(self, sender: Sender, text: str, rows: Rows = ()) -> int | None:
        """Send a text without style."""
        return await self.send(sender, Draft(body=plain(text), rows=rows))

    async def edit(self, chat: int, message: int, draft: Draft) -> None:
        """Put something else in place of a message."""
        with contextlib.suppress(ResultLost):
            try:
                await self.bot.edit_message_text(
                    draft.body.text,
                    chat_id=chat,
                    message_id=message,
                    entities=draft.body.entities(),
                    reply_markup=draft.markup,
                )
            except BadRequest as error:
                if "not modified" not in error.message:
                    raise

    async def edit_text(self, sender: Sender, text: str) -> None:
        """Put a text in place of the message that a button was pressed under."""
        await self.edit(sender.chat, sender.message, Draft(body=plain(text)))

    async def show(self, sender: Sender, shown: Shown, *, in_place_of: int | None = None) -> None:
        """Send a view, or put it in place of a message; what does not fit follows."""
        first, *others = await self.drafts(sender, shown.view)
        if in_place_of is None:
            shown.message = await self.send(sender, first)
        else:
            await asyncio.sleep(shown.edited_at + _EDIT_PERIOD_S - time.monotonic())
            await self.edit(sender.chat, in_place_of, first)
            shown.message, shown.edited_at = in_place_of, time.monotonic()
        for draft in others:
            await self.send(sender, draft)

    async def drafts(self, sender: Sender, view: View) -> list[Draft]:
        """The messages that show a view."""
        return answer_drafts(view, self.say(sender), await self.engine.examples())

    @contextlib.asynccontextmanager
    async def typing(self, chat: int) -> AsyncIterator[None]:
        """Show that an answer is being looked for, until it is found."""
        task = asyncio.create_task(self._type(chat))
        try:
            yield
        finally:
            task.cancel()

    async def _type(self, chat: int) -> None:
        with contextlib.suppress(TelegramError):
            while True:
                await self.bot.send_chat_action(chat, ChatAction.TYPING)
                await asyncio.sleep(_TYPING_S)

    async def delete(self, chat: int, messages: Sequence[int]) -> None:
        """Delete what Telegram lets the bot delete of these."""
        # deleteMessages takes a hundred at a time and passes over those it does not find.
        for start in range(0, len(messages), 100):
            with contextlib.suppress(BadRequest):
                await self.bot.delete_messages(chat, list(messages[start : start + 100]))
