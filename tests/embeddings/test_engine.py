"""What every engine does, whatever it keeps passages in; each one is made by a line of ENGINES."""

import threading
from functools import partial
from itertools import pairwise

import numpy as np
import pytest

from corpus.errors import ModelFault, NotInLibrary
from corpus.scope import EVERYTHING, Scope
from embeddings.adding import encode_missing
from embeddings.local.engine import LocalEngines
from embeddings.local.index import open_index


def local(library, encoder):
    return LocalEngines(library, encoder.identity, partial(open_index, library, encoder.identity))


# Each makes, of a library whose passages are encoded, what gives its engine as it stands.
ENGINES = {"local": local}

SUDLAND = """\
Sudland

The wells of Sudland are full.

Three storms hit three harbours, and the storms came back.

Nobody marched.
"""


@pytest.fixture(params=ENGINES)
def engines(request, library, page_file, reading, words):
    """Of a library with nine passages about Norland in 2021 and three about Sudland in 2020."""
    put_in(library, words, reading, page_file, id="norland", country="Norland", period="2021")
    path = page_file.with_name("sudland.txt")
    path.write_text(SUDLAND, "utf-8")
    put_in(library, words, reading, path, id="sudland", country="Sudland", period="2020")
    return ENGINES[request.param](library, words)


@pytest.fixture
def engine(engines):
    return engines()


def put_in(library, words, reading, path, **given):
    report, text, passages = reading(path, **given)
    encode_missing(library, words, passages)
    library.add(report, text, passages, today=report.accessed)
    return library.numbers(Scope(report=report.id))


def vector(words, text):
    return words.encode([text])[0].vector


SCOPES = [
    EVERYTHING,
    Scope(country="Sudland"),
    Scope(year=2021),
    Scope(section="water"),
    Scope(report="norland", year=2019),
]


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_the_nearest_are_those_with_the_highest_cosines_in_scope(engine, library, words, scope):
    asked = vector(words, "Which wells ran dry?")
    allowed = library.numbers(scope)
    encodings = engine.readings(allowed)
    cosines = dict(zip(encodings.numbers, (encodings.vectors @ asked).tolist(), strict=True))
    for k in (1, 3, len(allowed), 50):
        found = engine.nearest(asked, k, scope)
        assert len(found) == min(k, len(allowed))
        expected = sorted(cosines.values(), reverse=True)[:k]
        assert [cosine for _, cosine in found] == pytest.approx(expected, abs=1e-5)
        for number, cosine in found:
            assert cosine == pytest.approx(cosines[number], abs=1e-5)


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_what_matches_has_a_term_and_is_in_scope(engine, library, scope):
    terms = engine.terms("Which wells ran dry in the storms?")
    allowed = engine.passages(library.numbers(scope))
    having = {
        number
        for number, passage in allowed.items()
        if set(terms) & set(engine.terms(passage.searched))
    }
    for k in (1, 2, 50):
        found = engine.matching(terms, k, scope)
        assert len(found) == min(k, len(having))
        assert {number for number, _ in found} <= having
        scores = [score for _, score in found]
        assert scores == sorted(scores, reverse=True)
        assert all(score > 0 for score in scores)
    assert engine.matching(["zebra"], 5, scope) == []
    assert engine.matching([], 5, scope) == []


@pytest.mark.parametrize("wrong", [Scope(country="Nowhere"), Scope(year=1900), Scope(section="?")])
def test_nothing_in_scope_is_said(engine, words, wrong):
    with pytest.raises(NotInLibrary):
        engine.nearest(vector(words, "wells"), 3, wrong)
    with pytest.raises(NotInLibrary):
        engine.matching(["well"], 3, wrong)


def test_passages_are_matched_by_number_as_they_are_by_scope(engine, library):
    terms = engine.terms("three storms")
    everywhere = dict(engine.matching(terms, 50, EVERYTHING))
    numbers = library.numbers()[::-1]
    assert engine.matched(terms, numbers) == pytest.approx(everywhere)
    best = max(everywhere, key=lambda number: everywhere[number])
    assert engine.matched(terms, [best]) == pytest.approx({best: everywhere[best]})
    assert "Three storms hit three harbours" in engine.passages([best])[best].text
    assert engine.matched(["zebra"], numbers) == {}


def test_terms_are_stems_each_once_and_the_rarer_weighs_more(engine):
    assert engine.terms("Storms, a storm: STORMS!") == engine.terms("storm a")
    weights = engine.weights(engine.terms("harbours the zebra"))
    harbour, the, zebra = weights.values()
    assert zebra > harbour > the > 0


