"""Words of passages: which forms meet, what a rare word weighs, and how an index goes on."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.local.lexical import LexicalIndex

TEXTS = [
    (10, "The wells ran dry in the Tarn valley."),
    (11, "A permit was demanded for every march."),
    (12, "Marchers were marching; the marches were held in May."),
    (13, "Prices rose. Détente was declared in the café of Orrest."),
    (14, "In 2021 some 4,200 households lacked water; the law of 2019 was blamed."),
]


@pytest.fixture
def index(tmp_path):
    folder = tmp_path / "words"
    folder.mkdir()
    return LexicalIndex.build(folder, TEXTS)


def found(index, question, k=10, allowed=None):
    return [number for number, _ in index.search(index.terms(question), k, allowed)]


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("well", {10}),
        ("WELLS", {10}),
        ("marched", {11, 12}),
        ("price", {13}),
        ("detente", {13}),
        ("cafe", {13}),
        ("2019", {14}),
        ("4,200", {14}),
        ("households’", {14}),
        ("zebra", set()),
        ("?!", set()),
        ("", set()),
    ],
)
def test_a_word_meets_its_other_forms_and_nothing_else(index, question, numbers):
    assert set(found(index, question)) == numbers


def test_a_passage_with_more_of_the_words_comes_first(index):
    assert found(index, "march in May")[0] == 12
    assert found(index, "a permit for a march")[0] == 11


def test_no_more_come_than_are_wanted_and_the_best_of_them(index):
    assert found(index, "marches in May", k=1) == found(index, "marches in May")[:1]


def test_scores_fall_and_are_above_zero(index):
    scores = [score for _, score in index.search(index.terms("in the march of May"), 10)]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0


@pytest.mark.parametrize(
    ("allowed", "numbers"), [([11], [11]), ([10, 13], []), ([11, 12], None), ([], [])]
)
def test_only_what_is_allowed_is_found(index, allowed, numbers):
    came = found(index, "march", allowed=np.array(allowed, np.int64))
    assert (came == numbers) if numbers is not None else set(came) == {11, 12}


def test_terms_are_distinct_and_in_the_order_of_the_question(index):
    assert index.terms("Wells, the wells and a well of wells") == ["well", "the", "and", "a", "of"]


@given(st.text(max_size=60))
def test_any_text_can_be_asked(shared, text):
    for number, score in shared.search(shared.terms(text), 3):
        assert number in dict(TEXTS)
        assert math.isfinite(score)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    return LexicalIndex.build(tmp_path_factory.mktemp("words"), TEXTS)


def test_an_address_as_long_as_a_line_is_no_word(tmp_path):
    index = LexicalIndex.build(tmp_path, [(1, f"wells {'x' * 39}"), (2, f"wells {'y' * 41}")])
    assert index.has_word("x" * 39)
    assert set(index.vocabulary()) == {"wells", "x" * 39}


def test_the_vocabulary_counts_passages_and_keeps_words_as_they_are_written(index):
    words = index.vocabulary()
    assert words["the"] == 4
    assert words["marches"] == 1
    assert words["détente"] == 1
    assert "detente" not in words
    assert "Wells" not in words


@pytest.mark.parametrize(
    ("word", "known"),
    [("marched", True), ("Detente", True), ("zebra", False), ("zebra march", False)],
)
def test_a_word_is_known_where_a_passage_has_a_form_of_it(index, word, known):
    assert index.has_word(word) is known


def test_the_weight_of_a_word_is_its_inverse_document_frequency(index):
    weights = index.weights(index.terms("the well zebra"))
    assert weights["the"] == pytest.approx(math.log(1 + (5 - 4 + 0.5) / (4 + 0.5)))
    assert weights["well"] == pytest.approx(math.log(1 + (5 - 1 + 0.5) / (1 + 0.5)))
    assert weights["zebra"] == pytest.approx(math.log(1 + 5.5 / 0.5))


def test_an_index_that_goes_on_finds_what_came_and_not_what_went(index, tmp_path):
    new = tmp_path / "new"
    new.mkdir()
    grown = LexicalIndex.update(tmp_path / "words", new, {11, 14}, [(20, "A march for water.")])
    assert len(grown) == 4
    assert set(found(grown, "march")) == {12, 20}
    assert found(grown, "2019") == []
    assert found(grown, "water") == [20]


def test_the_older_index_answers_as_before_while_another_goes_on_from_it(index, tmp_path):
    new = tmp_path / "new"
    new.mkdir()
    LexicalIndex.update(tmp_path / "words", new, {11, 12}, [(20, "A march.")])
    assert set(found(index, "march")) == {11, 12}
    assert set(found(LexicalIndex.read(tmp_path / "words"), "march")) == {11, 12}
    assert set(found(LexicalIndex.read(new), "march")) == {20}


def test_an_index_without_a_passage_finds_nothing(tmp_path):
    index = LexicalIndex.build(tmp_path, [])
    assert len(index) == 0
    assert found(index, "wells") == []
    assert index.vocabulary() == {}


def test_a_folder_that_holds_no_index_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"."):
        LexicalIndex.read(tmp_path)
