"""Answers for a terminal: wrapped, the answering sentence standing out with and without colour."""

import re
from collections.abc import Iterator
from itertools import chain

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from bot.answering.answer import Answer, Coverage
from bot.rendering.printable import printable
from bot.rendering.reasons import assumed, changed, lead, remarks
from corpus.citing.citations import lacking, page, under_heading
from corpus.citing.styles import Style, cited
from corpus.passage import Passage
from corpus.report import Kind, spell_date
from embeddings.hit import Hit
from embeddings.judging.verdict import Verdict

# Lines of 45 to 90 characters are read with the least effort (Bringhurst, The Elements of
# Typographic Style, 2.1.2); a wider terminal keeps its margin.
WIDEST = 90
ANSWER_BAR = "▌ "
PERHAPS_BAR = "┆ "
CLOSEST_BAR = "· "
PLAIN_BAR = "  "
_BAR_STYLES = {ANSWER_BAR: "bold green", PERHAPS_BAR: "yellow"}
_TITLES_NAMED = 5
# What tells verdicts apart without colour, before the sentence over the passages.
_SIGNS = {Verdict.PERHAPS: "? ", Verdict.CLOSEST: "≈ ", Verdict.OUTSIDE: "✗ "}
_STYLES = {
    Verdict.PERHAPS: "bold yellow",
    Verdict.CLOSEST: "bold yellow",
    Verdict.OUTSIDE: "bold red",
}
_BARS = {Verdict.ANSWERED: ANSWER_BAR, Verdict.PERHAPS: PERHAPS_BAR}
_CUT = "…"
_UNDO = "; in quotation marks a word is taken as typed"


def answer_lines(
    answer: Answer, width: int, style: Style = Style.NOTE, undo: str = _UNDO
) -> list[Text]:
    """An answer for a terminal of `width` columns, cited in a style.

    Of a passage that does not answer only the nearest sentence is shown. `undo` tells how to have
    a word taken as typed that was read as another.
    """
    width = min(width, WIDEST)
    lines = [line for text in assumed(answer) for line in wrapped(text, width, "↳ ", "dim")]
    if answer.verdict is not Verdict.ANSWERED:
        lines += _lead_lines(answer, width)
    if answer.verdict is Verdict.OUTSIDE:
        lines += covered_lines(answer, width, PLAIN_BAR)
        return [*lines, *changed_lines(answer, width, undo)]
    first, *others = answer.hits
    if answer.verdict is Verdict.CLOSEST:
        lines += _cut_lines(first, width)
    else:
        lines += passage_lines(first, width, bar_of(answer))
    lines += [*note_lines(first.passage, width), *tag_line(first, width), Text()]
    lines += citation_lines(first.passage, width, style)
    lines += changed_lines(answer, width, undo)
    if others:
        lines += [Text(), *(_one_line(rank, hit, width) for rank, hit in enumerate(others, 2))]
    return lines


def question_lines(question: str, width: int) -> Iterator[Text]:
    """One of several questions of a line, over its answer."""
    yield from wrapped(question, min(width, WIDEST), "» ", "bold")
    yield Text()


def bar_of(answer: Answer) -> str:
    """What stands before the sentence that an answer's first passage is shown for."""
    return _BARS.get(answer.verdict, CLOSEST_BAR)


def _lead_lines(answer: Answer, width: int) -> Iterator[Text]:
    style = _STYLES[answer.verdict]
    said = list(wrapped(lead(answer), width, PLAIN_BAR, style))
    said[0] = Text(_SIGNS[answer.verdict], style=style) + said[0][len(PLAIN_BAR) :]
    yield from said
    yield from wrapped(remarks(answer), width, PLAIN_BAR, "")
    yield Text()


def _cut_lines(hit: Hit, width: int) -> Iterator[Text]:
    """The highlight of a passage, whole, and where the passage is cut around it."""
    quoted = hit.quoted
    if quoted.before.strip():
        yield Text(PLAIN_BAR + _CUT)
    yield from wrapped(quoted.quotation, width, CLOSEST_BAR, "")
    if quoted.after.strip():
        yield Text(PLAIN_BAR + _CUT)


def _one_line(rank: int, hit: Hit, width: int) -> Text:
    """Rank, place and the beginning of the sentence, in one line."""
    number = f"{rank}. "
    place = Text(number + short_place(hit.passage, width // 2 - len(number)), style="cyan")
    line = place + Text("  ") + Text(" ".join(shown(hit.quoted.quotation).split()))
    line.truncate(width, overflow="ellipsis")
    return line


def short_place(passage: Passage, width: int = WIDEST) -> str:
    """Where a passage stands in at most `width` columns: innermost section and paragraph.

    What does not fit is taken from the section's name.
    """
    digest = "digest, " if passage.report.kind is Kind.DIGEST else ""
    if passage.press:
        press = passage.press
        return f"{digest}{press.kind}, {spell_date(press.date)} (item {passage.number})"
    place = "".join(f", {part}" for part in (under_heading(passage), page(passage)) if part)
    section = Text(digest + shown(passage.section[-1] if passage.section else "introduction"))
    section.truncate(max(width - cell_len(place), 1), overflow="ellipsis")
    return section.plain + place


def covered_lines(answer: Answer, width: int, bar: str) -> Iterator[Text]:
    """What there is to ask about, for an answer that is none."""
    yield from wrapped(coverage_sentence(answer.coverage), width, bar, "")
    near = ", ".join(f"“{name}”" for name in answer.nearest_sections)
    yield from wrapped(f"Nearest sections: {near}." if near else "", width, bar, "")


def changed_lines(answer: Answer, width: int, undo: str) -> Iterator[Text]:
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


def wrapped(text: str, width: int, bar: str, style: str) -> Iterator[Text]:
    """Paragraphs in lines of at most `width` columns, `bar` before each."""
    room = width - cell_len(bar)
    for paragraph in re.split(r"\n\s*\n", text):
        words = " ".join(shown(paragraph).split())
        for line in Text(words, style=style).wrap(Console(width=room), room) if words else []:
            line.rstrip()
            yield Text(bar, style=_BAR_STYLES.get(bar, "")) + line
