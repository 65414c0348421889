"""Where sentences end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import sentences


def split(text):
    return [text[span.start : span.stop] for span in sentences(text)]


PIECES = [
    "Mr. ",
    "No. 5 ",
    "U.S. ",
    "rain",
    "Rain",
    ". ",
    "… ",
    "?” ",
    "! ",
    "\n\n",
    " ",
    "3",
    "é",
    "(",
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_every_character_that_is_not_blank_lies_in_exactly_one_sentence(text):
    spans = sentences(text)
    inside = [index for span in spans for index in range(span.start, span.stop)]
    assert len(inside) == len(set(inside))
    assert inside == sorted(inside)
    assert {i for i, character in enumerate(text) if not character.isspace()} <= set(inside)
    for piece in (text[span.start : span.stop] for span in spans):
        assert piece == piece.strip() != ""


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_a_sentence_is_not_split_again(text):
    for piece in split(text):
        assert split(piece) == [piece]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. It stopped.", ["It rained.", "It stopped."]),
        ("Did it rain? Yes! It did.", ["Did it rain?", "Yes!", "It did."]),
        ("Dr. Vell and Mrs. Orr met Gen. Tam.", ["Dr. Vell and Mrs. Orr met Gen. Tam."]),
        ("The U.S. Senate met. It rose.", ["The U.S. Senate met.", "It rose."]),
        ("J. R. Holm spoke. He left.", ["J. R. Holm spoke.", "He left."]),
        (
            "Decree No. 5 was read. No. It was not.",
            ["Decree No. 5 was read.", "No.", "It was not."],
        ),
        (
            "See Art. 3 and paras. 4 to 6. They bind.",
            ["See Art. 3 and paras. 4 to 6.", "They bind."],
        ),
        ("By Sept. 11 it was over. He said so.", ["By Sept. 11 it was over.", "He said so."]),
        ("They waited… then left. Fine.", ["They waited… then left.", "Fine."]),
        ("They waited… Then they left.", ["They waited…", "Then they left."]),
        ("He said: “It rained.” She nodded.", ["He said: “It rained.”", "She nodded."]),
        ("“It rained.” “It did.”", ["“It rained.”", "“It did.”"]),
        ("“Was it you?” he asked. No.", ["“Was it you?” he asked.", "No."]),
        ("It rained (a lot.) It stopped.", ["It rained (a lot.)", "It stopped."]),
        ("About 3.5 million, i.e. half. All fled.", ["About 3.5 million, i.e. half.", "All fled."]),
        ("It cost 40. (It had cost 3.)", ["It cost 40.", "(It had cost 3.)"]),
        ("A list\n\nof two", ["A list", "of two"]),
        ("one line\nand the next", ["one line\nand the next"]),
        ("no end", ["no end"]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_a_text_is_split_where_its_sentences_end(text, expected):
    assert split(text) == expected
