"""A Word file (.docx) to a document."""

from collections.abc import Iterator, Mapping

from corpus.errors import UnreadableReport
from corpus.readers.composing import composed
from corpus.readers.document import BlockKind, Document
from corpus.readers.extraction import Doubt, Extraction, Furniture, Mended, Suspicion
from corpus.readers.word.body import Body
from corpus.readers.word.nodes import Node
from corpus.readers.word.notes import notes
from corpus.readers.word.numbering import numbering
from corpus.readers.word.package import Package
from corpus.readers.word.styles import styles

_LONGEST_FURNITURE = 120


def read_word(content: bytes, name: str) -> Document:
    """The document that a Word file's bytes are, all its changes accepted.

    Raises UnreadableReport where it is none, is damaged or holds no words.
    """
    package = Package(content, name)
    style_nodes = list(package.children("styles", "styles"))
    numbers = {
        node.attributes.get("styleId", ""): next(
            (number.attributes.get("val") for number in node.all("numId")), None
        )
        for node in style_nodes
        if node.attributes.get("type") == "numbering"
    }
    settings = Node(tag="settings", children=[*package.children("settings", "settings")])
    body = Body(
        styles=styles(style_nodes),
        numbering=numbering(package.children("numbering", "numbering"), numbers),
        notes=notes(
            package.children("footnotes", "footnotes"),
            package.children("endnotes", "endnotes"),
            [settings, *_sections(package)],
        ),
    )
    body.read(package.children(package.document, "body"))
    body.end()
    if not any(piece.kind not in (BlockKind.TITLE, BlockKind.HEADING) for piece in body.pieces):
        raise UnreadableReport(
            f"{name} holds no paragraph; if its pages are pictures, save it as PDF with recognised "
            "text and add that."
        )
    return _document(body, package)


def _sections(package: Package) -> Iterator[Node]:
    for node in package.children(package.document, "body"):
        if node.tag == "sectPr":
            yield node
        elif node.tag == "p":
            properties = node.child("pPr")
            section = properties.child("sectPr") if properties is not None else None
            if section is not None:
                yield section


def _document(body: Body, package: Package) -> Document:
    together = composed(body.pieces)
    stated = {
        node.tag: " ".join(node.text.split())
        for node in package.children("core-properties", "o:coreProperties")
    }
    title = next((p.words.text for p in body.pieces if p.kind is BlockKind.TITLE), "")
    guesses = {
        "title": stated.get("dc:title", ""),
        "published": stated.get("dcterms:created", "")[:10],
        "language": stated.get("dc:language", ""),
    }
    changed = stated.get("dcterms:modified", "")[:10]
    lost = (
        [Mended(what="sign of a symbol font", becomes=None, count=body.lost)] if body.lost else []
    )
    return Document(
        text=together.text,
        blocks=together.blocks,
        metadata={"title": " ".join(title.split())} if title else {},
        guesses={field: value for field, value in guesses.items() if value},
        extraction=Extraction(
            furniture=_furniture(body, package),
            mended=tuple(lost),
            joined=together.joined,
            unjoined=together.unjoined,
            suspicions=tuple(_suspicions(body)),
            properties=_properties(changed),
        ),
        contents=tuple(body.contents),
    )


def _properties(changed: str) -> Mapping[str, str]:
    return {"modified": changed} if changed else {}


def _furniture(body: Body, package: Package) -> tuple[Furniture, ...]:
    """Heads and feet of pages, contents lists and hidden text; the beginnings of long ones."""
    texts = list(body.left_out)
    for part in package.furniture:
        for holder in ("hdr", "ftr"):
            texts += (
                " ".join("".join(text.text for text in node.all("t")).split())
                for node in package.children(part, holder)
            )
    short = (
        text if len(text) <= _LONGEST_FURNITURE else text[:_LONGEST_FURNITURE].rstrip() + "…"
        for text in texts
    )
    return tuple(Furniture(text=text) for text in dict.fromkeys(short) if text.strip())


def _suspicions(body: Body) -> Iterator[Suspicion]:
    sentences = [
        f"numbers of the format {name} are printed in figures here"
        for name in sorted(body.numbering.unknown)
    ]
    if body.notes.by_page and body.notes.called:
        sentences.append(
            "notes are numbered anew on each page, and a Word file does not say where pages end: "
            "they are counted through here"
        )
    for sentence in sentences:
        yield Suspicion(sheet=None, doubt=Doubt.STRUCTURE, sentence=sentence)
