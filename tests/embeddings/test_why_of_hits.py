"""What a hit says of itself: its ranks, its terms, its margin, what the question was read as."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.scope import EVERYTHING, Scope
from corpus.storage.library import Library
from embeddings.adding import encode_missing
from embeddings.ranking.fusion import TEASER, Part
from embeddings.retriever import MARGIN_RANKS
from tests.searching import search_in

NORLAND = """\
# Norland

The harbour towns were hit by three storms.

## Water

Wells in the Tarn valley ran dry in May. The ministry sent tankers.

Prices of water rose threefold. Nobody was paid.

## Work

Miners at Orrest struck for eleven days. Their leader was arrested by the police.

Nobody under sixteen may work at sea, a new law says.

(Watch House, annual report, page 3.)

## News

### 2019-06-08 · Press Release · Free the marchers

Twelve marchers were held for a week in Kell.

### 2013-12-02 · Report · The lighthouse keepers

Lighthouse keepers were never paid.
"""
SUDLAND = """\
# Sudland

The prison camp at Grau grew. Families of marchers were sent there.

## Courts

Judges were dismissed in March. Lawyers struck for two days.
"""


def add(library, encoder, putting, path, text, **given):
    path.write_text(text, "utf-8")
    report = putting(library, path, **given)
    encode_missing(library, encoder, library.all_passages(report.id))
    return report


def set_up(library, encoder, putting, folder):
    add(library, encoder, putting, folder / "norland.md", NORLAND, country="Norland", period="2021")
    add(library, encoder, putting, folder / "sudland.md", SUDLAND, country="Sudland", period="2020")
    library.set_model(encoder.identity)


@pytest.fixture(scope="module")
def opened(tmp_path_factory, putting, word_encoder):
    folder = tmp_path_factory.mktemp("why")
    with Library(folder / "library") as library:
        encoder = word_encoder()
        set_up(library, encoder, putting, folder)
        yield library, encoder


@pytest.fixture(scope="module")
def retriever(opened):
    return search_in(*opened)


@pytest.fixture
def changing(library, words, putting, tmp_path):
    """A library of the test's own, its encoder, and what adds to it."""
    set_up(library, words, putting, tmp_path)
    return (
        library,
        words,
        lambda name, text, **given: add(
            library, words, putting, tmp_path / f"{name}.md", text, **given
        ),
    )


def marked(hit):
    return hit.quoted.quotation


def texts(hits):
    return [hit.passage.text for hit in hits]


EVERY = 20


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Which wells in the Tarn valley ran dry?", "Wells in the Tarn valley ran dry in May."),
        ("What did the ministry send, tankers?", "The ministry sent tankers."),
        ("Who struck at Orrest for days?", "Miners at Orrest struck for eleven days."),
        ("Were judges dismissed?", "Judges were dismissed in March."),
        ("Did lawyers strike for two days?", "Lawyers struck for two days."),
        ("Where is the prison camp that grew?", "The prison camp at Grau grew."),
        ("storms that hit harbour towns", "The harbour towns were hit by three storms."),
    ],
)
def test_the_sentence_that_answers_is_highlighted_under_any_heading(retriever, question, sentence):
    first, *_ = retriever.search(question, 1)
    assert marked(first) == sentence


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Did prices rise, which prices rose?", "Prices rose."),
        ("How many miners struck at Orrest?", "Seven miners struck at Orrest."),
        ("Where did rain fall, rain on barley?", "Rain fell on barley."),
        ("Which ferries sailed to Kell?", "Ferries sailed to Kell."),
    ],
)
def test_long_headings_do_not_shift_which_sentence_answers(changing, question, sentence):
    library, encoder, adding = changing
    text = (
        "Prices rose. Seven miners struck at Orrest. Rain fell on barley. Ferries sailed to Kell."
    )
    heading = "Adequate standard of living, housing, health and the freedom of assembly"
    report = adding("n", f"# N\n\n## {heading}\n\n{text}\n")
    (hit,) = search_in(library, encoder).search(question, 1, Scope(report=report.id))
    assert len(hit.passage.context) > len(hit.passage.text) * 0.8
    assert marked(hit) == sentence


