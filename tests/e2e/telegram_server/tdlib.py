"""The door to TDLib: Telegram's own reading of texts and entities, offline, where tdjson is
installed."""

import json
from functools import cache
from typing import Any

try:
    import tdjson
except ImportError:  # no wheel for this system: the checks that need TDLib are left out
    _INSTALLED = False
else:
    _INSTALLED = True

Entity = dict[str, Any]

_TYPES = {
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "blockquote": "BlockQuote",
    "expandable_blockquote": "ExpandableBlockQuote",
    "code": "Code",
    "pre": "Pre",
    "text_link": "TextUrl",
    "url": "Url",
    "email": "EmailAddress",
    "phone_number": "PhoneNumber",
    "mention": "Mention",
    "hashtag": "Hashtag",
    "cashtag": "Cashtag",
    "bot_command": "BotCommand",
    "bank_card_number": "BankCardNumber",
}
_NAMES = {theirs: ours for ours, theirs in _TYPES.items()}
_MARKDOWN = str.maketrans(dict.fromkeys("*_~`|[]()", "x"))


class Disagreement(ValueError):
    """TDLib refuses a text, an entity or a link; the message says why."""


def available() -> bool:
    """Whether tdjson is installed."""
    return _INSTALLED


def detected(text: str) -> list[Entity]:
    """The links, mentions, tags and commands that Telegram finds in a text by itself."""
    answer = _execute({"@type": "getTextEntities", "text": text})
    return [entity for item in answer["entities"] if (entity := _from_tdlib(item))]


def settled(text: str, entities: list[Entity]) -> list[Entity]:
    """The entities as TDLib would send them: sorted, split where they overlap, without those
    that are not allowed inside others. Types that TDLib has no name for here are left out.

    TDLib reaches this only through its Markdown reader, so the characters of Markdown are
    replaced by a letter first: offsets stay the same. Raises Disagreement for a bad offset.
    """
    query = {"@type": "parseMarkdown", "text": _formatted(text.translate(_MARKDOWN), entities)}
    return [entity for item in _execute(query)["entities"] if (entity := _from_tdlib(item))]


def check_entities(text: str, entities: list[Entity]) -> None:
    """Raises Disagreement for an offset out of range or a link that is none."""
    _execute({"@type": "getMarkdownText", "text": _formatted(text, entities)})


def check_link(url: str) -> None:
    """Raises Disagreement where Telegram would not take this as the target of a link."""
    check_entities("x", [{"type": "text_link", "offset": 0, "length": 1, "url": url}])


def parsed(text: str, parse_mode: str) -> tuple[str, list[Entity]]:
    """Text and entities of a text in HTML, Markdown or MarkdownV2. Raises Disagreement."""
    modes: dict[str, dict[str, Any]] = {
        "html": {"@type": "textParseModeHTML"},
        "markdown": {"@type": "textParseModeMarkdown", "version": 1},
        "markdownv2": {"@type": "textParseModeMarkdown", "version": 2},
    }
    if (mode := modes.get(parse_mode.lower())) is None:
        raise Disagreement("unsupported parse_mode")
    answer = _execute({"@type": "parseTextEntities", "text": text, "parse_mode": mode})
    return answer["text"], [entity for item in answer["entities"] if (entity := _from_tdlib(item))]


def _formatted(text: str, entities: list[Entity]) -> dict[str, Any]:
    known = [entity for entity in entities if entity["type"] in _TYPES]
    return {"@type": "formattedText", "text": text, "entities": [_to_tdlib(e) for e in known]}


def _to_tdlib(entity: Entity) -> dict[str, Any]:
    kind: dict[str, Any] = {"@type": f"textEntityType{_TYPES[entity['type']]}"}
    if entity["type"] == "text_link":
        kind["url"] = entity["url"]
    if entity["type"] == "pre" and entity.get("language"):
        kind = {"@type": "textEntityTypePreCode", "language": entity["language"]}
    return {
        "@type": "textEntity",
        "offset": entity["offset"],
        "length": entity["length"],
        "type": kind,
    }


def _from_tdlib(item: dict[str, Any]) -> Entity | None:
    kind = item["type"]["@type"].removeprefix("textEntityType")
    entity: Entity = {"type": "", "offset": item["offset"], "length": item["length"]}
    if kind == "PreCode":
        return entity | {"type": "pre", "language": item["type"]["language"]}
    if (name := _NAMES.get(kind)) is None:
        return None
    entity["type"] = name
    if name == "text_link":
        entity["url"] = item["type"]["url"]
    return entity


def _execute(query: dict[str, Any]) -> dict[str, Any]:
    _silence()
    answer: dict[str, Any] = json.loads(tdjson.td_execute(json.dumps(query).encode()) or b"{}")
    if answer.get("@type") == "error":
        raise Disagreement(answer["message"])
    return answer


@cache
def _silence() -> None:
    query = {"@type": "setLogVerbosityLevel", "new_verbosity_level": 0}
    tdjson.td_execute(json.dumps(query).encode())
