"""Why a question is refused, narrowed or called beside the point, and what an answer says."""

import dataclasses

import pytest

from bot.answering.answer import Answer, Coverage, NotCovered
from bot.answering.answering import (
    answer,
    coverage,
    is_beside,
    narrowed,
    not_covered,
    speaks_of_none,
)
from bot.answering.unmet import MET, SILENT
from bot.rendering.reasons import notes, reason
from corpus.errors import NotInLibrary
from corpus.names.mentions import Mentions, mentions
from corpus.report import Period
from corpus.scope import EVERYTHING, Scope
from corpus.storage.library import Library
from embeddings.adding import encode_missing
from embeddings.judging.verdict import Model, Unfitted, Verdict, shipped_models
from embeddings.wording import Change
from tests.searching import search_in

SUDLAND = """\
# Sudland

## Courts

Judges were dismissed in March, as in France in 1998. Lawyers struck for two days.
"""
# Yes to everything: what is refused is refused for another reason than the signals.
YES = dataclasses.replace(
    shipped_models()[-1],
    answer=dataclasses.replace(shipped_models()[-1].answer, intercept=50.0),
    subject=dataclasses.replace(shipped_models()[-1].subject, intercept=50.0),
)
NEVER = dataclasses.replace(
    shipped_models()[-1],
    answer=dataclasses.replace(shipped_models()[-1].answer, intercept=-50.0),
    subject=dataclasses.replace(shipped_models()[-1].subject, intercept=-50.0),
)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory, page, putting, word_encoder):
    """Norland in 2021 and Sudland in 2020; the retriever and what is covered."""
    folder = tmp_path_factory.mktemp("shelf")
    (folder / "norland.txt").write_text(page, "utf-8")
    (folder / "sudland.md").write_text(SUDLAND, "utf-8")
    encoder = word_encoder()
    with Library(folder / "library") as library:
        reports = [
            putting(library, folder / "norland.txt", country="Norway", period="2021"),
            putting(library, folder / "sudland.md", country="Sudan", period="2020"),
        ]
        for report in reports:
            encode_missing(library, encoder, library.all_passages(report.id))
        library.set_model(encoder.identity)
        yield search_in(library, encoder), coverage(reports)


def asked(shelf, question, model=YES, **options):
    search, covered = shelf
    return answer(question, search, covered, **{"k": 3, "model": model, **options})


def covering(countries=("Norway", "Sudan"), years=(2020, 2021), periods=("2021", "2020")):
    return Coverage(titles=("A", "B"), countries=countries, periods=periods, years=frozenset(years))


@pytest.mark.parametrize(
    ("question", "scope"),
    [
        ("Who struck in Norway?", Scope(country="Norway")),
        ("Who struck in 2021?", Scope(named_year=2021)),
        ("Who struck in Norway in 2021?", Scope(country="Norway", named_year=2021)),
        ("Did Norwegians strike?", Scope(country="Norway")),
        # Two to choose from are no one.
        ("Who struck in Norway or Sudan?", EVERYTHING),
        ("Who struck in 2020 and 2021?", EVERYTHING),
        # Of two named, the one that there is.
        ("Who struck in Norway and in France?", Scope(country="Norway")),
        ("Who struck in 1998 and in 2021?", Scope(named_year=2021)),
        # None that there is.
        ("Who struck in France in 1998?", EVERYTHING),
        ("Who struck?", EVERYTHING),
        # A bound names no year.
        ("Who struck since 2021?", EVERYTHING),
    ],
)
def test_a_question_narrows_the_search_to_the_one_country_and_year_it_names(question, scope):
    assert narrowed(EVERYTHING, mentions(question), covering()) == scope


@pytest.mark.parametrize(
    "chosen",
    [Scope(country="Sudan"), Scope(year=2020), Scope(country="Sudan", year=2020)],
    ids=str,
)
def test_what_a_person_chose_is_never_narrowed_away(chosen):
    found = narrowed(chosen, mentions("Who struck in Norway in 2021?"), covering())
    if chosen.country:
        assert found.country == "Sudan"
    if chosen.year:
        assert (found.year, found.named_year) == (2020, None)


def test_with_one_country_and_one_year_there_is_nothing_to_narrow():
    single = covering(countries=("Norway",), years=(2021,))
    assert narrowed(EVERYTHING, mentions("Norway in 2021"), single) == EVERYTHING


def test_a_narrowed_search_says_so_and_finds_there_alone(shelf):
    found = asked(shelf, "Who struck in Sudan?")
    assert found.scope == Scope(country="Sudan")
    assert {hit.passage.report.country for hit in found.hits} == {"Sudan"}
    assert notes(found) == ["searched: Sudan"]


