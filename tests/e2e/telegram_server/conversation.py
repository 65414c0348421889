"""What a test sees of a chat: people say and press things, and wait for the bot."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

from . import inline_methods, limits
from .entities import detect, utf16_slice
from .keyboard import buttons
from .model import Callback, Chat, InlineQuery, Message, Payload, User, Version
from .tdlib import Entity
from .world import World

_CONTENTS: dict[str, Payload] = {
    "photo": {
        "photo": [{"file_id": "f-1", "file_unique_id": "u-1", "width": 90, "height": 60}],
    },
    "voice": {"voice": {"file_id": "f-2", "file_unique_id": "u-2", "duration": 3}},
    "sticker": {
        "sticker": {
            "file_id": "f-3",
            "file_unique_id": "u-3",
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
        }
    },
    "document": {"document": {"file_id": "f-4", "file_unique_id": "u-4"}},
    "location": {"location": {"longitude": 2.35, "latitude": 48.85}},
    "contact": {"contact": {"phone_number": "+10000000000", "first_name": "Somebody"}},
}


_UNNAMED = User(id=1087968824, first_name="Group", username="GroupAnonymousBot", is_bot=True)
"""Telegram's stand-in for administrators who write in their group's name."""


def wait_until(world: World, condition: Callable[[], bool], timeout: float, what: str) -> None:
    """Wait for a state of the world. AssertionError after `timeout` seconds, naming `what`."""
    with world.changed:
        if not world.changed.wait_for(condition, timeout):
            raise AssertionError(f"no {what} within {timeout:g} s")


class Pressed:
    """A callback button after it was pressed."""

    def __init__(self, world: World, callback: Callback) -> None:
        self._world, self._callback = world, callback

    @property
    def answers(self) -> list[Payload]:
        """What the bot answered: dicts with `text`, `show_alert`, `cache_time`."""
        return list(self._callback.answers)

    def wait_for_answer(self, timeout: float = 10.0) -> Payload:
        """The first answer to this press."""
        wait_until(
            self._world, lambda: bool(self._callback.answers), timeout, "answer to the button"
        )
        return self._callback.answers[0]


class Posting:
    """A message of a chat as its people see it now: it changes as the bot edits it."""

    def __init__(self, world: World, message: Message) -> None:
        self._world, self.message = world, message
        self._edits_seen = len(message.edits)

    @property
    def id(self) -> int:
        """Its number in the chat."""
        return self.message.id

    @property
    def text(self) -> str:
        """The text as it stands."""
        return self.message.text

    @property
    def entities(self) -> list[Entity]:
        """The entities as stored, those that Telegram found itself among them."""
        return self.message.entities

    @property
    def edits(self) -> list[Version]:
        """Earlier versions, oldest first."""
        return self.message.edits

    @property
    def deleted(self) -> bool:
        """Whether it is gone."""
        return self.message.deleted

    @property
    def reply_to(self) -> int | None:
        """The number of the message it replies to."""
        return self.message.reply_to.id if self.message.reply_to else None

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons in reading order."""
        return [button["text"] for button in buttons(self.message.markup)]

    def marked(self, kind: str) -> list[str]:
        """The parts of the text under entities of one type."""
        return [
            utf16_slice(self.text, entity["offset"], entity["length"])
            for entity in self.entities
            if entity["type"] == kind
        ]

    def button(self, label: str) -> dict[str, Any]:
        """The button whose label is, or else contains, these words. AssertionError: none, or
        more than one."""
        all_buttons = buttons(self.message.markup)
        found = [b for b in all_buttons if b["text"] == label] or [
            b for b in all_buttons if label.lower() in b["text"].lower()
        ]
        assert len(found) == 1, f"{len(found)} buttons match {label!r} among {self.buttons}"
        return found[0]

    def press(self, label: str, by: User | None = None) -> Pressed:
        """Press a callback button; in a group `by` says who."""
        button = self.button(label)
        assert "callback_data" in button, f"{label!r} sends nothing to the bot: {button}"
        return self.press_data(button["callback_data"], by)

    def press_data(self, data: str, by: User | None = None) -> Pressed:
        """Press a button that may have gone meanwhile, as an old client can."""
        with self._world.changed:
            person = by or _only_person(self.message.chat)
            return Pressed(self._world, self._world.press(self.message, data, person))

    def copied(self, label: str) -> str:
        """What a copy button puts on the clipboard."""
        copied: str = self.button(label)["copy_text"]["text"]
        return copied

    def url(self, label: str) -> str:
        """Where a link button leads."""
        url: str = self.button(label)["url"]
        return url

    def edit(self, text: str) -> None:
        """Its sender changes it."""
        assert self.message.sender is not self._world.bot, "only the bot edits its messages"
        with self._world.changed:
            self._world.edit(self.message, text)

    def delete(self) -> None:
        """Somebody deletes it."""
        with self._world.changed:
            self._world.delete(self.message)

    def wait_for_edit(self, timeout: float = 10.0) -> "Posting":
        """Wait for one more edit than was waited for so far (or stood when this was made)."""
        edits = self.message.edits
        wait_until(self._world, lambda: len(edits) > self._edits_seen, timeout, "edit")
        self._edits_seen += 1
        return self

    def wait_for_text(self, words: str, timeout: float = 10.0) -> "Posting":
        """Wait until these words stand in it."""
        wait_until(self._world, lambda: words in self.text, timeout, f"{words!r} in the message")
        return self

    def wait_for_deletion(self, timeout: float = 10.0) -> None:
        """Wait until it is gone."""
        wait_until(self._world, lambda: self.message.deleted, timeout, "deletion")


