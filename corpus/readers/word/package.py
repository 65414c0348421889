"""The parts of a Word file; the door to zip."""

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from posixpath import dirname, join, normpath

from corpus.errors import UnreadableReport
from corpus.readers.word.nodes import Node, children_of

# Bytes of the XML of a part, unpacked; chosen, not measured.
LARGEST_PART = 150_000_000
# Files in the zip: pictures and fonts included.
MOST_PARTS = 20_000
_ENCRYPTED_OR_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK"
_BROKEN = (EOFError, OSError, RuntimeError, ValueError, NotImplementedError)


class Package:
    """A Word file's parts, each found by what it is to the document.

    Raises UnreadableReport where the file is no Word file, or damaged.
    """

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        if content.startswith(_ENCRYPTED_OR_OLD):
            raise UnreadableReport(
                f"{name} is protected by a password, or of Word 2003 and older; open it in Word, "
                "save it as .docx without a password and add that."
            )
        if not content.startswith(_ZIP):
            raise UnreadableReport(
                f"{name} is not a Word file, though it is called one; open it in the program that "
                "made it, save it as .docx or PDF and add that."
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self._names = {entry.filename: entry for entry in self._zip.infolist()}
        except (zipfile.BadZipFile, *_BROKEN) as error:
            raise self._damaged(error) from None
        if len(self._names) > MOST_PARTS:
            raise UnreadableReport(
                f"{name} holds {len(self._names):,} files, as no Word file does; open it in Word, "
                "save it anew and add that."
            )
        self.document = self._main()
        related = [*self._relations(""), *self._relations(self.document)]
        self._related = dict(related)
        self.furniture = [path for kind, path in related if kind in ("header", "footer")]

    def children(self, part: str, holder: str) -> Iterator[Node]:
        """The elements right inside `holder` in a part, none where there is no such part.

        `part` is the part's path, or what it is to the document: "styles", "footnotes".
        """
        path = part if part in self._names else self._related.get(part, "")
        if path in self._names:
            yield from self._read(path, holder)

    def _read(self, path: str, holder: str) -> Iterator[Node]:
        try:
            with self._zip.open(self._names[path]) as file:
                yield from children_of(holder, file, LARGEST_PART, self.name)
        # What zipfile raises of a part that is encrypted is a RuntimeError.
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, *_BROKEN) as error:
            raise self._damaged(error) from None

    def _main(self) -> str:
        for kind, path in self._relations(""):
            if kind == "officeDocument" and path in self._names:
                return path
        if "word/document.xml" in self._names:
            return "word/document.xml"
        raise UnreadableReport(
            f"{self.name} holds no Word document; if it is one of another program, save it as "
            ".docx or PDF and add that."
        )

    def _relations(self, part: str) -> Iterator[tuple[str, str]]:
        """What is related to a part, and how; the first of a kind comes last."""
        folder, file = dirname(part), part.rpartition("/")[2]
        path = join(folder, "_rels", f"{file}.rels")
        found = []
        if path in self._names:
            for node in self._read(path, "rel:Relationships"):
                kind = node.attributes.get("Type", "").rpartition("/")[2]
                target = node.attributes.get("Target", "")
                if node.attributes.get("TargetMode") != "External":
                    whole = target.lstrip("/") if target[:1] == "/" else join(folder, target)
                    found.append((kind, normpath(whole)))
        return reversed(found)

    def _damaged(self, error: Exception) -> UnreadableReport:
        detail = " ".join(str(error).split())[:80] or type(error).__name__
        return UnreadableReport(
            f"{self.name} is damaged ({detail}); open it in Word, save it anew and add that."
        )
