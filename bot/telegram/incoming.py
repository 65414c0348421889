"""What an update asks of the bot. Pure: an update to an event, or None where it asks nothing."""

import datetime
from dataclasses import dataclass

from telegram import (
    CallbackQuery,
    ChatMemberUpdated,
    InlineQuery,
    MaybeInaccessibleMessage,
    Message,
    MessageEntity,
    Update,
)
from telegram.constants import ChatMemberStatus, ChatType

STALE_S = 600
GROUP_COMMANDS = frozenset({"ask", "help", "privacy"})
# Not in the menu of groups: what is sent when somebody comes to the group by a link.
_HEARD_IN_GROUPS = GROUP_COMMANDS | {"start"}
_OUTSIDE = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)
_INSIDE = (ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who wrote or pressed, and where.

    `person` is the number of a person, or of the chat in whose name an administrator or a channel
    writes in a group. `message` is the number of the message, `topic` that of the forum's topic.
    """

    chat: int
    topic: int | None = None
    person: int
    language: str | None
    message: int
    in_group: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text or a caption; `edited` where it replaces an earlier one.

    `album` is common to the pictures of one, None for a text.
    """

    sender: Sender
    text: str
    edited: bool
    album: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command without its slash, and what stands after it; whether it names this bot."""

    sender: Sender
    name: str
    argument: str
    edited: bool
    named: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoText:
    """Something without a text; `album` is common to the pictures of one."""

    sender: Sender
    album: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button was pressed."""

    sender: Sender
    query: CallbackQuery
    data: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineAsked:
    """Somebody typed after the bot's name in some chat."""

    query: InlineQuery
    person: int
    language: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Somebody brought the bot into a group, or into a channel, where it says nothing."""

    sender: Sender


Event = Line | Command | NoText | Press | InlineAsked | Joined


def read(update: Update, bot_id: int, username: str, now: datetime.datetime) -> Event | None:
    """What an update asks; None for what is stale, or not for the bot."""
    message = update.message or update.edited_message
    if message is not None:
        return _of_message(message, update.edited_message is not None, bot_id, username, now)
    if update.callback_query is not None:
        return _of_press(update.callback_query)
    if update.inline_query is not None:
        return _of_inline(update.inline_query)
    if update.my_chat_member is not None:
        return _of_membership(update.my_chat_member)
    return None


def person_of(update: Update) -> int | None:
    """The number of the person, or of the chat as a person, whose turn an update takes."""
    return update.effective_sender.id if update.effective_sender else None


def waits_for_nothing(update: Update) -> bool:
    """Whether an update is handled at once: what drops or replaces those waiting before it."""
    message = update.message
    return update.inline_query is not None or (
        message is not None and (message.text or "").split("@")[0].strip() == "/cancel"
    )


def _of_message(
    message: Message, edited: bool, bot_id: int, username: str, now: datetime.datetime
) -> Event | None:
    person = message.from_user
    said_at = (message.edit_date if edited else None) or message.date
    stale = (now - said_at).total_seconds() > STALE_S
    own = message.via_bot is not None and message.via_bot.id == bot_id
    # Who writes as a chat comes with a stand-in's account, which is a bot's.
    by_bot = person is not None and person.is_bot and message.sender_chat is None
    speaker = message.sender_chat or person
    if speaker is None or by_bot or stale or own:
        return None
    sender = Sender(
        chat=message.chat.id,
        topic=_topic(message),
        person=speaker.id,
        language=person.language_code if person else None,
        message=message.message_id,
        in_group=message.chat.type != ChatType.PRIVATE,
    )
    called = _called(message, username)
    if called is None:
        return _of_words(message, sender, edited, bot_id)
    name, argument, addressed = called
    if message.forward_origin is not None:
        # What somebody told another bot, or this one before, is not told to it now.
        return _of_words(message, sender, edited, bot_id, argument)
    for_bot = addressed is not False
    if sender.in_group:
        # Telegram brings a command without a name to the bot that wrote last.
        bare = addressed is None and name == "ask" and bool(argument)
        for_bot = (addressed is True and name in _HEARD_IN_GROUPS) or bare
    command = Command(
        sender=sender, name=name, argument=argument, edited=edited, named=bool(addressed)
    )
    return command if for_bot else None


def _topic(message: MaybeInaccessibleMessage) -> int | None:
    """The forum's topic that a message is in; a thread of replies is none."""
    if isinstance(message, Message) and message.is_topic_message:
        return message.message_thread_id
    return None


def _of_words(
    message: Message, sender: Sender, edited: bool, bot_id: int, text: str | None = None
) -> Line | NoText | None:
    """What is no command; in a group only a reply to the bot is for it."""
    replied = message.reply_to_message
    answered = replied.from_user if replied else None
    if sender.in_group and (answered is None or answered.id != bot_id):
        return None
    text = _said(message) if text is None else text
    if text:
        return Line(sender=sender, text=text, edited=edited, album=message.media_group_id)
    return _no_text(message, sender, edited)


def _said(message: Message) -> str:
    """The words of a message: its text, or what stands under its picture."""
    return message.text or message.caption or ""


def _no_text(message: Message, sender: Sender, edited: bool) -> NoText | None:
    service = not (message.text or message.effective_attachment or message.forward_origin)
    if edited or service:
        return None
    return NoText(sender=sender, album=message.media_group_id)


def _called(message: Message, username: str) -> tuple[str, str, bool | None] | None:
    """Name and argument of a command, and whether it is addressed to this bot (None: to none)."""
    entity = next(iter(message.entities or message.caption_entities), None)
    if entity is None or entity.type != MessageEntity.BOT_COMMAND or entity.offset != 0:
        return None
    text = _said(message)
    called = text[: entity.length]
    name, at, addressee = called.removeprefix("/").partition("@")
    addressed = addressee.lower() == username.lower() if at else None
    return name.lower(), text[len(called) :].strip(), addressed


def _of_press(query: CallbackQuery) -> Press | None:
    if query.message is None or query.data is None:
        return None
    sender = Sender(
        chat=query.message.chat.id,
        topic=_topic(query.message),
        person=query.from_user.id,
        language=query.from_user.language_code,
        message=query.message.message_id,
        in_group=query.message.chat.type != ChatType.PRIVATE,
    )
    return Press(sender=sender, query=query, data=query.data)


def _of_inline(query: InlineQuery) -> InlineAsked:
    person = query.from_user
    return InlineAsked(query=query, person=person.id, language=person.language_code)


def _of_membership(change: ChatMemberUpdated) -> Joined | None:
    chat, person = change.chat, change.from_user
    before, now = change.old_chat_member.status, change.new_chat_member.status
    if chat.type == ChatType.PRIVATE or before not in _OUTSIDE or now not in _INSIDE:
        return None
    sender = Sender(
        chat=chat.id,
        person=person.id,
        language=person.language_code,
        message=0,
        in_group=chat.type != ChatType.CHANNEL,
    )
    return Joined(sender=sender)
