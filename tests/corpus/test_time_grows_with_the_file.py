"""What reads a report, or a passage of it, takes no longer than in proportion to its length."""

import time
from collections.abc import Callable

import pytest

from corpus.cutting import cut
from corpus.english.attribution import tags
from corpus.english.highlighting import widen
from corpus.english.sentences import sentences
from corpus.errors import UnreadableReport
from corpus.note_markers import note_markers
from corpus.parting import LONGEST
from corpus.quoted import Quoted
from corpus.readers.document import Document
from corpus.readers.limits import LONGEST_PASSAGE
from corpus.readers.markdown import read_markdown
from corpus.readers.text import read_text
from tests.conftest import make_report

# Sixteen times the length takes sixteen times as long where time is in proportion, 256 where it is
# in its square. Halfway between, and below this many seconds a clock tells nothing.
_LONGER, _MOST, _LEAST_S = 16, 64.0, 0.01
_LENGTH = 1_500


def _cut(document: Document) -> None:
    cut(make_report(), document)


def _read_as_markdown(text: str) -> None:
    _cut(read_markdown(text, "long.md"))


def _read_as_text(text: str) -> None:
    _cut(read_text(text))


def _highlight_and_attribute(text: str) -> None:
    middle = sentences(text)[len(sentences(text)) // 2]
    tags(Quoted(text=text, span=widen(text, middle)))


def _mark_notes(text: str) -> None:
    note_markers([text, *text.split("\n")])


def _seconds(do: Callable[[str], None], text: str) -> float:
    begun = time.process_time()
    do(text)
    return time.process_time() - begun


@pytest.mark.parametrize(
    ("do", "unit"),
    [
        (_read_as_markdown, "["),
        (_read_as_markdown, "* a\n"),
        (_read_as_markdown, "a *b **c `d "),
        (_read_as_markdown, "| a |\n"),
        (_read_as_text, "?"),
        (_read_as_text, "Item 1. He said “no.” "),
        (_highlight_and_attribute, "!"),
        (_highlight_and_attribute, "also reportedly said "),
        (_highlight_and_attribute, "According to it   "),
        (_highlight_and_attribute, "“It said. "),
        (_mark_notes, "a.1 [2]³ "),
    ],
)
def test_sixteen_times_the_text_takes_no_more_than_in_proportion(
    do: Callable[[str], None], unit: str
) -> None:
    short, long = (unit * (length // len(unit)) for length in (_LENGTH, _LONGER * _LENGTH))
    base = max(_seconds(do, short), _LEAST_S)
    assert _seconds(do, long) < _MOST * base


def test_a_sentence_that_would_fill_a_book_is_refused_with_its_place_and_the_limit() -> None:
    text = f"A short one.\n\n{'word ' * (LONGEST_PASSAGE // 5 + 1)}end."
    with pytest.raises(UnreadableReport, match=r"begins in line 3 .* at most 100,000"):
        _cut(read_text(text))


def test_a_long_paragraph_of_sentences_is_parted() -> None:
    text = ("The committee heard of twelve arrests in the north. " * 20_000).rstrip()
    passages = cut(make_report(), read_text(text))
    assert max(len(passage.text) for passage in passages) < 2 * LONGEST
    assert passages[-1].stop == len(text)
