"""The methods of the Bot API that write, change and delete messages."""

from typing import Any

from . import limits
from .arguments import Arguments
from .entities import compose
from .keyboard import Markup, checked_markup
from .model import Chat, Message, Payload
from .refusal import bad_request, forbidden, moved, too_many_requests
from .tdlib import Entity
from .world import World

CHAT_ACTIONS = frozenset(
    {
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
        "upload_document", "choose_sticker", "find_location", "record_video_note",
        "upload_video_note",
    }
)  # fmt: skip


def send_message(world: World, arguments: Arguments) -> Payload:
    """sendMessage"""
    text, entities, content = _composed(world, arguments)
    markup = checked_markup(arguments.record("reply_markup"), world.complain)
    chat = writable_chat(world, arguments)
    reply_to = _reply_target(chat, arguments, content)
    content |= _thread(chat, arguments) or (reply_to.thread if reply_to else {})
    if arguments.flag("protect_content"):
        content["has_protected_content"] = True
    arguments.flag("disable_notification")
    _hold_to_flood_limits(world, chat)
    message = world.add_message(
        chat,
        world.bot,
        text=text,
        entities=entities,
        markup=markup,
        reply_to=reply_to,
        content=content,
    )
    return message.payload()


def edit_message_text(world: World, arguments: Arguments) -> Payload | bool:
    """editMessageText"""
    text, entities, content = _composed(world, arguments)
    markup = checked_markup(arguments.record("reply_markup"), world.complain)
    message = _editable(world, arguments)
    preview = message.content.get("link_preview_options")
    changed_preview = preview != content.get("link_preview_options")
    _replace(world, message, text, entities, markup, changed_preview=changed_preview)
    message.content |= content
    return True if arguments.text("inline_message_id") else message.payload()


def edit_message_reply_markup(world: World, arguments: Arguments) -> Payload | bool:
    """editMessageReplyMarkup"""
    markup = checked_markup(arguments.record("reply_markup"), world.complain)
    message = _editable(world, arguments)
    _replace(world, message, message.text, message.entities, markup, changed_preview=False)
    return True if arguments.text("inline_message_id") else message.payload()


def delete_message(world: World, arguments: Arguments) -> bool:
    """deleteMessage"""
    chat = writable_chat(world, arguments)
    message = chat.messages.get(arguments.identifier("message_id"))
    if message is None or message.deleted:
        raise bad_request("message to delete not found")
    if reason := _not_deletable(world, message):
        raise bad_request(reason)
    world.delete(message)
    return True


def delete_messages(world: World, arguments: Arguments) -> bool:
    """deleteMessages: those that cannot be found or deleted are passed over."""
    chat = writable_chat(world, arguments)
    numbers = arguments.items("message_ids")
    if not numbers:
        raise bad_request("message identifiers are not specified")
    if len(numbers) > limits.MESSAGES_DELETED_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    if not all(isinstance(number, int) and number > 0 for number in numbers):
        raise bad_request("invalid message identifier specified")
    for number in numbers:
        message = chat.messages.get(number)
        if message and not message.deleted and not _not_deletable(world, message):
            world.delete(message)
    return True


def send_chat_action(world: World, arguments: Arguments) -> bool:
    """sendChatAction"""
    if (action := arguments.text("action")) not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = writable_chat(world, arguments)
    _thread(chat, arguments)
    chat.actions.append((action, world.now()))
    world.changed.notify_all()
    return True


def answer_callback_query(world: World, arguments: Arguments) -> bool:
    """answerCallbackQuery"""
    callback = world.callbacks.get(arguments.text("callback_query_id"))
    if callback is None or world.now() - callback.pressed_at > limits.CALLBACK_LIFETIME_S:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = arguments.text("text")
    if len(text) > limits.CALLBACK_ANSWER_CHARACTERS:
        raise bad_request("MESSAGE_TOO_LONG")
    if url := arguments.text("url"):
        raise bad_request(f"URL_INVALID: {url}")
    callback.answers.append(
        {
            "text": text,
            "show_alert": arguments.flag("show_alert"),
            "cache_time": arguments.integer("cache_time", 0, 0, 24 * 30 * 3600),
        }
    )
    world.changed.notify_all()
    return True


