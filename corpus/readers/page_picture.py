"""A page of a file as a picture with a quotation marked, for a process of its own to make."""

from corpus.errors import UnreadableReport
from corpus.readers.pdf import places, render_page


def marked_page(content: bytes, name: str, sheet: int, quotation: str) -> bytes:
    """A sheet, from 1, of a PDF as PNG, with the words of it that are quoted marked.

    Raises UnreadableReport where they do not stand there, or the file cannot be opened.
    """
    found = places(content, sheet, quotation)
    if not found:
        raise UnreadableReport(
            f"{name} does not have the quoted words on sheet {sheet} as they were read; look at "
            "that sheet of the file itself."
        )
    return render_page(content, sheet, found)
