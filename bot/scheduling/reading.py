"""What a schedule's file quotes and which passages it names, in each of its formats.

Also where a person changed the file since: what is quoted is told by the marks of the format.
"""

import io
import re
import zipfile
from html import unescape
from html.parser import HTMLParser

from corpus.errors import WrongUse

_ID = re.compile(r"\bpassage\s+([0-9a-f]{16})\b")
# A schedule of twelve pages takes some 20 kB; nobody reads one of a thousand times as much.
_MOST_BYTES = 50_000_000


def quotations_in(name: str, content: bytes) -> list[str]:
    """The paragraphs that a file quotes, white space as single spaces; raises WrongUse."""
    if name.lower().endswith(".docx"):
        found = re.findall(r"<w:p[ >].*?</w:p>", _part(name, content, "document"), re.DOTALL)
        texts = [_words(one) for one in found if '<w:pStyle w:val="Quote"/>' in one]
    elif name.lower().endswith(".html"):
        texts = _Quoting.of(_text(name, content)).quoted
    else:
        lines = re.findall(r"^> (.*)$", _text(name, content), re.MULTILINE)
        texts = [_unescaped(line) for line in lines]
    return [" ".join(text.split()) for text in texts if text.strip()]


def ids_in(name: str, content: bytes) -> list[str]:
    """The ids of the passages that a file names, each once, in order; raises WrongUse."""
    if name.lower().endswith(".docx"):
        parts = [_part(name, content, part) for part in ("document", "footnotes")]
        text = " ".join(_words(part) for part in parts)
    elif name.lower().endswith(".html"):
        text = " ".join(_Quoting.of(_text(name, content)).all)
    else:
        text = _text(name, content)
    return list(dict.fromkeys(_ID.findall(" ".join(text.split()))))


def _part(name: str, content: bytes, part: str) -> str:
    """A part of a Word file; empty where it has none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = f"word/{part}.xml"
            if inside not in archive.namelist():
                return ""
            if archive.getinfo(inside).file_size > _MOST_BYTES:
                raise WrongUse(f"{name} unpacks to more than {_MOST_BYTES // 1_000_000} MB.")
            return archive.read(inside).decode("utf-8")
    except (zipfile.BadZipFile, UnicodeDecodeError, RuntimeError, EOFError):
        raise WrongUse(f"{name} is not a Word file (.docx).") from None


def _words(xml: str) -> str:
    """The text of Word's paragraphs; tabs and line breaks as spaces."""
    found = re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:(?:tab|br)/>|</w:p>", xml)
    return "".join(unescape(text) if text else " " for text in found)


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise WrongUse(f"{name} is not text in UTF-8.") from None


def _unescaped(line: str) -> str:
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", line)


class _Quoting(HTMLParser):
    """The texts of block quotations, and all text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.quoted: list[str] = []
        self.all: list[str] = []
        self._inside = False

    @classmethod
    def of(cls, text: str) -> "_Quoting":
        """The texts of a page."""
        made = cls()
        made.feed(text)
        made.close()
        return made

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        """A quotation begins."""
        if tag == "blockquote":
            self._inside = True
            self.quoted.append("")

    def handle_endtag(self, tag: str) -> None:
        """It ends."""
        if tag == "blockquote":
            self._inside = False

    def handle_data(self, data: str) -> None:
        """A stretch of text."""
        self.all.append(data)
        if self._inside:
            self.quoted[-1] += data
