"""What a button copies: words of a report with their citation, as long as it may be. Pure."""

from collections.abc import Iterable

from bot.telegram.messages.styled import LONGEST_COPY, plain, utf16
from corpus.citing.citations import cite
from corpus.citing.templates import place_and_id, short, whose
from corpus.passage import Passage


def quotation_to_copy(words: str, passage: Passage) -> str | None:
    """The words, whole, with the fullest citation that fits beside them; None where none does.

    The citation stands in brackets after the quotation, where `pincite verify` looks for it.
    """
    quotation = f"“{' '.join(words.split())}”"
    room = LONGEST_COPY - utf16(f"{quotation} ()")
    place, body = place_and_id(passage), whose(passage.report)
    citations = (
        cite(passage),
        short(passage, room),
        *([f"{body}, {place}"] if body else []),
        place,
    )
    return _first_fitting(f"{quotation} ({citation})" for citation in citations)


def citation_to_copy(passage: Passage) -> str | None:
    """The full citation, or else the short one; None where that does not fit either."""
    return _first_fitting((cite(passage), short(passage)))


def _first_fitting(texts: Iterable[str]) -> str | None:
    shown = (plain(text).text for text in texts)
    return next((text for text in shown if utf16(text) <= LONGEST_COPY), None)
