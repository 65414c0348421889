"""Long texts in parts and texts with styles: nothing lost, nothing torn, offsets as Telegram's."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.messages.parts import at_spaces, whole_sentences
from bot.telegram.messages.styled import (
    LONGEST_MESSAGE,
    MOST_ENTITIES,
    Draft,
    Mark,
    Styled,
    button,
    clipped,
    fits_button,
    is_web_address,
    joined,
    plain,
    running,
    utf16,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
WORDS = st.lists(st.sampled_from(["wells", "ran", "dry.", "Tankers", "😀", "é", "\n", "평양"]))
STYLED = st.builds(lambda text, kind: plain(text).marked(kind), TEXTS, st.sampled_from("bi"))


@given(WORDS.map(" ".join), st.integers(8, 60))
def test_parts_hold_every_letter_in_order_and_none_is_too_long(text, room):
    for parts in (at_spaces(text, room), whole_sentences(text, room)):
        assert all(utf16(part) <= room for part in parts)
        assert "".join("".join(parts).split()) == "".join(text.split())


@given(WORDS.map(" ".join), st.integers(14, 60))
def test_no_word_that_fits_is_cut(text, room):
    # A part may be cut at half of the room: a word of seven letters always fits.
    assert [word for part in at_spaces(text, room) for word in part.split()] == text.split()


@pytest.mark.parametrize(
    ("text", "room", "parts"),
    [
        ("", 20, []),
        ("Short.", 20, ["Short."]),
        ("One here. Two here.", 10, ["One here.", "Two here."]),
        ("One here. Two here. Three.", 19, ["One here. Two here.", "Three."]),
    ],
)
def test_a_text_breaks_between_its_sentences(text, room, parts):
    assert whole_sentences(text, room) == parts


def test_a_mark_stays_with_its_letter_and_an_emoji_in_one_piece():
    family = "👩\u200d👩\u200d👧"
    for unit in ("e\u0301", family):
        for part in at_spaces(unit * 40, 30):
            assert unicodedata.category(part[0])[0] != "M"
            assert not part.startswith("\u200d")
            assert not part.endswith("\u200d")


@given(STYLED, STYLED)
def test_styles_keep_their_words_when_texts_are_joined(one, other):
    both = one + other
    marked = [both.text[mark.start : mark.stop] for mark in both.marks]
    assert marked == [text for text in (one.text, other.text) if text]


@given(TEXTS, TEXTS)
def test_offsets_count_utf16_units(before, inside):
    styled = plain(before) + plain(inside).marked("bold")
    for entity in styled.entities():
        units = styled.text.encode("utf-16-le")
        cut = units[2 * entity.offset : 2 * (entity.offset + entity.length)]
        assert cut.decode("utf-16-le") == plain(inside).text


@given(TEXTS)
def test_a_text_is_as_telegram_keeps_it_and_stays_so(text):
    once = plain(text)
    assert not set(once.text) & set("\r\u202e\u2028\x00\t")
    assert plain(once.text) == once


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one\ntwo", "one two"),
        ("one \r\n  two", "one two"),
        ("one\n\ntwo", "one\ntwo"),
        ("one\n \n\n two", "one\ntwo"),
        ("one\ttwo", "one two"),
    ],
)
def test_the_lines_of_a_report_run_on_and_its_paragraphs_do_not(text, lines):
    assert running(text).text == lines


def test_empty_parts_leave_no_gap():
    assert joined([plain("a"), plain(""), plain("b")], "\n\n").text == "a\n\nb"
    assert joined([], "\n").text == ""
    assert plain("").marked("bold") == Styled("")


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [("wells", 5, "wells"), ("wells dry", 7, "wells…"), ("wells", 4, "wel…"), ("", 3, "")],
)
def test_what_is_clipped_says_so_and_is_no_longer_than_it_may_be(text, most, short):
    assert clipped(text, most) == short
    assert len(short) <= most


@pytest.mark.parametrize(
    ("body", "fits"),
    [
        (Styled("x" * LONGEST_MESSAGE), True),
        (Styled("x" * (LONGEST_MESSAGE + 1)), False),
        (Styled("😀" * (LONGEST_MESSAGE // 2)), True),
        (Styled("😀" * (LONGEST_MESSAGE // 2) + "x"), False),
        (Styled("x", (Mark("bold", 0, 1),) * MOST_ENTITIES), True),
        (Styled("x", (Mark("bold", 0, 1),) * (MOST_ENTITIES + 1)), False),
    ],
)
def test_a_draft_fits_a_message_or_not(body, fits):
    assert Draft(body=body).fits is fits


def test_without_links_the_other_buttons_stay_and_empty_rows_go():
    from telegram import InlineKeyboardButton

    link = InlineKeyboardButton("Open", url="https://example.org")
    more = button("More", "more:a")
    draft = Draft(body=Styled("x"), rows=((link,), (more, link)))
    assert draft.without_links().rows == ((more,),)
    assert Draft(body=Styled("x")).markup is None


@pytest.mark.parametrize(
    ("data", "fits"), [("x" * 64, True), ("x" * 65, False), ("é" * 32, True), ("é" * 33, False)]
)
def test_a_buttons_data_are_counted_in_bytes(data, fits):
    assert fits_button(data) is fits


@pytest.mark.parametrize(
    "url",
    ["http://[", "ftp://example.org", "https://localhost", "https://a b.org", "https://.", None],
)
def test_an_address_that_telegram_refuses_is_no_button(url):
    assert not is_web_address(url)