def test_a_highlight_takes_in_what_it_would_mislead_without(retriever):
    first, *_ = retriever.search("Was their leader arrested by the police?", 1)
    assert marked(first).startswith("Miners at Orrest struck")
    assert marked(first).endswith("arrested by the police.")


def test_a_passage_that_is_all_in_brackets_is_still_quoted(retriever):
    found = {hit.passage.text: hit for hit in retriever.search("annual report page 3", EVERY)}
    assert marked(found["(Watch House, annual report, page 3.)"]).startswith("(Watch House")


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("Did wells get dry?", ("well", "dri")),
        # As stems, once, in the question's order.
        ("dry, dried, Wells", ("dri", "well")),
        ("wells and elephants", ("well",)),
        # The headings are searched too.
        ("Are there water wells?", ("water", "well")),
        ("Norland wells", ("norland", "well")),
    ],
)
def test_a_hit_names_the_terms_of_the_question_that_it_has(retriever, question, terms):
    hits = {hit.passage.text[:5]: hit for hit in retriever.search(question, EVERY)}
    why = hits["Wells"].why
    assert why.terms == terms


def test_ranks_count_from_one_and_each_search_has_one_of_each(retriever):
    hits = retriever.search("miners struck at Orrest for water", EVERY)
    dense = sorted(hit.why.dense_rank for hit in hits if hit.why.dense_rank is not None)
    lexical = sorted(hit.why.lexical_rank for hit in hits if hit.why.lexical_rank is not None)
    assert dense == list(range(1, len(hits) + 1))
    assert lexical == list(range(1, len(lexical) + 1))
    assert 0 < len(lexical) < len(hits)


def test_a_rank_is_that_of_its_own_search(retriever):
    hits = retriever.search("Which wells ran dry in the valley?", EVERY)
    by_cosine = sorted(hits, key=lambda hit: -hit.why.cosine)
    assert [hit.why.dense_rank for hit in by_cosine] == list(range(1, len(hits) + 1))
    having = [hit for hit in hits if hit.why.lexical_rank is not None]
    by_bm25 = sorted(having, key=lambda hit: -hit.why.bm25)
    assert [hit.why.lexical_rank for hit in by_bm25] == list(range(1, len(having) + 1))


def test_a_passage_without_a_term_has_no_lexical_rank_and_no_bm25(retriever):
    for hit in retriever.search("miners", EVERY):
        assert (hit.why.lexical_rank is None) == (hit.why.bm25 == 0) == (hit.why.terms == ())


@pytest.mark.parametrize(
    ("part", "signal"), [(Part.DENSE, "cosine"), (Part.LEXICAL, "bm25")], ids=str
)
def test_a_part_of_the_recipe_ranks_by_its_signal_alone(retriever, part, signal):
    hits = retriever.search("miners who struck for water", 6, Scope(year=2021), part)
    assert len(hits) > 1
    assert [hit.score for hit in hits] == [getattr(hit.why, signal) for hit in hits]
    other = "lexical_rank" if part is Part.DENSE else "dense_rank"
    assert {getattr(hit.why, other) for hit in hits} == {None}


def test_words_alone_find_no_passage_without_one(retriever):
    assert retriever.search("elephants", 5, part=Part.LEXICAL) == []
    assert len(retriever.search("elephants", 5, part=Part.DENSE)) == 5


def test_the_margin_is_to_the_fourth_after_and_at_the_end_to_the_last(retriever):
    hits = retriever.search("miners who struck for water at sea", EVERY)
    scores = [hit.score for hit in hits]
    last = len(hits) - 1
    assert last > MARGIN_RANKS
    for place, hit in enumerate(hits):
        rival = scores[min(place + MARGIN_RANKS, last)]
        assert hit.why.margin == pytest.approx(scores[place] - rival)
    assert hits[-1].why.margin == 0


