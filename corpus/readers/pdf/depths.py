"""How deep headings stand: by size, weight, capitals and typeface, and by the numbers they have."""

import re
from collections.abc import Sequence

from corpus.readers.pdf.page import Looks
from corpus.readers.pdf.paragraphs import Paragraph

_CLASSES = (
    (
        "chapter",
        re.compile(
            r"(?:chapter|part|section|annex|appendix|chapitre|capítulo)\s+\w+\b", re.IGNORECASE
        ),
    ),
    ("roman", re.compile(r"[IVXL]{1,6}\.\s")),
    ("letter", re.compile(r"[A-Z]\.\s")),
    ("paren", re.compile(r"\(\w{1,4}\)\s")),
    ("number", re.compile(r"\d{1,3}\.?\s")),
    ("deeper", re.compile(r"\d{1,3}(?:\.\d{1,3}){1,4}\.?\s")),
)

Key = tuple[float, bool, bool, bool, bool, str]


def key(paragraph: Paragraph, body: Looks) -> Key:
    """What headings of a kind have in common; what stands above another sorts before it.

    Larger above smaller, bold above plain, upright above italic, capitals above small letters. Of
    those in the text's own type one in the middle stands above one at the side.
    """
    looks, size = paragraph.looks, max(line.size for line in paragraph.lines)
    plain = not looks.bold and abs(size - body.size) < 1
    aside = plain and not paragraph.is_centred
    return (-size, not looks.bold, looks.italic, not paragraph.is_caps, aside, looks.family)


def give_levels(chosen: Sequence[Paragraph], body: Looks) -> None:
    """Give each heading its level.

    Of headings that look alike, "I." stands above "A." where it comes first; one without a number
    stands where the first kind does; of two typefaces the one that comes first stands above.
    """
    faces = {face: at for at, face in enumerate(dict.fromkeys(p.looks.family for p in chosen))}
    kinds: dict[Key, list[str]] = {}
    for paragraph in chosen:
        names = kinds.setdefault(key(paragraph, body), [])
        name = _class(paragraph.text)
        if name and name not in names:
            names.append(name)
    levels: dict[tuple[Key, str], int] = {}
    depth = 0
    for kind in sorted(kinds, key=lambda kind: (*kind[:-1], faces[kind[-1]])):
        for name in kinds[kind] or [""]:
            depth += 1
            levels[kind, name] = depth
        levels.setdefault((kind, ""), depth - max(len(kinds[kind]) - 1, 0))
    for paragraph in chosen:
        paragraph.level = levels[key(paragraph, body), _class(paragraph.text)]


def _class(text: str) -> str:
    return next((name for name, pattern in _CLASSES if pattern.match(text)), "")
