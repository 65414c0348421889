"""The sentence that is shown, and the neighbours without which it would mislead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.english.highlighting import MOST_WHERE_CUT, enclosures, widen
from corpus.english.sentences import sentences
from corpus.passage import Span


def widened(text: str, index: int) -> str:
    span = widen(text, sentences(text)[index])
    return text[span.start : span.stop]


@pytest.mark.parametrize(
    "second",
    [
        "However, nobody has seen one.",
        "But the gates were shut.",
        "Yet the gates were shut.",
        "And yet the gates were shut.",
        "Nevertheless, one of them burned.",
        "In fact, three had closed.",
        "Despite this, one had closed.",
        "Unless it rains.",
        "Except on Sundays.",
        "This was denied by the mayor.",
        "The mayor denied this.",
        "This claim was rejected by two judges.",
    ],
)
def test_a_contrast_after_the_sentence_is_taken_in_with_it(second: str) -> None:
    text = f"The town has four mills. {second} Corn is cheap."
    assert widened(text, 0) == f"The town has four mills. {second}"
    assert widened(text, 1) == f"The town has four mills. {second}"
    assert widened(text, 2) == "Corn is cheap."


@pytest.mark.parametrize(
    "second",
    [
        "They are old.",
        "It was the third in a year.",
        "These burned down.",
        "In July, it burned down.",
        "While this helped, corn is dear.",
        "Both were closed.",
        "The same has been seen elsewhere.",
        "Its roof fell in.",
        "Nor is there a bakery.",
    ],
)
def test_a_subject_that_stands_before_brings_its_sentence(second: str) -> None:
    text = f"The town has four mills. {second}"
    assert widened(text, 1) == text
    assert widened(text, 0) == "The town has four mills."


@pytest.mark.parametrize(
    "second",
    [
        "It is possible that corn is dear.",
        "This year corn is dear.",
        "Both millers and bakers left.",
        "Such as bread.",
        "However hard they try, corn is dear.",
        "Yet another mill burned.",
        "Parliament rejected it.",
    ],
)
def test_what_only_looks_so_does_not(second: str) -> None:
    text = f"The town has four mills. {second}"
    assert widened(text, 0) == "The town has four mills."
    assert widened(text, 1) == second


def test_two_sentences_and_the_later_contrast_first() -> None:
    text = "The mayor left. He took a mill. But it was his. It rained."
    assert widened(text, 1) == "He took a mill. But it was his."


def test_three_where_a_contrast_stands_on_both_sides() -> None:
    text = "Four mills ran. But two stood empty. However, one of these was new. It rained."
    assert widened(text, 1) == "Four mills ran. But two stood empty. However, one of these was new."


def test_the_head_of_a_press_item_is_no_answer_alone() -> None:
    text = "May 3, 2020 • Report\n\nMills of the North\n\nFour mills ran. Two burned."
    assert widened(text, 0).endswith("Four mills ran.")
    assert widened(text, 1).endswith("Four mills ran.")
    assert widened(text, 2) == "Four mills ran."
    assert widened("2020-05-03 · Report · Mills …\n\nFour ran.", 0).endswith("Four ran.")


def test_a_heading_is_no_antecedent() -> None:
    assert widened("Mills of the North\n\nThis has been a bad year. It rained.", 1) == (
        "This has been a bad year."
    )


def test_quotations_and_brackets_stay_whole() -> None:
    assert widened("He said: “Four mills ran. Two burned.” It rained.", 0) == (
        "He said: “Four mills ran. Two burned.”"
    )
    assert widened("Mills burned (four. Or five) again. It rained.", 1).startswith("Mills burned")
    assert widened("Four mills burned. (Register, page 2.) Rain fell.", 1).startswith("Four")


def test_a_doubtful_end_leaves_speaker_and_hedge_in_the_highlight() -> None:
    text = "Rain fell. According to the opposition, approx. 300 people were shot. Corn is dear."
    assert widened(text, 1) == "According to the opposition, approx. 300 people were shot."


def test_a_quotation_too_long_to_show_whole_is_left() -> None:
    text = "He said: “Four ran. Two burned. One stands. Rain fell. Corn is dear.” Then he left."
    assert widened(text, 2) == "One stands."


def test_what_is_no_sentence_is_refused() -> None:
    with pytest.raises(ValueError, match="no sentence"):
        widen("Four mills ran.", Span(start=20, stop=30))


PIECES = st.sampled_from(
    [
        "Four mills ran.",
        "However, two burned.",
        "But it rained.",
        "They said “no.",
        "It was over.”",
        "(One. Two.)",
        "A heading\n\n",
        "May 3, 2020 • Report\n\n",
        '"Stop!"',
        "Unless… this",
        "The mayor denied this.",
    ]
)


@given(st.lists(PIECES | st.text(min_size=1, max_size=20), min_size=1, max_size=9), st.data())
def test_the_result_is_whole_sentences_of_the_text_around_the_one(
    pieces: list[str], data: st.DataObject
) -> None:
    text = " ".join(pieces)
    spans = sentences(text)
    if not spans:
        return
    sentence = data.draw(st.sampled_from(spans))
    result = widen(text, sentence)
    assert 0 <= result.start <= sentence.start < sentence.stop <= result.stop <= len(text)
    shown = [span for span in spans if result.start <= span.start and span.stop <= result.stop]
    assert (shown[0].start, shown[-1].stop) == (result.start, result.stop)
    assert len(shown) <= MOST_WHERE_CUT
    if _cutting(text, result):
        assert len(_uncut(text, spans, result)) > MOST_WHERE_CUT


def _cutting(text: str, span: Span) -> list[Span]:
    return [
        e for e in enclosures(text) if e.start < span.start < e.stop or e.start < span.stop < e.stop
    ]


def _uncut(text: str, spans: list[Span], span: Span) -> list[Span]:
    """The fewest sentences around a span that cut nothing: one bracket may lead to the next."""
    while cut := _cutting(text, span):
        reached = [s for s in spans if any(e.start < s.stop and s.start < e.stop for e in cut)]
        span = Span(start=min(span.start, reached[0].start), stop=max(span.stop, reached[-1].stop))
    return [s for s in spans if span.start <= s.start and s.stop <= span.stop]


def test_brackets_that_hang_together_in_more_than_are_shown_are_left() -> None:
    text = "(One. Two.) 0 (One. Two.) 0 (One. Two.)"
    assert widened(text, 0) == "(One."
    assert widened("(One. Two.) 0 (One. Two.)", 0) == "(One. Two.) 0 (One. Two.)"
