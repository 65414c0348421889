"""The buttons under messages, at most two rows under an answer. Pure."""

import hashlib
from collections.abc import Sequence

from telegram import CopyTextButton, InlineKeyboardButton

from bot.examples import in_short
from bot.telegram.messages.catalogue import Catalogue
from bot.telegram.messages.copying import citation_to_copy, quotation_to_copy
from bot.telegram.messages.styled import (
    Row,
    Rows,
    button,
    clipped,
    fits_button,
    is_web_address,
)
from bot.telegram.messages.view import View
from corpus.passage import Passage
from corpus.report import Report
from corpus.scope import Shelved

_LONGEST_NAME = 80
# What a phone of 390 points shows of a button that has a row of its own.
_LABEL = 40
# A keyboard of two rows leaves the screen to the quotation.
_ROWS = 2
_RIGHT, _WRONG = "👍", "👎"


def keyboard(view: View, say: Catalogue, examples: Sequence[str]) -> Rows:
    """The buttons under an answer; under a refusal the questions to ask instead, a group's none."""
    key = view.key
    undo = (button(say("as_typed"), f"asis:{key}"),) if view.answer.changes else ()
    more = (button(say("more"), f"more:{key}"),) if view.left else ()
    if view.link is not None:
        onwards = InlineKeyboardButton(say("continue_private"), url=view.link)
        copied = () if view.is_refusal else _copy_quotation(view, say)
        return _rows((*more, onwards), (*undo, *copied))
    if view.passage is None:
        return _rows(undo, *example_rows(examples))[:_ROWS]
    moves = (button(say("before"), f"near:{key}:-1"), button(say("after"), f"near:{key}:1"))
    if view.is_refusal:
        return _rows((*more, *moves), undo, *example_rows(examples))[:_ROWS]
    if view.near is not None:
        # What is judged is the passage that answers.
        return (moves, (button(say("back"), f"back:{key}"), *_copy_quotation(view, say)))
    thumbs = (button(_RIGHT, f"rate:{key}:right"), button(_WRONG, f"rate:{key}:wrong"))
    # Of a question that was read otherwise, whether the answer is right says nothing.
    return ((*more, *moves), (*_copy_quotation(view, say), *(undo or thumbs)))


def passage_rows(passage: Passage, say: Catalogue) -> Rows:
    """The buttons under a passage on its own: its citation to copy, and its publisher's page."""
    page = source_row(passage.report, say)
    return _rows((*_copy(say("copy_citation"), citation_to_copy(passage)), *page))


def source_row(report: Report, say: Catalogue) -> Row:
    """The button of the publisher's page, where there is one."""
    if not is_web_address(report.url):
        return ()
    return (InlineKeyboardButton(say("publisher_page"), url=report.url),)


def example_rows(examples: Sequence[str]) -> Rows:
    """A button for each example question."""
    return tuple(
        (button(in_short(example, _LABEL), f"q:{example_name(example)}"),) for example in examples
    )


def topic_rows(topics: Sequence[str]) -> Rows:
    """A button for each topic, two a row."""
    buttons = [
        button(clipped(topic, _LONGEST_NAME), f"t:{example_name(topic)}") for topic in topics
    ]
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))


def example_name(example: str) -> str:
    """A name for an example question that fits into a button's data."""
    return hashlib.sha256(example.encode()).hexdigest()[:16]


def filter_rows(filters: Sequence[tuple[str, str, str]], say: Catalogue) -> Rows:
    """A button for each filter (kind, value, name of the value), where Telegram takes its data."""
    rows = [
        (button(say(kind, value=clipped(name, _LONGEST_NAME)), f"f:{kind}:{value}"),)
        for kind, value, name in filters
        if fits_button(f"f:{kind}:{value}")
    ]
    return (*rows, (button(say("filter_clear"), "f:none:"),))


def report_name(report: Shelved) -> str:
    """A report as people call it: its title and what it covers."""
    period = f", {report.period}" if report.period else ""
    return f"“{report.title}”{period}"


def _copy_quotation(view: View, say: Catalogue) -> Row:
    """The button that copies what answers with its citation, or that alone where no room is."""
    passage = view.passage
    if passage is None:
        return ()
    copied = quotation_to_copy(view.quoted.quotation if view.quoted else passage.text, passage)
    if copied:
        return _copy(say("copy_quotation"), copied)
    return _copy(say("copy_citation"), citation_to_copy(passage))


def _copy(label: str, copied: str | None) -> Row:
    return (InlineKeyboardButton(label, copy_text=CopyTextButton(copied)),) if copied else ()


def _rows(*rows: Row) -> Rows:
    return tuple(row for row in rows if row)
