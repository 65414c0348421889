"""PDF files: characters to words, lines, columns, paragraphs, and where each of them is printed."""

from corpus.readers.pdf.picture import places, render_page
from corpus.readers.pdf.reading import read_pdf

__all__ = ["places", "read_pdf", "render_page"]
