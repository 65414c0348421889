"""A file on disk to a document: the checks that every format shares."""

import codecs
import re
from dataclasses import replace
from pathlib import Path

from corpus.errors import UnreadableReport
from corpus.readers.document import Document
from corpus.readers.encodings import decoded, marked_text, undecodable
from corpus.readers.limits import LARGEST_FILE, LARGEST_TEXT, MOST_LINES
from corpus.readers.text import read_text

_MARKDOWN = (".md", ".markdown")
# What is read in a process of its own, by its reader.
_APART = {
    ".pdf": "corpus.readers.pdf:read_pdf",
    ".html": "corpus.readers.web:read_web",
    ".htm": "corpus.readers.web:read_web",
    ".xhtml": "corpus.readers.web:read_web",
    ".docx": "corpus.readers.word:read_word",
}
_UNREAD = (".doc", ".odt", ".rtf", ".epub", ".pages", ".mht", ".mhtml")
_PDF = b"%PDF-"
_ZIP, _WORD = b"PK\x03\x04", b"word/document.xml"
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
# Within so many bytes a PDF says what it is (Adobe, PDF Reference 1.7, appendix H, note 13).
_SAYS_WITHIN = 1024
# What may be an address whose beginning a person left out.
_ADDRESS = re.compile(
    r"(?:www\.|[a-z]{2,}:/|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?::\d+)?/|localhost:)", re.IGNORECASE
)
_CHECK = "check the name and the folder"
# The endings of what a folder is searched for.
READ = (".txt", *_MARKDOWN, *_APART)


def read(path: Path) -> tuple[Document, bytes]:
    """Read a report; returns the document and the file's bytes. Raises UnreadableReport."""
    content = file_bytes(path)
    return read_content(path, content), content


def read_content(path: Path, content: bytes, name: str | None = None) -> Document:
    """What the bytes of a file say; they tell how to read it, else its ending does.

    `name` stands in what is said of it: its path, or the address that it was fetched from. PDF,
    web pages and Word files are read in a process of their own. Raises UnreadableReport.
    """
    suffix = _ending(path, content)
    if suffix in _UNREAD:
        raise UnreadableReport(
            f"{path} is a {suffix} file; Pincite reads PDF, web pages (.html), Word (.docx), plain "
            "text (.txt) and Markdown (.md): save the report as one of these and add that."
        )
    if suffix in _APART:
        from corpus.readers.child import read_apart

        if not content:
            raise UnreadableReport(f"{path} is empty; add a file that holds the report's text.")
        return read_apart(_APART[suffix], content, name or str(path))
    text, encoding = decoded(path, content)
    if not text.strip():
        raise UnreadableReport(f"{path} is empty; add a file that holds the report's text.")
    if (lines := text.count("\n") + text.count("\r")) > MOST_LINES:
        raise UnreadableReport(
            f"{path} has {lines:,} ends of lines; a report may have {MOST_LINES:,}: split it into "
            "its parts and add each."
        )
    if suffix in _MARKDOWN:
        from corpus.readers.markdown import read_markdown

        document = read_markdown(text, path.name)
    else:
        document = read_text(text)
    return replace(document, extraction=replace(document.extraction, encoding=encoding))


def _ending(path: Path, content: bytes) -> str:
    """The ending that a file's bytes ask for, where they tell, else the one that it has."""
    suffix = path.suffix.lower()
    begun = content[:_SAYS_WITHIN]
    if begun.startswith(_PDF) or (_PDF in begun and suffix not in _APART):
        return ".pdf"
    if begun.startswith(_ZIP) and _WORD in content:
        return ".docx"
    if suffix not in (*_APART, *_MARKDOWN) or suffix in (".pdf", ".docx"):
        return ".html" if _PAGE.match(begun) else suffix
    return suffix


def read_text_file(path: Path) -> tuple[str, bytes]:
    """The text and the bytes of a UTF-8 file; a byte order mark is not part of the text."""
    content = file_bytes(path)
    try:
        return marked_text(path, content, codecs.BOM_UTF8, "utf-8"), content
    except UnicodeDecodeError as error:
        raise undecodable(path, "UTF-8", content, error.start) from None


def file_bytes(path: Path) -> bytes:
    """What stands in a file of a report; raises UnreadableReport where that cannot be had."""
    largest = LARGEST_FILE if path.suffix.lower() in _APART else LARGEST_TEXT
    try:
        if path.is_dir():
            raise UnreadableReport(f"{path} is a folder; name a report's file.")
        if not path.exists():
            what = "begin an address with https://" if _ADDRESS.match(str(path)) else _CHECK
            raise UnreadableReport(f"{path} does not exist; {what}.")
        if not path.is_file():
            raise UnreadableReport(f"{path} is not a regular file; name a report's file.")
        size = path.stat().st_size
        if size > largest:
            raise UnreadableReport(
                f"{path} has {size / 1e6:,.0f} MB; a report of this kind may have "
                f"{largest / 1e6:.0f} MB: split it into its parts and add each."
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableReport(
            f"{path} cannot be read ({error.strerror or error}); check its name and permissions."
        ) from None
