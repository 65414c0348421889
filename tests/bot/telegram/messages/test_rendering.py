"""Answers as messages: quotations whole and verbatim, offsets true, limits kept."""

import dataclasses
import datetime
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram_server import tdlib

from bot.answering.answer import Answer, Coverage, NotCovered
from bot.telegram.messages.catalogue import LANGUAGES, catalogue
from bot.telegram.messages.rendering import (
    answer_drafts,
    coverage_text,
    passage_drafts,
    quotation,
    short_citation,
    text_drafts,
)
from bot.telegram.messages.styled import Draft, button, is_web_address, plain, utf16
from bot.telegram.messages.view import View
from corpus.passage import Passage, Span
from corpus.quoted import Quoted
from corpus.report import Kind, Report
from embeddings.hit import Hit, Why
from embeddings.judging.verdict import Unfitted, Verdict, shipped_models
from tests.bench.listening import ROW, SCREEN, screen

SAY = catalogue("en")
REPORT = Report(
    id="norland-2021",
    title="Norland",
    publisher="Watch House",
    country="Norland",
    period=None,
    published=None,
    accessed=datetime.date(2026, 1, 31),
    url="https://example.org/norland",
    language="en",
    licence=None,
    kind=Kind.VERBATIM,
    sha256="0" * 64,
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
    margin=0.0,
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=600)


def passage(text: str) -> Passage:
    return Passage(
        report=REPORT,
        section=("Right to water",),
        number=1,
        start=0,
        stop=len(text),
        source=text,
    )


def view(text: str, start: int, stop: int, verdict: Verdict = Verdict.ANSWERED) -> View:
    hit = Hit(passage=passage(text), score=1.0, highlight=Span(start=start, stop=stop), why=WHY)
    answer = Answer(
        question="What of water?",
        searched="What of water?",
        verdict=verdict,
        confidence=0.9,
        judged_by=shipped_models()[-1],
        hits=(hit,),
        coverage=Coverage(titles=("Norland",), countries=(), periods=()),
    )
    return View(key="AAAAAAAA", answer=answer)


def marked(draft: Draft, kind: str) -> list[str]:
    """The parts of a draft's text under marks whose kind has these letters."""
    marks = [mark for mark in draft.body.marks if kind in mark.kind]
    return [draft.body.text[mark.start : mark.stop] for mark in marks]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_model_without_a_verdict_is_said_above_the_closest_passage(language: str) -> None:
    say = catalogue(language)
    shown = view("Wells ran dry in May.", 0, 21, Verdict.CLOSEST)
    unjudged = dataclasses.replace(
        shown.answer, confidence=0.0, judged_by=Unfitted(encoder="tiny@1", reader=None)
    )
    (draft,) = answer_drafts(dataclasses.replace(shown, answer=unjudged), say, ())
    assert draft.body.text.startswith(say("unjudged", model="tiny@1"))
    assert "Wells ran dry in May." in draft.body.text
    assert say("closest") not in draft.body.text


def test_the_whole_message() -> None:
    text = "Wells ran dry in May. The ministry sent tankers, “but far too few.”"
    shown = view(text, 0, 21)
    (draft,) = answer_drafts(shown, SAY, ())
    assert draft.body.text == (
        f"{text}\nWatch House, “Norland”, section “Right to water”, para. 1 (counted), "
        f"passage {shown.passage.id}"
    )
    assert marked(draft, "quote") == [text]
    assert marked(draft, "bold") == ["Wells ran dry in May."]
    labels = [[button.text for button in row] for row in draft.rows]
    assert labels == [["← Before", "After →"], ["Copy quote", "👍", "👎"]]


def test_a_refusal_quotes_nothing_and_proposes() -> None:
    refused = view("Wells ran dry.", 0, 14, Verdict.OUTSIDE)
    (draft,) = answer_drafts(refused, SAY, ("What of food?",))
    assert not draft.body.marks
    assert "Norland" in draft.body.text
    assert [button.text for row in draft.rows for button in row] == ["What of food?"]


