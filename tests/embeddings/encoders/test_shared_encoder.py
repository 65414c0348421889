"""One encoder for many askers."""

import threading
import time

import pytest

from embeddings.encoders.shared_encoder import MOST_WAITING, SharedEncoder


class Held:
    """An encoder whose first run waits until it is let go; keeps what came in each run."""

    identity = "held@1"

    def __init__(self, words):
        self.words = words
        self.runs = []
        self.begun, self.go = threading.Event(), threading.Event()

    def encode(self, texts, progress=None):
        self.runs.append(list(texts))
        self.begun.set()
        assert self.go.wait(20)
        if "fail" in texts:
            raise ValueError("cannot be encoded")
        return self.words.encode(texts, progress)


@pytest.fixture
def held(words):
    return Held(words)


def start(shared, questions, found):
    def ask(question):
        try:
            found[question] = shared.encode([question])[0]
        except ValueError as error:
            found[question] = error

    threads = [threading.Thread(target=ask, args=(question,)) for question in questions]
    for thread in threads:
        thread.start()
    return threads


def test_what_waits_together_is_encoded_together_and_everyone_gets_their_own(held, words):
    shared, found = SharedEncoder(held, runs=1), {}
    first = start(shared, ["the first"], found)
    assert held.begun.wait(20)
    questions = [f"question {number}" for number in range(MOST_WAITING + 9)]
    others = start(shared, questions, found)
    until = time.monotonic() + 20
    while not shared._waiting.full():
        assert time.monotonic() < until
        time.sleep(0.01)
    held.go.set()
    for thread in first + others:
        thread.join(20)
    assert len(found) == 1 + len(questions)
    for question, encoded in found.items():
        assert encoded.vector.tobytes() == words.encode([question])[0].vector.tobytes()
    assert sorted(text for run in held.runs for text in run) == sorted(found)
    assert held.runs[0] == ["the first"]
    assert len(held.runs[1]) >= MOST_WAITING


def test_a_run_that_fails_fails_for_those_in_it_and_no_other(held):
    shared, found = SharedEncoder(held, runs=1), {}
    threads = start(shared, ["fail"], found)
    assert held.begun.wait(20)
    threads += start(shared, ["good"], found)
    held.go.set()
    for thread in threads:
        thread.join(20)
    assert isinstance(found["fail"], ValueError)
    assert found["good"].vector.shape == (64,)
    assert shared.identity == held.identity


def test_progress_is_told_of_texts_that_are_encoded_in_bulk(held):
    held.go.set()
    told = []
    assert len(SharedEncoder(held).encode(["a", "b"], told.append)) == 2
    assert sum(told) == 2
    assert SharedEncoder(held).encode([]) == []
