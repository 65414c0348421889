"""The state of the emulated Telegram, and what people do in it.

Everything here is synchronous. Whoever reads or changes it holds `World.changed`.
"""

import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from .arguments import Arguments
from .entities import detect, utf16_slice
from .faults import Faults
from .flood import FloodControl
from .journal import Journal, Request
from .keyboard import Markup
from .model import Callback, Chat, InlineQuery, Membership, Message, Payload, User
from .tdlib import Entity
from .updates import UpdateQueue

_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages",
    "can_manage_video_chats", "can_restrict_members", "can_promote_members", "can_change_info",
    "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
    "can_send_welcome_messages",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Where updates are posted to, and with which secret."""

    url: str
    secret: str
    max_connections: int
    ip_address: str


@dataclass(slots=True, kw_only=True)
class World:
    """One bot, the people and chats it can meet, and all that was said."""

    bot: User
    token: str
    privacy: bool
    inline_mode: bool
    local: bool
    flood: FloodControl
    changed: threading.Condition = field(default_factory=threading.Condition)
    started_at: float = field(default_factory=time.time)
    clock_ahead_s: float = 0.0
    chats: dict[int, Chat] = field(default_factory=dict)
    updates: UpdateQueue = field(default_factory=UpdateQueue)
    journal: Journal = field(default_factory=Journal)
    faults: Faults = field(default_factory=Faults)
    callbacks: dict[str, Callback] = field(default_factory=dict)
    inline_queries: dict[str, InlineQuery] = field(default_factory=dict)
    inline_cache: dict[tuple[str, str, int], tuple[float, Payload]] = field(default_factory=dict)
    inline_messages: dict[str, Message] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Payload]] = field(default_factory=dict)
    descriptions: dict[tuple[str, str], str] = field(default_factory=dict)
    webhook: Webhook | None = None
    webhook_routes: dict[str, str] = field(default_factory=dict)
    webhook_failure: tuple[int, str] | None = None
    logged_out: bool = False
    private_ids: Iterator[int] = field(default_factory=lambda: itertools.count(101))
    query_ids: Iterator[int] = field(
        default_factory=lambda: itertools.count(4_300_000_000_000_001, 7)
    )
    _request: Request | None = None

    def now(self) -> float:
        """Unix seconds; tests may move this clock ahead."""
        return time.time() + self.clock_ahead_s

    def private(self, person: User) -> Chat:
        """The chat of a person with the bot; the bot cannot write there before the person did."""
        chat = Chat(id=person.id, kind="private", people={person.id: person})
        return self.chats.setdefault(person.id, chat)

    def add_message(
        self,
        chat: Chat,
        sender: User,
        *,
        text: str = "",
        entities: list[Entity] | None = None,
        markup: Markup | None = None,
        reply_to: Message | None = None,
        content: Payload | None = None,
        age_s: float = 0.0,
    ) -> Message:
        """Store a message. Ids run on in a group, and over all private chats together."""
        number = len(chat.messages) + 1 if chat.kind == "supergroup" else next(self.private_ids)
        message = Message(
            chat=chat,
            id=number,
            sender=sender,
            date=int(self.now() - age_s),
            text=text,
            entities=entities or [],
            markup=markup,
            reply_to=reply_to,
            content=content or {},
        )
        chat.messages[message.id] = message
        if sender.is_bot and "sender_chat" not in message.content:
            chat.last_bot = sender
        self.changed.notify_all()
        return message

    def say(
        self,
        chat: Chat,
        sender: User,
        text: str,
        *,
        reply_to: Message | None = None,
        content: Payload | None = None,
        age_s: float = 0.0,
    ) -> Message:
        """A person (or another bot) sends a message; the bot is told where it may know."""
        chat.started = True
        if chat.kind == "private" and chat.membership == "kicked":
            self.change_membership(chat, sender, "member")
        entities = detect(text)
        message = self.add_message(
            chat,
            sender,
            text=text,
            entities=entities,
            reply_to=reply_to,
            content=content,
            age_s=age_s,
        )
        message.seen_by_bot = self._is_for_bot(message)
        if message.seen_by_bot:
            self.put_update("message", message.payload())
        return message

    def edit(self, message: Message, text: str) -> None:
        """A person edits what they said."""
        message.replace(text, detect(text), message.markup, self.now())
        if message.seen_by_bot or self._is_for_bot(message):
            message.seen_by_bot = True
            self.put_update("edited_message", message.payload())
        self.changed.notify_all()

    def delete(self, message: Message) -> None:
        """A message disappears; bots are not told."""
        message.deleted = True
        self.changed.notify_all()

    def press(self, message: Message, data: str, sender: User) -> Callback:
        """A person presses a callback button."""
        callback = Callback(
            id=str(next(self.query_ids)),
            sender=sender,
            message=message,
            data=data,
            pressed_at=self.now(),
        )
        self.callbacks[callback.id] = callback
        where: Payload = {"message": message.payload()}
        if message.inline_id is not None:
            where = {"inline_message_id": message.inline_id}
        self.put_update(
            "callback_query",
            {
                "id": callback.id,
                "from": sender.payload(),
                "chat_instance": str(8_000_000_000_000_000 + abs(message.chat.id)),
                "data": data,
                **where,
            },
        )
        return callback

    def change_membership(self, chat: Chat, by: User, membership: Membership) -> None:
        """The bot is added, removed, promoted, blocked or unblocked."""
        change = {
            "chat": chat.payload(),
            "from": by.payload(),
            "date": int(self.now()),
            "old_chat_member": self.member(self.bot, chat.membership),
            "new_chat_member": self.member(self.bot, membership),
        }
        chat.membership = membership
        self.put_update("my_chat_member", change)

    @staticmethod
    def member(user: User, membership: Membership) -> Payload:
        """The Bot API's ChatMember."""
        member: Payload = {"user": user.payload(), "status": membership}
        if membership == "kicked":
            member["until_date"] = 0
        if membership == "administrator":
            member |= dict.fromkeys(_RIGHTS, False)
            member |= {"can_manage_chat": True, "can_delete_messages": True}
        return member

    def ask_inline(self, sender: User, query: str, offset: str, chat: Chat | None) -> InlineQuery:
        """A person types after the bot's name; an answer that may be kept is taken from there."""
        asked = InlineQuery(
            id=str(next(self.query_ids)),
            sender=sender,
            query=query,
            offset=offset,
            asked_at=self.now(),
        )
        for owner in (0, sender.id):
            until, answer = self.inline_cache.get((query, offset, owner), (0.0, {}))
            if until > self.now():
                asked.answer = answer
                return asked
        self.inline_queries[asked.id] = asked
        kind = "sender" if chat and chat.kind == "private" else chat.kind if chat else "private"
        self.put_update(
            "inline_query",
            {
                "id": asked.id,
                "from": sender.payload(),
                "query": query,
                "offset": offset,
                "chat_type": kind,
            },
        )
        return asked

    def concerned(self, arguments: Arguments) -> int | None:
        """The chat that a request concerns; of an inline query the person."""
        fields = arguments.fields
        if asked := self.inline_queries.get(fields.get("inline_query_id", "")):
            return asked.sender.id
        if pressed := self.callbacks.get(fields.get("callback_query_id", "")):
            return pressed.message.chat.id
        return int(fields["chat_id"]) if fields.get("chat_id", "").lstrip("-").isdecimal() else None

    def put_update(self, kind: str, payload: Payload) -> None:
        """Queue an update for the bot."""
        self.updates.put(kind, payload)
        self.changed.notify_all()

    @contextmanager
    def working(self, request: Request, arguments: Arguments) -> Iterator[None]:
        """Do the work of a request: holds `changed`, and complains of fields not looked at."""
        with self.changed:
            self._request = request
            try:
                yield
                if unread := arguments.unread():
                    self.complain(f"fields that are not emulated: {unread}")
            finally:
                self._request = None

    def complain(self, complaint: str) -> None:
        """Enter a complaint about the request whose work is being done."""
        assert self._request is not None, "complaints are about requests"
        where = f"{self._request.method} #{self._request.number}"
        self.journal.complaints.append(f"{where}: {complaint}")

    def _is_for_bot(self, message: Message) -> bool:
        """Whether the bot gets a message; in groups by the rules of privacy mode, as at
        core.telegram.org/bots/features#privacy-mode."""
        chat, reply_to = message.chat, message.reply_to
        if chat.kind == "private":
            return True
        by_bot = message.sender.is_bot and "sender_chat" not in message.content
        if by_bot or chat.membership in ("left", "kicked"):
            return False
        if not self.privacy or chat.membership == "administrator":
            return True
        if message.content.get("via_bot", {}).get("id") == self.bot.id:
            return True
        if reply_to is not None and (reply_to.sender is self.bot or reply_to.seen_by_bot):
            return True
        return self._is_command_for_bot(message)

    def _is_command_for_bot(self, message: Message) -> bool:
        first = next(
            (e for e in message.entities if e["type"] == "bot_command" and e["offset"] == 0), None
        )
        if first is None:
            return False
        command = utf16_slice(message.text, 0, first["length"])
        _, at, addressee = command.partition("@")
        if at:
            return addressee.lower() == (self.bot.username or "").lower()
        return message.chat.last_bot is self.bot
