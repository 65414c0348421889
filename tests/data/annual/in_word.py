"""The report as a Word file: styles, notes, automatic numbers, a table, tracked changes.

LibreOffice makes a PDF of it; bookmarks that it turns into named places tell where all stands.
"""

import re
import subprocess
import tempfile
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from report import COUNTRIES, FRONT, HERE, PUBLISHED, PUBLISHER, TITLE, Part, columns, note_of

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BY = 'w:author="Editor" w:date="2024-01-15T10:00:00Z"'
# Styles are named as in a Finnish Word, so that names cannot tell what a heading is.
_STYLES = f"""<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Liberation Serif" w:hAnsi="Liberation Serif"/><w:sz w:val="20"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normaali"><w:name w:val="Normal"/><w:pPr><w:spacing w:after="80"/><w:jc w:val="both"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Otsikko"><w:name w:val="Title"/><w:basedOn w:val="Normaali"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:sz w:val="44"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Otsikko1"><w:name w:val="heading 1"/><w:basedOn w:val="Normaali"/><w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Otsikko2"><w:name w:val="heading 2"/><w:basedOn w:val="Normaali"/><w:pPr><w:keepNext/><w:spacing w:before="160"/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:sz w:val="22"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Virallinen"><w:name w:val="Virallinen nimi"/><w:basedOn w:val="Normaali"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Huomautus"><w:name w:val="footnote text"/><w:basedOn w:val="Normaali"/><w:rPr><w:sz w:val="16"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Viite"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
</w:styles>"""
_NUMBERING = f"""<w:numbering xmlns:w="{_W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="500" w:hanging="500"/></w:pPr></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="300" w:hanging="300"/></w:pPr></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>"""
_SOFT = re.compile(r"(?<=[a-z]{4})(?=(?:tion|ment|ness)[a-z]?\b)")
_OPTIONS = (
    'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"},"UseTaggedPDF":{"type":"boolean","value":"true"}}'
)


def typeset(found: list[Part]) -> dict[str, tuple[int, str | None]]:
    """Write annual.docx and annual-libreoffice.pdf; returns sheet and printed number by place."""
    _write(HERE / "annual.docx", found, tracked=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "annual.docx"
        _write(path, found, tracked=False)
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
             "--convert-to", _OPTIONS, "--outdir", folder, str(path)],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip
        pdf = (Path(folder) / "annual.pdf").read_bytes()
    (HERE / "annual-libreoffice.pdf").write_bytes(pdf)
    return _places(HERE / "annual-libreoffice.pdf", found)


def _places(path: Path, found: list[Part]) -> dict[str, tuple[int, str | None]]:
    import pikepdf

    with pikepdf.open(path) as pdf:
        sheets = {page.objgen: at for at, page in enumerate(pdf.pages, 1)}
        at = {
            re.sub(r"^/(p\d+)", r"\1.", name): sheets[target[0].objgen]
            for name, target in pdf.Root.Dests.items()
        }
    front = next(part.id for part in found if part.text == FRONT[0])
    body = next(
        part.id
        for part in found
        if part.kind == "heading" and part.text == "Six countries in figures"
    )
    roman = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
    first, begins = at[f"{front}.s0"], at[f"{body}.s0"]
    last = len(sheets)
    for part in found:
        for place, label in part.marks:
            # Marks in notes come to nothing: a footnote stands where it is called, endnotes last.
            sentence = next(
                index for index, (_, stop) in enumerate(part.sentences()) if place <= stop
            )
            note = note_of(found, label).id
            at[f"{note}.s0"] = at[f"{note}.e0"] = (
                at[f"{part.id}.e{sentence}"] if label.isdigit() else last
            )
    # Word's endnotes come after all sections, on a page that nothing numbers.
    printed = {sheet: str(sheet - begins + 1) for sheet in range(begins, last)}
    printed |= {sheet: roman[sheet - first + 3] for sheet in range(first, begins)}
    return {place: (sheet, printed.get(sheet)) for place, sheet in at.items()}


