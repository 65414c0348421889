"""What Telegram keeps: people, chats, messages."""

from dataclasses import dataclass, field
from typing import Any, Literal

from .keyboard import Markup
from .tdlib import Entity

Payload = dict[str, Any]
Membership = Literal["member", "administrator", "left", "kicked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person, or a bot."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False

    def payload(self) -> Payload:
        """The Bot API's User."""
        fields = {
            "id": self.id,
            "is_bot": self.is_bot,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        return {name: value for name, value in fields.items() if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A text as it stood, with entities and keyboard, until `replaced_at` (Unix seconds)."""

    text: str
    entities: list[Entity]
    markup: Markup | None
    replaced_at: float


@dataclass(slots=True, kw_only=True, eq=False)
class Message:
    """A message as stored. `content` holds what is no text: a photo, a voice, a service note."""

    chat: "Chat"
    id: int
    sender: User
    date: int
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    markup: Markup | None = None
    reply_to: "Message | None" = None
    content: Payload = field(default_factory=dict)
    edit_date: int | None = None
    edits: list[Version] = field(default_factory=list)
    deleted: bool = False
    seen_by_bot: bool = True
    inline_id: str | None = None

    def payload(self, *, with_reply: bool = True) -> Payload:
        """The Bot API's Message; of a message replied to only one level is shown."""
        payload: Payload = {
            "message_id": self.id,
            "from": self.sender.payload(),
            "chat": self.chat.payload(),
            "date": self.date,
        }
        if self.edit_date is not None:
            payload["edit_date"] = self.edit_date
        if with_reply and self.reply_to is not None and not self.reply_to.deleted:
            payload["reply_to_message"] = self.reply_to.payload(with_reply=False)
        if self.text:
            payload["text"] = self.text
            if self.entities:
                payload["entities"] = self.entities
        payload |= self.content
        if self.markup is not None:
            payload["reply_markup"] = self.markup
        return payload

    @property
    def thread(self) -> Payload:
        """The fields that say in which topic of a forum it is."""
        names = ("message_thread_id", "is_topic_message")
        return {name: self.content[name] for name in names if name in self.content}

    def replace(self, text: str, entities: list[Entity], markup: Markup | None, now: float) -> None:
        """Put a new text and keyboard in place and keep the old ones in `edits`."""
        self.edits.append(
            Version(text=self.text, entities=self.entities, markup=self.markup, replaced_at=now)
        )
        self.text, self.entities, self.markup = text, entities, markup
        self.edit_date = int(now)


@dataclass(slots=True, kw_only=True, eq=False)
class Chat:
    """A private chat of one person with the bot, or a group (a supergroup to the Bot API).

    `read` counts the bot's messages that a test has waited for; `topics` are those of a forum,
    `moved_to` is the number that a group has since it became a supergroup.
    """

    id: int
    kind: Literal["private", "supergroup"]
    title: str = ""
    people: dict[int, User] = field(default_factory=dict)
    membership: Membership = "member"
    started: bool = False
    last_bot: User | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    actions: list[tuple[str, float]] = field(default_factory=list)
    read: int = 0
    topics: set[int] = field(default_factory=set)
    moved_to: int | None = None

    def payload(self) -> Payload:
        """The Bot API's Chat."""
        if self.kind == "supergroup":
            return {"id": self.id, "type": self.kind, "title": self.title}
        (person,) = self.people.values()
        shown = {"first_name", "last_name", "username"}
        names = {name: value for name, value in person.payload().items() if name in shown}
        return {"id": self.id, "type": self.kind, **names}


@dataclass(slots=True, kw_only=True, eq=False)
class Callback:
    """A pressed button, waiting to be answered; times are Unix seconds."""

    id: str
    sender: User
    message: Message
    data: str
    pressed_at: float
    answers: list[Payload] = field(default_factory=list)


@dataclass(slots=True, kw_only=True, eq=False)
class InlineQuery:
    """What somebody types after the bot's name in any chat, and the answer to it."""

    id: str
    sender: User
    query: str
    offset: str
    asked_at: float
    answer: Payload | None = None