@given(text=TEXTS, data=st.data())
def test_offsets_are_telegrams(text: str, data: st.DataObject) -> None:
    if not text.strip():
        return
    start = data.draw(st.integers(0, len(text) - 1))
    stop = data.draw(st.integers(start + 1, len(text)))
    if not text[start:stop].strip():
        return
    styled = quotation(Quoted(text=text, span=Span(start=start, stop=stop)), SAY)
    units = styled.text.encode("utf-16-le")
    for mark, entity in zip(styled.marks, styled.entities(), strict=True):
        cut = units[2 * entity.offset : 2 * (entity.offset + entity.length)]
        assert cut.decode("utf-16-le") == styled.text[mark.start : mark.stop]
    if tdlib.available() and styled.text.strip():
        tdlib.check_entities(styled.text, [entity.to_dict() for entity in styled.entities()])


@given(count=st.integers(60, 260), place=st.integers(0, 59))
def test_long_passages_are_never_cut_within_a_sentence(count: int, place: int) -> None:
    sentences = [
        f"In month {number} the well of valley {number} ran dry." for number in range(count)
    ]
    text = " ".join(sentences)
    start = text.index(sentences[place])
    drafts = answer_drafts(view(text, start, start + len(sentences[place])), SAY, ())
    assert all(draft.fits for draft in drafts)
    quoted = [quote for draft in drafts for quote in marked(draft, "quote")]
    if len(drafts) > 1:
        first, *parts = quoted
        assert first == sentences[place]
        assert " ".join(parts) == text
        assert all(part.endswith(".") for part in parts)
    else:
        assert quoted in ([text], [sentences[place], text])
    for draft in drafts:
        assert short_citation(passage(text)) in draft.body.text
    assert all(not draft.rows for draft in drafts[:-1])


SENTENCE = "In month 9 the well of valley 9 ran dry."
BESIDE = "In other valleys, too, the wells ran dry. " * 12


@pytest.mark.parametrize(
    ("before", "after", "quoted"),
    [
        ("", "", ["blockquote"]),
        ("Once. ", BESIDE, ["expandable_blockquote"]),
        (BESIDE, "", ["blockquote", "expandable_blockquote"]),
        (BESIDE * 3, BESIDE, ["blockquote", "expandable_blockquote"]),
    ],
)
def test_a_long_passage_folds_and_what_answers_is_seen(
    before: str, after: str, quoted: list[str]
) -> None:
    text = before + SENTENCE + " " + after
    (draft,) = answer_drafts(view(text, len(before), len(before) + len(SENTENCE)), SAY, ())
    marks = [mark for mark in draft.body.marks if "quote" in mark.kind]
    assert [mark.kind for mark in marks] == quoted
    whole = draft.body.text[marks[-1].start : marks[-1].stop]
    assert whole == text.strip()
    seen = draft.body.text[marks[0].start : marks[0].stop]
    assert SENTENCE in (seen if len(marks) > 1 else seen[:108])
    assert len(screen(draft)) + ROW * len(draft.rows) <= SCREEN


def test_a_passage_of_one_long_sentence_is_shown_once() -> None:
    text = "The wells of the valley ran dry " + "and dry " * 60 + "again."
    (draft,) = answer_drafts(view(text, 0, len(text)), SAY, ())
    assert marked(draft, "quote") == [text]


