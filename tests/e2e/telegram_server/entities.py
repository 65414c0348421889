"""Texts and their entities, as a message stores them."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from . import limits, tdlib
from .refusal import bad_request
from .tdlib import Entity

STYLES = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
QUOTES = frozenset({"blockquote", "expandable_blockquote"})
VERBATIM = frozenset({"code", "pre"})
SENDABLE = STYLES | QUOTES | VERBATIM | {"text_link"}

_COMMAND = re.compile(r"(?<![\w/<>@])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?\b")
_MENTION = re.compile(r"(?<!\w)@[a-zA-Z0-9_]{4,32}\b")

_REMOVED = frozenset("\r\u030a\u0333\u033f\u2028\u2029\u202a\u202b\u202c\u202d\u202e")
_REPLACED = frozenset(map(chr, range(0x20))) - {"\n", "\r"}
"""Found by putting every character of the Basic Multilingual Plane through TDLib 1.8.69."""

Complain = Callable[[str], None]


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, the unit of all offsets."""
    return len(text.encode("utf-16-le")) // 2


def utf16_slice(text: str, offset: int, length: int) -> str:
    """The part of a text at an offset and length in UTF-16 code units."""
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le")


def detect(text: str) -> list[Entity]:
    """What Telegram marks by itself; without TDLib only commands and mentions."""
    if tdlib.available():
        return tdlib.detected(text)
    return [
        {
            "type": kind,
            "offset": utf16_length(text[: found.start()]),
            "length": utf16_length(found.group()),
        }
        for kind, pattern in (("bot_command", _COMMAND), ("mention", _MENTION))
        for found in pattern.finditer(text)
    ]


def compose(
    text: str, parse_mode: str, given: list[Any] | None, complain: Complain
) -> tuple[str, list[Entity]]:
    """Text and entities as Telegram stores them.

    `complain` is told what Telegram would drop or change without a word. Refusal: the text is
    empty or too long, a markup or an entity is wrong, the entities are too big.
    """
    _check_text(text)
    if parse_mode and parse_mode.lower() != "none":
        text, entities = _from_markup(text, parse_mode)
    else:
        entities = _checked(text, given or [], complain)
    text, entities = _trimmed(*_cleaned(text, entities, complain))
    if not text.strip():
        raise bad_request("message text is empty")
    if len(text) > limits.MESSAGE_CHARACTERS:
        raise bad_request("message is too long")
    entities = _settled(text, entities, complain)
    found = [e for e in detect(text) if not any(_clash(e, other) for other in entities)]
    entities = sorted(entities + found, key=_order)
    if len(entities) > limits.ENTITIES:
        complain(f"{len(entities)} entities: those after the first {limits.ENTITIES} are dropped")
        del entities[limits.ENTITIES :]
    if sum(map(encoded_bytes, entities)) > limits.ENTITY_BYTES:
        raise bad_request("ENTITIES_TOO_LONG")
    return text, entities


