"""What a terminal shows of a stranger's text: every word, and nothing that acts unseen."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.printable import printable, printable_json
from corpus.unseen import MARK

UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Cs"}
# Line feed, tab and soft hyphen, and the format characters that are signs of their own.
SEEN = set("\n\t\xad\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd") | set(
    map(chr, range(0x600, 0x606))
)

FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"


def test_no_character_that_acts_unseen_is_let_through():
    everything = map(chr, range(0x110000))
    let_through = {one for one in everything if unicodedata.category(one) in UNSEEN}
    assert {one for one in let_through if printable(one) == one} == SEEN


@pytest.mark.parametrize("filler", FILLERS)
def test_a_letter_that_is_not_seen_is_shown(filler):
    assert printable(f"so{filler}ng") == f"so{MARK}ng"


@pytest.mark.parametrize("blank", "\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029")
def test_what_parts_words_unseen_is_a_blank(blank):
    assert printable(f"two{blank}words") == "two words"


@pytest.mark.parametrize(
    "acting",
    [
        "\x1b",
        "\x9b",
        "\u202e",
        "\u2066",
        "\u200f",
        "\u061c",
        "\ufeff",
        "\u200b",
        "\U000e0041",
    ],
)
def test_what_acts_becomes_a_mark_in_its_place(acting):
    assert printable(f"so{acting}ng") == f"so{MARK}ng"


@pytest.mark.parametrize(("written", "shown"), [("a\r\nb", "a \nb"), ("a\rb\r", "a\nb\n")])
def test_the_end_of_a_line_is_one_whoever_wrote_it(written, shown):
    assert printable(written) == shown
    assert len(shown) == len(written)


@pytest.mark.parametrize(
    "written",
    [
        "می‌خواهم",  # Persian: "I want", with a zero-width non-joiner
        "क्‍ष",  # Devanagari, with a zero-width joiner
        "👩‍⚕️ 👨‍👩‍👧 🏳️‍🌈 👩🏽‍🚀",  # emoji of several
        "שלום 평양 العربية 1️⃣ Côte d’Ivoire",
    ],
)
def test_what_writing_needs_stays(written):
    assert printable(written) == written


@pytest.mark.parametrize(
    "word", ["son\u200dgbun", "\u200dsongbun", "son\u200cgbun", "👩\u200d\u200d"]
)
def test_a_joiner_joins_nothing_else(word):
    assert MARK in printable(word)


@given(
    st.text(st.characters() | st.sampled_from("\x1b\u202e\u200d\u200c\u200b\U000e0041می👩\ufe0f"))
)
def test_printable_text_keeps_its_length_and_its_words(text):
    shown = printable(text)
    assert len(shown) == len(text)
    lines = text.replace("\r\n", " \n").replace("\r", "\n")
    for written, seen in zip(lines, shown, strict=True):
        assert seen in (written, " " if written.isspace() else MARK)
        assert seen == written or not written.isprintable() or written in FILLERS
    assert printable(shown) == shown


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\x9b\u202e\U000e0041")))
def test_json_says_the_same_and_acts_as_little(text):
    line = printable_json({"text": text})
    assert json.loads(line) == {"text": text}
    assert printable(line) == line
    assert len(line.splitlines()) == 1
