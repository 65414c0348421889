"""Messages drawn as a phone shows them: one self-contained page of HTML, for screenshots."""

from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape
from itertools import pairwise

from .entities import QUOTES, utf16_length, utf16_slice
from .model import Message
from .tdlib import Entity

PHONE_WIDTH = 390
"""Pixels of CSS across a present-day phone."""

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
}
_LINKS = frozenset({"url", "text_link", "email", "mention", "hashtag", "cashtag", "bot_command"})
_ARROWS = {"url": "↗", "copy_text": "❐", "switch_inline_query": "➤"}

_STYLE = """
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 8px; width: %dpx; background: #cfdcc6;
  font: 16px/1.32 "Roboto", "Noto Sans", "DejaVu Sans", sans-serif; color: #000; }
.row { display: flex; flex-direction: column; align-items: flex-start; margin: 0 0 8px; }
.mine { align-items: flex-end; }
.bubble { max-width: 94%%; padding: 6px 10px; border-radius: 14px 14px 14px 4px;
  background: #fff; box-shadow: 0 1px 1px #0002; overflow-wrap: anywhere; }
.mine .bubble { background: #e5fdd0; border-radius: 14px 14px 4px 14px; }
.gone { opacity: .45; text-decoration: line-through; }
.name { color: #3a8ad0; font-weight: 600; font-size: 14px; }
.text { white-space: pre-wrap; }
.reply { border-left: 3px solid #3a8ad0; padding: 1px 8px; margin: 2px 0 4px; font-size: 14px;
  background: #3a8ad014; border-radius: 4px; white-space: nowrap; overflow: hidden;
  text-overflow: ellipsis; }
.quote { display: block; position: relative; margin: 3px 0; padding: 4px 22px 4px 10px;
  border-left: 3px solid #3a8ad0; border-radius: 4px; background: #3a8ad018; }
.quote::after { content: "\\275D"; position: absolute; top: 0; right: 6px; color: #3a8ad0; }
.quote > span { display: block; }
.folded > span { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3;
  overflow: hidden; }
.folded::after { content: "\\2304"; top: auto; bottom: 2px; }
code, pre { font-family: "Roboto Mono", "DejaVu Sans Mono", monospace; font-size: 15px;
  color: #a5522a; }
pre { display: block; margin: 3px 0; padding: 6px 8px; border-radius: 6px; background: #f1f1f1;
  white-space: pre-wrap; }
a, .link { color: #2481cc; text-decoration: none; }
.spoiler { background: #999; color: transparent; border-radius: 3px; }
.foot { text-align: right; font-size: 12px; color: #8a9a8a; }
.keys { width: 94%%; margin-top: 3px; }
.keys div { display: flex; gap: 3px; margin-bottom: 3px; }
.key { position: relative; flex: 1 1 0; min-width: 0; padding: 9px 6px; border-radius: 8px;
  background: #5d7a5599; color: #fff; text-align: center; font-size: 15px; font-weight: 500;
  overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.key i { position: absolute; top: 1px; right: 4px; font: 10px sans-serif; }
"""


def draw(messages: Iterable[Message], *, unfolded: bool = False, title: str = "Chat") -> str:
    """A page with these messages in order. Expandable quotations show three lines, all of them
    where `unfolded`; links lead nowhere, so that the page needs nothing from outside."""
    rows = "\n".join(_row(message, unfolded) for message in messages)
    return (
        f'<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width={PHONE_WIDTH}">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE % PHONE_WIDTH}</style></head>\n"
        f"<body>\n{rows}\n</body>\n</html>\n"
    )


def text_as_html(text: str, entities: list[Entity], *, unfolded: bool = False) -> str:
    """A text with its entities as HTML, quotations as blocks."""
    end = utf16_length(text)
    quotes = [entity for entity in entities if entity["type"] in QUOTES]
    inner = [entity for entity in entities if entity["type"] not in QUOTES]
    drawn, position = [], 0
    for quote in quotes:
        start, stop = quote["offset"], quote["offset"] + quote["length"]
        drawn.append(_inline(text, inner, position, start).removesuffix("\n"))
        folded = quote["type"] == "expandable_blockquote" and not unfolded
        body = _inline(text, inner, start, stop).removesuffix("\n")
        drawn.append(f'<span class="quote{" folded" * folded}"><span>{body}</span></span>')
        # The block ends the line by itself.
        position = stop + (utf16_slice(text, stop, 1) == "\n" if stop < end else 0)
    drawn.append(_inline(text, inner, position, end))
    return "".join(drawn)


def _inline(text: str, entities: list[Entity], start: int, stop: int) -> str:
    edges = {start, stop}
    for entity in entities:
        edges |= {entity["offset"], entity["offset"] + entity["length"]}
    cuts = sorted(edge for edge in edges if start <= edge <= stop)
    return "".join(
        _styled(
            escape(utf16_slice(text, here, there - here)),
            [e for e in entities if e["offset"] <= here and there <= e["offset"] + e["length"]],
        )
        for here, there in pairwise(cuts)
    )


def _styled(html: str, entities: list[Entity]) -> str:
    for entity in reversed(entities):
        kind = entity["type"]
        if kind in _TAGS:
            html = f"<{_TAGS[kind]}>{html}</{_TAGS[kind]}>"
        elif kind in _LINKS:
            html = f'<span class="link" title="{escape(entity.get("url", ""))}">{html}</span>'
        elif kind == "spoiler":
            html = f'<span class="spoiler">{html}</span>'
    return html


def _row(message: Message, unfolded: bool) -> str:
    mine = not message.sender.is_bot
    parts = []
    if message.chat.kind == "supergroup" or "via_bot" in message.content:
        via = message.content.get("via_bot")
        name = message.sender.first_name + (f" via @{via['username']}" if via else "")
        parts.append(f'<div class="name">{escape(name)}</div>')
    if message.reply_to is not None:
        parts.append(f'<div class="reply">{escape(message.reply_to.text[:80])}</div>')
    body = text_as_html(message.text, message.entities, unfolded=unfolded)
    parts.append(f'<div class="text">{body or escape(_content(message))}</div>')
    time = datetime.fromtimestamp(message.date, UTC).strftime("%H:%M")
    parts.append(f'<div class="foot">{"edited " * bool(message.edits)}{time}</div>')
    gone = " gone" * message.deleted
    return (
        f'<div class="row{" mine" * mine}"><div class="bubble{gone}">{"".join(parts)}</div>'
        f"{_keys(message)}</div>"
    )


def _content(message: Message) -> str:
    return f"[{', '.join(sorted(message.content))}]" if message.content else ""


def _keys(message: Message) -> str:
    if message.markup is None:
        return ""
    rows = []
    for row in message.markup["inline_keyboard"]:
        keys = []
        for button in row:
            mark = next((sign for name, sign in _ARROWS.items() if name in button), "")
            keys.append(f'<span class="key">{escape(button["text"])}<i>{mark}</i></span>')
        rows.append(f"<div>{''.join(keys)}</div>")
    return f'<div class="keys">{"".join(rows)}</div>'
