"""A draft in PDF: the text of its pages, and the notes at their feet."""

import re

from bot.verifying.draft import Draft, NoteReference, Part, note_parts
from corpus.errors import WrongUse

_NOTE = re.compile(r"(?P<key>\d{1,3})\.?[ \t]+(?P<text>\S.*)")
# A figure glued to the end of a quotation, a word or a sentence is the marker of a note.
_MARKER = re.compile(r"(?<=[”»’\"'.,;:!?)a-z])(?<!\d[.,:])(?P<key>\d{1,3})(?=\s|$)")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010\ufffe]\n(?=[a-zà-ÿ])")
_ENDS = re.compile(r"[.!?:][”»’\"')\]]*\d{0,3}$")
# A line that is so much shorter than the longest ends its paragraph, if it ends a sentence.
_SHORT = 0.8


def read_pdf(content: bytes, path: str) -> Draft:
    """The paragraphs and notes of a PDF; raises WrongUse."""
    parts: list[Part] = []
    notes: dict[str, str] = {}
    for page, text in enumerate(_pages(content, path), 1):
        body, of_page = _without_notes(text)
        notes |= of_page
        for paragraph in _paragraphs(body):
            shown, references = _marked(paragraph, of_page)
            parts.append(Part(text=shown, ordinal=len(parts), page=page, notes=references))
    if not parts:
        raise WrongUse(f"{path} has no text, as a scan has none; run text recognition over it.")
    return Draft(parts=(*parts, *note_parts(notes, len(parts))), notes=notes)


def _pages(content: bytes, path: str) -> list[str]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        raise WrongUse(
            f"{path} is not a PDF that can be read, or needs a password; save it again."
        ) from None
    try:
        return [_text(document[number]) for number in range(len(document))]
    finally:
        document.close()


def _text(page: object) -> str:
    text: str = page.get_textpage().get_text_range()  # type: ignore[attr-defined]
    return text.replace("\r", "").replace("\ufffe\n", "\ufffe\n")


def _without_notes(text: str) -> tuple[str, dict[str, str]]:
    """A page's text, and the notes that end it: numbered lines that rise to its end."""
    lines = text.strip().split("\n")
    starts = [number for number, line in enumerate(lines) if _NOTE.match(line)]
    first = len(lines)
    following: int | None = None
    for number in reversed(starts):
        match = _NOTE.match(lines[number])
        assert match is not None
        key = int(match["key"])
        if following is not None and key != following - 1:
            break
        if not re.search(rf"(?<=[^\W\d_]|[”»’\"'.,;:!?)]){key}(?!\d)", "\n".join(lines[:number])):
            break
        first, following = number, key
    notes: dict[str, str] = {}
    for line in lines[first:]:
        if match := _NOTE.match(line):
            notes[match["key"]] = match["text"]
        else:
            last = next(reversed(notes))
            notes[last] = f"{notes[last]}\n{line}"
    return "\n".join(lines[:first]), {key: _mended(note) for key, note in notes.items()}


def _paragraphs(text: str) -> list[str]:
    """Runs of lines up to one that is empty, or short and ends a sentence."""
    lines = text.split("\n")
    longest = max((len(line) for line in lines), default=0)
    found: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            found[-1].append(line.strip())
        if not line.strip() or (len(line) < _SHORT * longest and _ENDS.search(line.strip())):
            found.append([])
    return ["\n".join(run) for run in found if run]


def _marked(text: str, notes: dict[str, str]) -> tuple[str, tuple[NoteReference, ...]]:
    """A paragraph without the markers of the page's notes, and where they stood."""
    shown, references, end, length = [], [], 0, 0
    mended = _mended(text)
    for match in _MARKER.finditer(mended):
        if match["key"] not in notes:
            continue
        piece = mended[end : match.start()]
        length += len(piece)
        shown.append(piece)
        references.append(NoteReference(at=length, key=match["key"]))
        end = match.end()
    return "".join([*shown, mended[end:]]), tuple(references)


def _mended(text: str) -> str:
    return _HYPHEN.sub("", text).replace("\n", " ")
