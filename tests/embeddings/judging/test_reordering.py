"""What is read, in which order it comes out, and what stands out in it."""

import threading
from dataclasses import replace

import pytest

from corpus.passage import Passage, Span
from embeddings.hit import Hit, Reading, Why
from embeddings.judging.reordering import (
    CAN_STILL_WIN,
    FEWEST_READ,
    MOST_READ,
    MOST_SENTENCES,
    Reordering,
    to_read,
)

WHY = Why(
    terms=(),
    dense_rank=1,
    lexical_rank=1,
    cosine=0.5,
    bm25=0.5,
    passage_maxsim=0.5,
    sentence_maxsim=0.5,
    coverage=0.5,
    margin=0.1,
)


class WordReader:
    """A reader that needs no network: a passage answers that holds a word of the question."""

    identity = "words@1"

    def __init__(self):
        self.read_at_once = []
        self.sentences_read = []

    def read(self, question, hits):
        self.read_at_once.append(len(hits))
        return [self._reading(question, hit) for hit in hits]

    def _reading(self, question, hit):
        text = hit.passage.text
        held = [word for word in question.strip("?").split() if word in text]
        return Reading(answers=9.0 if held else -9.0)

    def sentences(self, question, passage, spans):
        asked = question.strip("?").split()
        texts = [passage.text[span.start : span.stop] for span in spans]
        self.sentences_read.append(len(spans))
        return [float(sum(word in text for word in asked)) for text in texts]


@pytest.fixture
def hit_of(make):
    def made(text, score=0.5):
        passage = Passage(
            report=make(),
            section=(),
            number=1,
            start=0,
            stop=len(text),
            source=text,
            hidden=(),
        )
        return Hit(passage=passage, score=score, highlight=Span(start=0, stop=1), why=WHY)

    return made


def test_what_the_reader_says_answers_comes_first_and_says_so(hit_of):
    hits = [hit_of(f"Nothing of number {n}.", 0.9 - n / 10) for n in range(2)]
    hits.append(hit_of("Three storms came. The harbour was hit. Nobody was hurt.", 0.65))
    first, *others = Reordering(WordReader()).reordered("harbour?", hits)
    text = first.passage.text
    assert text[first.highlight.start : first.highlight.stop] == "The harbour was hit."
    assert first.why.reading.answers == 9
    assert [hit.passage for hit in others] == [hit.passage for hit in hits[:2]]


def test_where_the_reader_sees_no_difference_retrieval_decides(hit_of):
    hits = [hit_of(f"Number {n}.", 0.9 - n / 100) for n in range(6)]
    found = Reordering(WordReader()).reordered("harbour?", hits)
    assert [hit.passage for hit in found] == [hit.passage for hit in hits]


def test_a_hit_far_below_the_best_is_read_only_among_the_fewest(hit_of):
    far = [hit_of("x", 0.9), *[hit_of("x", 0.9 - CAN_STILL_WIN - 0.01)] * 9]
    near = [hit_of("x", 0.9 - n / 1000) for n in range(20)]
    assert len(to_read(far, MOST_READ)) == FEWEST_READ
    assert len(to_read(near, MOST_READ)) == MOST_READ
    assert len(to_read(near, FEWEST_READ)) == FEWEST_READ
    assert len(to_read(near[:2], MOST_READ)) == 2


def test_what_was_not_read_keeps_its_place_behind_and_has_no_reading(hit_of):
    hits = [hit_of(f"Number {n}.", 0.9 - n / 1000) for n in range(12)]
    found = Reordering(WordReader()).reordered("11", hits)
    assert [hit.passage for hit in found[MOST_READ:]] == [hit.passage for hit in hits[MOST_READ:]]
    assert {hit.why.reading for hit in found[MOST_READ:]} == {None}


def test_nothing_found_is_nothing_read():
    assert Reordering(WordReader()).reordered("harbour?", []) == []


def test_fewer_are_read_while_others_wait(hit_of, monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    hits = [hit_of("x", 0.9 - n / 1000) for n in range(MOST_READ)]
    together = threading.Barrier(6)

    class Waiting(WordReader):
        def read(self, question, hits):
            together.wait(5)
            return super().read(question, hits)

    reader = Waiting()
    reordering = Reordering(reader)
    threads = [threading.Thread(target=reordering.reordered, args=("x", hits)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(reader.read_at_once) == [FEWEST_READ] * 4 + [MOST_READ] * 2
    together = threading.Barrier(1)
    reordering.reordered("x", hits)
    assert reader.read_at_once[-1] == MOST_READ


def test_why_and_score_are_kept(hit_of):
    hit = hit_of("The harbour was hit.")
    (found,) = Reordering(WordReader()).reordered("harbour?", [hit])
    assert replace(found, why=replace(found.why, reading=None), highlight=hit.highlight) == hit


def test_the_first_stands_out_with_the_sentence_that_answers_best_alone(hit_of):
    text = "Storms came. The harbour was hit. Nobody in the harbour was hurt that May."
    (found,) = Reordering(WordReader()).reordered("harbour May?", [hit_of(text)])
    assert found.quoted.quotation == "Nobody in the harbour was hurt that May."


def test_no_sentence_of_the_others_is_read(hit_of):
    reader = WordReader()
    Reordering(reader).reordered("May?", [hit_of("One came. Two came. May came.", 0.9)] * 3)
    assert reader.sentences_read == [3]


def test_of_very_many_sentences_those_around_retrievals_choice_are_read(hit_of):
    reader = WordReader()
    text = " ".join(f"Number {n} came." for n in range(40))
    hit = hit_of(text)
    start = text.index("Number 30")
    hit = replace(hit, highlight=Span(start=start, stop=start + 15))
    (found,) = Reordering(reader).reordered("31?", [hit])
    assert found.quoted.quotation == "Number 31 came."
    assert reader.sentences_read == [MOST_SENTENCES]