def test_the_margin_does_not_depend_on_how_many_are_asked_for(retriever):
    one, *_ = retriever.search("Which wells ran dry?", 1)
    many, *_ = retriever.search("Which wells ran dry?", EVERY)
    assert one.why == many.why
    assert one.why.margin > 0


@given(st.sampled_from(["wells", "miners of Orrest", "Who was held?", "judges and prices"]))
def test_a_passage_scores_alike_in_a_scope_and_in_everything(retriever, question):
    """So a verdict means the same whatever is filtered."""
    everywhere = {hit.passage.id: hit for hit in retriever.search(question, EVERY, EVERYTHING)}
    for hit in retriever.search(question, EVERY, Scope(country="Sudland")):
        assert hit.score == pytest.approx(everywhere[hit.passage.id].score)
        assert hit.why.bm25 == pytest.approx(everywhere[hit.passage.id].why.bm25)


def test_a_term_that_every_passage_has_weighs_less_than_a_rare_one(retriever):
    hits = {hit.passage.text[:5]: hit for hit in retriever.search("Norland tankers sea", EVERY)}
    assert hits["Wells"].why.terms == ("norland", "tanker")
    assert hits["Price"].why.terms == ("norland",)
    assert hits["Wells"].why.bm25 > 2 * hits["Price"].why.bm25 > 0


def _paid(retriever, question):
    """The item on the unpaid keepers, and the report's passage on those who were not paid."""
    hits = [hit for hit in retriever.search(question, EVERY) if "paid" in hit.passage.text]
    (item,) = (hit for hit in hits if hit.passage.press)
    (own,) = (hit for hit in hits if not hit.passage.press)
    return item, own


def test_a_teaser_comes_first_only_where_it_is_clearly_better(retriever):
    item, own = _paid(retriever, "Were lighthouse keepers paid?")
    assert item.score > own.score
    item, own = _paid(retriever, "Was nobody paid for water?")
    assert item.score < own.score


@pytest.mark.parametrize(
    ("year", "handicap"), [("", TEASER), (" in 2021", TEASER), (" in 2013", 0)]
)
def test_a_teaser_bears_a_handicap_unless_its_own_year_is_named(retriever, year, handicap):
    item, own = _paid(retriever, f"Were lighthouse keepers paid{year}?")
    assert _unpenalised(item) - item.score == pytest.approx(handicap, abs=1e-6)
    assert _unpenalised(own) == pytest.approx(own.score, abs=1e-6)


def _unpenalised(hit):
    why = hit.why
    return 0.5 * why.passage_maxsim + 0.5 * why.sentence_maxsim + 0.1 * why.bm25 + 0.1 * why.cosine


def test_another_items_year_does_not_lift_the_handicap(retriever):
    hits = retriever.search("Who was held for a week in 2019?", EVERY)
    for hit in hits:
        handicap = _unpenalised(hit) - hit.score
        is_other = hit.passage.press is not None and hit.passage.press.date.year != 2019
        assert handicap == pytest.approx(TEASER if is_other else 0, abs=1e-6)


@pytest.mark.parametrize(
    ("question", "changes", "text"),
    [
        # Read as the library has it, so that its passage is found by its words.
        ("Where is a gulag?", [("gulag", "prison camp")], "The prison camp"),
        ("Where is a prison camp?", [], "The prison camp"),
        ("Where is a labour camp?", [("labour camp", "prison camp")], "The prison camp"),
    ],
)
def test_a_term_is_searched_by_the_name_that_the_library_has(retriever, question, changes, text):
    first, *_ = retriever.search(question, 1)
    assert [(change.asked, change.read) for change in first.why.changes] == changes
    assert first.passage.text.startswith(text)
    assert {"prison", "camp"} <= set(first.why.terms)


def test_without_the_thesaurus_a_term_is_searched_as_it_is(opened):
    plain = search_in(*opened, thesaurus=False)
    first, *_ = plain.search("Where is a gulag?", 1)
    assert first.why.changes == ()


def test_every_hit_of_a_question_says_what_it_was_read_as(retriever):
    hits = retriever.search("Where is a gulag?", EVERY)
    assert len({hit.why.changes for hit in hits}) == 1


