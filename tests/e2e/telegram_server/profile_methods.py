"""The methods of the Bot API about the bot itself and about chats as a whole."""

import re

from . import limits
from .arguments import Arguments
from .message_methods import known_chat, writable_chat
from .model import Payload
from .refusal import bad_request, too_many_requests
from .world import World

_SCOPES = frozenset(
    {
        "default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat",
        "chat_administrators", "chat_member",
    }
)  # fmt: skip


def get_me(world: World, arguments: Arguments) -> Payload:
    """getMe"""
    return world.bot.payload() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": world.inline_mode,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def close(world: World, arguments: Arguments) -> bool:
    """close"""
    open_s = world.now() - world.started_at
    if open_s < limits.CLOSE_AFTER_S:
        raise too_many_requests(round(limits.CLOSE_AFTER_S - open_s))
    return True


def log_out(world: World, arguments: Arguments) -> bool:
    """logOut"""
    world.logged_out = True
    return True


def set_my_commands(world: World, arguments: Arguments) -> bool:
    """setMyCommands"""
    commands = arguments.items("commands")
    if commands is None:
        raise bad_request('parameter "commands" is required')
    if len(commands) > limits.COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not isinstance(command, dict):
            raise bad_request("can't parse BotCommand: expected an Object")
        name, description = str(command.get("command", "")), str(command.get("description", ""))
        if not re.fullmatch(r"/?[a-z0-9_]{1,32}", name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(description) <= limits.COMMAND_DESCRIPTION_CHARACTERS:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[_scope_and_language(world, arguments)] = [
        command | {"command": command["command"].removeprefix("/")} for command in commands
    ]
    return True


def get_my_commands(world: World, arguments: Arguments) -> list[Payload]:
    """getMyCommands"""
    return world.commands.get(_scope_and_language(world, arguments), [])


def delete_my_commands(world: World, arguments: Arguments) -> bool:
    """deleteMyCommands"""
    world.commands.pop(_scope_and_language(world, arguments), None)
    return True


def set_my_name(world: World, arguments: Arguments) -> bool:
    """setMyName"""
    return _describe(world, arguments, "name", limits.NAME_CHARACTERS)


def set_my_description(world: World, arguments: Arguments) -> bool:
    """setMyDescription"""
    return _describe(world, arguments, "description", limits.DESCRIPTION_CHARACTERS)


def set_my_short_description(world: World, arguments: Arguments) -> bool:
    """setMyShortDescription"""
    return _describe(world, arguments, "short_description", limits.SHORT_DESCRIPTION_CHARACTERS)


def get_my_name(world: World, arguments: Arguments) -> Payload:
    """getMyName"""
    return _described(world, arguments, "name", world.bot.first_name)


def get_my_description(world: World, arguments: Arguments) -> Payload:
    """getMyDescription"""
    return _described(world, arguments, "description", "")


def get_my_short_description(world: World, arguments: Arguments) -> Payload:
    """getMyShortDescription"""
    return _described(world, arguments, "short_description", "")


def get_chat(world: World, arguments: Arguments) -> Payload:
    """getChat"""
    chat = known_chat(world, arguments)
    full: Payload = {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        ),
    }
    if chat.kind == "supergroup":
        full["permissions"] = {"can_send_messages": True}
    return chat.payload() | full


def get_chat_member(world: World, arguments: Arguments) -> Payload:
    """getChatMember"""
    chat, person = known_chat(world, arguments), arguments.identifier("user_id")
    if person == world.bot.id:
        return world.member(world.bot, chat.membership)
    if person not in chat.people:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return world.member(chat.people[person], "member")


def leave_chat(world: World, arguments: Arguments) -> bool:
    """leaveChat"""
    chat = writable_chat(world, arguments)
    if chat.kind == "private":
        raise bad_request("chat not found")
    world.change_membership(chat, world.bot, "left")
    return True


def _scope_and_language(world: World, arguments: Arguments) -> tuple[str, str]:
    scope = arguments.record("scope") or {"type": "default"}
    if scope.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if "chat_id" in scope:
        known_chat(world, Arguments({"chat_id": str(scope["chat_id"])}))
    return repr(sorted(scope.items())), _language(arguments)


def _language(arguments: Arguments) -> str:
    language = arguments.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return language


def _describe(world: World, arguments: Arguments, name: str, most: int) -> bool:
    if len(text := arguments.text(name)) > most:
        raise bad_request(f"BOT_{name.upper()}_TOO_LONG")
    world.descriptions[name, _language(arguments)] = text
    return True


def _described(world: World, arguments: Arguments, name: str, default: str) -> Payload:
    for language in (_language(arguments), ""):
        if text := world.descriptions.get((name, language)):
            return {name: text}
    return {name: default}
