"""Text that a terminal shows and does not obey."""

import unicodedata


def printable(text: str) -> str:
    """A text, its lines kept, in which no control character of a report or a question acts."""
    return "".join(
        "�" if unicodedata.category(character) == "Cc" and character not in "\n\t" else character
        for character in text
    )
