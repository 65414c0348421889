"""From an update to the one who handles it; whatever goes wrong is told by a reference alone."""

import contextlib
import datetime
from collections.abc import Sequence

from telegram import Update
from telegram.constants import ChatMemberStatus
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
from bot.telegram.messages.catalogue import Catalogue
from bot.telegram.messages.styled import clipped
from bot.telegram.wire import logs
from bot.telegram.wire.polling import Pulse
from bot.telegram.wire.sending import Undelivered

# A line that found no room is repeated so far that the person knows it again: two lines of a phone.
_LONGEST_ECHO = 70


class Responder:
    """Handles updates."""

    def __init__(self, desk: Desk, pulse: Pulse) -> None:
        self._desk = desk
        self._pulse = pulse
        self._inline = Inline()

    async def handle(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer an update; never raises."""
        event, began = self._read(update), datetime.datetime.now(datetime.UTC)
        if event is None:
            return
        try:
            if await self._is_allowed(event):
                await self._route(event)
        except Forbidden:
            self._desk.counts.count("blocked")
        except Undelivered:
            self._desk.counts.count("undelivered")
            await self._apologise(event, "undelivered", time=f"{began:%H:%M}")
        except Exception as error:  # noqa: BLE001  one question's trouble ends with it
            if isinstance(error, InvalidToken) and await self._is_token_refused():
                self._pulse.refused = True
            self._desk.counts.count("error")
            await self._apologise(event, "went_wrong", reference=logs.report(error))

    async def busy(self, update: Update) -> None:
        """Tell a person that questions of theirs are before this one."""
        self._desk.counts.count("one_moment")
        event = self._read(update)
        with contextlib.suppress(TelegramError):
            match event:
                case Line(sender=sender) | Command(sender=sender):
                    await self._desk.send_text(sender, self._desk.say(sender)("one_moment"))
                case Press(sender=sender, query=query):
                    await query.answer(self._desk.say(sender)("one_moment"))
                case _:
                    pass

    async def full(self, updates: Sequence[Update], beside: int) -> None:
        """Tell a person, in each chat, which of their lines found no room; `beside` are more."""
        self._desk.counts.count("too_many")
        lines: dict[int, list[Line | Command]] = {}
        for event in map(self._read, updates):
            if isinstance(event, Line | Command):
                lines.setdefault(event.sender.chat, []).append(event)
        for refused in lines.values():
            sender = refused[-1].sender
            text = _refused_text(refused, beside, self._desk.say(sender))
            with contextlib.suppress(TelegramError):
                await self._desk.send_text(sender, text)

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
            case Joined(sender=sender):
                chat, is_open, in_group = sender.chat, sender.chat in allowed, True
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
            case Line(sender=sender, text=text, edited=edited, album=album):
                desk.talk(sender).album = album
                await asking.hear(desk, sender, text, edited=edited, repeated=False)
            case Command(sender=sender, named=named):
                if named or not sender.in_group or await self._is_alone(sender.chat):
                    desk.talk(sender)
                    await commands.obey(desk, event)
            case Joined(sender=sender) if sender.in_group:
                await commands.greet(desk, sender)
            case Press():
                await pressing.press(desk, event)
            case NoText():
                await self._no_text(event)
            case InlineAsked() if desk.choices.inline:
                await self._inline.answer(desk, event)
            case _:
                pass

    async def _is_alone(self, group: int) -> bool:
        """Whether a command without a name that came from a group can be for this bot alone.

        One that hears everything there hears what is for other bots, too.
        """
        bot = self._desk.bot
        if bot.can_read_all_group_messages:
            return False
        try:
            member = await bot.get_chat_member(group, bot.id)
        except TelegramError:
            return True
        return member.status != ChatMemberStatus.ADMINISTRATOR

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

    async def _apologise(self, event: Event, key: str, **values: object) -> None:
        if not isinstance(event, Line | Command | Press):
            return
        text = self._desk.say(event.sender)(key, **values)
        with contextlib.suppress(TelegramError):
            await self._desk.send_text(event.sender, text)


def _refused_text(refused: Sequence[Line | Command], beside: int, say: Catalogue) -> str:
    """Which lines found no room, in the words that they begin with."""
    said = (
        line.text if isinstance(line, Line) else f"/{line.name} {line.argument}" for line in refused
    )
    named = "\n".join(f"• {clipped(' '.join(text.split()), _LONGEST_ECHO)}" for text in said)
    return f"{say('too_many')}\n" + (
        say("and_more", names=named, count=beside) if beside else named
    )
