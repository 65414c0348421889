"""Keyboards of messages: what Telegram takes and what it refuses."""

from typing import Any

from . import limits
from .entities import Complain, check_link
from .refusal import bad_request

Markup = dict[str, Any]

_ACTIONS = {
    "url",
    "callback_data",
    "copy_text",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "login_url",
    "web_app",
    "callback_game",
    "pay",
}
_EMULATED = _ACTIONS - {"login_url", "web_app", "callback_game", "pay"}
_STYLES = {"danger", "success", "primary"}


def checked_markup(value: dict[str, Any] | None, complain: Complain) -> Markup | None:
    """The inline keyboard to store with a message, None for none.

    Other kinds of markup (reply keyboards, forced replies) are taken and not stored, as in the
    messages that Telegram hands back. Refusal: a keyboard or a button of it is wrong.
    """
    rows = (value or {}).get("inline_keyboard")
    if value and rows is None:
        if not value.keys() & {"keyboard", "remove_keyboard", "force_reply"}:
            complain(f"reply_markup of no known kind: {sorted(value)}")
        return None
    if not rows:
        return None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        )
    keyboard = [[_checked_button(button, complain) for button in row] for row in rows if row]
    if any(len(row) > limits.BUTTONS_IN_A_ROW for row in keyboard):
        complain(f"more than {limits.BUTTONS_IN_A_ROW} buttons in a row")
        raise bad_request("BUTTON_ROW_TOO_LONG")
    if sum(map(len, keyboard)) > limits.BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": keyboard} if keyboard else None


def buttons(markup: Markup | None) -> list[dict[str, Any]]:
    """The buttons of a keyboard in reading order."""
    return [button for row in (markup or {}).get("inline_keyboard", []) for button in row]


def _checked_button(button: Any, complain: Complain) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: must be an Object")
    text = button.get("text")
    if not isinstance(text, str) or not text.strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    actions = button.keys() & _ACTIONS
    if not actions:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        complain(f"button {text!r} has more than one action: {sorted(actions)}")
    if not actions <= _EMULATED:
        complain(f"button {text!r} has an action that is not emulated: {sorted(actions)}")
    if unknown := button.keys() - _ACTIONS - {"text", "style", "icon_custom_emoji_id"}:
        complain(f"button {text!r} has unknown fields: {sorted(unknown)}")
    if button.get("style") and button["style"] not in _STYLES:
        raise bad_request("can't parse inline keyboard button: invalid button style specified")
    _check_action(button, text)
    return button


def _check_action(button: dict[str, Any], text: str) -> None:
    if "url" in button:
        url = button["url"]
        check_link(url, f"inline keyboard button URL '{url}' is invalid")
    if "callback_data" in button:
        data = button["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= limits.CALLBACK_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    if "copy_text" in button:
        copied = button["copy_text"]
        copied = copied.get("text") if isinstance(copied, dict) else None
        if not isinstance(copied, str) or not 1 <= len(copied) <= limits.COPY_TEXT_CHARACTERS:
            raise bad_request(f"BUTTON_COPY_TEXT_INVALID in button {text!r}")
