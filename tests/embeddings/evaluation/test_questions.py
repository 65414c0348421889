import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import BadQuestionSet
from embeddings.evaluation.questions import parse, parse_leniently, to_line

GOOD = '{"id": "a", "question": "Why?", "evidence": "ran dry"}'


@pytest.mark.parametrize(
    ("line", "field", "says"),
    [
        ("{oops", None, "not JSON"),
        ("[1]", None, "not a JSON object"),
        ('{"question": "Why?", "evidence": null}', "id", "missing"),
        ('{"id": "b c", "question": "Why?", "evidence": null}', "id", "white space"),
        (
            '{"id": "a", "question": "Why?", "evidence": null}',
            "id",
            "already the id of set.jsonl, line 1",
        ),
        ('{"id": "b", "question": " ?", "evidence": null}', "question", "letter"),
        ('{"id": "b", "question": "Why?"}', "evidence", "missing"),
        ('{"id": "b", "question": "Why?", "evidence": []}', "evidence", "null"),
        ('{"id": "b", "question": "Why?", "evidence": ["x", 3]}', "evidence", "quotation"),
        ('{"id": "b", "question": "Why?", "evidence": null, "answers": "x"}', "answers", "list"),
        ('{"id": "b", "question": "Why?", "evidence": null, "kind": 3}', "kind", "text"),
        ('{"id": "b", "question": "Why?", "evidence": null, "turns": [""]}', "turns", "list"),
        ('{"id": "b", "question": "Why?", "evidence": null, "sort": "x"}', "sort", "unknown"),
        ('{"id": "b", "id": "c", "question": "Why?", "evidence": null}', "id", "twice"),
    ],
)
def test_a_bad_line_is_named_with_its_file_line_and_field(line, field, says):
    with pytest.raises(BadQuestionSet) as caught:
        parse({"set.jsonl": f"{GOOD}\n\n{line}\n"})
    place = "set.jsonl, line 3" + (f", field {field}" if field else "")
    assert str(caught.value).startswith(place)
    assert says in str(caught.value)


def test_ids_are_unique_over_files_and_the_faults_are_counted():
    with pytest.raises(BadQuestionSet, match=r"two.jsonl, line 1, field id: 'a' is already .*one"):
        parse({"one.jsonl": GOOD, "two.jsonl": GOOD})
    _, faults = parse_leniently({"set.jsonl": "{\n{}\n"})
    assert [(fault.line, fault.field) for fault in faults] == [
        (1, None),
        (2, "id"),
        (2, "question"),
        (2, "evidence"),
    ]


def test_an_empty_set_is_refused():
    with pytest.raises(BadQuestionSet, match="no question"):
        parse({"set.jsonl": "\n"})


texts = st.text(min_size=1).filter(str.strip)
ids = st.text(st.characters(exclude_categories=["Cs", "Z", "C"]), min_size=1)


@given(
    st.fixed_dictionaries(
        {
            "id": ids.filter(lambda text: not any(letter.isspace() for letter in text)),
            "question": st.text().filter(lambda text: any(map(str.isalnum, text))),
            "evidence": st.none() | texts | st.lists(texts, min_size=1),
        },
        optional={"answers": st.lists(texts), "kind": texts, "turns": st.lists(texts)},
    )
)
def test_a_question_survives_being_written(row):
    (question,) = parse({"set.jsonl": json.dumps(row)})
    assert parse({"set.jsonl": to_line(question)}) == (question,)
