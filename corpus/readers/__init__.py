"""One reader a format: a file becomes its text, its blocks and the metadata it states."""

from corpus.readers.document import Block, BlockKind, Document, Dropped, LeftOut
from corpus.readers.file import read, read_text_file

__all__ = ["Block", "BlockKind", "Document", "Dropped", "LeftOut", "read", "read_text_file"]
