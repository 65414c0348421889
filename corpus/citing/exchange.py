"""Citations as data for reference managers: CSL-JSON, BibTeX and RIS. Pure."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from corpus.citing.csl import csl_item, place
from corpus.passage import Passage

# BibTeX's own signs in a value, and how LaTeX spells them.
_LATEX = {
    "\\": r"\textbackslash{}",
    # Escaped braces count all the same.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "$": r"\$",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_SPECIAL = re.compile("[" + re.escape("".join(_LATEX)) + "]")
# An address is set verbatim; only what would end the value is spelled for the web.
_IN_ADDRESS = {"{": "%7B", "}": "%7D", "\\": "%5C"}


def as_csl_json(passage: Passage) -> str:
    """A list of one item, over several lines."""
    return json.dumps([csl_item(passage)], ensure_ascii=False, indent=2)


def as_bibtex(passage: Passage) -> str:
    """An entry of BibTeX in UTF-8; braces keep names and titles as they are."""
    item = csl_item(passage)
    year, month, day = _parts(item, "issued")
    fields = {
        "author": item["author"][0]["literal"] if "author" in item else None,
        "title": item["title"],
        "howpublished": item.get("genre"),
        "booktitle": item.get("container-title"),
        "institution": item.get("publisher"),
        "number": item.get("number"),
        "year": year,
        "month": month,
        "day": day,
        "pages": place(passage).pages,
        "language": item.get("language"),
        "note": item["note"],
    }
    spelled = {name: _latex(value) for name, value in fields.items() if value}
    # Braces of their own keep a body one name, and a title in its letters.
    spelled |= {name: f"{{{spelled[name]}}}" for name in ("author", "title") if name in spelled}
    lines = [f"  {name} = {{{value}}}," for name, value in spelled.items()]
    if "URL" in item:
        lines += [f"  url = {{{_spelled(item['URL'])}}},"]
    lines += [f"  urldate = {{{'-'.join(_padded(item, 'accessed'))}}},"]
    kind = "techreport" if item["type"] == "report" else "misc"
    return "\n".join([f"@{kind}{{pincite-{passage.id},", *lines, "}"])


def as_ris(passage: Passage) -> str:
    """A record of RIS; each value on one line, as the format wants it."""
    return "\n".join(f"{tag}  - {value}".rstrip() for tag, value in _ris(passage))


def _ris(passage: Passage) -> Iterator[tuple[str, str]]:
    item = csl_item(passage)
    yield "TY", "RPRT" if item["type"] == "report" else "ELEC"
    yield "ID", passage.id
    values = {
        "AU": item["author"][0]["literal"] if "author" in item else None,
        "TI": item["title"],
        "T2": item.get("container-title"),
        "PB": item.get("publisher"),
        "SN": item.get("number"),
        "M3": item.get("genre"),
        "PY": _parts(item, "issued")[0],
        "DA": "/".join(_padded(item, "issued")),
        "Y2": "/".join(_padded(item, "accessed")),
        "SP": place(passage).pages,
        "UR": item.get("URL"),
        "LK": item.get("archive_location"),
        "LA": item.get("language"),
        "N1": item["note"],
    }
    for tag, value in values.items():
        if value:
            yield tag, " ".join(value.split())
    yield "ER", ""


def _parts(item: Mapping[str, Any], field: str) -> tuple[str | None, str | None, str | None]:
    if field not in item:
        return None, None, None
    year, month, day = item[field]["date-parts"][0]
    return str(year), str(month), str(day)


def _padded(item: Mapping[str, Any], field: str) -> list[str]:
    """Year, month and day in four, two and two figures; none where it is not stated."""
    year, month, day = _parts(item, field)
    if not (year and month and day):
        return []
    return [year.zfill(4), month.zfill(2), day.zfill(2)]


def _latex(text: str) -> str:
    return _SPECIAL.sub(lambda found: _LATEX[found[0]], " ".join(text.split()))


def _spelled(address: str) -> str:
    return "".join(_IN_ADDRESS.get(sign, sign) for sign in address)
