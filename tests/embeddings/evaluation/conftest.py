"""What these tests share: outcomes made of ids, and passages of a small report."""

import pytest

from corpus.passage import Passage, Span
from embeddings.evaluation.outcome import Outcome
from embeddings.evaluation.questions import Question
from embeddings.hit import Hit, Why
from embeddings.judging.verdict import Verdict

TEXTS = [
    "Wells ran dry in May. Tankers were sent to 4,200 households.",
    "A permit is demanded for every march. Marchers were held for a week.",
    "Miners struck for 11 days. The strike ended in June.",
]


def make_question(name, evidence=(), **fields):
    stated = {"question": f"What of {name}?", "file": "set.jsonl", "line": 1}
    return Question(**{"id": name, "evidence": tuple(evidence), **stated, **fields})


def make_outcome(name, ids, grades, verdict=None, confidence=None, **fields):
    return Outcome(
        question=fields.pop("question", make_question(name)),
        grades=grades,
        ids=tuple(ids),
        verdict=verdict and Verdict(verdict),
        confidence=confidence,
        **fields,
    )


def make_hit(passage, start=0, stop=None):
    why = Why(
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
    span = Span(start=start, stop=stop or len(passage.text))
    return Hit(passage=passage, score=0.5, highlight=span, why=why)


@pytest.fixture(scope="session")
def passages(make):
    report, start, made = make(), 0, []
    for number, text in enumerate(TEXTS, 1):
        section = ("Water",) if number == 1 else ("Assembly", "Marches")
        made.append(
            Passage(
                report=report,
                section=section,
                number=number,
                start=start,
                stop=start + len(text),
                source=text,
            )
        )
        start += len(text) + 2
    return made


@pytest.fixture(scope="session")
def question():
    return make_question


@pytest.fixture(scope="session")
def outcome():
    return make_outcome


@pytest.fixture(scope="session")
def hit():
    return make_hit