def test_where_the_narrower_holds_nothing_the_wider_is_searched(shelf):
    found = asked(shelf, "Who struck in Sudan?", scope=Scope(section="freedom of assembly"))
    assert found.scope == Scope(section="freedom of assembly")
    assert {hit.passage.report.country for hit in found.hits} == {"Norway"}


def test_where_what_was_chosen_holds_nothing_that_is_said(shelf):
    with pytest.raises(NotInLibrary):
        asked(shelf, "Who struck?", scope=Scope(country="Kenya"))


@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        ("Who struck in Kenya?", ("country", ("Kenya",))),
        ("Who struck in Kenya or Chad?", ("country", ("Kenya", "Chad"))),
        # One that there is does not answer for one that there is not.
        ("Who struck in Norway and Kenya?", ("country", ("Kenya",))),
        ("Who struck in 1987?", ("year", ("1987",))),
        ("Who struck from 1987 to 1989?", ("year", ("1987", "1988", "1989"))),
        ("Who struck in 2021 and 1987?", ("year", ("1987",))),
        # The country comes first.
        ("Who struck in Kenya in 1987?", ("country", ("Kenya",))),
        ("Who struck in Norway in 2021?", None),
        ("Who struck?", None),
    ],
)
def test_what_no_report_is_about_is_named(question, lacking):
    found = not_covered(mentions(question), covering(), [])
    assert (found and (found.kind, found.asked)) == lacking


def test_nothing_is_refused_for_what_the_reports_do_not_state():
    unstated = covering(countries=(), years=(), periods=())
    assert not_covered(mentions("Kenya in 1987"), unstated, []) is None


@pytest.mark.parametrize("question", ["Were judges dismissed as in France?", "Judges in 1998?"])
def test_a_passage_that_names_it_all_the_same_is_not_refused(shelf, question):
    found = asked(shelf, question)
    assert found.not_covered is None
    assert found.verdict is Verdict.PERHAPS


@pytest.mark.parametrize("question", ["Who struck in Kenya?", "Who struck in 1987?"])
def test_what_is_not_covered_is_outside_however_sure_the_signals_are(shelf, question):
    found = asked(shelf, question)
    assert (found.verdict, found.confidence) == (Verdict.OUTSIDE, 0)
    assert reason(found)


@pytest.mark.parametrize(
    ("lacking", "sentence"),
    [
        (
            NotCovered(kind="country", asked=("Kenya",), covered=("Norway",)),
            "The question is about Kenya; the reports here are about Norway.",
        ),
        (
            NotCovered(kind="country", asked=("Kenya", "Chad"), covered=("A", "B", "C")),
            "The question is about Kenya and Chad; the reports here are about A, B and C.",
        ),
        (
            NotCovered(kind="year", asked=("1987",), covered=("2020", "2021")),
            "The question is about 1987; the reports here cover 2020 and 2021.",
        ),
        (
            NotCovered(kind="year", asked=("1987",), covered=()),
            "The question is about 1987; the reports here cover other years.",
        ),
    ],
)
def test_the_reason_names_what_was_asked_and_what_there_is(shelf, lacking, sentence):
    found = dataclasses.replace(asked(shelf, "Who struck in Kenya?"), not_covered=lacking)
    assert reason(found) == sentence


def best(shelf, question="Which wells ran dry?", **met):
    search, _ = shelf
    hit, *_ = search.search(question, 1)
    return dataclasses.replace(hit, why=dataclasses.replace(hit.why, met=tuple(met.items())))


@pytest.mark.parametrize(
    ("line", "carried", "met", "beside"),
    [
        # The new word is not spoken of, whatever the carried ones are.
        ("and the elephants?", ("wells",), {"wells": 1.0, "elephants": 0.2}, True),
        ("and the elephants?", ("wells",), {"wells": 1.0, "elephants": MET}, False),
        ("and the elephants?", ("wells",), {"wells": 0.1, "elephants": 0.9}, False),
        # One new word that is spoken of is enough.
        ("and grey elephants?", ("wells",), {"grey": 0.1, "elephants": 0.8}, False),
        ("and grey elephants?", ("wells",), {"grey": 0.1, "elephants": 0.4}, True),
        # What is carried over is not new.
        ("and the wells?", ("dry wells",), {"wells": 0.1}, False),
        ("and WELLS?", ("dry wells",), {"wells": 0.1}, False),
        # A line of no new word says nothing new.
        ("why?", ("wells",), {"wells": 0.1, "why": 0.1}, False),
        # Nothing is known of how it is met.
        ("and the elephants?", ("wells",), {}, False),
    ],
)
def test_a_follow_up_is_beside_what_speaks_of_none_of_its_new_words(
    shelf, line, carried, met, beside
):
    assert is_beside(line, carried, best(shelf, **met)) is beside


