"""Every notice and refusal has words in every language of the interface."""

import typing

import pytest

from bot.answering.answer import Coverage
from bot.conversation.reply import EndOfReport, Notice, SmallTalkAnswered
from bot.conversation.small_talk import SmallTalkKind
from bot.telegram.messages.catalogue import LANGUAGES, catalogue
from bot.telegram.messages.notices import notice_rows, notice_text, refusal_text
from corpus.errors import BadQuestion, NotInLibrary
from corpus.intake import load
from corpus.remedy import Remedy

NOTHING = Coverage(titles=(), countries=(), periods=())
# A call for help has a text by where it is asked.
KINDS = [kind for kind in SmallTalkKind if kind is not SmallTalkKind.HELP]


def notices():
    for kind in typing.get_args(Notice):
        if kind is SmallTalkAnswered:
            yield from (kind(kind=each, coverage=NOTHING, examples=()) for each in KINDS)
        else:
            yield kind(step=1) if kind is EndOfReport else kind()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_notice_has_words_of_its_own(language):
    said = [notice_text(notice, catalogue(language)) for notice in notices()]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_tells_an_empty_library_from_a_filter_and_from_no_words(language):
    say = catalogue(language)
    errors = (
        BadQuestion("the question is empty."),
        NotInLibrary("no report", Remedy.ADD_REPORT),
        NotInLibrary("no such section", Remedy.LIST_SECTIONS),
        NotInLibrary("no report has the country; there is: none."),
    )
    said = [refusal_text(error, say) for error in errors]
    assert said == [say(k) for k in ("no_words", "empty_library", *["nothing_in_filter"] * 2)]


def rows_of(kind, report):
    said = SmallTalkAnswered(
        kind=kind,
        coverage=NOTHING,
        examples=("What is songbun?",),
        reports=(report,),
        topics=("Food", "Health", "Work"),
    )
    return notice_rows(said, catalogue("en"))


def test_small_talk_has_buttons_where_they_help(invented_report):
    report = load(invented_report, {"url": "https://lantern.example/velmora"}).report
    topics = [[one.text for one in row] for row in rows_of(SmallTalkKind.TOPICS, report)]
    assert topics == [["Food", "Health"], ["Work"]]
    ((page,),) = rows_of(SmallTalkKind.DOCUMENT, report)
    assert page.url == "https://lantern.example/velmora"
    ((example,),) = rows_of(SmallTalkKind.MISSED, report)
    assert example.text == "What is songbun?"
    assert rows_of(SmallTalkKind.THANKS, report) == ()
