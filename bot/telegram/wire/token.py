"""The bot's token: where it is taken from, and how it never shows."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from telegram.ext import ExtBot

from corpus.errors import BadToken
from corpus.remedy import Remedy

VARIABLE = "PINCITE_TELEGRAM_TOKEN"
# systemd puts the credentials of a unit into a folder of their own, named by this variable.
_CREDENTIALS = "CREDENTIALS_DIRECTORY"
_CREDENTIAL = "telegram-token"
_FORM = re.compile(r"\d{3,}:[A-Za-z0-9_-]{20,}")


class Token:
    """A token whose text only `reveal` gives out."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        if not _FORM.fullmatch(text):
            raise BadToken(
                "the Telegram token is malformed; @BotFather gives one of digits, a colon and "
                "some 35 letters."
            )
        self._text = text

    def reveal(self) -> str:
        """The token, for the one who talks to Telegram."""
        return self._text

    def __repr__(self) -> str:
        return "Token(…)"


class QuietBot(ExtBot[Any]):
    """The library's bot, whose own repr, and with it that of all it is part of, has the token."""

    def __repr__(self) -> str:
        return "Bot(…)"


def find(environment: Mapping[str, str], token_file: Path | None) -> Token:
    """The token from a file, else the environment, else a systemd credential; raises BadToken."""
    if token_file is not None:
        return Token(_read(token_file))
    if text := environment.get(VARIABLE, "").strip():
        return Token(text)
    folder = environment.get(_CREDENTIALS)
    if folder and (credential := Path(folder) / _CREDENTIAL).is_file():
        return Token(_read(credential))
    raise BadToken(
        "there is no Telegram token, such as @BotFather hands out",
        Remedy.STATE_CREDENTIAL,
        variable=VARIABLE,
        credential=_CREDENTIAL,
    )


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        raise BadToken(
            f"the token file {file} cannot be read; it holds the token and nothing else."
        ) from None
