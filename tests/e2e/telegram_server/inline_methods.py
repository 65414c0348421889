"""answerInlineQuery, and messages sent by way of its results."""

import re
from typing import Any

from . import limits
from .arguments import Arguments
from .entities import compose
from .keyboard import checked_markup
from .model import Chat, InlineQuery, Message, Payload
from .refusal import bad_request
from .world import World


def answer_inline_query(world: World, arguments: Arguments) -> bool:
    """answerInlineQuery: results of type "article" whose content is text."""
    asked = world.inline_queries.get(arguments.text("inline_query_id"))
    results = arguments.items("results")
    if results is None:
        raise bad_request('parameter "results" is required')
    if len(results) > limits.INLINE_RESULTS:
        raise bad_request("too many inline query results specified")
    checked = [_checked_result(world, result) for result in results]
    if len({result["id"] for result in checked}) < len(checked):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(arguments.text("next_offset").encode()) > 64:
        raise bad_request("NEXT_OFFSET_INVALID")
    button = _checked_button(arguments.record("button"))
    if asked is None or world.now() - asked.asked_at > limits.INLINE_LIFETIME_S:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    asked.answer = {
        "results": checked,
        "button": button,
        "next_offset": arguments.text("next_offset"),
        "is_personal": arguments.flag("is_personal"),
    }
    _keep(world, asked, arguments.integer("cache_time", limits.INLINE_CACHE_S, 0, 24 * 3600))
    world.changed.notify_all()
    return True


def choose(world: World, asked: InlineQuery, result: Payload, chat: Chat) -> Message:
    """A person sends a result into a chat; where the bot is in that chat it sees it by rule."""
    content = result["input_message_content"]
    message = world.add_message(
        chat,
        asked.sender,
        text=content["message_text"],
        entities=content["entities"],
        markup=result.get("reply_markup"),
        content={"via_bot": world.bot.payload()},
    )
    chosen = {"result_id": result["id"], "from": asked.sender.payload(), "query": asked.query}
    if message.markup is not None:
        message.inline_id = f"AgAAA{asked.id}"
        world.inline_messages[message.inline_id] = message
        chosen["inline_message_id"] = message.inline_id
    world.put_update("chosen_inline_result", chosen)
    if chat.membership in ("member", "administrator") and chat.started:
        world.put_update("message", message.payload())
    return message


def _checked_result(world: World, result: Any) -> Payload:
    if not isinstance(result, dict):
        raise bad_request("can't parse inline query result: must be an object")
    if result.get("type") != "article":
        world.complain(f"inline results of type {result.get('type')!r} are not emulated")
        raise bad_request("can't parse inline query result: type is unsupported")
    identifier = result.get("id")
    if not isinstance(identifier, str) or not (
        1 <= len(identifier.encode()) <= limits.INLINE_RESULT_ID_BYTES
    ):
        raise bad_request("RESULT_ID_INVALID")
    if not result.get("title"):
        raise bad_request("ARTICLE_TITLE_EMPTY")
    content = result.get("input_message_content")
    if not isinstance(content, dict) or "message_text" not in content:
        raise bad_request("can't parse inline query result: input message content is not specified")
    text, entities = compose(
        content["message_text"],
        content.get("parse_mode", ""),
        content.get("entities"),
        world.complain,
    )
    checked = result | {"input_message_content": {"message_text": text, "entities": entities}}
    checked["reply_markup"] = checked_markup(result.get("reply_markup"), world.complain)
    return checked


def _checked_button(button: Payload | None) -> Payload | None:
    if button is None:
        return None
    if not 1 <= len(button.get("text", "")) <= 64:
        raise bad_request("can't parse inline query results button: text")
    parameter = button.get("start_parameter")
    if parameter is not None and not re.fullmatch(r"[\w-]{1,64}", parameter, re.ASCII):
        raise bad_request("START_PARAM_INVALID")
    return button


def _keep(world: World, asked: InlineQuery, cache_time_s: int) -> None:
    assert asked.answer is not None
    owner = asked.sender.id if asked.answer["is_personal"] else 0
    until = world.now() + cache_time_s
    world.inline_cache[asked.query, asked.offset, owner] = (until, asked.answer)
