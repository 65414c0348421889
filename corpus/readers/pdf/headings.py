"""Which paragraphs are headings, and how deep: by size, weight and font against the text's own."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from corpus.readers.pdf.depths import give_levels, key
from corpus.readers.pdf.measures import Measures, is_bold, is_bulleted
from corpus.readers.pdf.page import Looks
from corpus.readers.pdf.paragraphs import Paragraph
from corpus.readers.pdf.tables import is_caption

_LONGEST, _MOST_LINES = 220, 5
_PROSE = 120  # signs
_ROOM = 3.0  # sizes: a line with less white is full
_LARGER = 1.07  # times the text's size
_MONOSPACED = re.compile(r"cour|mono|typewriter|consol|menlo|cmtt|fixed", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.;,:。；，：][”’\"')\]]*$")
_SANE = 0.8  # of the headings that a file names, at least as many look like some
_TITLE = 4  # letters of a title, at least
_LARGE = 0.75  # times the largest: a title may stand below the publisher's larger name

# What a paragraph looks like: its type; whether in capitals, in the middle, underlined.
Kind = tuple[Looks, bool, bool, bool]


def mark_headings(
    found: Sequence[Paragraph], measures: Measures, bookmarks: Iterable[tuple[int, str]]
) -> None:
    """Give each heading its level, the title its mark; `bookmarks` are sheets and titles."""
    titles = {(sheet, _plain(title)) for sheet, title in bookmarks}
    spent = _text_kinds(found, measures)
    tagged = _tagged(found)
    likely = [
        paragraph
        for paragraph in found
        if _may_be(paragraph) and (
            _stands_out(paragraph, measures, spent)
            or (paragraph.sheet, _plain(paragraph.text)) in titles
            or id(paragraph) in tagged
        )
    ]  # fmt: skip
    begun = _begun(found)
    likely = [paragraph for paragraph in likely if id(paragraph) not in begun]
    chosen = _with_text(found, likely)
    prose = next((at for at, paragraph in enumerate(found) if _is_prose(paragraph, measures)), 0)
    _mark_cover(found, chosen, prose, measures.body)
    chosen = [paragraph for paragraph in chosen if not paragraph.cover and not paragraph.title]
    give_levels(chosen, measures.body)


def _tagged(found: Sequence[Paragraph]) -> set[int]:
    """The ids of the paragraphs that the file calls headings, none where most of these are none."""
    named = [paragraph for paragraph in found if paragraph.tagged_level]
    fitting = {id(paragraph) for paragraph in named if _may_be(paragraph)}
    return fitting if len(fitting) >= _SANE * len(named) else set()


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
    named = text.endswith(":") and (is_bold(paragraph.words) or paragraph.is_caps)
    return named or _ENDS_SENTENCE.search(text) is None


def _kind(paragraph: Paragraph) -> Kind:
    return (
        paragraph.looks,
        paragraph.is_caps,
        paragraph.is_centred,
        paragraph.is_underlined,
    )


def _stands_out(paragraph: Paragraph, measures: Measures, spent: set[Kind]) -> bool:
    """Whether a paragraph looks unlike the text around it."""
    looks, body = paragraph.looks, measures.body
    size = max(line.size for line in paragraph.lines)
    if _kind(paragraph) in spent:
        return False
    if size >= _LARGER * body.size:
        return True
    words = [word for word in paragraph.words if not word.raised]
    bold = is_bold(words) and not body.bold
    marked = (paragraph.is_caps or paragraph.is_underlined) and not paragraph.is_far_right
    if size < body.size - 1 or bold or marked:
        return size >= body.size - 1
    slanted = all(word.looks.italic for word in words if word.text[:1].isalpha())
    short = len(paragraph.lines) == 1 and paragraph.room > _ROOM * paragraph.looks.size
    if slanted and not body.italic and short:
        return True
    other = looks.family != body.family and size >= body.size
    return other and short and _MONOSPACED.search(looks.family) is None


def _text_kinds(found: Sequence[Paragraph], measures: Measures) -> set[Kind]:
    """What whole paragraphs look like: of the text, of quotations, of recommendations."""
    long: Counter[Kind] = Counter()
    short: Counter[Kind] = Counter()
    for paragraph in found:
        text = paragraph.text
        title = len(text) <= _LONGEST or paragraph.is_caps
        running = text.endswith((".", ";", ",")) or not title
        (long if running else short)[_kind(paragraph)] += 1
    spent = {kind for kind, count in long.items() if count > short[kind]}
    return {kind for kind in spent if kind[0].size < 1.4 * measures.body.size}


def _with_text(found: Sequence[Paragraph], likely: Sequence[Paragraph]) -> list[Paragraph]:
    """Headings that something follows; with a colon, something in their column."""
    headings = {id(paragraph) for paragraph in likely}
    texts = [at for at, paragraph in enumerate(found) if id(paragraph) not in headings]
    last = max(texts, default=-1)
    places = {id(paragraph): at for at, paragraph in enumerate(found)}
    filled = {_column(found[at]) for at in texts}
    return [
        paragraph
        for paragraph in likely
        if places[id(paragraph)] < last
        and (
            not paragraph.in_columns
            or not paragraph.text.endswith(":")
            or _column(paragraph) in filled
        )
    ]


def _begun(found: Sequence[Paragraph]) -> set[int]:
    """The ids of paragraphs that the next one goes on with: it looks alike, with a small letter."""
    return {
        id(before)
        for before, following in pairwise(found)
        if before.looks == following.looks and following.text[:1].islower()
    }


def _column(paragraph: Paragraph) -> tuple[int, tuple[float, float]]:
    return paragraph.sheet, paragraph.lines[0].column


def _is_prose(paragraph: Paragraph, measures: Measures) -> bool:
    alike = abs(paragraph.looks.size - measures.body.size) < 1
    long = len(paragraph.lines) > 1 and len(paragraph.text) > _PROSE
    return alike and long and not paragraph.is_caps


def _mark_cover(
    found: Sequence[Paragraph], chosen: Sequence[Paragraph], prose: int, body: Looks
) -> None:
    """The largest line before the text is the title; what else stands on a cover is no heading.

    On the sheet where the text begins, what no later heading looks like is a letterhead, but for
    the one right above the text.
    """
    before = {id(paragraph) for paragraph in found[:prose]}
    later = {key(paragraph, body) for paragraph in chosen if id(paragraph) not in before}
    early = [paragraph for paragraph in chosen if id(paragraph) in before]
    alone = [paragraph for paragraph in early if key(paragraph, body) not in later]
    cover = [paragraph for paragraph in early if paragraph.sheet < found[prose].sheet]
    alone = alone or (cover if len(cover) > 1 else [])
    if not alone:
        return
    named = [one for one in alone if len(_plain(one.text)) >= _TITLE] or alone
    largest = max(paragraph.looks.size for paragraph in named)
    large = [paragraph for paragraph in named if paragraph.looks.size >= _LARGE * largest]
    title = max(large, key=lambda paragraph: len(paragraph.text))
    title.title = True
    for paragraph in early:
        same = _plain(paragraph.text) == _plain(title.text)
        head = paragraph in alone and paragraph is not early[-1]
        if paragraph is not title and (same or head or paragraph.sheet < found[prose].sheet):
            paragraph.cover = True
