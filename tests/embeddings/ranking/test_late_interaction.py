"""How well each piece of a question is met, and which sentence answers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.passage import Span
from embeddings.encoders.encoder import Encoded
from embeddings.ranking import late_interaction
from embeddings.ranking.late_interaction import NONE, PREVIOUS, Readings, interact

# Words with directions of their own; "boat" lies between ship and river.
DIRECTIONS = {
    "ship": (1, 0, 0, 0),
    "river": (0, 1, 0, 0),
    "storm": (0, 0, 1, 0),
    "title": (0, 0, 0, 1),
    "boat": (3, 4, 0, 0),
    "calm": (0, 0, -1, 0),
}
PIECES = {word: number for number, word in enumerate(DIRECTIONS)}


def asked(*words):
    vectors = np.array([DIRECTIONS[word] for word in words], np.float32).reshape(-1, 4)
    tokens = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return Encoded(
        vector=np.array([1, 0, 0, 0], np.float32),
        tokens=tokens,
        pieces=np.array([PIECES[word] for word in words], np.int64),
        offsets=np.zeros((len(words), 2), np.int64),
    )


def even(question):
    return np.ones(len(question.pieces), np.float32)


def passage(text):
    """A text of words with a context before "|" and sentences ended by "."; its sentences."""
    context, _, body = text.rpartition("|")
    spans, start = [], len(context) + (1 if "|" in text else 0)
    for sentence in body.split("."):
        spans.append(Span(start=start, stop=start + max(1, len(sentence))))
        start += len(sentence) + 1
    return text, spans


def read(*texts):
    tokens, pieces, offsets, edges = [], [], [], [0]
    for text in texts:
        place = 0
        for word in text.replace("|", " ").replace(".", " ").split(" "):
            if word:
                tokens.append(np.array(DIRECTIONS[word]) * 25)
                pieces.append(PIECES[word])
                offsets.append((place, place + len(word)))
            place += len(word) + 1
        edges.append(len(tokens))
    return Readings(
        tokens=np.array(tokens, np.int8).reshape(-1, 4),
        pieces=np.array(pieces, np.int64),
        offsets=np.array(offsets, np.int64).reshape(-1, 2),
        edges=np.array(edges, np.int64),
    )


def against(question, *texts, weights=None):
    spans = [passage(text)[1] for text in texts]
    given = even(question) if weights is None else np.array(weights, np.float32)
    return interact(question, given, read(*texts), spans)


def test_a_word_that_stands_there_is_met_whole():
    (found,) = against(asked("ship"), "river ship storm")
    assert found.passage == pytest.approx(1)
    assert found.met == pytest.approx((1,))


def test_a_word_is_met_as_well_as_by_its_nearest():
    (found,) = against(asked("ship"), "river boat storm")
    assert found.passage == pytest.approx(0.6)


def test_the_length_of_stored_tokens_does_not_count():
    question = asked("boat")
    readings = read("ship")
    for factor in (1, 2, 5):
        scaled = Readings(
            tokens=(readings.tokens // 25 * factor).astype(np.int8),
            pieces=readings.pieces,
            offsets=readings.offsets,
            edges=readings.edges,
        )
        (found,) = interact(question, even(question), scaled, [passage("ship")[1]])
        assert found.passage == pytest.approx(0.6)


def test_a_token_without_direction_meets_nothing_and_breaks_nothing():
    readings = read("ship river")
    blank = readings.tokens.copy()
    blank[1] = 0
    readings = Readings(
        tokens=blank, pieces=readings.pieces, offsets=readings.offsets, edges=readings.edges
    )
    question = asked("ship", "river")
    (found,) = interact(question, even(question), readings, [passage("ship river")[1]])
    assert found.met == pytest.approx((1, 0))


def test_rare_words_weigh_more_than_frequent_ones():
    question = asked("ship", "storm")
    ship, storm = against(question, "ship", "storm", weights=[3, 1])
    assert ship.passage == pytest.approx(0.75)
    assert storm.passage == pytest.approx(0.25)


def test_weights_count_by_their_shares_alone():
    question = asked("ship", "boat", "storm")
    one = against(question, "river.ship storm", weights=[1, 2, 3])
    many = against(question, "river.ship storm", weights=[10, 20, 30])
    assert one[0].passage == pytest.approx(many[0].passage)
    assert one[0].sentence == pytest.approx(many[0].sentence)
    assert one[0].coverage == pytest.approx(many[0].coverage)


@pytest.mark.parametrize("weights", [[0, 0], [-1, 0]])
def test_a_question_of_no_weight_meets_nothing(weights):
    assert against(asked("ship", "river"), "ship river", weights=weights) == [NONE]


def test_passages_without_a_piece_meet_nothing():
    question = asked("ship")
    assert interact(question, even(question), read(""), [passage("x")[1]]) == [NONE]


def test_a_passage_without_a_piece_among_others_meets_nothing():
    first, empty, last = against(asked("ship"), "ship", "", "river ship")
    assert (first.passage, last.passage) == pytest.approx((1, 1))
    assert empty.passage == empty.sentence == -1
    assert empty.coverage == 0


def test_the_sentence_that_has_the_words_answers():
    (found,) = against(asked("ship", "storm"), "river river.ship storm.title title")
    assert found.best == 1
    assert found.sentence == pytest.approx(1)


def test_words_in_two_sentences_meet_the_passage_better_than_either_sentence():
    (found,) = against(asked("ship", "storm"), "ship.river.storm")
    assert found.passage == pytest.approx(1)
    assert found.sentence == pytest.approx(0.5)


def test_the_context_is_lent_to_every_sentence():
    (found,) = against(asked("title", "storm"), "title|river.storm.ship")
    assert found.best == 1
    assert found.sentence == pytest.approx(1)
    assert found.coverage == pytest.approx(1)


def test_a_context_alone_chooses_no_sentence_but_the_first():
    (found,) = against(asked("title"), "title|river.storm")
    assert found.best == 0
    assert found.sentence == pytest.approx(1)


def test_of_two_sentences_alike_that_answers_whose_subject_stands_before():
    (found,) = against(asked("ship", "storm"), "storm.title.ship.storm")
    assert found.best == 3


def test_the_sentence_before_counts_for_less_than_the_sentence_itself():
    assert 0 < PREVIOUS < 1
    (found,) = against(asked("ship", "storm", "river"), "ship storm river.ship")
    assert found.best == 0


def test_the_first_sentence_of_a_passage_has_none_before_it():
    """The last sentence of the passage before is another passage's."""
    question, weights = asked("ship", "storm", "river"), [20, 10, 1]
    _, found = against(question, "river.ship", "storm.storm river", weights=weights)
    assert found.best == 1


