"""PDF files: characters to words, lines, columns, paragraphs, and where each of them is printed."""

from corpus.readers.pdf.reading import read_pdf

__all__ = ["read_pdf"]
