"""A web page, from a file or fetched, to a document."""

from dataclasses import replace

from corpus.readers.document import Document
from corpus.readers.encodings import decoded_page
from corpus.readers.extraction import Mended
from corpus.readers.web.page import read_page


def read_web(content: bytes, name: str) -> Document:
    """The document that a page's bytes are; its name is that of its file, or its address.

    Raises UnreadableReport where it has no words of its own.
    """
    html, encoding, lost = decoded_page(name, content)
    address = name if name.startswith(("http://", "https://")) else None
    document = read_page(html, name, address)
    mended = document.extraction.mended
    if lost:
        unknown = Mended(what=f"byte that {encoding} does not have", becomes=None, count=lost)
        mended = (*mended, unknown)
    extraction = replace(document.extraction, encoding=encoding, mended=mended)
    return replace(document, extraction=extraction)
