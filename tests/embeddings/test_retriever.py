"""A question to hits: filters inside the search, highlights inside the passage."""

import random
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import NotInLibrary
from corpus.scope import EVERYTHING, Scope
from corpus.storage.library import Library
from embeddings.adding import encode_missing
from embeddings.retriever import Retriever

COUNTRIES = ("Norland", "Sudland", "Westland")
YEARS = (2019, 2020, 2021)
WORDS = ("wells", "march", "permit", "harbour", "storm", "miners", "law", "water", "prices")


@pytest.fixture(scope="module")
def searched(tmp_path_factory, putting, word_encoder):
    """A library of nine reports of 30 paragraphs, and its retriever."""
    folder = tmp_path_factory.mktemp("searched")
    chance = random.Random(7)
    encoder = word_encoder()
    with Library(folder / "library") as library:
        for country in COUNTRIES:
            for year in YEARS:
                path = folder / f"{country}-{year}.md"
                sections = [
                    f"## {name}\n\n"
                    + "\n\n".join(
                        f"{' '.join(chance.choices(WORDS, k=8))} {n}. Then {country} rested."
                        for n in range(15)
                    )
                    for name in ("Water", "Work")
                ]
                path.write_text(f"# {country} {year}\n\n" + "\n\n".join(sections), "utf-8")
                report = putting(library, path, country=country, period=str(year))
                encode_missing(library, encoder, library.all_passages(report.id))
        library.set_model(encoder.identity)
        yield library, Retriever(library, encoder)


SCOPES = st.builds(
    Scope,
    country=st.none() | st.sampled_from(COUNTRIES),
    year=st.none() | st.sampled_from(YEARS),
    section=st.none() | st.sampled_from(["water", "work"]),
    report=st.none() | st.just("norland-2020"),
)
QUESTIONS = st.lists(st.sampled_from([*WORDS, "zebra", "Who?"]), min_size=1, max_size=6).map(
    " ".join
)


@given(QUESTIONS, st.integers(1, 100), SCOPES)
def test_k_passages_come_back_where_k_exist_and_all_are_in_scope(searched, question, k, scope):
    library, retriever = searched
    try:
        allowed = library.numbers(scope)
    except NotInLibrary:
        with pytest.raises(NotInLibrary):
            retriever.search(question, k, scope)
        return
    hits = retriever.search(question, k, scope)
    assert len(hits) == min(k, len(allowed))
    in_scope = {passage.id for passage in library.passages(allowed).values()}
    found = [hit.passage.id for hit in hits]
    assert len(set(found)) == len(found)
    assert set(found) <= in_scope
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    for hit in hits:
        assert hit.quoted.quotation.strip()
        assert -1.001 <= hit.why.cosine <= 1.001


@given(QUESTIONS, st.integers(1, 30))
def test_fewer_passages_are_the_first_of_more(searched, question, k):
    _, retriever = searched
    fewer = [hit.passage.id for hit in retriever.search(question, k)]
    more = [hit.passage.id for hit in retriever.search(question, k + 5)]
    if k + 5 <= 25:
        assert more[:k] == fewer
    else:
        assert len(more) == k + 5


def test_the_passage_itself_is_found_first(searched):
    library, retriever = searched
    for number, passage in library.passages(library.numbers()[::40]).items():
        first, *_ = retriever.search(passage.text, 3, EVERYTHING)
        assert first.passage == passage, number


def test_the_highlight_is_the_sentence_that_answers(library, tmp_path, putting, words):
    path = tmp_path / "n.md"
    path.write_text(
        "# N\n\nPrices rose. Seven miners struck at Orrest. Rain fell. (Watch House, page 3.)\n",
        "utf-8",
    )
    report = putting(library, path)
    encode_missing(library, words, library.all_passages(report.id))
    for question, sentence in (
        ("How many miners struck at Orrest?", "Seven miners struck at Orrest."),
        ("Did prices rise? Which prices rose?", "Prices rose."),
        ("What says Watch House on page 3?", None),
    ):
        (hit,) = Retriever(library, words).search(question, 3)
        marked = hit.quoted.quotation
        assert marked == sentence if sentence else not marked.startswith("(")


def test_questions_from_several_threads_get_their_own_answers(searched):
    _, retriever = searched
    questions = [f"{one} {other}" for one in WORDS[:5] for other in WORDS[4:]]
    expected = {q: [hit.passage.id for hit in retriever.search(q, 5)] for q in questions}
    wrong = []

    def ask(part):
        found = {q: [hit.passage.id for hit in retriever.search(q, 5)] for q in part}
        wrong.extend(q for q in part if found[q] != expected[q])

    threads = [threading.Thread(target=ask, args=(questions[n::4],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_hit_says_how_well_each_word_of_the_question_is_met(searched):
    _, retriever = searched
    first, *_ = retriever.search("Did zebras see the storm?", 1, Scope(country="Norland"))
    met = dict(first.why.met)
    assert list(met) == ["did", "zebras", "see", "the", "storm"]
    assert met["storm"] == pytest.approx(1, abs=0.01)
    assert met["zebras"] < 0.9


def test_the_report_comes_before_a_teaser_unless_its_year_is_named(tmp_path, putting, word_encoder):
    words = "Miners of Orrest struck for water in 2013."
    path = tmp_path / "n.md"
    path.write_text(
        f"# Norland\n\n## News\n\n2013-12-02 · Report · Strike\n\n{words}\n\n"
        f"### 2013-12-02 · Report · Strike\n\n{words}\n",
        "utf-8",
    )
    encoder = word_encoder()
    with Library(tmp_path / "library") as library:
        report = putting(library, path, period="2021")
        encode_missing(library, encoder, library.all_passages(report.id))
        library.set_model(encoder.identity)
        retriever = Retriever(library, encoder)

        def ahead(question):
            """How far the item is ahead of the report."""
            scores = {
                bool(hit.passage.press): hit.score
                for hit in retriever.search(question, 3)
                if hit.passage.press or hit.passage.text == words
            }
            return scores[True] - scores[False]

        question = "When did the miners of Orrest strike for water?"
        assert ahead(question) < 0 < ahead(f"{question} in 2013")
        # Preferred, not hidden: it comes first where it is clearly the better one.
        assert ahead("Is there a report on the strike at Orrest?") > 0
