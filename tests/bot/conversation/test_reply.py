"""A reply is facts, by one interpreter of moves for every front end."""

import ast
import asyncio
import dataclasses
import typing
from pathlib import Path

import pytest

import bot.conversation
from bot.answering.answer import Answer
from bot.assemble import Pincite
from bot.chat.talk import Talk
from bot.chat.turns import respond
from bot.cli.progress import display
from bot.conversation.alone import answers
from bot.conversation.moves import EMPTY
from bot.conversation.reply import (
    Citations,
    EndOfReport,
    Further,
    Gone,
    Neighbouring,
    NoMore,
    NothingAnswered,
    NothingAsked,
    NothingShown,
    Notice,
    NoWords,
    Reply,
    SmallTalkAnswered,
    Superseded,
    as_typed,
    neighbouring,
    reply,
)
from bot.conversation.several import questions
from bot.conversation.small_talk import SmallTalkKind
from bot.settings import Settings
from bot.telegram.engine import Engine
from corpus.intake import load
from corpus.report import Kind
from corpus.scope import EVERYTHING

BOT = Path(bot.conversation.__file__).parents[1]
FLED = "How many people fled to the South in 2021?"
# Whole talks, each line with the reply that it gets.
TALKS = [
    [("hello", SmallTalkAnswered), ("more", NothingAsked), ("why?", NothingAsked)],
    [("what can I ask?", SmallTalkAnswered), ("the paragraph before", NothingAsked)],
    [(FLED, Answer), ("more", Further), ("sources", Citations), ("next paragraph", Neighbouring)],
    [(FLED, Answer), ("and for women?", Answer), ("what else?", Further), ("thanks", None)],
    [(FLED, Answer), ("where does that come from?", Citations), ("???", NoWords)],
    [(FLED, Answer), *[("go back", None)] * 40, ("previous", EndOfReport)],
    [(FLED, Answer), *[("more", None)] * 30, ("more", NoMore)],
    [("Which wells ran dry in Iceland?", Answer), ("more", NothingAnswered), ("cite", None)],
    [(FLED, Answer), ("and in Iceland?", Answer), ("more", NothingShown), ("???", NothingShown)],
    [("How much do miners of coal earn a month?", Answer), ("why?", NothingAnswered)],
]


@pytest.fixture(scope="module")
def opened(prepared):
    found = Pincite(Settings.read({}, library=str(prepared)), display)
    with found.library:
        yield found


def in_the_chat(lines, pincite):
    talk = Talk()
    for line in lines:
        _, talk = respond(line, talk, pincite, 80)
        yield talk.turns[-1].reply


def in_telegram(lines, pincite):
    engine, conversation = Engine(pincite), EMPTY
    for line in lines:
        said, conversation = asyncio.run(engine.reply(line, conversation))
        yield said
    engine.close()


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk[-1][0])
def test_a_line_gets_the_same_kind_of_reply_in_the_chat_and_in_telegram(talk, opened):
    lines = [line for line, _ in talk]
    chat, telegram = list(in_the_chat(lines, opened)), list(in_telegram(lines, opened))
    for (line, kind), here, there in zip(talk, chat, telegram, strict=True):
        if kind is not None:
            assert type(here) is type(there) is kind, line
            assert getattr(here, "searched", None) == getattr(there, "searched", None)


def test_the_table_of_talks_has_every_kind_of_reply():
    told = {kind for talk in TALKS for _, kind in talk}
    assert told | {Gone, Superseded} >= set(typing.get_args(Reply))


def test_moves_are_interpreted_in_one_place():
    callers = {
        path.relative_to(BOT).as_posix()
        for path in BOT.rglob("*.py")
        if "interpret(" in path.read_text("utf-8")
    }
    # What is measured is what a follow-up searches for.
    assert callers == {
        "conversation/alone.py",
        "conversation/moves.py",
        "conversation/reply.py",
        "measuring/bench.py",
    }
    imported = ast.parse((BOT / "telegram" / "asking.py").read_text("utf-8"))
    modules = {node.module for node in ast.walk(imported) if isinstance(node, ast.ImportFrom)}
    assert "bot.conversation.reply" in modules
    assert "bot.conversation.moves" not in modules