def test_what_goes_on_from_before_does_not_raise_the_score():
    (found,) = against(asked("ship", "storm"), "ship.storm")
    assert found.best == 1
    assert found.sentence == pytest.approx(0.5)


def test_the_best_sentence_is_counted_within_its_own_passage():
    first, second, third = against(asked("storm"), "ship.storm", "storm", "ship.river.storm")
    assert [first.best, second.best, third.best] == [1, 0, 2]


def test_coverage_is_of_the_words_themselves_not_of_their_like():
    (found,) = against(asked("ship", "river"), "boat boat")
    assert found.passage > 0.5
    assert found.coverage == 0


def test_coverage_is_of_the_chosen_sentence_not_of_the_passage():
    (found,) = against(asked("ship", "storm", "river"), "ship storm.river")
    assert found.best == 0
    assert found.coverage == pytest.approx(2 / 3)


def test_coverage_is_weighted_as_the_question_is():
    (found,) = against(asked("ship", "storm"), "ship.river", weights=[1, 3])
    assert found.coverage == pytest.approx(0.25)


def test_opposites_meet_below_nothing():
    (found,) = against(asked("storm"), "calm")
    assert found.passage == pytest.approx(-1)


def test_each_piece_of_the_question_says_how_it_is_met_in_its_order():
    (found,) = against(asked("ship", "storm", "river"), "boat.title")
    assert found.met == pytest.approx((0.6, 0, 0.8))


