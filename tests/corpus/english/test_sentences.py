"""Where sentences end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.english.sentences import ABBREVIATED, LEADING, NUMBERED, sentences


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
    ") ",
    "approx. ",
    "a.m. ",
    "etc. ",
    "Gs. ",
    "The ",
    "K. ",
    "1.d. ",
    "1. ",
    "... ",
    "[…] ",
    "Orr said ",
    "May ",
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


@pytest.mark.parametrize("word", sorted(LEADING | ABBREVIATED))
def test_an_abbreviation_takes_no_speaker_from_what_follows(word):
    for written in (word, word.capitalize()):
        text = f"According to the opposition, {written}. 300 were seen by {written}. Orr."
        assert split(text) == [text]


@pytest.mark.parametrize("word", sorted(NUMBERED))
@pytest.mark.parametrize("figure", ["5", "12(a)", "IV", "B"])
def test_a_figure_stays_with_its_abbreviation(word, figure):
    text = f"Reportedly this is barred by {word.capitalize()}. {figure} of the law."
    assert split(text) == [text]


def test_a_hundred_abbreviations_are_known():
    assert len(LEADING | ABBREVIATED | NUMBERED) > 200


@pytest.mark.parametrize(
    "text",
    [
        "According to the opposition, approx. 300 people were shot.",
        "Reportedly, abt. 300 people were shot.",
        "The fine was Rs. 500, or Gs. 1.8 million, per head.",
        "The fine was Rs.500 under art. 12 and para. 3 (see No. 5).",
        "He named Kim J. In and Park C. H. So as witnesses.",
        "J. R. Holm and K. Rowling Jr. Holm spoke.",
        "The U.S. forces and the U.S. Senate met in Washington, D.C. Friday.",
        "At 5 p.m. Police came; at 6 a.m. Monday they left.",
        "They came at 10 p.m. (22:00) and left.",
        "Some, e.g. Orr, i.e. Vell, left, cf. Tam v. Holm.",
        "Orr et al. Vell and Holm Inc. Tam agreed.",
        "On 5. May 2014 and Sept. 11 it rained.",
        "Gov’t. Radio said so.",
        "Bldg. Number four burned, Blvds. Orr and Tam too.",
        "“We waited… Kim left,” he said.",
        "They said [...] The rest is lost.",
        "They said . . . Kim left.",
        "“Was it you?” Kim Jong asked.",
        "Workers (see section 7.e.) – are poor.",
        "DR. VELL AND ST. ORR LEFT.",
        "1. The law is old.",
        "(a). The law is old.",
        "iv. The law is old.",
        "It rained (see section 1.d. Arrest Procedures).",
    ],
)
def test_a_doubtful_end_is_none(text):
    assert split(text) == [text]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("It happened in the U.S.", "The army came."),
        ("It happened in the U.S.", "In May it rained."),
        ("It began at 5 p.m.", "He left."),
        ("They saw mills, roads, etc.", "However, it rained."),
        ("It belongs to Holm Inc.", "It is small."),
        ("It was named by J. R.", "The town knew."),
        ("The law is of 2013.", "300 people were shot."),
        ("The law prohibits FGM/C.", "NGOs left."),
        ("It was won by the PML-N.", "Orr lost."),
        ("The mills of the SDF.", "MPs."),
        ("They met MPs.", "Orr left."),
        ("It is based in the RS.", "Orr left."),
        ("They met the CPT.", "UN agencies left."),
        ("It depends on the sect.", "Women left."),
        ("They left (see section 1.c.)", "Orr was held."),
        ("See section 1.c.", "Police came."),
        ("It was shut.", "2. The law is old."),
        ("They asked: “Was it you?”", "Rain fell."),
        ("He said no.", "Orr left."),
        ("“It is art.”", "(Register, page 2.)"),
    ],
)
def test_a_certain_end_is_one(first, second):
    assert split(f"{first} {second}") == [first, second]
