"""Answers for a terminal: wrapped, the answering sentence standing out with and without colour."""

import re
from collections.abc import Iterator
from itertools import chain

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.text import Text

from bot.answering.answer import Answer, Coverage
from bot.rendering.printable import printable
from bot.rendering.reasons import assumed, changed, reason
from bot.rendering.unread import unread
from corpus.citing.citations import lacking, pinpoint
from corpus.citing.styles import Style, cited
from corpus.passage import Passage
from corpus.report import Kind
from embeddings.hit import Hit
from embeddings.judging.verdict import Verdict

# Lines of 45 to 90 characters are read with the least effort (Bringhurst, The Elements of
# Typographic Style, 2.1.2); a wider terminal keeps its margin.
WIDEST = 90
ANSWER_BAR = "▌ "
CLOSEST_BAR = "┆ "
PLAIN_BAR = "  "
_BAR_STYLES = {ANSWER_BAR: "bold green", CLOSEST_BAR: "yellow"}
_SHORT_LINES = 2
_TITLES_NAMED = 5
_LEADS = {
    Verdict.PERHAPS: "This may be what you ask:",
    Verdict.CLOSEST: "Not answered in these reports, as far as Pincite can tell. The closest:",
    Verdict.OUTSIDE: "Not in these reports. That they do not say it does not mean that it did not "
    "happen.",
}
_UNDO = "; in quotation marks a word is taken as typed"
_UNJUDGED = "Pincite cannot tell whether these reports answer this. The closest:"


def answer_lines(answer: Answer, width: int, style: Style = Style.NOTE) -> RenderableType:
    """An answer for a terminal of `width` columns, cited in a style."""
    width = min(width, WIDEST)
    lines = [line for note in assumed(answer) for line in wrapped(note, width, "", "dim")]
    if answer.verdict is not Verdict.ANSWERED:
        lines += wrapped(lead(answer), width, "", "bold yellow")
        lines += [*wrapped(reason(answer) or "", width, "", "yellow"), Text()]
    if answer.verdict is Verdict.OUTSIDE:
        return Group(*lines, *covered_lines(answer, width, ""), *changed_lines(answer, width))
    first, *others = answer.hits
    bar = ANSWER_BAR if answer.verdict is Verdict.ANSWERED else CLOSEST_BAR
    lines += [*passage_lines(first, width, bar), *note_lines(first.passage, width)]
    lines += [*tag_line(first, width), Text()]
    lines += citation_lines(first.passage, width, style)
    lines += changed_lines(answer, width)
    if others:
        lines += [Text(), Text("Also relevant", style="bold")]
        lines += [line for rank, hit in enumerate(others, 2) for line in _short(rank, hit, width)]
    return Group(*lines)


def lead(answer: Answer) -> str:
    """The sentence over the passages of an answer that is not sure, or none."""
    if answer.language:
        return unread(answer.language)
    unjudged = answer.verdict is Verdict.CLOSEST and not answer.is_judged
    return _UNJUDGED if unjudged else _LEADS[answer.verdict]


def covered_lines(answer: Answer, width: int, bar: str) -> Iterator[Text]:
    """What there is to ask about, for an answer that is none."""
    yield from wrapped(coverage_sentence(answer.coverage), width, bar, "")
    near = ", ".join(f"“{name}”" for name in answer.nearest_sections)
    yield from wrapped(f"Nearest sections: {near}." if near else "", width, bar, "")


def changed_lines(answer: Answer, width: int, undo: str = _UNDO) -> Iterator[Text]:
    """The words that were read as others, and how that is undone."""
    said = "; ".join(changed(answer))
    yield from wrapped(f"{said}{undo}" if said else "", width, PLAIN_BAR, "dim")


def coverage_sentence(coverage: Coverage) -> str:
    """What the library covers, in a sentence."""
    named = ", ".join(f"“{title}”" for title in coverage.titles[:_TITLES_NAMED])
    left = len(coverage.titles) - _TITLES_NAMED
    more = f" and {left} more" if left > 0 else ""
    about = f"; countries: {', '.join(coverage.countries)}" if coverage.countries else ""
    when = f"; period: {', '.join(coverage.periods)}" if coverage.periods else ""
    return shown(f"The library holds {named or 'no report'}{more}{about}{when}.")


def shown(text: str) -> str:
    """A text safe for a terminal, on one line."""
    return printable(text).replace("\n", " ").replace("\t", " ")


def passage_lines(hit: Hit, width: int, bar: str) -> Iterator[Text]:
    """A passage, `bar` before its highlight, which is bold where it answers."""
    style = "bold" if bar == ANSWER_BAR else ""
    parts = hit.quoted.rendered(
        lambda around: wrapped(around, width, PLAIN_BAR, ""),
        lambda quotation: wrapped(quotation, width, bar, style),
    )
    yield from chain.from_iterable(parts)


def note_lines(passage: Passage, width: int, bar: str = PLAIN_BAR) -> Iterator[Text]:
    """The notes of what is quoted, each after its marker."""
    for note in passage.cited_notes:
        yield from wrapped(f"[{note.note}] {note.words}", width, bar, "dim")


def tag_line(hit: Hit, width: int) -> Iterator[Text]:
    """Who says what is highlighted, and how surely; nothing where nobody is named."""
    said = "; ".join(f"“{tag}”" for tag in hit.tags)
    yield from wrapped(
        f"who says so, how surely: {said}" if said else "", width, PLAIN_BAR, "italic"
    )


def citation_lines(passage: Passage, width: int, style: Style = Style.NOTE) -> Iterator[Text]:
    """A passage's citation in a style, its id, and apart from it what it lacks."""
    text = cited(passage, style)
    if "\n" in text:  # data, whose lines mean something
        yield from (Text(printable(line), style="cyan") for line in text.split("\n"))
    else:
        yield from wrapped(text, width, PLAIN_BAR, "cyan")
    yield from wrapped(lacking(passage) or "", width, PLAIN_BAR, "dim")


def _short(rank: int, hit: Hit, width: int) -> Iterator[Text]:
    place = pinpoint(hit.passage)
    if hit.passage.report.kind is Kind.DIGEST:
        place = f"digest, {place}"
    yield from wrapped(f"{rank}. {place}", width, PLAIN_BAR, "cyan")
    quote = list(wrapped(hit.quoted.quotation, width, "     ", ""))
    yield from quote[:_SHORT_LINES]
    if len(quote) > _SHORT_LINES:
        yield Text("     …")


def wrapped(text: str, width: int, bar: str, style: str) -> Iterator[Text]:
    """Paragraphs in lines of at most `width` columns, `bar` before each."""
    room = width - cell_len(bar)
    for paragraph in re.split(r"\n\s*\n", text):
        words = " ".join(shown(paragraph).split())
        for line in Text(words, style=style).wrap(Console(width=room), room) if words else []:
            line.rstrip()
            yield Text(bar, style=_BAR_STYLES.get(bar, "")) + line
