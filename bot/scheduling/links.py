"""Addresses that open a source at the place that is cited."""

from urllib.parse import quote, urldefrag

from corpus.passage import Passage

# So many words tell a place apart in a text fragment; more break where a page sets them otherwise.
_WORDS = 6


def link_to(passage: Passage) -> str | None:
    """Where a passage can be read: its source's address, at the page or at the words.

    A PDF opens at a sheet (“#page=”, PDF Open Parameters, Adobe 2007); a web page scrolls to the
    words where the browser knows text fragments (URL Fragment Text Directives, W3C), and opens at
    its top where it does not. None where the source has no address.
    """
    address = passage.report.url or passage.report.archived
    if address is None:
        return None
    address = urldefrag(address).url
    if passage.pages:
        return f"{address}#page={passage.pages[0].sheet}"
    if address.lower().endswith(".pdf"):
        return address
    return f"{address}#:~:text={_fragment(passage)}"


def _fragment(passage: Passage) -> str:
    """The first and the last words of a passage, as far as no note marker stands between them."""
    words = _plain_beginning(passage).split()
    if not passage.hidden and len(words) <= 2 * _WORDS:
        return _spelled(words)
    first, last = words[:_WORDS], _plain_end(passage).split()[-_WORDS:]
    return ",".join(_spelled(part) for part in (first, last) if part)


def _plain_beginning(passage: Passage) -> str:
    stop = passage.hidden[0].start if passage.hidden else len(passage.source)
    return passage.source[:stop] or passage.text


def _plain_end(passage: Passage) -> str:
    """The end of the passage after the last note marker, what stands before one at the very end."""
    edges = [0, *(edge for span in passage.hidden for edge in (span.start, span.stop))]
    pieces = [*zip(edges[::2], [*edges[1::2], len(passage.source)], strict=True)]
    texts = [passage.source[start:stop] for start, stop in pieces]
    return next((text for text in reversed(texts) if len(text.split()) > 1), "")


def _spelled(words: list[str]) -> str:
    # What the directive's own syntax uses is spelled, too.
    return quote(" ".join(words), safe="").replace("-", "%2D")
