"""One reader a format: a file becomes its text, its blocks and the metadata it states."""

from corpus.readers.document import Block, BlockKind, CountryEntry, Document
from corpus.readers.extraction import Dropped, Extraction, Furniture, LeftOut
from corpus.readers.file import read, read_content, read_text_file

__all__ = [
    "Block",
    "BlockKind",
    "CountryEntry",
    "Document",
    "Dropped",
    "Extraction",
    "Furniture",
    "LeftOut",
    "read",
    "read_content",
    "read_text_file",
]
