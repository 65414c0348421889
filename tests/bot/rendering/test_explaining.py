"""The card of `--explain`, and an answer as JSON: every verdict says which test decided."""

import json
from dataclasses import replace

import jsonschema
import pytest

from bot.answering.answer import Answer, Coverage, NotCovered
from bot.rendering.explaining import card
from bot.rendering.objects import schema, to_json
from corpus.passage import Passage, PressItem, Span
from corpus.report import Period
from embeddings.hit import Hit, Why
from embeddings.judging.verdict import Logistic, Model, Unfitted, Verdict
from embeddings.wording import Change

WHY = Why(
    terms=("well", "dri"),
    dense_rank=3,
    lexical_rank=None,
    cosine=0.51,
    bm25=0.25,
    passage_maxsim=0.61,
    sentence_maxsim=0.72,
    coverage=0.845,
    margin=0.125,
)
MODEL = Model(
    encoder="words@1",
    reader=None,
    perhaps_from=0.6,
    answer=Logistic(intercept=0.0, slopes={"score": 1.0}, yes_from=0.6),
    subject=Logistic(intercept=0.0, slopes={}, yes_from=0.75),
)
TEXT = "Wells ran dry.1 Tankers came.2"


@pytest.fixture
def hit(make):
    passage = Passage(
        report=make(period=Period.parse("2021")),
        section=("Right to water",),
        number=2,
        start=100,
        stop=100 + len(TEXT),
        source=TEXT,
        hidden=(Span(start=14, stop=15), Span(start=29, stop=30)),
    )
    return Hit(passage=passage, score=0.9, highlight=Span(start=15, stop=28), why=WHY)


@pytest.fixture
def answer(hit):
    return Answer(
        question="Which wells ran dry?",
        searched="Which wells ran dry?",
        verdict=Verdict.ANSWERED,
        confidence=0.7,
        judged_by=MODEL,
        hits=(hit,),
        coverage=Coverage(titles=("Norland",), countries=("Norland",), periods=("2021",)),
    )


LACKING = NotCovered(kind="year", asked=("1812",), covered=())


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "answered, confidence 0.70 (answered from 0.60)"),
        ({"verdict": Verdict.CLOSEST}, "closest, confidence 0.70 (below 0.60: related"),
        (
            {"verdict": Verdict.CLOSEST, "confidence": 0.0},
            "(nothing in the passage speaks of what is new in this line)",
        ),
        ({"verdict": Verdict.OUTSIDE}, "(likelihood 0.50 that the library is about this, of 0.75"),
        ({"verdict": Verdict.OUTSIDE, "hits": ()}, "(nothing was found)"),
        (
            {"verdict": Verdict.OUTSIDE, "not_covered": LACKING},
            "(what the question names is not in the library)",
        ),
        (
            {"verdict": Verdict.CLOSEST, "judged_by": Unfitted(encoder="m@1", reader=None)},
            "(no verdict is fitted to the model)",
        ),
    ],
)
def test_the_card_says_which_test_decided(answer, fields, says):
    assert says in card(replace(answer, **fields))[0]


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        (
            {"not_covered": LACKING},
            "reason      The question is about 1812; the reports",
        ),
        ({"searched": "Which wells ran dry in May?"}, "searched    Which wells ran dry in May?"),
        ({"carried": ("wells", "May")}, "note        carried over: wells, May"),
    ],
)
def test_the_card_says_what_was_searched_and_why_not(answer, fields, line):
    assert any(found.startswith(line) for found in card(replace(answer, **fields)))


def test_the_card_of_a_plain_question_says_nothing_that_is_not_so(answer):
    assert not any(line.startswith(("reason", "searched", "note")) for line in card(answer))


def test_a_word_that_was_read_as_another_is_named(answer, hit):
    changed = replace(hit, why=replace(WHY, changes=(Change(asked="wels", read="wells"),)))
    assert "note        read “wels” as “wells”" in card(replace(answer, hits=(changed,)))


def test_the_card_gives_every_signal_of_a_hit(answer, hit):
    text = "\n".join(card(answer))
    assert f"1. {hit.passage.id}  " in text
    assert "score     0.900, 0.125 above the fifth" in text
    assert "words     well, dri; BM25 0.25, rank not reached" in text
    assert "meaning   cosine 0.51, rank 3" in text
    assert "MaxSim    passage 0.61, sentence 0.72; 84% of the question’s weight" in text


def test_of_many_hits_the_first_three_are_explained(answer, hit):
    text = "\n".join(card(replace(answer, hits=(hit,) * 5)))
    assert "3. " in text
    assert "4. " not in text


@pytest.mark.parametrize("verdict", list(Verdict))
@pytest.mark.parametrize("explain", [False, True])
def test_every_answer_is_what_the_schema_says(answer, verdict, explain):
    row = json.loads(to_json(replace(answer, verdict=verdict), explain=explain))
    jsonschema.validate(row, json.loads(schema()))
    assert ("why" in row["hits"][0]) is explain


def test_an_object_places_its_quotation_in_the_text_and_in_the_report(answer):
    (found,) = json.loads(to_json(answer))["hits"]
    start, stop = found["highlight"]["start"], found["highlight"]["stop"]
    assert found["text"][start:stop] == "Tankers came."
    offsets = found["offsets"]
    assert offsets["passage"] == {"start": 100, "stop": 130}
    at = offsets["highlight"]
    assert TEXT[at["start"] - 100 : at["stop"] - 100] == "Tankers came."


def test_an_object_says_what_is_not_stated_with_null(answer, hit):
    bare = replace(hit.passage.report, publisher=None, country=None, period=None, url=None)
    passage = replace(hit.passage, report=bare)
    cited = json.loads(to_json(replace(answer, hits=(replace(hit, passage=passage),))))["hits"][0]
    assert [cited["citation"][name] for name in ("publisher", "country", "period", "url")] == [
        None
    ] * 4


def test_a_press_item_has_its_own_date_in_its_citation(answer, hit):
    import datetime

    press = PressItem(date=datetime.date(2019, 6, 8), kind="Report", title="Dry wells")
    passage = replace(hit.passage, press=press)
    (found,) = json.loads(to_json(replace(answer, hits=(replace(hit, passage=passage),))))["hits"]
    assert found["citation"]["press"] == {
        "date": "2019-06-08",
        "kind": "Report",
        "title": "Dry wells",
    }
    assert found["citation"]["published"] == "2019-06-08"
    assert "2021" not in (found["citation"]["period"] or "")


@pytest.mark.parametrize(
    ("fields", "judged"), [({}, True), ({"judged_by": Unfitted(encoder="m@1", reader=None)}, False)]
)
def test_an_object_says_whether_it_could_be_judged(answer, fields, judged):
    row = json.loads(to_json(replace(answer, verdict=Verdict.CLOSEST, **fields)))
    assert row["judged"] is judged
    assert ("No verdict is fitted" in row["reason"]) is not judged


def test_confidences_and_scores_have_a_bounded_number_of_digits(answer, hit):
    long = replace(answer, confidence=1 / 3, hits=(replace(hit, score=2 / 3),))
    row = json.loads(to_json(long))
    assert (row["confidence"], row["hits"][0]["score"]) == (0.3333, 0.666667)