def test_words_are_those_that_passages_have(engine):
    assert engine.has_word("storm")
    assert engine.has_word("Harbour")
    assert not engine.has_word("zebra")
    vocabulary = engine.vocabulary()
    assert vocabulary["wells"] == 3
    assert "zebra" not in vocabulary
    assert all(word == word.lower() for word in vocabulary)


def test_readings_come_in_the_order_asked_for_and_as_they_were_encoded(engine, library, words):
    numbers = library.numbers()[::-2]
    found = engine.readings(numbers)
    assert list(found.numbers) == numbers
    assert len(found.readings.edges) == len(numbers) + 1
    passages = engine.passages(numbers)
    edges = pairwise(found.readings.edges.tolist())
    for number, of_passage, (first, last) in zip(numbers, found.vectors, edges, strict=True):
        searched = passages[number].searched
        read = words.encode([passages[number].text])[0]
        assert of_passage == pytest.approx(read.vector, abs=1e-6)
        offsets = found.readings.offsets[first:last]
        stretches = [searched[start:stop] for start, stop in offsets.tolist()]
        assert "".join(stretches) == "".join(searched.split())
        own = slice(last - len(read.pieces), last)
        assert found.readings.pieces[own].tolist() == read.pieces.tolist()
        tokens = found.readings.tokens[own].astype(np.float32)
        tokens /= np.linalg.norm(tokens, axis=1, keepdims=True)
        assert (tokens * read.tokens).sum(axis=1).min() > 0.999


def test_each_word_piece_is_counted_once_a_passage(engine, library, words):
    assert engine.count == len(library.numbers()) == 12
    read = engine.readings(library.numbers()).readings
    (piece,) = words.encode(["wells"])[0].pieces.tolist()
    edges = pairwise(read.edges.tolist())
    holding = sum(piece in read.pieces[first:last] for first, last in edges)
    assert engine.piece_frequency[piece] == holding > 1


def test_what_is_gone_is_left_out_of_what_an_older_engine_reads(engines, library, words):
    older, numbers = engines(), library.numbers()
    library.remove("sudland")
    left = library.numbers()
    assert set(older.passages(numbers)) == set(left)
    assert list(older.readings(numbers).numbers) == left
    found = older.nearest(vector(words, "storms"), 50, EVERYTHING)
    assert {number for number, _ in found} >= set(left)
    assert older.count == 12
    assert engines().count == 9
    assert older.generation < engines().generation == library.generation


def test_what_comes_is_found_by_the_next_engine(engines, library, words, reading, page_file):
    older = engines()
    page_file.write_text("Westland\n\nA zebra marched.", "utf-8")
    (new,) = put_in(library, words, reading, page_file, id="westland", country="Westland")
    here = Scope(country="Westland")
    assert [number for number, _ in engines().matching(["zebra"], 5, EVERYTHING)] == [new]
    assert [number for number, _ in engines().nearest(vector(words, "a"), 5, here)] == [new]
    # The older one is asked about it by a question that began before.
    assert older.matching(["zebra"], 5, EVERYTHING) == []
    assert older.nearest(vector(words, "a"), 5, here) == []


def test_threads_search_while_reports_come_and_go(engines, library, words, reading, page_file):
    wrong = []
    done = threading.Event()
    asked, terms = vector(words, "Which wells ran dry?"), engines().terms("wells dry")
    best = engines().nearest(asked, 1, Scope(report="norland"))[0][0]

    def search():
        while not done.is_set():
            try:
                engine = engines()
                found = [number for number, _ in engine.nearest(asked, 5, Scope(report="norland"))]
                numbers = [number for number, _ in engine.matching(terms, 5, EVERYTHING)]
                read = engine.readings(numbers).numbers
                if found[0] != best or not set(read) <= set(numbers):
                    wrong.append((found, numbers, read))
            except Exception as error:  # noqa: BLE001  told below
                wrong.append(error)
                return

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    page_file.write_text("Westland\n\nThe wells ran dry.", "utf-8")
    for _ in range(10):
        put_in(library, words, reading, page_file, id="westland")
        library.remove("westland")
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.mark.parametrize("made", ENGINES.values(), ids=ENGINES)
def test_an_empty_library_is_refused(library, words, made):
    with pytest.raises(NotInLibrary):
        made(library, words)()


@pytest.mark.parametrize("made", ENGINES.values(), ids=ENGINES)
def test_a_library_of_another_model_is_refused(library, words, word_encoder, made):
    library.set_model(words.identity)
    with pytest.raises(ModelFault):
        made(library, word_encoder("others@2"))()
