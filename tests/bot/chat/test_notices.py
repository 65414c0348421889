"""What the chat says where it quotes nothing."""

import typing

import pytest

from bot.answering.answer import Coverage
from bot.chat.notices import notice_text
from bot.conversation.reply import EndOfReport, Notice, SmallTalkAnswered
from bot.conversation.small_talk import SmallTalkKind
from corpus.intake import load

COVERAGE = Coverage(titles=("North Korea 2021",), countries=("North Korea",), periods=("2021",))


def small_talk(kind, *examples):
    return SmallTalkAnswered(kind=kind, coverage=COVERAGE, examples=examples)


@pytest.mark.parametrize("kind", typing.get_args(Notice))
def test_every_notice_has_words(kind):
    if kind is SmallTalkAnswered:
        said = [notice_text(small_talk(each)) for each in SmallTalkKind]
    elif kind is EndOfReport:
        said = [notice_text(kind(step=step)) for step in (-1, 1)]
    else:
        said = [notice_text(kind())]
    assert len(set(said)) == len(said)
    assert all(text.endswith(".") for text in said)


@pytest.mark.parametrize("kind", SmallTalkKind)
def test_small_talk_offers_questions(kind):
    text = notice_text(small_talk(kind, "What is songbun?", "Who can use the internet?"))
    assert text.endswith("\n  What is songbun?\n  Who can use the internet?")
    assert "example" not in notice_text(small_talk(kind))


def test_identity_says_what_pincite_is_and_holds():
    text = notice_text(small_talk(SmallTalkKind.IDENTITY))
    assert "no language model" in text
    assert "“North Korea 2021”" in text


def test_a_report_and_its_topics_are_named_where_they_are_asked_for(invented_report):
    invented = load(invented_report, {"publisher": "Lantern Watch"}).report
    facts = {"coverage": COVERAGE, "examples": (), "topics": ("Food", "Health")}
    said = {
        kind: notice_text(SmallTalkAnswered(kind=kind, reports=(invented,), **facts))
        for kind in SmallTalkKind
    }
    for kind in (SmallTalkKind.DOCUMENT, SmallTalkKind.PUBLICATION):
        assert invented.title in said[kind]
        assert invented.publisher in said[kind]
        assert "publication date not stated" in said[kind]
    for kind in (SmallTalkKind.SUMMARY, SmallTalkKind.TOPICS):
        assert "Food" in said[kind]
        assert "Health" in said[kind]


def to_small_talk(kind, coverage):
    return notice_text(SmallTalkAnswered(kind=kind, coverage=coverage, examples=()))


GREETING, THANKS, IDENTITY, HELP, *_ = SmallTalkKind
NORLAND = Coverage(titles=("Norland", "Sudland"), countries=("Norland",), periods=("2021",))
NOTHING = Coverage(titles=(), countries=(), periods=())


@pytest.mark.parametrize(
    ("kind", "named"), [(GREETING, False), (THANKS, False), (IDENTITY, True), (HELP, True)]
)
def test_who_asks_about_pincite_hears_what_it_answers_from(kind, named):
    line = to_small_talk(kind, NORLAND)
    assert ("It answers from “Norland”, “Sudland”." in line) is named


@pytest.mark.parametrize("kind", SmallTalkKind)
def test_an_empty_library_is_not_said_to_hold_anything(kind):
    assert "answers from" not in to_small_talk(kind, NOTHING)


def test_of_many_reports_the_first_are_named_and_the_rest_counted():
    many = Coverage(titles=tuple(f"R{n}" for n in range(25)), countries=(), periods=())
    line = to_small_talk(HELP, many)
    assert "“R19” and 5 more." in line
    assert "R20" not in line


def test_the_lines_of_the_kinds_differ():
    assert len({to_small_talk(kind, NOTHING) for kind in SmallTalkKind}) == len(SmallTalkKind)
