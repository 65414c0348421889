import pytest

from corpus.errors import BadQuestionSet
from embeddings.evaluation.gold import by_quotation, says
from embeddings.evaluation.measures import Measure, values


def test_a_quotation_names_its_passages_whatever_its_quotes_case_and_space(passages, question):
    one = question("a", ["wells  RAN dry"])
    two = question("b", ["Miners struck", "held for a week"])
    none = question("c")
    gold = by_quotation([one, two, none], passages)
    assert gold["a"] == {passages[0].id: 1}
    assert gold["b"] == {passages[1].id: 1, passages[2].id: 1}
    assert gold["c"] == {}


def test_a_quotation_that_stands_nowhere_is_named_with_its_line(passages, question):
    with pytest.raises(BadQuestionSet, match=r"set.jsonl, line 8, field evidence: “ran wet”"):
        by_quotation([question("a", ["ran wet"], line=8)], passages)


@pytest.mark.parametrize(
    ("highlight", "says_it"),
    [
        ("Tankers were sent to 4,200 households.", True),
        ("Wells ran dry in May.", True),
        ("They were sent to 14,200 households.", False),
        ("Nothing happened.", False),
    ],
)
def test_a_highlight_says_the_evidence_or_a_whole_answer(question, highlight, says_it):
    asked = question("a", ["wells ran dry"], answers=("4,200",))
    assert says(highlight, asked) is says_it


def test_without_evidence_and_answers_no_one_can_tell(question):
    assert says("Anything.", question("a")) is None


def test_the_right_sentence_is_asked_for_only_in_the_right_passage(
    passages, question, outcome, hit
):
    asked = question("a", ["ran dry"])
    first_sentence, second = hit(passages[0], 0, 21), hit(passages[0], 22)
    other = hit(passages[1])
    gold = {passages[0].id: 1}
    found = [
        outcome("a", [passages[0].id], gold, question=asked, hits=(first_sentence,)),
        outcome("b", [passages[0].id], gold, question=question("b", ["ran dry"]), hits=(second,)),
        outcome("c", [passages[1].id], gold, question=question("c", ["ran dry"]), hits=(other,)),
    ]
    assert values(found)[Measure.SENTENCE] == {"a": 1.0, "b": 0.0}
