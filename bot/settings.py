"""The only reader of the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

from corpus.errors import WrongUse
from embeddings.encoders.default_model import DEFAULT_MODEL

# Every setting, for the documentation and the test that it is whole.
VARIABLES = {
    "PINCITE_LIBRARY": "the library's folder, where --library is not given",
    "PINCITE_MODEL": "the model's name or path, where --model is not given",
    "PINCITE_READER": "off: nothing is read, and answers are called “perhaps” at most; on: as ever",
    "PINCITE_TELEGRAM_TOKEN": "the Telegram bot's token, where --token-file is not given",
    "PINCITE_DEBUG": "set to 1: a failed command shows its traceback, which can show a question",
    "NO_COLOR": "set to anything: no colour",
}


def environment() -> Mapping[str, str]:
    """The environment, for those who are handed it."""
    return os.environ


def shows_tracebacks(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the person wants the traceback of what goes wrong, whatever it may show."""
    return environment.get("PINCITE_DEBUG") == "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the person has chosen for every command."""

    library: Path
    model: str
    cache: Path
    reads: bool = True

    @classmethod
    def read(
        cls,
        environment: Mapping[str, str] = os.environ,
        *,
        library: str | None = None,
        model: str | None = None,
        reads: bool | None = None,
    ) -> "Settings":
        """What the command says, else the environment, else the default; raises WrongUse."""
        folder = library or environment.get("PINCITE_LIBRARY")
        return cls(
            library=Path(folder).expanduser()
            if folder
            else user_data_path("pincite", appauthor=False),
            model=model or environment.get("PINCITE_MODEL") or DEFAULT_MODEL,
            cache=user_cache_path("pincite", appauthor=False),
            reads=_is_on("PINCITE_READER", environment) if reads is None else reads,
        )


def _is_on(name: str, environment: Mapping[str, str]) -> bool:
    """Whether a switch of the environment, on unless it says off, is on."""
    value = environment.get(name) or "on"
    if value not in ("on", "off"):
        raise WrongUse(f"{name} is {value!r}; set it to on or off.")
    return value == "on"
