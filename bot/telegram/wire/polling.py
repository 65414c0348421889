"""Getting updates: those that cannot be read are passed over, and silence is noticed."""

import json
import time
from collections.abc import Callable
from typing import Any

from telegram import Update
from telegram.error import InvalidToken, NetworkError
from telegram.request import HTTPXRequest

# A long poll returns at the latest after this; then another one is due.
LONG_POLL_S = 10
# Leaves time for some failed polls with PTB's pauses between them, and for leaving within a minute
# of the last good one.
SILENT_S = 45.0


class Pulse:
    """When updates were last got, and whether Telegram refused the token since."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._last = now()
        self.refused = False

    def beat(self) -> None:
        """A poll went well."""
        self._last = self._now()

    @property
    def is_lost(self) -> bool:
        """Whether polling has ended, or nothing was got for too long."""
        return self.refused or self._now() - self._last > SILENT_S


class PollingRequest(HTTPXRequest):
    """Gets updates; one that python-telegram-bot cannot read becomes one that says nothing.

    Otherwise it would be fetched again without pause for ever.
    """

    def __init__(self, pulse: Pulse, **options: Any) -> None:
        super().__init__(**options)
        self._pulse = pulse

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """The status and body of an answer; see BaseRequest."""
        status, body = await super().do_request(*args, **kwargs)
        if status in (401, 404):
            self._pulse.refused = True
            raise InvalidToken
        if status == 200:  # noqa: PLR2004
            body = json.dumps(_readable(_parsed(body))).encode()
            self._pulse.beat()
        return status, body


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        content = json.loads(body)
    except ValueError:
        raise NetworkError("the answer is cut off") from None
    if not isinstance(content, dict):
        raise NetworkError("the answer is no object")
    return content


def _readable(content: dict[str, Any]) -> dict[str, Any]:
    updates = content.get("result")
    if isinstance(updates, list):
        content["result"] = [read_or_empty(update) for update in updates]
    return content


def read_or_empty(update: Any) -> Any:
    """An update, or its number alone where it cannot be read."""
    try:
        Update.de_json(dict(update), None)
    except Exception:  # noqa: BLE001  whatever a strange update makes the library raise
        number = update.get("update_id") if isinstance(update, dict) else None
        return {"update_id": number if isinstance(number, int) else 0}
    return update