@pytest.mark.parametrize("verdict", list(Verdict))
@pytest.mark.parametrize("link", [None, "https://t.me/pincite_bot"])
@pytest.mark.parametrize("position", [0, 1])
@pytest.mark.parametrize("near", [False, True])
def test_no_answer_has_more_than_two_rows_of_buttons(
    verdict: Verdict, link: str | None, position: int, near: bool
) -> None:
    shown = view("Wells ran dry in May.", 0, 21, verdict)
    answer = dataclasses.replace(shown.answer, hits=shown.answer.hits * 3)
    neighbour = passage("Rain fell in June.") if near else None
    shown = dataclasses.replace(shown, answer=answer, position=position, near=neighbour, link=link)
    *_, draft = answer_drafts(shown, SAY, ("What of food?", "What of rain?", "What of wells?"))
    assert len(draft.rows) <= 2
    labels = [button.text for row in draft.rows for button in row]
    if shown.is_refusal:
        assert not {"👍", "👎", "Copy quote", "Copy source"} & set(labels)
        assert ("What of food?" in labels) == (link is None)


def test_what_is_copied_is_the_sentence_with_its_citation() -> None:
    (draft,) = answer_drafts(view("Wells ran dry in May. Rain fell in June.", 0, 21), SAY, ())
    name = passage("Wells ran dry in May. Rain fell in June.").id
    assert copied(draft) == (
        "“Wells ran dry in May.” (Watch House, “Norland”, section “Right to water”, para. 1 "
        f"(counted), https://example.org/norland, accessed 31 January 2026, passage {name})"
    )


def copied(draft: Draft) -> str:
    (text,) = [button.copy_text.text for row in draft.rows for button in row if button.copy_text]
    return text


@given(count=st.integers(1, 60))
def test_a_quotation_is_copied_whole_or_not_at_all(count: int) -> None:
    sentence = " ".join(["Wells"] + ["ran dry"] * count) + "."
    (draft,) = answer_drafts(view(sentence, 0, len(sentence)), SAY, ())
    text, name = copied(draft), passage(sentence).id
    labels = [button.text for row in draft.rows for button in row]
    assert ("Copy quote" in labels) == (f"“{sentence}”" in text)
    assert ("Copy source" in labels) == ("Wells" not in text)
    assert utf16(text) <= 256
    assert "para. 1 (counted)" in text
    assert f"passage {name}" in text
    assert "Watch House" in text or utf16(f"Watch House, {text}") > 256


def test_a_sentence_longer_than_a_message_is_sent_whole_in_parts() -> None:
    text = "word " * 2000 + "end."
    drafts = answer_drafts(view(text, 0, len(text)), SAY, ())
    assert all(draft.fits for draft in drafts)
    assert " ".join(quote for draft in drafts for quote in marked(draft, "quote")) == text


