"""What every handler works with: how to speak, to send, to edit, to show that one is busy."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace

from telegram import ReplyParameters
from telegram.constants import ChatAction
from telegram.error import BadRequest, ChatMigrated, TelegramError
from telegram.ext import ExtBot

from bot.telegram.engine import Engine
from bot.telegram.incoming import Sender
from bot.telegram.messages.catalogue import Catalogue, catalogue, language_for
from bot.telegram.messages.rendering import answer_drafts
from bot.telegram.messages.styled import Draft, Rows, plain
from bot.telegram.messages.view import View
from bot.telegram.state import Shown, Talk, Talks
from bot.telegram.wire.counts import Counts
from bot.telegram.wire.fairness import Lanes
from bot.telegram.wire.sending import ResultLost
from corpus.errors import NotInLibrary

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
        assert draft.fits, "a draft that does not fit is split before it is sent"
        try:
            number = await self._send(sender, draft, reply=reply)
        except ResultLost:
            return None
        except ChatMigrated as moved:
            # A group that became a supergroup has another number, and other messages.
            there = replace(sender, chat=moved.new_chat_id, topic=None)
            return await self.send(there, draft, reply=False)
        if not sender.in_group:
            self.talks.of(sender.chat, sender.person).saw(number)
        return number

    async def _send(self, sender: Sender, draft: Draft, *, reply: bool) -> int:
        answered = (
            ReplyParameters(sender.message, allow_sending_without_reply=True)
            if sender.in_group and reply
            else None
        )

        async def sent(tried: Draft) -> int:
            message = await self.bot.send_message(
                sender.chat,
                tried.body.text,
                entities=tried.body.entities(),
                reply_markup=tried.markup,
                reply_parameters=answered,
                message_thread_id=sender.topic,
            )
            return message.message_id

        try:
            return await sent(draft)
        except BadRequest:
            # An address that Telegram does not take refuses the whole message.
            if draft.without_links() == draft:
                raise
            return await sent(draft.without_links())

    async def send_text(self, sender: Sender, text: str, rows: Rows = ()) -> int | None:
        """Send a text without style."""
        return await self.send(sender, Draft(body=plain(text), rows=rows))

    async def edit(self, chat: int, message: int, draft: Draft) -> bool:
        """Put something else in place of a message; False where Telegram does not let it."""
        unlinked = draft.without_links()
        for tried in (draft,) if unlinked == draft else (draft, unlinked):
            try:
                await self.bot.edit_message_text(
                    tried.body.text,
                    chat_id=chat,
                    message_id=message,
                    entities=tried.body.entities(),
                    reply_markup=tried.markup,
                )
            except ResultLost:
                return True
            except ChatMigrated:
                return False
            except BadRequest as error:
                if "not modified" in error.message:
                    return True
            else:
                return True
        return False

    async def edit_text(self, sender: Sender, text: str) -> None:
        """Put a text in place of the message that a button was pressed under."""
        await self.edit(sender.chat, sender.message, Draft(body=plain(text)))

    async def show(self, sender: Sender, shown: Shown, *, in_place_of: int | None = None) -> None:
        """Send a view, or put it in place of a message; what does not fit follows.

        Messages that showed the view before and are not the one replaced are deleted, so that no
        part of an earlier passage is left beside a later one.
        """
        first, *others = await self.drafts(sender, shown.view)
        earlier = [number for number in shown.messages if number != in_place_of]
        if in_place_of is not None:
            await asyncio.sleep(shown.edited_at + _EDIT_PERIOD_S - time.monotonic())
            replaced = await self.edit(sender.chat, in_place_of, first)
            shown.edited_at = time.monotonic()
            in_place_of = in_place_of if replaced else None
        numbers = [await self.send(sender, first) if in_place_of is None else in_place_of]
        numbers += [await self.send(sender, draft) for draft in others]
        shown.messages = [number for number in numbers if number is not None]
        with contextlib.suppress(TelegramError):
            await self.delete(sender.chat, earlier)

    async def examples(self) -> tuple[str, ...]:
        """Questions that the library answers; none where it is empty."""
        try:
            return await self.engine.examples()
        except NotInLibrary:
            return ()

    async def drafts(self, sender: Sender, view: View) -> list[Draft]:
        """The messages that show a view."""
        examples: tuple[str, ...] = ()
        if view.is_refusal and not view.link:
            with contextlib.suppress(NotInLibrary):
                examples = await self.engine.examples_near(view.answer)
        return answer_drafts(view, self.say(sender), examples)

    @contextlib.asynccontextmanager
    async def typing(self, sender: Sender) -> AsyncIterator[None]:
        """Show that an answer is being looked for, until it is found."""
        task = asyncio.create_task(self._type(sender))
        try:
            yield
        finally:
            task.cancel()

    async def _type(self, sender: Sender) -> None:
        with contextlib.suppress(TelegramError):
            while True:
                await self.bot.send_chat_action(
                    sender.chat, ChatAction.TYPING, message_thread_id=sender.topic
                )
                await asyncio.sleep(_TYPING_S)

    async def delete(self, chat: int, messages: Sequence[int]) -> None:
        """Delete what Telegram lets the bot delete of these."""
        # deleteMessages takes a hundred at a time and passes over those it does not find.
        for start in range(0, len(messages), 100):
            with contextlib.suppress(BadRequest):
                await self.bot.delete_messages(chat, list(messages[start : start + 100]))