class Conversation:
    """A private chat with the bot or a group. In a group `by` says who acts."""

    def __init__(self, world: World, chat: Chat) -> None:
        self._world, self.chat = world, chat

    @property
    def id(self) -> int:
        """The chat's id."""
        return self.chat.id

    @property
    def messages(self) -> list[Posting]:
        """All that stands in the chat, oldest first."""
        with self._world.changed:
            kept = [m for m in self.chat.messages.values() if not m.deleted]
            return [Posting(self._world, message) for message in kept]

    @property
    def answers(self) -> list[Posting]:
        """The bot's messages, deleted ones included."""
        with self._world.changed:
            return [Posting(self._world, message) for message in self._of_bot()]

    @property
    def actions(self) -> list[str]:
        """The chat actions that the bot has sent, such as "typing"."""
        return [action for action, _ in self.chat.actions]

    def says(
        self,
        text: str,
        *,
        by: User | None = None,
        reply_to: Posting | None = None,
        age_s: float = 0.0,
        topic: int | None = None,
    ) -> Posting:
        """Somebody writes; `age_s` is how long ago that was, `topic` is one of a forum's."""
        content: Payload = {}
        if topic is not None:
            self.chat.topics.add(topic)
            content = {"message_thread_id": topic, "is_topic_message": True}
        return self._post(text, by, reply_to, content, age_s)

    def says_unnamed(self, text: str) -> Posting:
        """An administrator writes in the group's name."""
        return self._post(text, _UNNAMED, None, {"sender_chat": self.chat.payload()}, 0.0)

    def sends(
        self,
        kind: str,
        *,
        caption: str = "",
        album: str = "",
        by: User | None = None,
        reply_to: Posting | None = None,
    ) -> Posting:
        """Somebody sends a photo, voice, sticker, document, location or contact; those of one
        album come as messages of their own."""
        entities = detect(caption) if caption else []
        more = {"caption": caption, "caption_entities": entities, "media_group_id": album}
        content = _CONTENTS[kind] | {name: value for name, value in more.items() if value}
        return self._post("", by, reply_to, content, 0.0)

    def forwards(self, text: str, *, by: User | None = None) -> Posting:
        """Somebody forwards a text that an unnamed other person wrote."""
        origin = {
            "type": "hidden_user",
            "sender_user_name": "Somebody",
            "date": int(self._world.now()) - 3600,
        }
        return self._post(text, by, None, {"forward_origin": origin}, 0.0)

    def adds_bot(self, by: User) -> None:
        """Somebody adds the bot to the group."""
        self.chat.started = True
        self._change_membership(by, "member")
        self._service(by, {"new_chat_members": [self._world.bot.payload()]})

    def removes_bot(self, by: User) -> None:
        """Somebody removes the bot from the group."""
        self._change_membership(by, "kicked")

    def promotes_bot(self, by: User) -> None:
        """The bot becomes administrator: it may delete, and privacy mode ends."""
        self._change_membership(by, "administrator")

    def blocks_bot(self) -> None:
        """The person blocks the bot; writing again unblocks it."""
        self._change_membership(_only_person(self.chat), "kicked")

    def becomes_supergroup(self) -> "Conversation":
        """The group gets another number; requests to the old one are refused with the new."""
        moved = replace(self.chat, id=self.chat.id - 1_000_000, messages={}, read=0)
        with self._world.changed:
            self._world.chats[moved.id] = moved
            self.chat.moved_to = moved.id
        return Conversation(self._world, moved)

    def wait_for_answer(self, timeout: float = 10.0) -> Posting:
        """The bot's next message in this chat that has not been handed out yet."""
        wait_until(
            self._world, lambda: len(self._of_bot()) > self.chat.read, timeout, "answer in the chat"
        )
        self.chat.read += 1
        return Posting(self._world, self._of_bot()[self.chat.read - 1])

    def wait_for_action(self, action: str = "typing", timeout: float = 10.0) -> None:
        """Wait until the bot has shown this action."""
        wait_until(self._world, lambda: action in self.actions, timeout, action)

    def wait_until_left(self, timeout: float = 10.0) -> None:
        """Wait until the bot has left the group."""
        wait_until(self._world, lambda: self.chat.membership == "left", timeout, "leaving")

    def stays_silent(self, seconds: float = 1.0) -> None:
        """AssertionError if the bot writes within this time, or has written unread before."""
        with self._world.changed:
            self._world.changed.wait_for(lambda: len(self._of_bot()) > self.chat.read, seconds)
            unread = [message.text for message in self._of_bot()[self.chat.read :]]
        assert not unread, f"the bot wrote: {unread}"

    def _post(
        self, text: str, by: User | None, reply_to: Posting | None, content: Payload, age_s: float
    ) -> Posting:
        with self._world.changed:
            message = self._world.say(
                self.chat,
                by or _only_person(self.chat),
                text,
                reply_to=reply_to.message if reply_to else None,
                content=content,
                age_s=age_s,
            )
        return Posting(self._world, message)

    def _service(self, by: User, content: Payload) -> None:
        with self._world.changed:
            message = self._world.add_message(self.chat, by, content=content)
            self._world.put_update("message", message.payload())

    def _change_membership(self, by: User, membership: Any) -> None:
        with self._world.changed:
            self._world.change_membership(self.chat, by, membership)

    def _of_bot(self) -> list[Message]:
        return [m for m in self.chat.messages.values() if m.sender is self._world.bot]


