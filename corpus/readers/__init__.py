"""One reader a format: a file becomes its text, its blocks and the metadata it states."""

from corpus.readers.document import Block, BlockKind, Document
from corpus.readers.file import read, read_text_file

__all__ = ["Block", "BlockKind", "Document", "read", "read_text_file"]
