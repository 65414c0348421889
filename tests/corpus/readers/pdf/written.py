"""PDF files written word by word, so that a test says where everything stands."""

import io
from dataclasses import dataclass

import pikepdf

WIDTH, HEIGHT = 595, 842
FONTS = {"plain": "Times-Roman", "bold": "Times-Bold", "italic": "Times-Italic"}


@dataclass(frozen=True)
class Put:
    """Text at a place in points from the left and the top."""

    text: str
    x: float
    y: float
    size: float = 10
    font: str = "plain"
    up: float = 0.0


def lines(texts, x, y, size=10.0, *, leading=12.0, font="plain"):
    """Lines one below the other."""
    return [Put(text, x, y + at * leading, size, font) for at, text in enumerate(texts)]


def written(pages, *, rules=(), labels=None, outline=(), title=None, fonts=None, **saving):
    """The bytes of a PDF; `rules` are (page from 0, x0, x1, y); `outline` (title, page from 0)."""
    file = pikepdf.new()
    named = {name: _font(file, base) for name, base in FONTS.items()}
    named.update({name: file.make_indirect(make(file)) for name, make in (fonts or {}).items()})
    for at, puts in enumerate(pages):
        drawn = [
            f"{x0} {HEIGHT - y} m {x1} {HEIGHT - y} l S" for page, x0, x1, y in rules if page == at
        ]
        content = "\n".join([*(_shown(put) for put in puts), *drawn])
        page = file.add_blank_page(page_size=(WIDTH, HEIGHT))
        page.Contents = file.make_stream(content.encode("cp1252"))
        page.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary({f"/{name}": font for name, font in named.items()})
        )
    if labels:
        numbers = pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name.D, St=labels)])
        file.Root.PageLabels = pikepdf.Dictionary(Nums=numbers)
    if outline:
        with file.open_outline() as opened:
            opened.root.extend(pikepdf.OutlineItem(name, page) for name, page in outline)
    if title:
        file.docinfo["/Title"] = title
    target = io.BytesIO()
    file.save(target, **saving)
    return target.getvalue()


def _shown(put):
    text = put.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{put.font} {put.size} Tf {put.x} {HEIGHT - put.y + put.up} Td ({text}) Tj ET"


def _font(file, base):
    return file.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name(f"/{base}"),
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
    )


def ligature_font(file):
    """Times with a glyph called `f_i` at code 27, of which the Unicode map says only "i"."""
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        b"1 begincodespacerange <00> <ff> endcodespacerange\n"
        b"2 beginbfrange <1b> <1b> <0069> <20> <7e> <0020> endbfrange\n"
        b"endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name("/Times-Roman"),
        Encoding=pikepdf.Dictionary(
            Type=pikepdf.Name.Encoding,
            BaseEncoding=pikepdf.Name.WinAnsiEncoding,
            Differences=pikepdf.Array([27, pikepdf.Name("/f_i")]),
        ),
        ToUnicode=file.make_stream(cmap),
    )
