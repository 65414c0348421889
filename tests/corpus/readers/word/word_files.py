"""Word files written by hand, part by part."""

import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = ("styles", "numbering", "footnotes", "endnotes", "settings")
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/">{}</cp:coreProperties>'
)
# German Word: ids in its language, names in English.
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/>
 <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/>
 <w:basedOn w:val="berschrift1"/>
 <w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Eigene"><w:name w:val="Eigene"/>
 <w:basedOn w:val="berschrift2"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>
"""


def level(index, number_format, text, *, style=None, more=""):
    bound = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>'
        f'{bound}{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*definitions):
    """numbering.xml of definitions, each a list of levels; the number of each is its place."""
    made = "".join(
        f'<w:abstractNum w:abstractNumId="{index}">{"".join(levels)}</w:abstractNum>'
        for index, levels in enumerate(definitions, 1)
    )
    return made + "".join(
        f'<w:num w:numId="{index}"><w:abstractNumId w:val="{index}"/></w:num>'
        for index in range(1, len(definitions) + 1)
    )


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(content="", style=None, number=None, at=0, properties=""):
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    numbered = (
        f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    )
    inside = content if content.startswith("<") or not content else run(content)
    return f"<w:p><w:pPr>{styled}{numbered}{properties}</w:pPr>{inside}</w:p>"


def table(*rows, head=False):
    made = ""
    for index, row in enumerate(rows):
        repeated = "<w:trPr><w:tblHeader/></w:trPr>" if head and index == 0 else ""
        cells = "".join(
            cell if cell.startswith("<w:tc>") else f"<w:tc>{p(cell)}</w:tc>" for cell in row
        )
        made += f"<w:tr>{repeated}{cells}</w:tr>"
    return f"<w:tbl>{made}</w:tbl>"


def note(kind, name, content):
    return f'<w:{kind} w:id="{name}">{p(content)}</w:{kind}>'


def called(kind, name):
    return f'<w:r><w:{kind}Reference w:id="{name}"/></w:r>'


def word_file(body, *, core="", before="", files=(), folder="word", **parts):
    """The bytes of a Word file; `parts` are its other parts by what they are."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        related = "".join(
            f'<Relationship Id="r{kind}" Type="{R}/{kind}" Target="{kind}.xml"/>' for kind in parts
        )
        opening = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        opening += 'relationships">'
        file.writestr(
            "_rels/.rels",
            f'{opening}<Relationship Id="r1" Type="{R}/officeDocument" '
            f'Target="/{folder}/document.xml"/><Relationship Id="r2" Type="http://schemas.'
            'openxmlformats.org/package/2006/relationships/metadata/core-properties" '
            'Target="docProps/core.xml"/></Relationships>',
        )
        file.writestr(f"{folder}/_rels/document.xml.rels", f"{opening}{related}</Relationships>")
        file.writestr(
            f"{folder}/document.xml",
            f"{before}<w:document {W} {MC}><w:body>{body}</w:body></w:document>",
        )
        for kind, content in parts.items():
            file.writestr(f"{folder}/{kind}.xml", f"<w:{kind} {W} {MC}>{content}</w:{kind}>")
        if core:
            file.writestr("docProps/core.xml", CORE.format(core))
        for name, content in files:
            file.writestr(name, content)
    return made.getvalue()