def test_a_passage_speaks_of_none_where_no_word_of_content_comes_near(shelf):
    assert speaks_of_none(best(shelf, were=0.9, planes=SILENT))
    assert not speaks_of_none(best(shelf, late=0.1, planes=SILENT + 0.01))
    assert not speaks_of_none(best(shelf))


def test_a_follow_up_beside_the_point_is_closest_at_most(shelf):
    searched = "wells ran dry: zebras?"
    follow = asked(shelf, searched, asked="and zebras?", carried=("wells ran dry",))
    assert (follow.verdict, follow.confidence) == (Verdict.CLOSEST, 0)
    # The same words as a question of their own are judged by the signals.
    assert asked(shelf, searched).verdict is Verdict.PERHAPS


def test_a_follow_up_that_is_met_is_judged_as_it_is(shelf):
    found = asked(shelf, "wells ran dry: in May?", asked="in May?", carried=("wells ran dry",))
    assert found.verdict is Verdict.PERHAPS
    assert found.confidence > 0.9


def test_a_follow_up_beside_the_point_is_never_raised_from_outside(shelf):
    found = asked(shelf, "wells: zebras?", NEVER, asked="and zebras?", carried=("wells",))
    assert found.verdict is Verdict.OUTSIDE


def test_without_a_fitted_model_an_answer_says_why_it_is_none(shelf):
    found = asked(shelf, "Which wells ran dry?", Unfitted(encoder="tiny@1", reader=None))
    assert (found.verdict, found.is_judged) == (Verdict.CLOSEST, False)
    assert "No verdict is fitted to the model tiny@1" in reason(found)
    assert "pincite calibrate" in reason(found)


def test_a_judged_answer_needs_no_further_reason(shelf):
    found = asked(shelf, "Which wells ran dry?")
    assert found.is_judged
    assert reason(found) is None


def test_an_answer_notes_what_the_person_did_not_type(shelf):
    found = asked(
        shelf,
        "wells ran dry: in May?",
        asked="in May?",
        carried=("wells ran dry", "Norland"),
        scope=Scope(year=2021),
    )
    change = Change(asked="welss", read="wells")
    first = found.hits[0]
    first = dataclasses.replace(first, why=dataclasses.replace(first.why, changes=(change,)))
    found = dataclasses.replace(found, hits=(first, *found.hits[1:]))
    assert notes(found) == [
        "carried over: wells ran dry, Norland",
        "searched: 2021",
        "read “welss” as “wells”",
    ]


def test_a_plain_question_has_nothing_to_note(shelf):
    assert notes(asked(shelf, "Which wells ran dry?")) == []


def test_the_nearest_sections_are_named_once_by_their_innermost_heading(shelf):
    found = asked(shelf, "wells, prices, miners, work at sea and marches", k=6)
    sections = [hit.passage.section[-1] for hit in found.hits if hit.passage.section]
    assert len(sections) > len(set(sections))
    assert found.nearest_sections == tuple(dict.fromkeys(sections))
    assert "Economic and social rights" not in found.nearest_sections


@pytest.mark.parametrize("confidence", [-0.01, 1.01])
def test_a_confidence_beyond_its_scale_is_refused(shelf, confidence):
    found = asked(shelf, "Which wells ran dry?")
    with pytest.raises(ValueError, match="from 0 to 1"):
        dataclasses.replace(found, confidence=confidence)


@pytest.mark.parametrize("verdict", [Verdict.CLOSEST, Verdict.OUTSIDE])
def test_what_is_not_answered_may_be_without_a_passage(verdict):
    empty = Answer(
        question="?",
        searched="?",
        verdict=verdict,
        confidence=0,
        judged_by=Unfitted(encoder="tiny@1", reader=None),
        hits=(),
        coverage=covering(),
    )
    assert notes(empty) == []
    assert empty.nearest_sections == ()
    assert reason(empty) is None


def test_years_covered_are_those_of_periods_and_of_dated_items(make):
    reports = [
        make(period=Period.parse("2019-2021")),
        make(period=Period.parse("2021/22")),
        make(period=None),
    ]
    assert coverage(reports, [2005]).years == frozenset({2005, 2019, 2020, 2021, 2022})
    assert coverage(reports).years == frozenset({2019, 2020, 2021, 2022})
    assert coverage([], [2005]).years == frozenset({2005})


def test_a_report_without_country_or_period_adds_none(make):
    found = coverage([make(country=None, period=None), make(title="Other")])
    assert found.countries == ("Norland",)
    assert found.periods == ()


def test_a_model_judges_by_the_best_hit_of_the_search(shelf):
    model = YES
    assert isinstance(model, Model)
    assert asked(shelf, "Which wells ran dry?", model).judged_by is model
    assert asked(shelf, "Which wells ran dry?", NEVER).verdict is Verdict.OUTSIDE


def test_nothing_named_is_nothing_lacking():
    assert not_covered(Mentions(countries=(), years=()), covering(), []) is None
