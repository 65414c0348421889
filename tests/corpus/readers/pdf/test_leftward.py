"""Lines that run to the left are read in their logical order, however a program wrote them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.pdf.leftward import Letter, as_read, runs_leftward

WIDTH = 5.0


def seen(glyphs):
    """Letters in the order in which they are seen from the left, glyph by glyph."""
    found = []
    for place, glyph in enumerate(glyphs):
        left = place * WIDTH
        for sign in glyph:
            found.append(Letter(len(found), ord(sign), left, left + WIDTH, 0.0, 10.0))
    return found


def said(letters):
    return "".join(chr(code) for _, code in as_read(letters)).strip()


def test_letters_are_read_from_the_right_and_numbers_from_the_left():
    assert said(seen(".12 םימי")) == "ימים 12."


def test_brackets_are_those_that_are_meant():
    assert said(seen("(חוד) יפל")) == "לפי (דוח)"


def test_words_of_another_script_keep_their_order():
    assert said(seen("UN Watch רמא")) == "אמר UN Watch"


def test_the_letters_of_one_glyph_are_turned_back():
    # Lam-alef as PDFium gives it: the glyph's two characters, turned around.
    assert said(seen(["م", "ال", "س"])) == "سلام"


def test_marks_follow_their_letters():
    letters = seen("בא")
    mark = Letter(2, 0x05B7, WIDTH + 1, WIDTH + 3, 0.0, 10.0)
    assert said([*letters, mark]) == "א\u05b7ב"


@given(st.permutations(seen(".2021 תנשב ורצענ")))
def test_the_order_in_which_a_file_writes_a_line_does_not_matter(letters):
    assert said(letters) == said(seen(".2021 תנשב ורצענ"))


@pytest.mark.parametrize(("text", "leftward"), [("Łódź, 서울", False), ("Wall (קיר)", True)])
def test_only_scripts_that_run_to_the_left_are_turned(text, leftward):
    assert runs_leftward([*map(ord, text)]) is leftward
