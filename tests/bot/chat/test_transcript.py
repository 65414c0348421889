"""A saved conversation: quotations word for word with their citations, and no markup of anyone."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.answering.answer import Answer, Coverage, NotCovered
from bot.chat.transcript import Turn, markdown
from bot.conversation.reply import Citations, Further, Neighbouring, NothingAsked
from corpus.citing.citations import cite
from corpus.passage import Passage, Span
from corpus.scope import Scope
from embeddings.hit import Hit, Why
from embeddings.judging.verdict import Unfitted, Verdict, shipped_models

WHY = Why(
    terms=(),
    dense_rank=1,
    lexical_rank=None,
    cosine=0.5,
    bm25=0.0,
    passage_maxsim=0.5,
    sentence_maxsim=0.5,
    coverage=0.5,
    margin=0.1,
)
COVERAGE = Coverage(titles=("Norland",), countries=(), periods=())


@pytest.fixture(scope="module")
def hit_of(make):
    report = make()

    def build(text, stop=None, number=1):
        passage = Passage(
            report=report,
            section=("Water",),
            number=number,
            start=0,
            stop=len(text),
            source=text,
        )
        span = Span(start=0, stop=stop or len(text))
        return Hit(passage=passage, score=0.9, highlight=span, why=WHY)

    return build


def answer_of(*hits, verdict=Verdict.ANSWERED, **fields):
    stated = {
        "question": "q",
        "searched": "q",
        "confidence": 0.9,
        "judged_by": shipped_models()[-1],
        "coverage": COVERAGE,
    }
    return Answer(verdict=verdict, hits=hits, **{**stated, **fields})


def saved(reply, line="Which wells?"):
    return markdown([Turn(line=line, reply=reply)])


def read_back(text):
    """The words of Markdown as a reader of it shows them, one block a line."""
    blocks = (token for token in MarkdownIt().parse(text) if token.type == "inline")
    return [
        "".join("\n" if part.type == "softbreak" else part.content for part in block.children or ())
        for block in blocks
    ]


def test_an_answer_is_quoted_whole_its_sentence_in_bold_over_its_citation(hit_of):
    hit = hit_of("Wells ran dry. Tankers came.", stop=14)
    lines = saved(answer_of(hit)).splitlines()
    at = lines.index("> **Wells ran dry.** Tankers came.")
    assert lines[at + 1] == ">"
    assert lines[at + 2].startswith("> — ")
    assert cite(hit.passage) in read_back("\n".join(lines))[-1]


TEXTS = st.text(
    st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(" *_`[]<>#|~\\!&.-+1"),
    min_size=1,
).filter(lambda text: text.strip() == text)


@given(TEXTS)
def test_no_character_of_a_report_becomes_markup(hit_of, text):
    hit = hit_of(text)
    (quoted, *_) = read_back(saved(Neighbouring(passage=hit.passage, step=1)))[3:]
    assert quoted == text


@pytest.mark.parametrize(
    "text",
    [
        "1986. That was dry.",
        "3) none",
        "- none",
        "+ 5 %",
        "= none",
        "---",
        "R&amp;D",
        "&#8211;",
        "R&D",
    ],
)
def test_what_looks_like_a_list_or_a_code_is_quoted_as_it_is(hit_of, text):
    passage = hit_of(f"Wells ran dry.\n{text}").passage
    quoted = read_back(saved(Neighbouring(passage=passage, step=1)))[2:-1]
    assert "\n".join(quoted).endswith(f"Wells ran dry.\n{text}")


@given(TEXTS)
def test_no_character_of_a_question_becomes_markup(hit_of, line):
    text = saved(answer_of(hit_of("Wells.")), line=line)
    assert read_back(text)[2] == " ".join(line.split())


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"verdict": Verdict.CLOSEST}, "**These reports do not answer this"),
        (
            {"verdict": Verdict.CLOSEST, "judged_by": Unfitted(encoder="m@1", reader=None)},
            "**Pincite cannot tell whether these reports answer this.",
        ),
        ({"carried": ("wells",)}, "*carried over: wells*"),
        ({"scope": Scope(year=2021)}, "*searched: 2021*"),
    ],
)
def test_what_is_no_answer_or_was_not_typed_is_said_above_the_quotation(hit_of, fields, says):
    text = saved(answer_of(hit_of("Wells ran dry."), **fields))
    assert says in text
    is_refused = fields.get("verdict") is Verdict.CLOSEST
    quoted = "> Wells ran dry." if is_refused else "> **Wells ran dry.**"
    assert text.index(says) < text.index(quoted)


def test_a_refusal_quotes_nothing_and_says_why(hit_of):
    lacking = NotCovered(kind="country", asked=("Arland",), covered=("Norland", "Velmora"))
    text = saved(answer_of(hit_of("Wells."), verdict=Verdict.OUTSIDE, not_covered=lacking))
    assert ">" not in text
    assert "**Not in these reports." in text
    assert "the reports here are about Norland and Velmora." in text


def test_other_passages_are_named_under_the_answer_and_not_quoted(hit_of):
    first, second = hit_of("Wells ran dry."), hit_of("Rivers rose.", number=2)
    text = saved(answer_of(first, second))
    assert "Rivers rose" not in text
    assert read_back(text)[-1] == cite(second.passage)
    assert "See also:" in text
    assert "See also:" not in saved(answer_of(first))


def test_further_passages_are_each_quoted_and_cited(hit_of):
    hits = (hit_of("Wells ran dry."), hit_of("Rivers rose.", number=2))
    text = saved(Further(from_rank=2, hits=hits))
    assert text.count("> — ") == 2
    assert "> **Rivers rose.**" in text


def test_citations_alone_are_a_list(hit_of):
    passages = tuple(hit_of("Wells.", number=number).passage for number in (1, 2))
    text = saved(Citations(passages=passages))
    assert read_back(text)[3:] == [cite(passage) for passage in passages]


def test_paragraphs_of_a_passage_stay_in_its_quotation(hit_of):
    hit = hit_of("Wells ran dry.\n\nTankers came.")
    text = saved(Neighbouring(passage=hit.passage, step=1))
    assert "> Wells ran dry.\n> \n> Tankers came.\n>\n> — " in text


def test_turns_stand_in_their_order_and_notices_are_left_out(hit_of):
    answer = answer_of(hit_of("Wells ran dry."))
    turns = [
        Turn(line="first?", reply=answer),
        Turn(line="hello", reply=NothingAsked()),
        Turn(line="second?", reply=replace(answer, carried=("wells",))),
    ]
    assert re.findall(r"^## (.*)$", markdown(turns), re.MULTILINE) == ["first?", "second?"]


def test_a_conversation_of_nothing_is_a_heading_and_a_promise():
    assert markdown([]).startswith("# A conversation with Pincite\n")
    assert markdown([]).endswith("\n")
