"""A quotation in every medium: exactly its characters, and cut in one place."""

import html
import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rich.console import Console, Group

from bot.answering.answer import Answer, Coverage
from bot.chat.showing import reply_lines
from bot.chat.transcript import Turn, markdown
from bot.conversation.reply import Further
from bot.rendering.answers import ANSWER_BAR, answer_lines
from bot.rendering.measures import results
from bot.rendering.objects import to_json
from bot.telegram.messages.catalogue import catalogue
from bot.telegram.messages.rendering import answer_drafts
from bot.telegram.messages.view import View
from corpus.passage import Passage, Span, without
from embeddings.evaluation.outcome import Outcome
from embeddings.evaluation.page import page
from embeddings.evaluation.questions import Question
from embeddings.evaluation.run import Run
from embeddings.hit import Hit, Why
from embeddings.judging.verdict import Verdict, shipped_models

ROOT = Path(__file__).resolve().parents[3]
WIDTH = 90
# What some medium escapes, counts or joins; short, so that a line shows it whole.
TEXTS = st.text("ab. \n*_\\`<>&'\"[]#|평🏠", min_size=1, max_size=30)
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


@st.composite
def hits(draw, make):
    source = draw(TEXTS)
    edges = sorted(draw(st.sets(st.integers(0, len(source)), max_size=4)))
    hidden = tuple(Span(start=a, stop=b) for a, b in zip(edges[::2], edges[1::2], strict=False))
    text = without(source, hidden)
    start = draw(st.integers(0, max(len(text) - 1, 0)))
    stop = draw(st.integers(start + 1, max(len(text), start + 1)))
    assume(text[start:stop].strip())
    passage = Passage(
        report=make(),
        section=(),
        number=1,
        start=7,
        stop=7 + len(source),
        source=source,
        hidden=hidden,
    )
    return Hit(passage=passage, score=0.5, highlight=Span(start=start, stop=stop), why=WHY)


@pytest.fixture(scope="module")
def found(make):
    return hits(make)


def answer_of(*found):
    return Answer(
        question="q",
        searched="q",
        verdict=Verdict.ANSWERED,
        confidence=0.9,
        judged_by=shipped_models()[-1],
        hits=found,
        coverage=Coverage(titles=("Norland",), countries=(), periods=()),
    )


def printed(shown):
    file = io.StringIO()
    Console(file=file, width=1000, highlight=False).print(shown)
    return file.getvalue()


def in_a_terminal(hit):
    lines = printed(Group(*answer_lines(answer_of(hit), WIDTH))).splitlines()
    return "".join(line.removeprefix(ANSWER_BAR) for line in lines if line.startswith(ANSWER_BAR))


def in_a_chat(hit):
    lines = [line.plain for line in reply_lines(answer_of(hit), WIDTH)]
    return "".join(line.removeprefix(ANSWER_BAR) for line in lines if line.startswith(ANSWER_BAR))


def beside_in_a_chat(hit):
    (line,) = reply_lines(answer_of(hit, hit), WIDTH)[-1:]
    return line.plain.removeprefix("2. introduction, para. 1")


def further_in_a_chat(hit):
    _, *lines = reply_lines(Further(from_rank=2, hits=(hit,)), WIDTH)
    return "".join(line.plain for line in lines)


def in_a_transcript(hit):
    written = markdown([Turn(line="q", reply=answer_of(hit))])
    quoted = "".join(line[2:] + "\n" for line in written.splitlines() if line.startswith("> "))
    parts: list[list[str]] = [[]]
    for token in re.findall(r"\\.|\*\*|.", quoted, re.DOTALL):
        parts = [*parts, []] if token == "**" else parts
        parts[-1] += [] if token == "**" else [token[-1]]
    _, bold, _ = parts
    return "".join(bold)


def in_telegram(hit):
    (draft,) = answer_drafts(View(key="AAAAAAAA", answer=answer_of(hit)), catalogue("en"), ())
    (mark,) = [mark for mark in draft.body.marks if mark.kind == "bold"]
    return draft.body.text[mark.start : mark.stop]


def in_json(hit):
    (shown,) = json.loads(to_json(answer_of(hit)))["hits"]
    return shown["text"][shown["highlight"]["start"] : shown["highlight"]["stop"]]


MEDIA = [
    in_a_terminal,
    in_a_chat,
    beside_in_a_chat,
    further_in_a_chat,
    in_a_transcript,
    in_telegram,
    in_json,
]


def characters(text):
    """All but white space, which a medium wraps."""
    return "".join(text.split())


@pytest.mark.parametrize("medium", MEDIA, ids=lambda medium: medium.__name__)
@given(data=st.data())
def test_a_medium_shows_exactly_what_is_quoted(found, medium, data):
    hit = data.draw(found)
    assert characters(medium(hit)) == characters(hit.quoted.quotation)


@given(data=st.data())
@settings(max_examples=15)
def test_an_evaluation_shows_exactly_what_is_quoted(found, data):
    hit = data.draw(found)
    outcome = Outcome(
        question=Question(id="a", question="What?", evidence=("x",), file="set.jsonl", line=1),
        grades={"another": 1},
        ids=(hit.passage.id,),
        hits=(hit,),
        verdict=Verdict.ANSWERED,
        confidence=0.9,
    )
    run = Run.of("full", [outcome], about={}, sections={})
    quotation = characters(hit.quoted.quotation)
    assert f"came:introduction,para.1(counted):“{quotation}”" in characters(printed(results(run)))
    (marked,) = re.findall(r"<mark>(.*?)</mark>", page(run, [hit.passage]), re.DOTALL)
    assert html.unescape(marked) == hit.quoted.quotation


@given(data=st.data())
def test_offsets_cut_the_stored_text_to_the_source(found, data):
    hit = data.draw(found)
    stored = "A title" + hit.passage.source + "\n\nAnother passage."
    (shown,) = json.loads(to_json(answer_of(hit)))["hits"]
    first, last = (shown["offsets"]["passage"][edge] for edge in ("start", "stop"))
    assert stored[first:last] == hit.passage.source
    start, stop = (shown["offsets"]["highlight"][edge] for edge in ("start", "stop"))
    gone = {first + at for span in hit.passage.hidden for at in range(span.start, span.stop)}
    quoted = [stored[at] for at in range(start, stop) if at not in gone]
    assert "".join(quoted) == hit.quoted.quotation
    assert not {start, stop - 1} & gone


def places(pattern):
    return {
        str(path.relative_to(ROOT))
        for room in ("bot", "corpus", "embeddings")
        for path in (ROOT / room).rglob("*.py")
        if re.search(pattern, path.read_text(encoding="utf-8"))
    }


def test_a_quotation_is_cut_in_one_place():
    # Who does not read where a highlight stands cannot cut by it: the hit makes its quotation,
    # the object prints the place, and the reader reads around it.
    who = {"embeddings/hit.py", "embeddings/judging/reader.py", "bot/rendering/objects.py"}
    assert places(r"\.highlight\b") == who
    # Which sentences a quotation meets is where its tags come from.
    assert places(r"\bquoted\.(span|text)\b") == {"corpus/english/attribution.py"}
    assert places(r"highlight\.st(art|op)\b|passage\.text\[") == set()