def test_a_reply_that_is_no_answer_holds_no_text():
    for kind in typing.get_args(Reply):
        if kind is not Answer:
            types = typing.get_type_hints(kind)
            texts = [f.name for f in dataclasses.fields(kind) if types[f.name] is str]
            assert texts == []


def test_no_sentence_stands_in_the_conversation():
    """What a person may type is matched there, in lower case; nothing is said."""
    for path in (BOT / "conversation").glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        described = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and ast.get_docstring(node)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                said = id(node) not in described and " " in node.value.strip()
                assert not (said and node.value[:1].isupper()), (path.name, node.value)
                assert not (said and node.value.endswith(".")), (path.name, node.value)


def test_small_talk_carries_what_can_be_said_to_it(opened):
    said, _ = reply("what can I ask?", EMPTY, opened)
    assert said.kind is SmallTalkKind.HELP
    assert said.coverage == opened.coverage()
    assert said.examples == tuple(opened.examples())


def test_a_paragraph_beside_what_was_removed_or_renewed_is_not_shown(
    with_page, own_copy, page_file
):
    pincite = Pincite(Settings.read({}, library=str(own_copy(with_page))), display)
    with pincite.library:
        said, conversation = reply("Which wells ran dry in Norland?", EMPTY, pincite)
        focus = said.hits[0].passage
        assert focus.report.kind is not Kind.DIGEST
        text = page_file.read_text("utf-8")
        first = focus.text.split()[:3]
        kept = [part for part in text.split("\n\n") if part.split()[:3] != first]
        page_file.write_text("\n\n".join(kept), "utf-8")
        pincite.add(load(page_file, {"id": focus.report.id}))
        assert neighbouring(1, conversation, pincite) == (Superseded(), conversation)
        pincite.library.remove(focus.report.id)
        assert neighbouring(1, conversation, pincite) == (Gone(), conversation)


def test_small_talk_in_an_empty_library_is_answered(prepared, own_copy):
    pincite = Pincite(Settings.read({}, library=str(own_copy(prepared))), display)
    with pincite.library:
        for entry in pincite.library.entries():
            pincite.library.remove(entry.report.id)
        said, _ = reply("hello", EMPTY, pincite)
        assert isinstance(said, Notice)
        assert said.examples == ()


def test_what_was_read_otherwise_is_asked_again_as_typed(opened):
    said, talk = reply("who offered vacines", EMPTY, opened)
    assert [(change.asked, change.read) for change in said.changes] == [("vacines", "vaccines")]
    again, after = as_typed(said, talk, opened)
    assert again.changes == ()
    assert again.question == "who offered “vacines”"
    assert after.question == again.searched


def test_a_question_in_another_language_lends_nothing(opened):
    said, talk = reply("¿Cuántas personas huyeron al Sur?", EMPTY, opened)
    assert (said.language, said.hits) == ("es", ())
    assert isinstance(reply("why?", talk, opened)[0], NothingAnswered)


def test_talk_about_the_report_names_it(opened):
    said, _ = reply("when was the report published?", EMPTY, opened)
    assert said.kind is SmallTalkKind.PUBLICATION
    assert [report.title for report in said.reports] == ["North Korea 2021"]
    assert "Right to health" in said.topics


def test_what_a_chat_answers_alone_a_command_answers_alone(opened):
    line = "is there a food shortage? and did they get covid vaccines?"
    of_command = [*answers(questions(line), opened, k=3, scope=EVERYTHING)]
    of_chat, conversation = [], EMPTY
    for question in questions(line).asked:
        said, conversation = reply(question, conversation, opened)
        of_chat.append(said)
    assert [one.searched for one in of_command] == [one.searched for one in of_chat]
    assert "shortage" not in of_command[1].searched
