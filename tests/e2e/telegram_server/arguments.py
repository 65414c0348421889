"""The fields of a request, read the way the Bot API server reads them."""

import json
from dataclasses import dataclass, field
from typing import Any

from .refusal import bad_request

JSON_FIELDS = frozenset(
    {
        "allowed_updates", "button", "commands", "entities", "link_preview_options",
        "message_ids", "reply_markup", "reply_parameters", "results", "scope",
    }
)  # fmt: skip
"""Fields of the emulated methods whose value is a JSON text."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """Field names and their values as text, as they came; `read` names those looked at."""

    fields: dict[str, str]
    read: set[str] = field(default_factory=set)

    def text(self, name: str) -> str:
        """The value, empty where the field is absent."""
        self.read.add(name)
        return self.fields.get(name, "")

    def integer(self, name: str, default: int, lowest: int, highest: int) -> int:
        """The number, moved into the range; what is no number counts as 0."""
        value = self.text(name)
        return min(max(_integer(value) if value else default, lowest), highest)

    def identifier(self, name: str) -> int:
        """A number that may be anything; what is no number counts as 0."""
        return _integer(self.text(name))

    def flag(self, name: str) -> bool:
        """Whether the value is one of the three words for yes."""
        return self.text(name).lower() in {"true", "yes", "1"}

    def json(self, name: str) -> Any:
        """The value parsed, None where the field is absent. Refusal: it is not JSON."""
        if not (value := self.text(name)):
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def record(self, name: str) -> dict[str, Any] | None:
        """A JSON object, None where the field is absent. Refusal: it is anything else."""
        value = self.json(name)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"object expected as {name.replace('_', ' ')}")
        return value

    def items(self, name: str) -> list[Any] | None:
        """A JSON array, None where the field is absent. Refusal: it is anything else."""
        value = self.json(name)
        if value is not None and not isinstance(value, list):
            raise bad_request(f"expected an Array as {name}")
        return value

    def unread(self) -> list[str]:
        """Fields that the server has not looked at."""
        return sorted(self.fields.keys() - self.read)

    def decoded(self) -> dict[str, Any]:
        """All values, those of `JSON_FIELDS` parsed where they can be."""
        return {name: _decoded(name, value) for name, value in self.fields.items()}


def _integer(value: str) -> int:
    try:
        return int(value)
    except ValueError:
        return 0


def _decoded(name: str, value: str) -> Any:
    if name in JSON_FIELDS:
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
