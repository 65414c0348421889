"""The one door to qpdf (pikepdf): damaged files made whole, font maps made to say what they show.

Some programs write Unicode maps that keep one letter of a ligature, so that every library reads
"he deinition". The font's own glyph names (`T_h`, `f_i`) tell. What they mean is put into the map
as private characters, which the reader of words replaces and counts.
"""

import io
import re
import string
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf

# Private characters from here on stand for mended ones; no font of the file may use them itself.
_PRIVATE, _MOST = 0xF400, 0x200
_NAMES = {"ff": "ff", "fi": "fi", "fl": "fl", "ffi": "ffi", "ffl": "ffl", "fj": "fj", "ft": "ft",
          "st": "st", "ct": "ct", "Th": "Th", "IJ": "IJ", "ij": "ij", "longst": "st"}  # fmt: skip
_BF_CHAR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f ]+)>")
_BF_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f ]+)>")
_BF_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_BF_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_LATIN = ("/WinAnsiEncoding", "/MacRomanEncoding")
_ADOBE_LIGATURES = ((109, "fi"), (110, "fl"))
_ENOUGH_IN_ORDER = 12
_LARGEST_MAP = 1_000_000
_MOST_FONTS = 2_000
# What qpdf and pikepdf raise for files that are damaged or ask for a password.
_FAILS = (
    pikepdf.PdfError, pikepdf.PasswordError, ValueError, RuntimeError, TypeError, KeyError,
    AttributeError,
)  # fmt: skip
_UNICODE_NAME = re.compile(r"uni((?:[0-9A-F]{4})+)|u([0-9A-F]{4,6})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A file whose maps are mended; `ligatures` are what each private character stands for.

    Each has what the map said and what the glyph's name says. `rewritten` says that the file was
    damaged and written anew.
    """

    content: bytes
    ligatures: Mapping[int, tuple[str, str]]
    rewritten: bool = False


def repaired(content: bytes) -> bytes | None:
    """A damaged file written anew, None where qpdf cannot read it either."""
    try:
        with pikepdf.open(io.BytesIO(content)) as file:
            return _written(file)
    except _FAILS:
        return None


def mended(content: bytes) -> Mended:
    """The file with maps that say what the glyphs are called, the same where they already do."""
    try:
        with pikepdf.open(io.BytesIO(content)) as file:
            ligatures = _mend(file)
            if ligatures:
                content = _written(file)
    except _FAILS:
        return Mended(content=content, ligatures={})
    return Mended(content=content, ligatures=ligatures)


def _written(file: pikepdf.Pdf) -> bytes:
    target = io.BytesIO()
    with warnings.catch_warnings():  # of forms and links, which are not read
        warnings.simplefilter("ignore")
        file.save(target)
    return target.getvalue()


def _mend(file: pikepdf.Pdf) -> dict[int, tuple[str, str]]:
    ligatures: dict[int, tuple[str, str]] = {}
    codes: dict[tuple[str, str], int] = {}
    for font in _fonts(file):
        said = _map(font.ToUnicode.read_bytes()[:_LARGEST_MAP])
        wrong: dict[int, int] = {}
        for code, name in _glyph_names(font, said):
            means = glyph_text(name)
            shown = said.get(code)
            if means is None or shown is None or not _loses(shown, means):
                continue
            pair = (shown, means)
            if pair not in codes and len(codes) < _MOST:
                codes[pair] = _PRIVATE + len(codes)
                ligatures[codes[pair]] = pair
            if pair in codes:
                wrong[code] = codes[pair]
        if wrong:
            width = 2 if font.Subtype == "/Type0" else 1
            font.ToUnicode = file.make_stream(_cmap({**said, **wrong}, width))
    return ligatures


def _fonts(file: pikepdf.Pdf) -> Iterator[Any]:
    """Fonts that have both a Unicode map and glyphs that can be told by name or by number."""
    found = 0
    for thing in file.objects:
        if not isinstance(thing, pikepdf.Dictionary) or thing.get("/Type") != "/Font":
            continue
        found += 1
        if found > _MOST_FONTS:
            return
        encoding = thing.get("/Encoding")
        named = isinstance(encoding, pikepdf.Dictionary) and "/Differences" in encoding
        numbered = thing.get("/Subtype") == "/Type0" and encoding == "/Identity-H"
        if (named or numbered) and isinstance(thing.get("/ToUnicode"), pikepdf.Stream):
            yield thing


def _glyph_names(font: Any, said: Mapping[int, str]) -> Iterator[tuple[int, str]]:
    """Code and glyph name of each entry of a font's own encoding, or of its glyphs' order."""
    if font.Subtype == "/Type0":
        if _in_adobe_order(said):
            yield from _ADOBE_LIGATURES
        return
    if font.Encoding.get("/BaseEncoding") in _LATIN and font.Subtype == "/Type1":
        yield from ((ord(letter), letter) for letter in string.ascii_uppercase)
    code = 0
    for entry in font.Encoding.Differences:
        if isinstance(entry, pikepdf.Name):
            yield code, str(entry).removeprefix("/")
            code += 1
        else:
            code = int(entry)


def _in_adobe_order(said: Mapping[int, str]) -> bool:
    """Whether a font's glyphs stand in the order of Adobe's Latin fonts, as far as they are known.

    Technical note 5176, appendix C: glyph 2 is "!", as ASCII up to glyph 95; 109 and 110 are fi and
    fl. A quotation mark is a curled one there.
    """
    known = [code for code in said if 2 <= code <= 95 and code not in (8, 65)]  # noqa: PLR2004
    agree = sum(said[code] == chr(code + 31) for code in known)
    return agree == len(known) >= _ENOUGH_IN_ORDER


def glyph_text(name: str) -> str | None:
    """What letters a glyph's name means (Adobe Glyph List Specification, 2), else None.

    `T_h` is Th, `f_f_i.alt` is ffi, `uni00660069` is fi, `T` is T.
    """
    parts = name.partition(".")[0].split("_")
    letters = [_component(part) for part in parts]
    if any(letter is None for letter in letters):
        return None
    return "".join(letter for letter in letters if letter)


def _component(part: str) -> str | None:
    if part in _NAMES:
        return _NAMES[part]
    match = _UNICODE_NAME.fullmatch(part)
    if match and match[1]:
        return "".join(chr(int(match[1][at : at + 4], 16)) for at in range(0, len(match[1]), 4))
    return part if len(part) == 1 and part.isalpha() else None


def _loses(shown: str, means: str) -> bool:
    """Whether a map keeps a part of what the glyph is, or a capital's small letter."""
    if len(means) == 1:
        return means.isupper() and shown == means.lower()
    letters = iter(means)
    return len(shown) < len(means) and all(sign in letters for sign in shown)


def _map(source: bytes) -> dict[int, str]:
    """What a Unicode map says of each code."""
    said: dict[int, str] = {}
    for section in _BF_CHARS.findall(source):
        for code, text in _BF_CHAR.findall(section):
            said[int(code, 16)] = _utf_16(text)
    for section in _BF_RANGES.findall(source):
        for first, last, text in _BF_RANGE.findall(section):
            start = _utf_16(text)
            for step in range(min(int(last, 16) - int(first, 16), 0xFF) + 1):
                said[int(first, 16) + step] = start[:-1] + chr(
                    min(ord(start[-1:] or "\0") + step, 0x10FFFF)
                )
    return said


def _utf_16(text: bytes) -> str:
    return bytes.fromhex(text.decode("ascii").replace(" ", "")).decode("utf-16-be", "replace")


def _cmap(said: Mapping[int, int | str], width: int) -> bytes:
    """A Unicode map for codes of `width` bytes (Adobe technical note 5411)."""
    entries = [
        f"<{code:0{2 * width}x}> <{_as_text(text).encode('utf-16-be', 'replace').hex()}>"
        for code, text in sorted(said.items())
        if code < 1 << 8 * width and text != ""
    ]
    sections = [
        f"{len(entries[at : at + 100])} beginbfchar\n"
        + "\n".join(entries[at : at + 100])
        + "\nendbfchar"
        for at in range(0, len(entries), 100)
    ]
    space = f"1 begincodespacerange\n<{'00' * width}> <{'ff' * width}>\nendcodespacerange"
    return "\n".join([_HEAD, space, *sections, _FOOT]).encode("ascii")


def _as_text(said: int | str) -> str:
    return chr(said) if isinstance(said, int) else said


_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CMapType 2 def"""
_FOOT = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
