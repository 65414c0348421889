"""Text of a report or a person in Markdown, which makes nothing of it."""

import re

from bot.rendering.printable import printable

# What is markup anywhere, what spells a character, and what begins a list, a rule or a heading.
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~]|&(?=#?\w+;))")
_BEGINS_MARKUP = re.compile(r"^([ \t]*\d{1,9}(?=[.)])|[ \t]*(?=[-+=]))", re.MULTILINE)


def escaped(text: str) -> str:
    """The text as it is shown, with a backslash before whatever would be markup."""
    return _BEGINS_MARKUP.sub(r"\1\\", _SPECIAL.sub(r"\\\1", printable(text)))
