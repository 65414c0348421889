"""No configuration yields an answer without a source: all that chooses one is drawn at random.

What is drawn: the question, how many passages, every filter, the thesaurus, the style, the model
that judges, and the form in which the answer is shown.
"""

import dataclasses
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console, Group

from bot.answering.answer import Answer
from bot.answering.answering import answer
from bot.assemble import Pincite
from bot.chat.showing import reply_lines
from bot.chat.transcript import Turn, markdown
from bot.cli.progress import display
from bot.rendering.answers import answer_lines
from bot.rendering.objects import to_json
from bot.settings import Settings
from bot.telegram.messages.catalogue import LANGUAGES, catalogue
from bot.telegram.messages.rendering import answer_drafts
from bot.telegram.messages.view import View
from corpus.citing.styles import Style
from corpus.errors import NotInLibrary
from corpus.scope import Scope
from embeddings.judging.verdict import Unfitted, Verdict, shipped_models

WIDTH = 100


@pytest.fixture(scope="module")
def opened(with_page):
    made = {
        thesaurus: Pincite(Settings.read(library=str(with_page)), display, thesaurus=thesaurus)
        for thesaurus in (True, False)
    }
    yield made
    for one in made.values():
        one.library.close()


QUESTIONS = st.sampled_from(
    [
        "Where did wells run dry?",
        "How many people fled to the South?",
        "Who won the league of football?",
        "wells",
        "What happened in Norland in 2019?",
        "Is there freedom of assembly in Norland?",
        "?a",
        "Were the marchers freed",
    ]
)
SCOPES = st.builds(
    Scope,
    report=st.none() | st.sampled_from(["watch-house-norland-2021"]),
    country=st.none() | st.sampled_from(["Norland", "North Korea"]),
    year=st.none() | st.sampled_from([2019, 2021]),
    section=st.none() | st.sampled_from(["water", "health", "rights"]),
)
# Every one but those of the extra, which are tested where it is installed.
STYLES = st.sampled_from([style for style in Style if style.value[:3] not in ("osc", "chi", "apa")])


def in_a_terminal(found, style):
    return "\n".join(_plain(answer_lines(found, WIDTH, style)))


def _plain(group):
    lines = Console(width=WIDTH).render_lines(Group(*group), pad=False)
    return ["".join(segment.text for segment in line) for line in lines]


def in_the_chat(found, _):
    return "\n".join(line.plain for line in reply_lines(found, WIDTH))


def in_a_transcript(found, _):
    return markdown([Turn(line="q", reply=found)])


def as_json(found, style):
    return to_json(found, style=style)


def in_telegram(found, _):
    say = catalogue(LANGUAGES[0])
    drafts = answer_drafts(View(key="k", answer=found), say, ())
    return "\n".join(draft.body.text for draft in drafts)


FORMS = [in_a_terminal, in_the_chat, in_a_transcript, as_json, in_telegram]


@given(
    question=QUESTIONS,
    scope=SCOPES,
    k=st.integers(1, 5),
    shown_as=st.tuples(st.sampled_from(FORMS), STYLES),
    chosen=st.tuples(st.booleans(), st.booleans()),
)
@settings(max_examples=150)
def test_whatever_is_asked_and_however_it_is_shown(opened, *, question, scope, k, shown_as, chosen):
    form, style = shown_as
    thesaurus, judged = chosen
    source = opened[thesaurus]
    model = source.verdict_model if judged else Unfitted(encoder="another", reader=None)
    try:
        found = answer(question, source.retriever, source.coverage(), k=k, scope=scope, model=model)
    except NotInLibrary:
        return
    # The same words with each verdict: rendering must not hang on what the model thought.
    for verdict in Verdict:
        if verdict is Verdict.ANSWERED and not found.hits:
            continue
        shown = form(dataclasses.replace(found, verdict=verdict), style)
        if not found.hits or (verdict is Verdict.OUTSIDE and form is not as_json):
            assert "passage " not in shown.replace("passages", "")
            continue
        assert found.hits[0].passage.id in " ".join(shown.split())
        if form is as_json:
            for hit in json.loads(shown)["hits"]:
                assert hit["passage_id"] in hit["citation"]["text"]


@given(verdict=st.sampled_from(Verdict), confidence=st.floats(0, 1))
def test_an_answer_without_a_passage_cannot_be_made(opened, verdict, confidence):
    source = opened[True]

    def make():
        return Answer(
            question="q",
            searched="q",
            verdict=verdict,
            confidence=confidence,
            judged_by=shipped_models()[0],
            hits=(),
            coverage=source.coverage(),
        )

    if verdict is Verdict.ANSWERED:
        with pytest.raises(ValueError, match="an answer has a passage"):
            make()
    else:
        assert make().hits == ()
