"""Which paragraphs are headings, and how deep: by size, weight and font against the text's own."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from corpus.readers.pdf.measures import ENUMERATOR, Measures, is_bold, is_bulleted
from corpus.readers.pdf.page import Looks, Word, joined
from corpus.readers.pdf.paragraphs import Paragraph
from corpus.readers.pdf.tables import is_caption

_LONGEST, _MOST_LINES, _LONG = 220, 5, 180
_SMALLER = 0.8  # points: notes and captions are set smaller than the text
_ROOM = 3.0  # sizes: a line with less white is full
_LARGER = 1.07  # times the text's size
_ENDS_SENTENCE = re.compile(r"[.;,:][”’\"')\]]*$")
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
_CAPS_LETTERS = 4
_LARGE = 0.75  # times the largest: a title may stand below the publisher's larger name

Key = tuple[float, bool, bool, bool]


def mark_headings(
    found: Sequence[Paragraph], measures: Measures, bookmarks: Iterable[tuple[int, str]]
) -> None:
    """Give each heading its level, the title its mark; `bookmarks` are sheets and titles."""
    titles = {(sheet, _plain(title)) for sheet, title in bookmarks}
    spent = _text_looks(found, measures)
    likely = [
        paragraph
        for paragraph in found
        if _may_be(paragraph) and (
            _stands_out(paragraph, measures, spent)
            or (paragraph.sheet, _plain(paragraph.text)) in titles
        )
    ]  # fmt: skip
    chosen = _with_text(found, likely)
    prose = next((at for at, paragraph in enumerate(found) if _is_prose(paragraph, measures)), 0)
    _mark_cover(found, chosen, prose)
    chosen = [paragraph for paragraph in chosen if not paragraph.cover and not paragraph.title]
    levels = _levels(chosen)
    for paragraph in chosen:
        paragraph.level = levels[_ranked(paragraph)]


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _may_be(paragraph: Paragraph) -> bool:
    """Whether a paragraph is short, one piece, and no sentence, item or caption."""
    text = paragraph.text
    if (
        paragraph.aside
        or len(text) > _LONGEST
        or len(paragraph.lines) > _MOST_LINES
        or is_caption(text)
    ):
        return False
    if not any(sign.isalpha() for sign in text) or is_bulleted(paragraph.lines[0]):
        return False
    named = text.endswith(":") and (is_bold(paragraph.words) or is_caps(text))
    return named or _ENDS_SENTENCE.search(text) is None


def _stands_out(paragraph: Paragraph, measures: Measures, spent: set[Looks]) -> bool:
    """Whether a paragraph looks unlike the text around it."""
    looks, body = paragraph.looks, measures.body
    size = max(line.size for line in paragraph.lines)
    words = [word for word in paragraph.words if not word.raised]
    if size >= _LARGER * body.size:
        return looks not in spent
    if size < body.size - 1 or looks in spent:
        return False
    if is_bold(words) and not body.bold:
        return True
    if is_caps(paragraph.text):
        return True
    slanted = all(word.looks.italic for word in words if word.text[:1].isalpha())
    short = len(paragraph.lines) == 1 and paragraph.room > _ROOM * paragraph.looks.size
    if slanted and not body.italic and short:
        return True
    other = looks.family != body.family and size >= body.size
    return other and short


def is_caps(text: str) -> bool:
    """Whether a text is set in capitals."""
    capitals = sum(sign.isupper() for sign in text)
    return capitals >= _CAPS_LETTERS and not any(sign.islower() for sign in text)


def _text_looks(found: Sequence[Paragraph], measures: Measures) -> set[Looks]:
    """Looks in which whole paragraphs are set: of the text, of quotations, of recommendations."""
    long: Counter[Looks] = Counter()
    short: Counter[Looks] = Counter()
    for paragraph in found:
        text = paragraph.text
        running = len(text) > _LONG or text.endswith((".", ";", ","))
        (long if running else short)[paragraph.looks] += len(text)
    spent = {looks for looks, signs in long.items() if signs > short[looks]}
    return {looks for looks in spent if looks.size < 1.4 * measures.body.size}


def _with_text(found: Sequence[Paragraph], likely: Sequence[Paragraph]) -> list[Paragraph]:
    """Headings that something follows."""
    last = max((at for at, paragraph in enumerate(found) if paragraph not in likely), default=-1)
    places = {id(paragraph): at for at, paragraph in enumerate(found)}
    return [paragraph for paragraph in likely if places[id(paragraph)] < last]


def _is_prose(paragraph: Paragraph, measures: Measures) -> bool:
    alike = abs(paragraph.looks.size - measures.body.size) < 1
    return alike and len(paragraph.lines) > 1 and len(paragraph.text) > 120  # noqa: PLR2004


def _mark_cover(found: Sequence[Paragraph], chosen: Sequence[Paragraph], prose: int) -> None:
    """The largest line before the text is the title; what else stands on a cover is no heading."""
    before = {id(paragraph) for paragraph in found[:prose]}
    later = {_key(paragraph) for paragraph in chosen if id(paragraph) not in before}
    early = [paragraph for paragraph in chosen if id(paragraph) in before]
    alone = [paragraph for paragraph in early if _key(paragraph) not in later]
    if not alone:
        return
    largest = max(paragraph.looks.size for paragraph in alone)
    large = [paragraph for paragraph in alone if paragraph.looks.size >= _LARGE * largest]
    title = max(large, key=lambda paragraph: len(paragraph.text))
    title.title = True
    for paragraph in early:
        same = _plain(paragraph.text) == _plain(title.text)
        if paragraph is not title and (same or paragraph.sheet < found[prose].sheet):
            paragraph.cover = True


def _key(paragraph: Paragraph) -> Key:
    looks, size = paragraph.looks, max(line.size for line in paragraph.lines)
    return (-size, not looks.bold, looks.italic, not is_caps(paragraph.text))


def _class(text: str) -> str:
    return next((name for name, pattern in _CLASSES if pattern.match(text)), "")


def _ranked(paragraph: Paragraph) -> tuple[Key, str]:
    return _key(paragraph), _class(paragraph.text)


def _levels(chosen: Sequence[Paragraph]) -> dict[tuple[Key, str], int]:
    """The depth of each kind of heading: larger above smaller, bold above italic.

    Of headings that look alike, "I." stands above "A." where it comes first; one without a number
    stands where the first kind does.
    """
    kinds: dict[Key, list[str]] = defaultdict(list)
    for paragraph in chosen:
        key, name = _ranked(paragraph)
        if name and name not in kinds[key]:
            kinds[key].append(name)
        else:
            kinds.setdefault(key, [])
    levels: dict[tuple[Key, str], int] = {}
    depth = 0
    for key in sorted(kinds):
        for name in kinds[key] or [""]:
            depth += 1
            levels[key, name] = depth
        levels.setdefault((key, ""), depth - max(len(kinds[key]) - 1, 0))
    return levels


def split_run_in(found: Sequence[Paragraph], measures: Measures) -> None:
    """Headings that stand at the head of their paragraph: bold or in capitals, up to a mark.

    They count where the document has them more than once.
    """
    leads = {}
    for paragraph in found:
        if not paragraph.level and not paragraph.cover:
            lead = _lead(paragraph, measures)
            if lead:
                leads[id(paragraph)] = lead
    if len(leads) > 1:
        for paragraph in found:
            paragraph.run_in = leads.get(id(paragraph), [])


def _lead(paragraph: Paragraph, measures: Measures) -> list[Word]:
    words = paragraph.words
    skipped = 1 if ENUMERATOR.fullmatch(words[0].text) else 0
    smaller = paragraph.looks.size < measures.body.size - _SMALLER
    if smaller or measures.body.bold or is_bulleted(paragraph.lines[0]):
        return []
    lead: list[Word] = []
    for word in words[skipped:]:
        if not word.looks.bold and any(sign.isalnum() for sign in word.text):
            break
        lead.append(word)
    rest = words[skipped + len(lead) :]
    text = joined(lead)
    if not lead or len(rest) < 3 or len(lead) > 14 or skipped:  # noqa: PLR2004
        return []
    return lead if re.search(r"[.:—–?]$", text) and any(sign.isalpha() for sign in text) else []
