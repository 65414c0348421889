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
from bot.telegram.messages.catalogue import Catalogue
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
        return say(notice.kind)
    return say(_KEYS[type(notice)])


def refusal_text(error: BadQuestion | NotInLibrary, say: Catalogue) -> str:
    """Why a line was not answered."""
    if isinstance(error, BadQuestion):
        return say("no_words")
    is_empty = error.remedy is Remedy.ADD_REPORT
    return say("empty_library" if is_empty else "nothing_in_filter")