def known_chat(world: World, arguments: Arguments) -> Chat:
    """The chat named by `chat_id`. Refusal: there is none that the bot knows."""
    if not arguments.text("chat_id"):
        raise bad_request("chat_id is empty")
    chat = world.chats.get(arguments.identifier("chat_id"))
    if chat is None or not chat.started:
        raise bad_request("chat not found")
    return chat


def writable_chat(world: World, arguments: Arguments) -> Chat:
    """As `known_chat`. Refusal, too: the bot is not in it or its person has blocked it."""
    chat = known_chat(world, arguments)
    if chat.moved_to is not None:
        raise moved(chat.moved_to)
    if chat.membership == "kicked":
        if chat.kind == "private":
            raise forbidden("bot was blocked by the user")
        raise forbidden("bot was kicked from the supergroup chat")
    if chat.membership == "left":
        raise forbidden("bot is not a member of the supergroup chat")
    return chat


def _composed(world: World, arguments: Arguments) -> tuple[str, list[Entity], dict[str, Any]]:
    text, entities = compose(
        arguments.text("text"),
        arguments.text("parse_mode"),
        arguments.items("entities"),
        world.complain,
    )
    preview = arguments.record("link_preview_options")
    return text, entities, {"link_preview_options": preview} if preview else {}


def _reply_target(chat: Chat, arguments: Arguments, content: Payload) -> Message | None:
    reply = arguments.record("reply_parameters")
    if not reply:
        return None
    if reply.get("chat_id") not in (None, chat.id, str(chat.id)):
        raise bad_request("message to be replied not found")
    message = chat.messages.get(reply.get("message_id", 0))
    if message is None or message.deleted:
        if reply.get("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")
    if quote := reply.get("quote"):
        if quote not in message.text:
            raise bad_request("QUOTE_TEXT_INVALID")
        content["quote"] = {"text": quote, "position": 0, "is_manual": True}
    return message


def _thread(chat: Chat, arguments: Arguments) -> Payload:
    """The fields of the topic named by `message_thread_id`. Refusal: the chat has no such."""
    if not arguments.text("message_thread_id"):
        return {}
    topic = arguments.identifier("message_thread_id")
    if topic not in chat.topics:
        raise bad_request("message thread not found")
    return {"message_thread_id": topic, "is_topic_message": True}


def _editable(world: World, arguments: Arguments) -> Message:
    if inline_id := arguments.text("inline_message_id"):
        if (message := world.inline_messages.get(inline_id)) is None:
            raise bad_request("MESSAGE_ID_INVALID")
        return message
    chat = writable_chat(world, arguments)
    message = chat.messages.get(arguments.identifier("message_id"))
    if message is None or message.deleted:
        raise bad_request("message to edit not found")
    if message.sender is not world.bot:
        raise bad_request("message can't be edited")
    return message


def _replace(
    world: World,
    message: Message,
    text: str,
    entities: list[Entity],
    markup: Markup | None,
    *,
    changed_preview: bool,
) -> None:
    same = (text, entities, markup) == (message.text, message.entities, message.markup)
    if same and not changed_preview:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message"
        )
    _hold_to_flood_limits(world, message.chat)
    message.replace(text, entities, markup, world.now())
    world.changed.notify_all()


def _hold_to_flood_limits(world: World, chat: Chat) -> None:
    if wait_s := world.flood.wait_s(chat, world.now()):
        raise too_many_requests(wait_s)


def _not_deletable(world: World, message: Message) -> str | None:
    if world.now() - message.date > limits.DELETABLE_S:
        return "message can't be deleted for everyone"
    own, chat = message.sender is world.bot, message.chat
    if not own and chat.kind == "supergroup" and chat.membership != "administrator":
        return "message can't be deleted"
    return None
