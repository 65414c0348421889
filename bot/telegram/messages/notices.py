"""What is said where nothing is quoted, in the interface language. Pure."""

from bot.conversation.reply import (
    EndOfReport,
    Gone,
    NoMore,
    NothingAnswered,
    NothingAsked,
    NothingShown,
    Notice,
    NoWords,
    SmallTalkAnswered,
    Superseded,
)
from bot.conversation.small_talk import SmallTalkKind
from bot.rendering.reasons import about_report
from bot.telegram.messages.catalogue import Catalogue
from bot.telegram.messages.keyboards import example_rows, source_row, topic_rows
from bot.telegram.messages.styled import Rows
from corpus.errors import BadQuestion, NotInLibrary
from corpus.remedy import Remedy

_KEYS: dict[type[Notice], str] = {
    NoMore: "no_more",
    EndOfReport: "no_neighbour",
    Gone: "no_passage",
    Superseded: "superseded",
    NothingAsked: "nothing_before",
    NothingShown: "nothing_shown",
    NothingAnswered: "nothing_answered",
    NoWords: "no_words",
}


def notice_text(notice: Notice, say: Catalogue) -> str:
    """A notice in words; a call for help has a text of its own, by where it is asked."""
    if isinstance(notice, SmallTalkAnswered):
        reports = "\n".join(map(about_report, notice.reports)) or say("not_stated")
        return say(notice.kind, reports=reports)
    return say(_KEYS[type(notice)])


def notice_rows(notice: Notice, say: Catalogue) -> Rows:
    """The buttons under a notice: topics, the publisher's page, or questions to ask instead."""
    if not isinstance(notice, SmallTalkAnswered):
        return ()
    match notice.kind:
        case SmallTalkKind.SUMMARY | SmallTalkKind.TOPICS | SmallTalkKind.SWEARING:
            return topic_rows(notice.topics)
        case SmallTalkKind.DOCUMENT | SmallTalkKind.PUBLICATION:
            return tuple(row for report in notice.reports if (row := source_row(report, say)))
        case SmallTalkKind.MISSED | SmallTalkKind.PUZZLED | SmallTalkKind.NO | SmallTalkKind.SIGNS:
            return example_rows(notice.examples)
        case _:
            return ()


def refusal_text(error: BadQuestion | NotInLibrary, say: Catalogue) -> str:
    """Why a line was not answered."""
    if isinstance(error, BadQuestion):
        return say("no_words")
    is_empty = error.remedy is Remedy.ADD_REPORT
    return say("empty_library" if is_empty else "nothing_in_filter")
