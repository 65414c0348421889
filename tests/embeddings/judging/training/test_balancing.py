"""What shared words would tell of a label counts for nothing in the balance."""

from hypothesis import given
from hypothesis import strategies as st

from embeddings.judging.training.balancing import LEAST, MOST, Balance, overlap
from embeddings.judging.training.paragraphs import Asked, Paragraph


def paragraph(*asked):
    return Paragraph(
        id="one",
        report="one",
        country="Mali",
        year=2019,
        section=(),
        text="Police beat prisoners to make them confess.",
        asked=tuple(
            Asked(id=str(number), question=question, answer=answer)
            for number, (question, answer) in enumerate(asked)
        ),
    )


OWN_WORDS, OTHER_WORDS = "When did police beat prisoners?", "Do officers hit anybody?"
HABIT = paragraph(
    *[(OTHER_WORDS, "Police beat prisoners")] * 90,
    *[(OWN_WORDS, "Police beat prisoners")] * 10,
    *[(OWN_WORDS, None)] * 90,
    *[(OTHER_WORDS, None)] * 10,
)


def test_a_question_against_its_writers_habit_counts_more():
    balance = Balance([HABIT])
    assert balance.weight(OWN_WORDS, HABIT, answers=True) > 3
    assert balance.weight(OWN_WORDS, HABIT, answers=False) < 0.7


def test_in_each_class_of_overlap_as_much_is_answered_as_is_not():
    balance = Balance([HABIT])
    for question in (OWN_WORDS, OTHER_WORDS):
        yes, no = (
            sum(
                balance.weight(question, HABIT, answers=answers)
                for asked in HABIT.asked
                if asked.question == question and (asked.answer is not None) is answers
            )
            for answers in (True, False)
        )
        assert 0.75 < yes / no < 1.33


def test_the_words_of_every_question_do_not_count_as_shared():
    assert overlap("When did they do it to the prisoners?", HABIT.text) == 1
    assert overlap("Why was it so?", HABIT.text) == 0


@given(st.lists(st.tuples(st.text(max_size=40), st.booleans()), max_size=20))
def test_no_question_is_forgotten_and_none_decides(asked):
    one = paragraph(*[(question, "Police" if answers else None) for question, answers in asked])
    balance = Balance([one])
    for question, answers in asked:
        assert LEAST <= balance.weight(question, one, answers=answers) <= MOST
