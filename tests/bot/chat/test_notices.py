"""What the chat says where it quotes nothing."""

import typing

import pytest

from bot.answering.answer import Coverage
from bot.chat.notices import notice_text
from bot.conversation.reply import EndOfReport, Notice, SmallTalkAnswered
from bot.conversation.small_talk import SmallTalkKind

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