def test_more_tokens_than_are_compared_at_once_are_all_compared(monkeypatch):
    texts = ["ship river.storm", "title|boat.ship", "storm"] * 3
    question = asked("ship", "storm", "boat")
    whole = against(question, *texts)
    for together in (1, 2, 3, 7):
        monkeypatch.setattr(late_interaction, "_TOKENS_TOGETHER", together)
        parts = against(question, *texts)
        assert [found.best for found in parts] == [found.best for found in whole]
        assert [found.passage for found in parts] == pytest.approx([f.passage for f in whole])


WORDS = st.sampled_from(sorted(DIRECTIONS))
SENTENCE = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
BODY = st.lists(SENTENCE, min_size=1, max_size=4).map(".".join)
TEXT = st.one_of(BODY, st.tuples(SENTENCE, BODY).map("|".join))


def by_hand(question, shares, text):
    """Passage, sentence and coverage by the definition, a pair of pieces at a time."""
    context, _, body = text.rpartition("|")

    def like(piece, word):
        direction = np.array(DIRECTIONS[word], float)
        return float(question.tokens[piece] @ direction / np.linalg.norm(direction))

    def meets(words):
        return [max([like(piece, word) for word in words]) for piece in range(len(shares))]

    def scored(words):
        return sum(share * value for share, value in zip(shares, meets(words), strict=True))

    lent = context.split()
    inside = [sentence.split() for sentence in body.split(".")]
    alone = [scored([*lent, *words]) for words in inside]
    preferred = [
        own + PREVIOUS * scored([*lent, *words, *(inside[place - 1] if place else [])])
        for place, (own, words) in enumerate(zip(alone, inside, strict=True))
    ]
    return scored([*lent, *(word for words in inside for word in words)]), alone, preferred


@given(
    st.lists(WORDS, min_size=1, max_size=4),
    st.lists(TEXT, min_size=1, max_size=4),
    st.lists(st.integers(1, 9), min_size=4, max_size=4),
)
def test_passages_are_scored_by_the_definition_whatever_stands_beside_them(words, texts, weights):
    question = asked(*words)
    given_weights = weights[: len(words)]
    shares = [weight / sum(given_weights) for weight in given_weights]
    for text, found in zip(texts, against(question, *texts, weights=given_weights), strict=True):
        whole, alone, preferred = by_hand(question, shares, text)
        assert found.passage == pytest.approx(whole, abs=1e-5)
        assert found.sentence == pytest.approx(max(alone), abs=1e-5)
        assert preferred[found.best] == pytest.approx(max(preferred), abs=1e-5)
        context, _, body = text.rpartition("|")
        held = {*context.split(), *body.split(".")[found.best].split()}
        covered = sum(share for share, word in zip(shares, words, strict=True) if word in held)
        assert found.coverage == pytest.approx(covered, abs=1e-5)


@given(st.lists(WORDS, min_size=1, max_size=4), st.lists(TEXT, min_size=2, max_size=4))
def test_a_passage_is_met_alike_alone_and_among_others(words, texts):
    question = asked(*words)
    together = against(question, *texts)
    for text, found in zip(texts, together, strict=True):
        (alone,) = against(question, text)
        assert alone.passage == pytest.approx(found.passage, abs=1e-5)
        assert alone.coverage == pytest.approx(found.coverage, abs=1e-5)
        assert alone.best == found.best


@given(st.lists(WORDS, min_size=1, max_size=4), TEXT)
def test_no_sentence_meets_a_question_better_than_its_passage(words, text):
    (found,) = against(asked(*words), text)
    assert found.sentence <= found.passage + 1e-6
