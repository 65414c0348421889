"""Which country and year a report seems to be on, by title and address; for a person to confirm."""

import re
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from corpus.names.mentions import mentions
from corpus.readers import Document

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def country_guess(document: Document) -> Mapping[str, str]:
    """The one country that the title names, else the one that the address does, as a guess."""
    title, address = _named(document)
    words = unquote(address).replace("-", " ").replace("_", " ").replace("/", " / ").title()
    for text in (title, words):
        found = mentions(text.replace("’", "'")).countries
        if len(found) == 1:
            return {"country": found[0]}
        if found:
            return {}
    return {}


def period_guess(document: Document) -> Mapping[str, str]:
    """The one year that the title names, else the one that the address does, as a guess."""
    title, address = _named(document)
    years = set(_YEAR.findall(title) or _YEAR.findall(address))
    return {"period": years.pop()} if len(years) == 1 else {}


def _named(document: Document) -> tuple[str, str]:
    """A document's title and the path of its address, "" where it has none."""
    title = document.metadata.get("title") or document.guesses.get("title", "")
    return title, urlsplit(document.metadata.get("url", "")).path