class _Writer:
    """The XML of the parts, with the ids that it takes."""

    def __init__(self, found: list[Part], tracked: bool) -> None:
        self.found, self.tracked = found, tracked
        self.ids = 100
        self.changed = 0

    def inline(self, part: Part, *, size: str = "") -> str:
        """The runs of a part, its notes and bookmarks in it."""
        out = []
        for kind, what in part.runs():
            if kind == "text":
                out.append(self._text(what, size))
            elif kind == "at":
                self.ids += 1
                name = what.replace(".", "")
                if not self.tracked:
                    out.append(
                        f'<w:bookmarkStart w:id="{self.ids}" w:name="{name}"/><w:bookmarkEnd w:id="{self.ids}"/>'
                    )
            else:
                note = "footnote" if what.isdigit() else "endnote"
                number = what if what.isdigit() else str(("i", "ii", "iii").index(what) + 1)
                out.append(
                    f'<w:r><w:rPr><w:rStyle w:val="Viite"/></w:rPr><w:{note}Reference w:id="{number}"/></w:r>'
                )
        return "".join(out)

    def _text(self, text: str, size: str) -> str:
        """A run; every sixth is written as a change that somebody made and nobody accepted yet."""
        self.changed += 1
        words = text.split(" ")
        if not self.tracked or self.changed % 6 or len(words) < 6:
            return _run(text, size)
        before, middle, after = (
            " ".join(words[:2]) + " ",
            " ".join(words[2:4]),
            " " + " ".join(words[4:]),
        )
        self.ids += 2
        away, here = ("moveFrom", "moveTo") if self.changed % 12 == 0 else ("del", "ins")
        gone = "t" if away == "moveFrom" else "delText"
        return (
            _run(before, size)
            + f'<w:{away} w:id="{self.ids}" {_BY}><w:r><w:{gone} xml:space="preserve">something quite other</w:{gone}></w:r></w:{away}>'
            + f'<w:{here} w:id="{self.ids + 1}" {_BY}>{_run(middle, size)}</w:{here}>'
            + _run(after, size)
        )


def _run(text: str, properties: str = "") -> str:
    """A run, with soft hyphens in some long words, as a careful typist puts them."""
    pieces = _SOFT.sub("\0", text).split("\0")
    words = "<w:softHyphen/>".join(
        f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in pieces
    )
    return f"<w:r>{properties}{words}</w:r>"


