"""What the bot says in each language of its interface; quotations are never translated."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

LANGUAGES = ("en", "ko", "es", "fr")


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The texts of one language. `name` is the language's own name for itself."""

    language: str
    name: str
    texts: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key with its placeholders filled; KeyError for either unknown."""
        return self.texts[key].format_map(values)


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of one of LANGUAGES."""
    path = resources.files("bot.telegram.messages") / "catalogues" / f"{language}.toml"
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return Catalogue(language=language, name=content["name"], texts=content["texts"])


def language_for(code: str | None) -> str:
    """The interface language for a person's Telegram language, such as `es-MX`."""
    language = (code or "").partition("-")[0].lower()
    return language if language in LANGUAGES else LANGUAGES[0]
