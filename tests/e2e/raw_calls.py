"""Calls of the Bot API by plain HTTP, without a client library."""

import json
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

from telegram_server import TelegramServer

Answer = tuple[int, dict[str, Any]]


def call(server: TelegramServer, method: str, *, token: str = "", **fields: Any) -> Answer:
    """Status and JSON of one call."""
    values = {k: v if isinstance(v, str) else json.dumps(v) for k, v in fields.items()}
    request = urllib.request.Request(
        f"{server.base_url}{token or server.token}/{method}",
        urllib.parse.urlencode(values).encode(),
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, json.load(refusal)


def done(answer: Answer) -> Any:
    """The result of a call that went well."""
    status, body = answer
    assert (status, body["ok"]) == (200, True), body
    return body["result"]


def refused(answer: Answer, status: int, words: str) -> None:
    """Assert a refusal."""
    assert answer[0] == status == answer[1]["error_code"], answer
    assert words in answer[1]["description"]
    assert answer[1]["ok"] is False


def entity(kind: str, offset: int, length: int, **more: str) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


def keyboard(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [[button] for button in buttons]}