def test_words_met_are_those_of_the_question_as_it_was_read(retriever):
    first, *_ = retriever.search("Is there a gulag?", 1)
    met = dict(first.why.met)
    assert list(met) == ["is", "there", "a", "prison", "camp"]
    assert met["camp"] == pytest.approx(1, abs=0.01)


def test_a_report_that_is_added_is_found_by_the_open_retriever(changing):
    library, encoder, adding = changing
    retriever = search_in(library, encoder)
    before, *_ = retriever.search("Which beekeepers left Westland?", 1)
    assert before.passage.report.country != "Westland"
    adding("westland", "# Westland\n\nBeekeepers left the hills.\n", country="Westland")
    after, *_ = retriever.search("Which beekeepers left Westland?", 1)
    assert after.passage.text == "Beekeepers left the hills."


def test_a_scope_takes_in_what_was_added_since_it_was_first_asked(changing):
    library, encoder, adding = changing
    retriever = search_in(library, encoder)
    scope = Scope(country="Sudland")
    assert len(retriever.search("beekeepers", EVERY, scope)) == 2
    adding("more", "# More\n\nBeekeepers left the hills.\n", country="Sudland", period="2022")
    assert len(retriever.search("beekeepers", EVERY, scope)) == 3


def test_what_is_removed_is_found_no_more(changing):
    library, encoder, _ = changing
    retriever = search_in(library, encoder)
    question = "Were judges dismissed in March?"
    (found, *_) = retriever.search(question, 1)
    library.remove(found.passage.report.id)
    left = retriever.search(question, EVERY)
    assert left
    assert "Judges" not in " ".join(texts(left))


def test_a_term_that_the_library_comes_to_have_is_searched_as_it_is(changing):
    library, encoder, adding = changing
    retriever = search_in(library, encoder)
    adding("bees", "# Bees\n\nThe gulag was closed.\n", country="Westland")
    first, *_ = retriever.search("gulag closed", 1)
    assert first.why.changes == ()
    assert first.passage.text == "The gulag was closed."


def test_a_question_is_encoded_once_where_nothing_of_it_is_changed(changing):
    library, encoder, _ = changing
    retriever = search_in(library, encoder)
    encoder.encoded.clear()
    retriever.search("Which wells ran dry?", 3)
    assert encoder.encoded == ["Which wells ran dry?"]
    encoder.encoded.clear()
    retriever.search("Where is a gulag?", 3)
    assert encoder.encoded == ["Where is a gulag?", "Where is a prison camp?"]


@pytest.mark.parametrize("question", ["harbour", "HARBOUR!", "  harbour?  ", "harbours"])
def test_case_stops_and_plurals_do_not_change_the_terms_found(retriever, question):
    hits = retriever.search(question, EVERY)
    having = [hit for hit in hits if hit.why.lexical_rank is not None]
    assert [hit.passage.text for hit in having] == ["The harbour towns were hit by three storms."]


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        (Scope(country="sudland"), {"Sudland"}),
        (Scope(year=2021), {"Norland"}),
        (Scope(year=2020), {"Sudland"}),
        (Scope(section="water"), {"Norland"}),
        (Scope(section="courts"), {"Sudland"}),
        (Scope(), {"Norland", "Sudland"}),
    ],
    ids=str,
)
def test_a_scope_lets_nothing_else_in(retriever, scope, allowed):
    hits = retriever.search("Who struck, and who was dismissed?", EVERY, scope)
    assert {hit.passage.report.country for hit in hits} == allowed


@pytest.mark.parametrize(
    ("year", "items"), [(2019, {"2019-06-08"}), (2013, {"2013-12-02"}), (2021, set())]
)
def test_a_press_item_is_in_scope_by_its_own_year_alone(retriever, year, items):
    hits = retriever.search("marchers, keepers and wells", EVERY, Scope(year=year))
    assert {hit.passage.text.split()[0] for hit in hits if hit.passage.press} == items