def _paragraph(style: str, runs: str, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{runs}</w:p>'


def _section(number: int, *, turns: bool, columns: int, numbers: str = "", start: int = 0) -> str:
    begins = f' w:start="{start}"' if start else ""
    numbered = f'<w:pgNumType w:fmt="{numbers}"{begins}/>' if numbers else ""
    heads = (
        f'<w:headerReference w:type="default" r:id="head{number}"/><w:footerReference w:type="default" r:id="foot"/>'
        if number
        else ""
    )
    return (
        f'<w:sectPr>{heads}<w:type w:val="{"nextPage" if turns else "continuous"}"/>'
        '<w:pgSz w:w="9500" w:h="13500"/><w:pgMar w:top="1100" w:bottom="1100" w:left="900" w:right="900" w:header="500" w:footer="500"/>'
        f'{numbered}<w:cols w:num="{columns}" w:space="400"/></w:sectPr>'
    )


def _write(path: Path, found: list[Part], *, tracked: bool) -> None:
    writer = _Writer(found, tracked)
    heads = ["", "Contents", *dict.fromkeys(part.section[0] for part in found if part.section)]
    body = [_paragraph("Otsikko", _run(TITLE)), _paragraph("Otsikko", _run(PUBLISHER)),
            f"<w:p><w:pPr>{_section(0, turns=True, columns=1)}</w:pPr></w:p>"]  # fmt: skip
    rows: list[Part] = []
    current, opened = "", {"turns": True, "columns": 1, "numbers": "lowerRoman", "start": 3}

    def close() -> None:
        number = heads.index(current)
        body.append(f"<w:p><w:pPr>{_section(number, **opened)}</w:pPr></w:p>")

    for part in found:
        if part.kind == "note":
            continue
        if rows and part.kind != "row":
            body.append(_table(rows, writer))
            rows = []
            close()
            opened = {"turns": False, "columns": 2, "numbers": "decimal", "start": 0}
        if part.kind == "row":
            rows.append(part)
            continue
        if part.kind == "heading" and part.level == 1:
            if current and part.text not in FRONT:
                close()
                is_first = part.text == "Six countries in figures"
                opened = {
                    "turns": part.text in COUNTRIES or is_first,
                    "columns": 1 if is_first else 2,
                    "numbers": "decimal",
                    "start": 1 if is_first else 0,
                }
            current = part.text if part.text not in FRONT else FRONT[0]
        style, more = {
            "heading": (f"Otsikko{part.level}", ""),
            "formal": ("Virallinen", ""),
            "item": ("Normaali", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'),
            "numbered": ("Normaali", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
        }.get(part.kind, ("Normaali", ""))
        body.append(_paragraph(style, writer.inline(part), more))
    last = _section(heads.index(current), **opened)
    document = f'<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{"".join(body)}{last}</w:body></w:document>'
    _pack(path, document, heads, _notes(writer, "footnote"), _notes(writer, "endnote"))


def _table(rows: list[Part], writer: _Writer) -> str:
    def row(cells: list[str], more: str = "") -> str:
        return (
            "<w:tr>"
            + more
            + "".join(
                f'<w:tc><w:tcPr><w:tcW w:w="1540" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:jc w:val="left"/></w:pPr>{cell}</w:p></w:tc>'
                for cell in cells
            )
            + "</w:tr>"
        )

    made = [
        row(
            [_run(name, "<w:rPr><w:b/></w:rPr>") for name in columns()],
            "<w:trPr><w:tblHeader/></w:trPr>",
        )
    ]
    for part in rows:
        marks = "" if writer.tracked else "".join(
            f'<w:bookmarkStart w:id="{10_000 + at}" w:name="{part.id}{end}"/><w:bookmarkEnd w:id="{10_000 + at}"/>'
            for at, end in ((2 * int(part.id[1:]), "s0"), (2 * int(part.id[1:]) + 1, "e0"))
        )  # fmt: skip
        made.append(row([marks + _run(part.cells[0]), *(_run(cell) for cell in part.cells[1:])]))
    grid = '<w:gridCol w:w="1540"/>' * 5
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return f'<w:tbl><w:tblPr><w:tblW w:w="7700" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(made)}</w:tbl>'


def _notes(writer: _Writer, kind: str) -> str:
    made = [f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>',
            f'<w:{kind} w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:{kind}>']  # fmt: skip
    labels = [
        part.label
        for part in writer.found
        if part.kind == "note" and part.label.isdigit() == (kind == "footnote")
    ]
    for number, label in enumerate(labels, 1):
        mark = f'<w:r><w:rPr><w:rStyle w:val="Viite"/></w:rPr><w:{kind}Ref/></w:r>{_run(" ")}'
        made.append(
            f'<w:{kind} w:id="{number}">{_paragraph("Huomautus", mark + writer.inline(note_of(writer.found, label)))}</w:{kind}>'
        )
    return f'<w:{kind}s xmlns:w="{_W}">{"".join(made)}</w:{kind}s>'


def _pack(path: Path, document: str, heads: list[str], footnotes: str, endnotes: str) -> None:
    used = {number: head for number, head in enumerate(heads) if f'"head{number}"' in document}
    page = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    files = {"styles": _STYLES, "numbering": _NUMBERING, "footnotes": footnotes, "endnotes": endnotes,
             "foot": f'<w:ftr xmlns:w="{_W}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr>{page}</w:p></w:ftr>'}  # fmt: skip
    for number, head in used.items():
        files[f"head{number}"] = (
            f'<w:hdr xmlns:w="{_W}"><w:p>{_run(f"{TITLE} – {head}")}</w:p></w:hdr>'
        )
    types = {
        name: re.sub(r"\d", "", name).replace("head", "header").replace("foot", "footer")
        if name.startswith(("head", "foot")) and name != "footnotes"
        else name
        for name in files
    }
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_OFFICE}.{kind}+xml"/>'
        for name, kind in types.items()
    )
    links = "".join(
        f'<Relationship Id="{name}" Type="{_RELATED}/{kind}" Target="{name}.xml"/>'
        for name, kind in types.items()
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    core = f'<cp:coreProperties xmlns:cp="{package}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{TITLE}</dc:title><dc:creator>{PUBLISHER}</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">{PUBLISHED}T09:00:00Z</dcterms:created></cp:coreProperties>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{_OFFICE}.document.main+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>{overrides}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="document" Type="{_RELATED}/officeDocument" Target="word/document.xml"/><Relationship Id="core" Type="{package}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
            "word/document.xml": document,
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">{links}</Relationships>',
            "docProps/core.xml": core,
            **{f"word/{name}.xml": text for name, text in files.items()},
        }.items():
            entry = zipfile.ZipInfo(name, (2024, 3, 14, 9, 0, 0))
            packed.writestr(
                entry,
                text
                if text.startswith("<?xml")
                else f'<?xml version="1.0" encoding="UTF-8"?>{text}',
                zipfile.ZIP_DEFLATED,
            )