def encoded_bytes(entity: Entity) -> int:
    """Size of an entity in MTProto: three words, a word of flags for a quotation, and its link
    or language as a string padded to words."""
    size = 12 + 4 * (entity["type"] in QUOTES)
    if (string := entity.get("url", entity.get("language"))) is not None:
        length = len(string.encode())
        size += -(-(length + (1 if length < 254 else 4)) // 4) * 4
    return size


def looks(entities: Iterable[Entity], length: int) -> list[set[tuple[str, str]]]:
    """For each UTF-16 code unit the styles it is drawn in."""
    units: list[set[tuple[str, str]]] = [set() for _ in range(length)]
    for entity in entities:
        for unit in units[entity["offset"] : entity["offset"] + entity["length"]]:
            unit.add((entity["type"], entity.get("url", "").rstrip("/")))
    return units


def _check_text(text: str) -> None:
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise bad_request("text must be encoded in UTF-8") from None
    if not text:
        raise bad_request("message text is empty")
    if size > limits.MESSAGE_BYTES:
        raise bad_request("text is too long")


def _from_markup(text: str, parse_mode: str) -> tuple[str, list[Entity]]:
    if not tdlib.available():
        raise bad_request("this server reads markup only where tdjson is installed")
    try:
        return tdlib.parsed(text, parse_mode)
    except tdlib.Disagreement as reason:
        raise bad_request(str(reason)) from None


def _checked(text: str, given: list[Any], complain: Complain) -> list[Entity]:
    units = text.encode("utf-16-le")
    entities = []
    for entity in given:
        try:
            kind, offset, length = str(entity["type"]), int(entity["offset"]), int(entity["length"])
        except (KeyError, TypeError, ValueError):
            raise bad_request("can't parse MessageEntity") from None
        if kind not in SENDABLE:
            complain(f"an entity of type {kind} is ignored")
            continue
        if offset < 0 or length < 0:
            raise bad_request(f"receive an entity with incorrect offset {offset}")
        if 2 * (offset + length) > len(units):
            raise bad_request(
                f"entity beginning at UTF-16 offset {offset} ends after the end of the text at "
                f"UTF-16 offset {len(units) // 2}"
            )
        for edge in (offset, offset + length):
            if 0xDC <= (units[2 * edge + 1] if 2 * edge < len(units) else 0) <= 0xDF:
                raise bad_request(f"entity has an edge in a middle of a UTF-16 symbol at {edge}")
        if not utf16_slice(text, offset, length).strip():
            complain(f"an entity of type {kind} at {offset} covers nothing visible")
            continue
        entities.append(_copied(entity, kind, offset, length))
    return entities


def _copied(entity: dict[str, Any], kind: str, offset: int, length: int) -> Entity:
    copied: Entity = {"type": kind, "offset": offset, "length": length}
    if kind == "text_link":
        copied["url"] = entity.get("url", "")
        check_link(copied["url"], f"entity URL '{copied['url']}' is invalid")
    if kind == "pre" and entity.get("language"):
        copied["language"] = entity["language"]
    return copied


def check_link(url: str, refusal: str) -> None:
    """Refusal with these words where Telegram takes no link to this address."""
    if tdlib.available():
        try:
            tdlib.check_link(url)
        except tdlib.Disagreement as reason:
            raise bad_request(f"{refusal} ({reason})") from None
    elif not re.match(r"(?i)(https?://)?[^\s/]+\.[^\s/.]+(/\S*)?$|(tg|ton)://\S+$", url):
        raise bad_request(refusal)


def _cleaned(text: str, entities: list[Entity], complain: Complain) -> tuple[str, list[Entity]]:
    """Without the characters that Telegram removes, and with spaces for those it replaces."""
    changed = {c for c in text if c in _REMOVED or c in _REPLACED}
    if not changed:
        return text, entities
    names = ", ".join(sorted(f"U+{ord(c):04X}" for c in changed))
    complain(f"characters that Telegram removes or replaces by spaces: {names}")

    def moved(offset: int) -> int:
        return offset - sum(c in _REMOVED for c in utf16_slice(text, 0, offset))

    shifted = []
    for entity in entities:
        start, stop = moved(entity["offset"]), moved(entity["offset"] + entity["length"])
        shifted.append(entity | {"offset": start, "length": stop - start})
    text = "".join(" " if c in _REPLACED else c for c in text if c not in _REMOVED)
    return text, shifted


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    cut = len(text) - len(text.lstrip(" \n"))
    text = text.strip(" \n")
    end = utf16_length(text)
    moved = []
    for entity in entities:
        start = min(max(entity["offset"] - cut, 0), end)
        stop = min(max(entity["offset"] - cut + entity["length"], 0), end)
        if start < stop:
            moved.append(entity | {"offset": start, "length": stop - start})
    return text, moved


def _settled(text: str, entities: list[Entity], complain: Complain) -> list[Entity]:
    if tdlib.available():
        settled = tdlib.settled(text, entities)
    else:
        settled = []
        for entity in sorted(entities, key=_order):
            if not any(_clash(entity, other) for other in settled):
                settled.append(entity)
    length = utf16_length(text)
    if looks(settled, length) != looks(entities, length):
        complain("entities that may not overlap: some are dropped or cut")
    return settled


def _clash(entity: Entity, other: Entity) -> bool:
    """Whether the first may not stand where the second stands."""
    start, stop = other["offset"], other["offset"] + other["length"]
    if entity["offset"] >= stop or entity["offset"] + entity["length"] <= start:
        return False
    kinds = {entity["type"], other["type"]}
    if kinds <= QUOTES or (kinds & VERBATIM and not kinds & QUOTES):
        return True
    return not kinds & (QUOTES | STYLES)


def _order(entity: Entity) -> tuple[int, int, bool]:
    return entity["offset"], -entity["length"], entity["type"] not in QUOTES