def test_a_citation_too_long_to_copy_is_copied_in_its_short_form(
    make: Callable[..., Any],
) -> None:
    long = make(url="https://example.org/" + "a" * 200)
    (draft,) = passage_drafts(
        Passage(report=long, section=(), number=1, start=0, stop=4, source="Text"),
        SAY,
        superseded=False,
    )
    (row,) = draft.rows
    assert row[0].copy_text is not None
    assert utf16(row[0].copy_text.text) <= 256


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("https://example.org/a", True),
        ("http://example.org", True),
        ("ftp://example.org", False),
        ("example.org", False),
        ("https://localhost/", False),
        ("https://example.org/a b", False),
        ("https://[", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_buttons(address: str | None, taken: bool) -> None:
    assert is_web_address(address) is taken


HARD_TEXTS = {
    "one huge sentence": "word " * 1500 + "end.",
    "no space at all": "x" * 5000,
    "surrogate pairs": "😀" * 4096,
    "families joined": "👩‍👩‍👧‍👦" * 700,
    "combining marks": "a\u0301\u0323" * 1700,
    "right to left": "لم يتمتع السكان بحرية التنقل. " * 160,
    "Korean": "북한 주민들은 이동의 자유를 누리지 못했다. " * 200,
    "4,096 characters": ("A well ran dry in May. " * 179)[:4095] + ".",
}


@pytest.mark.parametrize("text", HARD_TEXTS.values(), ids=HARD_TEXTS)
@pytest.mark.parametrize("verdict", list(Verdict))
def test_hard_passages_arrive_whole(text: str, verdict: Verdict) -> None:
    long_title = dataclasses.replace(REPORT, title="A title " * 600, publisher="Watch " * 400)
    hard = view(text, 0, len(text), verdict)
    ways = [answer_drafts(hard, SAY, ("What of food?",))]
    for report in (REPORT, long_title):
        alone = dataclasses.replace(passage(text), report=report, section=("Heading " * 400,))
        ways.append(passage_drafts(alone, SAY, superseded=True))
    for drafts in ways[verdict is Verdict.OUTSIDE :]:
        assert all(draft.fits for draft in drafts)
        quoted = [quote for draft in drafts for quote in marked(draft, "quote")]
        assert "".join(quoted).replace(" ", "") == plain(text).text.replace(" ", "")
        for draft in drafts:
            if tdlib.available():
                entities = [entity.to_dict() for entity in draft.body.entities()]
                tdlib.check_entities(draft.body.text, entities)
        assert all(not unicodedata.category(quote[0]).startswith("M") for quote in quoted)
        assert [bool(draft.rows) for draft in drafts].count(True) == 1
        assert drafts[-1].rows


def test_three_hundred_reports_are_told_by_a_few_names() -> None:
    crowded = Coverage(
        titles=tuple(f"Human rights in country {number} " * 9 for number in range(300)),
        countries=tuple(f"Country {number}" for number in range(190)),
        periods=tuple(str(1900 + number) for number in range(100)),
    )
    for language in LANGUAGES:
        said = coverage_text(crowded, catalogue(language))
        assert len(said) < 700
        for number in ("295", "185", "95"):
            assert number in said
    assert (
        coverage_text(Coverage(titles=(), countries=(), periods=()), SAY).count("not stated") == 3
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "lacking",
    [
        NotCovered(kind="country", asked=("France", "Chad"), covered=("Norland",)),
        NotCovered(kind="year", asked=("1987",), covered=("2021",)),
        NotCovered(kind="year", asked=("1987",), covered=()),
    ],
)
def test_the_reason_of_a_refusal_is_told_in_every_language(
    language: str, lacking: NotCovered
) -> None:
    refused = view("Wells ran dry.", 0, 14, Verdict.OUTSIDE)
    answer = dataclasses.replace(refused.answer, not_covered=lacking)
    say = catalogue(language)
    (draft,) = answer_drafts(dataclasses.replace(refused, answer=answer), say, ())
    told = say(
        f"other_{lacking.kind}",
        asked=", ".join(lacking.asked),
        covered=", ".join(lacking.covered) or say("other_years"),
    )
    assert draft.body.text.split("\n\n")[1] == told


def test_long_lists_break_between_their_items() -> None:
    items = [f"{number}. {'a' * 900}" for number in range(1, 10)]
    drafts = text_drafts(["Shown so far:", *items])
    assert all(draft.fits for draft in drafts)
    assert [draft.body.text[:2] for draft in drafts] == ["Sh", "5.", "9."]
    assert [line for draft in drafts for line in draft.body.text.split("\n\n")][1:] == items
    (first, second) = text_drafts(["word " * 1000])
    assert (first.body.text + second.body.text).replace(" ", "") == "word" * 1000


def test_what_telegram_removes_is_removed_before_counting() -> None:
    cleaned = plain("a\u030a\u2028b\tc\r\nd\x07").text
    assert cleaned == "\u00e5 b c \nd�"


def test_what_turns_or_hides_text_is_seen_in_messages_and_on_buttons() -> None:
    hidden = "1\u202e2\u2066\u200b\U000e0041\u3164"
    shown = "1�2����"
    assert plain(hidden).text == shown
    assert button(hidden, "more").text == shown
    kept = "می\u200cخواهم 👩\u200d⚕\ufe0f ❤\ufe0f"
    assert plain(kept).text == kept