class InlineAsking:
    """An inline query on its way, in the chat where it is typed."""

    def __init__(self, world: World, asked: InlineQuery) -> None:
        self._world, self._asked = world, asked

    @property
    def from_cache(self) -> bool:
        """Whether Telegram answered by itself and the bot was not asked."""
        return self._asked.id not in self._world.inline_queries

    def wait_for_results(self, timeout: float = 10.0) -> list[Payload]:
        """The results as stored: their contents carry text and entities."""
        wait_until(self._world, lambda: self._asked.answer is not None, timeout, "inline results")
        assert self._asked.answer is not None
        results: list[Payload] = self._asked.answer["results"]
        return results

    def chooses(self, index: int, where: Conversation) -> Posting:
        """The person sends a result into a chat."""
        with self._world.changed:
            result = self.wait_for_results(0)[index]
            message = inline_methods.choose(self._world, self._asked, result, where.chat)
            return Posting(self._world, message)


def start_parameter(url: str, username: str) -> str:
    """The parameter of a deep link to this bot. AssertionError: Telegram would not take it."""
    parts = urlsplit(url)
    if parts.scheme == "tg":
        query = parse_qs(parts.query)
        assert query.get("domain") == [username], f"{url} does not lead to @{username}"
    else:
        query = parse_qs(parts.query)
        assert (parts.netloc, parts.path) == ("t.me", f"/{username}"), f"{url} is no deep link"
    (parameter,) = query.get("start", [""])
    assert re.fullmatch(r"[A-Za-z0-9_-]*", parameter), f"start={parameter}"
    assert len(parameter) <= limits.START_PARAMETER_CHARACTERS, f"start={parameter}"
    return parameter


def _only_person(chat: Chat) -> User:
    assert chat.kind == "private", "in a group say who acts: by=..."
    (person,) = chat.people.values()
    return person
