"""A schedule in Word: Office Open XML, written part by part, with Word's own footnotes.

By hand since python-docx makes no footnotes. Parts and elements are those of ECMA-376, part 1
(WordprocessingML); whatever is written here was opened in LibreOffice and looked at.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping
from html import escape
from importlib import resources

from bot.scheduling.document import Block, Document, Kind, Run

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = {
    Kind.TITLE: "Title",
    Kind.HEADING: "Heading1",
    Kind.TEXT: "Normal",
    Kind.LEAD: "Lead",
    Kind.QUOTE: "Quote",
    Kind.REMARK: "Remark",
    Kind.ITEM: "Item",
}
_PARTS = {"styles": "styles", "footnotes": "footnotes", "footer1": "footer"}
# Of the archive's entries, so that a schedule is the same file each time: the earliest it can say.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def as_word(document: Document) -> bytes:
    """The whole file."""
    links = list(dict.fromkeys(run.link for run in _all_runs(document) if run.link))
    names = {link: f"link{number}" for number, link in enumerate(links, 1)}
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations([("main", "officeDocument", "word/document.xml", False)]),
        "docProps/core.xml": _properties(document),
        "word/document.xml": _main(document, names),
        "word/_rels/document.xml.rels": _relations(
            [
                *((name, kind, f"{name}.xml", False) for name, kind in _PARTS.items()),
                *((name, "hyperlink", link, True) for link, name in names.items()),
            ]
        ),
        "word/footnotes.xml": _footnotes(document),
        "word/footer1.xml": _footer(),
        "word/styles.xml": (resources.files("bot.scheduling") / "styles.xml").read_text("utf-8"),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return made.getvalue()


def _all_runs(document: Document) -> Iterator[Run]:
    return (run for block in document.blocks for run in block.runs)


def _main(document: Document, names: Mapping[str, str]) -> str:
    blocks = [_paragraph(block, document, names) for block in document.blocks]
    if document.notes and not document.footnotes:
        blocks.append(_styled("Heading1", _text("References")))
        blocks += [
            _styled("Item", _text(f"[{number}] {note}"))
            for number, note in enumerate(document.notes, 1)
        ]
    # A4 in twentieths of a point, an inch around it.
    page = (
        '<w:sectPr><w:footerReference w:type="default" r:id="footer1"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" '
        'w:left="1440" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>'
    )
    body = "".join(blocks)
    root = f'<w:document xmlns:w="{_W}" xmlns:r="{_R}">'
    return f"{_HEAD}{root}<w:body>{body}{page}</w:body></w:document>"


def _paragraph(block: Block, document: Document, names: Mapping[str, str]) -> str:
    return _styled(_STYLES[block.kind], "".join(_run(run, document, names) for run in block.runs))


def _styled(style: str, content: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>'


def _run(run: Run, document: Document, names: Mapping[str, str]) -> str:
    text = _text(run.text, "<w:b/>" if run.bold else "")
    if run.link:
        text = _text(run.text, '<w:rStyle w:val="Hyperlink"/>')
        text = f'<w:hyperlink r:id="{names[run.link]}">{text}</w:hyperlink>'
    if run.note is None:
        return text
    if document.footnotes:
        mark = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
        return f'{text}<w:r>{mark}<w:footnoteReference w:id="{run.note}"/></w:r>'
    return text + _text(f" [{run.note}]")


def _text(text: str, properties: str = "") -> str:
    style = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{style}<w:t xml:space="preserve">{escape(_sayable(text))}</w:t></w:r>'


def _sayable(text: str) -> str:
    """The text without what XML cannot say (XML 1.0, production 2)."""
    return "".join(
        sign
        if sign in "\t\n\r"
        or "\x20" <= sign <= "\ud7ff"
        or "\ue000" <= sign <= "\ufffd"
        or sign >= "\U00010000"
        else "\ufffd"
        for sign in text
    )


def _footnotes(document: Document) -> str:
    """Word's two separators, then the notes."""
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}">'
        f"<w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>"
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    notes = "".join(
        f'<w:footnote w:id="{number}">{_styled("FootnoteText", mark + _text(f" {note}"))}'
        "</w:footnote>"
        for number, note in enumerate(document.notes if document.footnotes else (), 1)
    )
    return f'{_HEAD}<w:footnotes xmlns:w="{_W}">{separators}{notes}</w:footnotes>'


def _footer() -> str:
    def field(name: str) -> str:
        return f'<w:fldSimple w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'

    pages = _text("Page ") + field("PAGE") + _text(" of ") + field("NUMPAGES")
    return f'{_HEAD}<w:ftr xmlns:w="{_W}">{_styled("Footer", pages)}</w:ftr>'


def _content_types() -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    named = {"document": "document.main", **_PARTS}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{word}.{kind}+xml"/>'
        for name, kind in named.items()
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f"{overrides}"
        '<Override PartName="/docProps/core.xml" ContentType='
        '"application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _relations(relations: list[tuple[str, str, str, bool]]) -> str:
    """Names, kinds and targets, each outside of the file or not."""
    made = "".join(
        f'<Relationship Id="{name}" Type="{_R}/{kind}" Target="{escape(target)}"'
        + (' TargetMode="External"/>' if external else "/>")
        for name, kind, target, external in relations
    )
    core = (
        f'<Relationship Id="core" Type="{_PACKAGE}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/>'
        if relations[0][0] == "main"
        else ""
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{made}{core}</Relationships>'


def _properties(document: Document) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(_sayable(document.title))}</dc:title></cp:coreProperties>"
    )
