import pytest

from embeddings.judging.packing import (
    LONGEST_PASSAGE,
    LONGEST_QUESTION,
    PASSAGE_START,
    QUESTION_START,
    context,
    pack,
    shortened,
)


def test_every_question_and_the_passage_have_their_own_positions_and_segment():
    packed = pack([0, 9, 8, 7, 2], [[0, 5, 2], [0, 6, 6, 2]])
    assert packed.tokens == (0, 5, 2, 0, 6, 6, 2, 0, 9, 8, 7, 2)
    assert packed.segments == (1, 1, 1, 2, 2, 2, 2, 0, 0, 0, 0, 0)
    start = QUESTION_START
    assert packed.positions[:7] == (start, start + 1, start + 2, *range(start, start + 4))
    assert packed.positions[7:] == tuple(range(PASSAGE_START, PASSAGE_START + 5))


def test_what_is_too_long_keeps_its_beginning_and_the_mark_of_its_end():
    packed = pack([0, *[9] * 500, 2], [[0, *[5] * 500, 2]])
    assert packed.segments.count(1) == LONGEST_QUESTION
    assert packed.segments.count(0) == LONGEST_PASSAGE
    assert packed.tokens[LONGEST_QUESTION - 1] == packed.tokens[-1] == 2
    assert shortened([0, 5, 2], 3) == [0, 5, 2]


@pytest.mark.parametrize(
    ("country", "period", "section", "expected"),
    [
        ("Mali", "2019", ("Section 1", "c. Torture"), "Mali, 2019. c. Torture. "),
        ("Mali", None, (), "Mali. "),
        (None, None, ("Trials",), "Trials. "),
        (None, None, (), ""),
    ],
)
def test_the_context_names_what_is_known(country, period, section, expected):
    assert context(country, period, section) == expected
