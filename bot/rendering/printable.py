"""Text that a terminal shows and does not obey, and that reads in the order it is written in.

Everything that Pincite says goes through this filter, as a report, a question and a file's name
may come from anybody. What acts without being seen becomes the visible "�", one for one:

- control characters (Unicode category Cc) but line feed and tab: escape sequences begin with one;
  a carriage return, which ends a line in many files, ends one here, too, and does not act;
- the line and paragraph separators U+2028 and U+2029, and halves of surrogate pairs;
- format characters (Cf) and what Unicode reserves for more of them: marks, embeddings, overrides
  and isolates that turn the direction of text (Boucher and Anderson, "Trojan Source", 2023),
  zero-width spaces and joints, tags (U+E0000 to U+E0FFF), which hide whole sentences.

What stays, since writing needs it and it moves nothing else:

- the zero-width joiners U+200C and U+200D after a letter of Arabic, Syriac or an Indian script, or
  after a pictograph, which Persian, Hindi and emoji are spelled with, and nowhere else;
- the signs of Arabic, Syriac and Kaithi that are Cf and seen, such as U+06DD, and the soft hyphen;
- variation selectors, which choose a glyph. Right-to-left letters still run from right to left.

Flags of regions, which are spelled with tags, are shown as a black flag and marks.
"""

import json
import re

MARK = "�"
_JOINED = "\u0620-\u06dc\u0710-\u088f\u08a0-\u08e1\u08e3-\u0dff\ufb50-\ufdff\ufe70-\ufefc"
_PICTOGRAPHS = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_ACTING = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # Cc
    "\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb"
    "\ud800-\udfff"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
    f"]|(?<![{_JOINED}{_PICTOGRAPHS}])[\u200c\u200d]"
)


def printable(text: str) -> str:
    """A text, its lines kept, in which no character of a report or a question acts unseen."""
    return _ACTING.sub(MARK, text.replace("\r\n", " \n").replace("\r", "\n"))


def printable_json(value: object) -> str:
    """JSON on one line; what printable replaces is escaped, so that the value stays the same."""
    return _ACTING.sub(_escape, json.dumps(value, ensure_ascii=False))


def _escape(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]
