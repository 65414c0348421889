"""The report set by groff's ms macros: two columns, notes at their feet, no bookmarks."""

import re
import subprocess

from report import FRONT, HERE, PUBLISHER, TITLE, Part, columns, note_of

_BEGIN = rf"""
.nr PO 3.4c
.nr LL 14.2c
.nr HM 3.6c
.nr FM 3.6c
.nr PS 10
.nr VS 12
.nr FPS 8
.nr FVS 9.5
.nr FI 1n
.nr PD 0.3v
.ds RUN
.OH '{PUBLISHER}''\\\\*[RUN]  \\\\n[PN]'
.EH '\\\\n[PN]  {TITLE}''\\\\*[RUN]'
.OF ''''
.EF ''''
.TL
{TITLE}
.AU
{PUBLISHER}
.LP
.af PN i
.P1
.bp 3
.ds RUN Contents
.SH
Contents
"""
_TABLE = (".1C", ".TS", "expand;", "lb rb rb rb rb", "l r r r r .", "\t".join(columns()))
_GROFF = ("groff", "-Kutf8", "-t", "-ms", "-Tpdf", "-dpaper=a4", "-P-pa4")


def typeset(found: list[Part]) -> dict[str, tuple[int, str | None]]:
    """Write annual-groff.pdf; returns sheet and printed number by place."""
    places = _places(_source(found, {}))
    source = _source(found, places)
    (HERE / "annual-groff.pdf").write_bytes(_run(source))
    return _places(source)


def _run(source: str, *options: str) -> bytes:
    done = subprocess.run(
        [*_GROFF, *options], input=source.encode(), capture_output=True, check=True
    )
    if done.stderr:
        print(done.stderr.decode())
    return done.stdout


def _places(source: str) -> dict[str, tuple[int, str | None]]:
    """Where each mark falls, from groff's own output before it is made a PDF."""
    places: dict[str, tuple[int, str | None]] = {}
    sheet, printed = 0, None
    for line in _run(source, "-Z").decode(errors="replace").splitlines():
        if page := re.match(r"p\s?(-?\d+)", line):
            sheet += 1
            printed = page[1]
        elif mark := re.match(r"x X place (\S+)", line):
            places[mark[1]] = (sheet, printed)
    if not places:
        return places
    body = places["body"][0]
    return {place: (at, _printed(at, number, body)) for place, (at, number) in places.items()}


def _printed(sheet: int, number: str, body: int) -> str | None:
    if sheet == 1:
        return None
    roman = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
    return roman[int(number)] if sheet < body else number


def _source(found: list[Part], places: dict[str, tuple[int, str | None]]) -> str:
    lines = [_BEGIN]
    for part in found:
        if part.kind == "heading" and part.level == 1:
            printed = places.get(f"{part.id}.s0", (0, "0"))[1]
            lines.append(f".LP\n{_escaped(part.text)} \\l'|13c.' {printed}")
    lines[-1] += "\n"
    before = ""
    for part in found:
        if part.kind == "note":
            continue
        if before == "row" and part.kind != "row":
            lines.append(".TE\n.2C")
        lines += _set(part, found, before)
        before = part.kind
    lines += [".ds RUN Endnotes", ".SH", "Endnotes"]
    for part in found:
        if part.kind == "note" and not part.label.isdigit():
            lines += [".LP", rf"\*{{{part.label}\*}} {_inline(part, found)}"]
    return "\n".join(lines) + "\n"


def _set(part: Part, found: list[Part], before: str) -> list[str]:
    match part.kind:
        case "heading" if part.level == 1:
            turned = []
            if part.text == FRONT[0]:
                turned = [".bp"]
            elif part.text == "Six countries in figures":
                turned = [".af PN 1", ".bp 1", r"\X'place body'\c"]
            # Two countries may share a page here.
            return [
                f".ds RUN {part.text}",
                *turned,
                ".ne 8v",
                ".sp 1v",
                ".LP",
                r".ps 15",
                rf"\fB{_inline(part, found)}\fP",
                ".ps 10",
                ".sp 0.3v",
            ]
        case "row":
            first, *others = part.cells
            marked = rf"{first}\X'place {part.id}.s0'\X'place {part.id}.e0'"
            return [*([] if before == "row" else _TABLE), "\t".join([marked, *others])]
    text = _inline(part, found)
    plain = [".LP" if before in ("heading", "formal") else ".PP", text]
    return {
        "heading": [".ne 5v", ".SH", text],
        "formal": [".LP", rf"\fI{text}\fP", ".sp 0.4v"],
        "item": [r".IP \(bu 2n", text],
        "numbered": [f".IP {part.number}. 4n", text],
    }.get(part.kind, plain)


def _inline(part: Part, found: list[Part]) -> str:
    out = ""
    for kind, what in part.runs():
        if kind == "text":
            out += _escaped(what)
        elif kind == "at":
            out += rf"\X'place {what}'"
        elif what.isdigit():
            # A note is given after the line that calls it; the text goes on without a blank.
            out += rf"\*{{{what}\*}}" + "\0" + what + "\0"
        else:
            out += rf"\*{{{what}\*}}"
    return _with_notes(out, found)


def _with_notes(text: str, found: list[Part]) -> str:
    """The text with each note on lines of its own behind its marker, as the macros want it."""
    out, *pieces = re.split("\0(\\w+)\0", text)
    for label, after in zip(pieces[::2], pieces[1::2], strict=True):
        note = _inline(note_of(found, label), found)
        goes_on = "" if after.startswith(" ") else r"\c"
        out += f"{goes_on}\n.FS\n\\*{{{label}\\*}} {note}\n.FE\n{after.lstrip(' ')}"
    return out


def _escaped(text: str) -> str:
    return re.sub(r"^([.'])", r"\\&\1", text.replace("\\", r"\e"))
