"""The small decisions of the PDF reader."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.pdf.hyphens import Hyphenation
from corpus.readers.pdf.printed_pages import numeral, printed_pages
from corpus.readers.pdf.qpdf import glyph_text


@pytest.mark.parametrize(
    ("text", "printed", "value"),
    [
        ("xii", "xii", 12),
        ("XL", "XL", 40),
        ("47699", "47699", 47699),
        ("A-3", "A-3", 3),
        ("3/34", "3", 3),
        ("- 7 -", "7", 7),
        ("Page 3 of 34", "3", 3),
        ("[12]", "12", 12),
    ],
)
def test_numerals_of_pages(text, printed, value):
    found = numeral(text)
    assert found is not None
    assert (found.printed, found.value) == (printed, value)


@pytest.mark.parametrize("text", ["", "mix up", "iiii", "1,893", "2019.", "vix", "12 March"])
def test_what_is_no_numeral(text):
    assert numeral(text) is None


@given(st.integers(1, 500), st.integers(3, 40), st.data())
def test_numbers_that_run_on_are_found_among_others(first, sheets, data):
    others = st.lists(st.integers(600, 9_999), max_size=3)
    candidates = {
        sheet: [
            *(numeral(str(other)) for other in data.draw(others)),
            numeral(str(first + sheet), alone=True),
        ]
        for sheet in range(1, sheets + 1)
    }
    found = printed_pages(candidates, {}, sheets)
    assert found == {sheet: str(first + sheet) for sheet in range(1, sheets + 1)}


@pytest.mark.parametrize(
    ("name", "text"),
    [("T_h", "Th"), ("f_f_i.alt", "ffi"), ("fi", "fi"), ("uni00660069", "fi"), ("space", None)],
)
def test_glyph_names_say_what_they_are(name, text):
    assert glyph_text(name) == text


WORDS = Counter(
    {
        "disease": 3,
        "tele-education": 1,
        "self": 2,
        "governing": 1,
        "self-governing": 1,
        "known": 2,
        "well": 1,
    }
)


@pytest.mark.parametrize(
    ("written", "following", "hyphenates", "expected"),
    [
        ("of a dis\ufffe", "ease", True, ("", "")),
        ("of tele\ufffe", "education", True, ("-", "")),
        ("the 1939\ufffe", "1945", True, ("-", "")),
        ("in har\ufffe", "bour", True, ("", "")),
        ("in har\ufffe", "bour", False, ("-", "")),
        ("a self\ufffe", "known", True, ("-", "")),
        ("the well\ufffe", "known", True, ("", "")),
        ("the north", "wind", True, ("", " ")),
        ("and/", "or", True, ("", "")),
        ("保護", "施設", True, ("", "")),
        ("보호", "시설", True, ("", " ")),
        ("see https://example.org/a/", "b.html", True, ("", "")),
    ],
)
def test_line_ends(written, following, hyphenates, expected):
    known = Hyphenation(words=WORDS, hyphenates=hyphenates, keeps=not hyphenates)
    assert known.after(written, following) == expected


@given(st.text(min_size=1), st.text(min_size=1))
def test_any_line_end_is_decided(written, following):
    end, blank = Hyphenation(words=WORDS, hyphenates=True).after(written, following)
    assert end in ("", "-", "\u2010")
    assert blank in ("", " ")
