"""From an update to the one who handles it; whatever goes wrong is told by a reference alone."""

import contextlib
import datetime

from telegram import Update
from telegram.error import Forbidden, InvalidToken, TelegramError
from telegram.ext import ContextTypes

from bot.telegram import asking, commands, pressing
from bot.telegram.desk import Desk
from bot.telegram.incoming import (
    Command,
    Event,
    InlineAsked,
    Joined,
    Line,
    NoText,
    Press,
    read,
)
from bot.telegram.inline import Inline
from bot.telegram.messages.styled import Draft, plain
from bot.telegram.wire import logs
from bot.telegram.wire.polling import Pulse


class Responder:
    """Handles updates."""

    def __init__(self, desk: Desk, pulse: Pulse) -> None:
        self._desk = desk
        self._pulse = pulse
        self._inline = Inline()

    async def handle(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer an update; never raises."""
        event = self._read(update)
        if event is None:
            return
        try:
            if await self._is_allowed(event):
                await self._route(event)
        except Forbidden:
            self._desk.counts.count("blocked")
        except Exception as error:  # noqa: BLE001  one question's trouble ends with it
            if isinstance(error, InvalidToken) and await self._is_token_refused():
                self._pulse.refused = True
            self._desk.counts.count("error")
            await self._apologise(event, logs.report(error))

    async def busy(self, update: Update) -> None:
        """Tell a person that questions of theirs are before this one."""
        await self._tell(update, "one_moment")

    async def full(self, update: Update) -> None:
        """Tell a person that no more of their questions can wait."""
        await self._tell(update, "too_many")

    def _read(self, update: Update) -> Event | None:
        bot, now = self._desk.bot, datetime.datetime.now(datetime.UTC)
        try:
            return read(update, bot.id, bot.username, now)
        except Exception as error:  # noqa: BLE001  a strange update is passed over
            logs.report(error)
            return None

    async def _is_allowed(self, event: Event) -> bool:
        """Whether the chat is open; leaves a group that is not."""
        desk, allowed = self._desk, self._desk.choices.allowed
        if not allowed:
            return True
        match event:
            case Joined(chat=chat):
                is_open, in_group = chat in allowed, True
            case InlineAsked(person=chat):
                is_open, in_group = chat in allowed, False
            case Line() | Command() | NoText() | Press():
                chat, in_group = event.sender.chat, event.sender.in_group
                is_open = chat in allowed
        if is_open:
            return True
        if in_group:
            await desk.bot.leave_chat(chat)
        elif isinstance(event, Line | Command):
            await desk.send_text(event.sender, desk.say(event.sender)("not_open"))
        return False

    async def _route(self, event: Event) -> None:
        desk = self._desk
        match event:
            case Line(sender=sender, text=text, edited=edited):
                await asking.hear(desk, sender, text, edited=edited, repeated=False)
            case Command():
                desk.talk(event.sender)
                await commands.obey(desk, event)
            case Press():
                await pressing.press(desk, event)
            case NoText():
                await self._no_text(event)
            case InlineAsked() if desk.choices.inline:
                await self._inline.answer(desk, event)
            case _:
                pass

    async def _no_text(self, event: NoText) -> None:
        talk = self._desk.talk(event.sender)
        if event.album is None or event.album != talk.album:
            await self._desk.send_text(event.sender, self._desk.say(event.sender)("no_text"))
        talk.album = event.album

    async def _is_token_refused(self) -> bool:
        """Whether it is the token that Telegram refuses, and not one method."""
        try:
            await self._desk.bot.get_me()
        except InvalidToken:
            return True
        except TelegramError:
            return False
        return False

    async def _tell(self, update: Update, key: str) -> None:
        event = self._read(update)
        self._desk.counts.count(key)
        with contextlib.suppress(TelegramError):
            match event:
                case Line(sender=sender) | Command(sender=sender):
                    await self._desk.send_text(sender, self._desk.say(sender)(key))
                case Press(sender=sender, query=query):
                    await query.answer(self._desk.say(sender)(key))
                case _:
                    pass

    async def _apologise(self, event: Event, reference: str) -> None:
        if not isinstance(event, Line | Command | Press):
            return
        text = self._desk.say(event.sender)("went_wrong", reference=reference)
        with contextlib.suppress(TelegramError):
            await self._desk.send(event.sender, Draft(body=plain(text)))
