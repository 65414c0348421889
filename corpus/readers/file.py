"""A file on disk to a document: the checks that every format shares."""

from pathlib import Path

from corpus.errors import UnreadableReport
from corpus.readers.document import Document
from corpus.readers.text import read_text

# A report of 2,000 pages is about 6 MB of text. Beyond this a file is a data dump or a mistake.
LARGEST_FILE = 32_000_000
_MARKDOWN = (".md", ".markdown")
_UNREAD = (".pdf", ".docx", ".doc", ".odt", ".rtf", ".html", ".htm", ".epub")


def read(path: Path) -> tuple[Document, bytes]:
    """Read a report; returns the document and the file's bytes.

    Raises UnreadableReport for anything that is not a file of UTF-8 text.
    """
    if path.suffix.lower() in _UNREAD:
        raise UnreadableReport(
            f"{path} is a {path.suffix.lower()} file; Pincite reads plain text (.txt) and "
            "Markdown (.md): save the report as text and add that."
        )
    text, content = read_text_file(path)
    if not text.strip():
        raise UnreadableReport(f"{path} is empty; add a file that holds the report's text.")
    if path.suffix.lower() in _MARKDOWN:
        from corpus.readers.markdown import read_markdown

        return read_markdown(text, path.name), content
    return read_text(text), content


def read_text_file(path: Path) -> tuple[str, bytes]:
    """The text and the bytes of a UTF-8 file; a byte order mark is not part of the text."""
    content = _bytes(path)
    mark = 3 if content.startswith(b"\xef\xbb\xbf") else 0
    try:
        text = content[mark:].decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\0" in content:
            raise _binary(path) from None
        place = mark + error.start
        line = content.count(b"\n", 0, place) + 1
        raise UnreadableReport(
            f"{path} is not UTF-8: byte 0x{content[place]:02X} at position {place:,} "
            f"(line {line:,}) cannot be read; save the file as UTF-8."
        ) from None
    if "\0" in text:
        raise _binary(path)
    return text, content


def _binary(path: Path) -> UnreadableReport:
    return UnreadableReport(
        f"{path} is a binary file, not text; save the report as plain text (UTF-8) and add that."
    )


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableReport(
                f"{path} is a folder; name one report's file, and add each file by itself."
            )
        if not path.exists():
            raise UnreadableReport(f"{path} does not exist; check the name and the folder.")
        if not path.is_file():
            raise UnreadableReport(f"{path} is not a regular file; name a report's file.")
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise UnreadableReport(
                f"{path} has {size / 1e6:,.0f} MB; a report may have {LARGEST_FILE / 1e6:.0f} MB "
                "of text: split it into its parts and add each."
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableReport(
            f"{path} cannot be read ({error.strerror or error}); check its name and permissions."
        ) from None
