"""Which country a report seems to be on, by its title and its address; for a person to confirm."""

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from corpus.names.mentions import mentions
from corpus.readers import Document


def country_guess(document: Document) -> Mapping[str, str]:
    """The one country that the title names, else the one that the address does, as a guess."""
    title = document.metadata.get("title") or document.guesses.get("title", "")
    address = urlsplit(document.metadata.get("url", "")).path
    words = unquote(address).replace("-", " ").replace("_", " ").replace("/", " / ").title()
    for text in (title, words):
        found = mentions(text.replace("’", "'")).countries
        if len(found) == 1:
            return {"country": found[0]}
        if found:
            return {}
    return {}
