"""Characters that act without being seen, and what is shown in their place. The one rule.

Everything that Pincite says goes through it, on a terminal and in Telegram, as a report, a
question and a file's name may come from anybody: what is shown reads in the order in which it is
written. What follows becomes the visible "�", one for one:

- control characters (Unicode category Cc): escape sequences begin with one;
- halves of surrogate pairs;
- format characters (Cf) and what Unicode reserves for more of them: the marks, embeddings,
  overrides and isolates that turn the direction of text, zero-width spaces and joints, and tags
  (U+E0000 to U+E0FFF), which hide whole sentences;
- letters and marks that are not seen: fillers of Hangul, U+034F and the vowels U+17B4 and U+17B5.

What parts lines and words parts them here, too, and does not act: a carriage return ends a line,
and other white space that is a control character, U+2028 and U+2029 become a blank.

What stays, since writing needs it and it moves nothing else:

- the zero-width joiners U+200C and U+200D after a letter of Arabic, Syriac or an Indian script, or
  after a pictograph, which Persian, Hindi and emoji are spelled with, and nowhere else;
- the signs of Arabic, Syriac and Kaithi that are Cf and seen, such as U+06DD, and the soft hyphen;
- variation selectors, which choose a glyph. Right-to-left letters still run from right to left.

Flags of regions, which are spelled with tags, are shown as a black flag and marks.

Sources: that bidirectional controls and invisible characters are shown or refused, Unicode
Technical Report 36 (2.1, 2.5 and 3.6) and Technical Standard 39 (3.1); which they are, Standard
Annex 9 (2) and the property Default_Ignorable_Code_Point; where joiners are needed, Standard Annex
31 (2.3) and Technical Standard 51 (2.2 of emoji sequences). Boucher and Anderson, "Trojan Source"
(2023), measured what they do to readers.
"""

import re

MARK = "�"
_JOINED = "\u0620-\u06dc\u0710-\u088f\u08a0-\u08e1\u08e3-\u0dff\ufb50-\ufdff\ufe70-\ufefc"
_PICTOGRAPHS = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_BLANKS = str.maketrans(dict.fromkeys("\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029", " "))
ACTING = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # Cc
    "\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff0-\ufffb"
    "\ud800-\udfff"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
    f"\r]|(?<![{_JOINED}{_PICTOGRAPHS}])[\u200c\u200d]"
)


def as_shown(text: str) -> str:
    """A text, its lines kept, in which no character acts unseen; as long as it was."""
    lines = text.replace("\r\n", " \n").replace("\r", "\n")
    return ACTING.sub(MARK, lines.translate(_BLANKS))
