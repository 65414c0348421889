"""Makes the samples of the annual report beside this script, and truth.json, from annual.md.

    python tests/data/annual/make.py

Needs what no test needs: the wheels typst (0.15 was used) and weasyprint (70), groff with its PDF
device (1.22.4) and LibreOffice Writer (7.4). The samples and their truth are kept, so make them anew only after a
change of annual.md or of these scripts. Where each sentence stands is told by the programs that
set it, through marks beside the words, never by reading the files made.
"""

import json

import in_groff
import in_typst
import in_typst_wide
import in_weasyprint
import in_web
import in_word
from report import HERE, TITLE, Part, note_of, parts


def main() -> None:
    """Write every sample and the truth."""
    found = parts()
    programs = {"typst": in_typst, "groff": in_groff, "libreoffice": in_word}
    programs |= {"weasyprint": in_weasyprint, "wide": in_typst_wide}
    places = {name: program.typeset(found) for name, program in programs.items()}
    pages = in_web.write(found)
    _write_text(found)
    truth = {
        "parts": [_told(part, places) for part in found],
        "web": {
            name: [[made, list(section)] for made, section in held] for name, held in pages.items()
        },
        "furniture": list(in_web.FURNITURE),
    }
    lines = json.dumps(truth, ensure_ascii=False, indent=None).replace('{"id"', '\n{"id"')
    (HERE / "truth.json").write_text(
        lines.replace('], "web"', '\n], "web"') + "\n", encoding="utf-8"
    )


def _told(part: Part, places: dict[str, dict[str, tuple[int, str | None]]]) -> dict[str, object]:
    sentences = [part.text[start:stop] for start, stop in part.sentences()]
    return {
        "id": part.id,
        "kind": part.kind,
        "text": part.text,
        "section": list(part.section),
        "notes": [label for _, label in part.marks],
        "label": part.label,
        "number": part.number,
        "sentences": sentences if part.kind != "row" else [part.text],
        # Sheet and printed page of each sentence's first word and of its last, by program.
        "places": {
            name: [
                [*at[f"{part.id}.s{index}"], *at[f"{part.id}.e{index}"]]
                for index in range(len(sentences) if part.kind != "row" else 1)
                if f"{part.id}.e{index}" in at
            ]
            for name, at in places.items()
        },
    }


def _write_text(found: list[Part]) -> None:
    """As a careful person pastes a report: paragraphs on lines, note numbers glued to the words."""
    numbers: dict[str, int] = {}
    lines = [TITLE]
    called = [label for part in found for _, label in part.marks]
    notes = [note_of(found, label) for label in called]
    for part in [*(part for part in found if part.kind != "note"), *notes]:
        words = ""
        for kind, what in part.runs():
            if kind == "text":
                words += what
            elif kind == "note":
                words += str(numbers.setdefault(what, len(numbers) + 1))
        if part.kind == "item":
            lines[-1] += f"\n- {words}"
        elif part.kind == "row" and lines[-1].startswith("Country: "):
            lines[-1] += f"\n{words}"
        elif part.kind == "note":
            lines.append(f"{numbers[part.label]} {words}")
        else:
            lines.append(f"{part.number}. {words}" if part.number else words)
    (HERE / "annual.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
