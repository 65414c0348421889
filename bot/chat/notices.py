"""What the chat says where it quotes nothing. Pure."""

from collections.abc import Mapping

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
from bot.rendering.mending import ON_THE_COMMAND_LINE
from bot.rendering.reasons import about_report
from corpus.remedy import Remedy
from corpus.scope import named

_ENDS = {-1: "first", 1: "last"}
_TEXTS: dict[type[Notice], str] = {
    NoMore: "There are no more passages for this question. Ask it in other words to find others.",
    Gone: "The library does not have that report any more. Ask anew.",
    Superseded: "A newer version of the report does not have that passage. Ask anew.",
    NothingAsked: "Nothing comes before this. Ask a question first.",
    NothingShown: "No passage was shown. Ask a question first.",
    NothingAnswered: "The question before this was not answered, so nothing can follow it. Ask a "
    "whole question.",
    NoWords: "That asks nothing that can be searched. Ask in a few words or a sentence.",
}
_SMALL_TALK = {
    SmallTalkKind.GREETING: "Hello. Ask a question, and Pincite quotes the passage that answers "
    "it, with its place in the report.",
    SmallTalkKind.THANKS: "Glad to help. Ask on whenever you like.",
    SmallTalkKind.IDENTITY: "This is Pincite, a program: not a person, and no language model. It "
    "finds the passages of reports that answer a question and quotes them word for word, each "
    "with its place, so that you can check it.",
    SmallTalkKind.TRUST: "Every word is the report’s own, under its place, so that you can check "
    "it: "
    "“context” shows what stands around it, /explain why it was chosen.",
    SmallTalkKind.DOCUMENT: "Pincite keeps the text of its reports, not their files.",
    SmallTalkKind.PUBLICATION: "This is what the reports state of themselves.",
    SmallTalkKind.SUMMARY: "Pincite writes nothing itself, so no summary either; ask about a "
    "topic.",
    SmallTalkKind.TOPICS: "Ask about a topic, or stay within one: /section TEXT.",
    SmallTalkKind.MISSED: "Ask it in other words, such as the report would use; “more” shows "
    "further "
    "passages.",
    SmallTalkKind.PUZZLED: "Ask a question, and Pincite quotes the passage that answers it; "
    "“context” "
    "shows what stands around one, /help what else can be typed.",
    SmallTalkKind.YES: "“more” shows further passages, “context” what stands around this one.",
    SmallTalkKind.NO: "Then ask it in other words; “more” shows further passages.",
    SmallTalkKind.SWEARING: "Sorry that this was no help. Ask it in other words, or see the “list "
    "of "
    "topics”.",
    SmallTalkKind.SIGNS: "Ask a question in words, and Pincite quotes the passage that answers it.",
    SmallTalkKind.HELP: "Ask in your own words, or with a few keywords, and follow up with “why?”, "
    "“and for women?”, “more”, “the paragraph before” or “sources”.",
}
# What no command of the chat does, the person does in the shell.
MENDED_IN_CHAT: Mapping[Remedy, str] = {
    **ON_THE_COMMAND_LINE,
    Remedy.LIST_REPORTS: "/reports lists the reports",
    Remedy.LIST_SECTIONS: "/section takes another part of a title, and /all takes the filters away",
}
_SAYS_WHAT_IT_HOLDS = frozenset({SmallTalkKind.IDENTITY, SmallTalkKind.HELP})
_LISTS_REPORTS = frozenset({SmallTalkKind.DOCUMENT, SmallTalkKind.PUBLICATION})
_LISTS_TOPICS = frozenset({SmallTalkKind.SUMMARY, SmallTalkKind.TOPICS})


def notice_text(notice: Notice) -> str:
    """A notice in words; its lines that begin with spaces are to be indented so."""
    if isinstance(notice, SmallTalkAnswered):
        return _to_small_talk(notice)
    if isinstance(notice, EndOfReport):
        return f"That is the {_ENDS[notice.step]} paragraph of the report."
    return _TEXTS[type(notice)]


def _to_small_talk(notice: SmallTalkAnswered) -> str:
    """A line, and what goes with it: reports, topics, or questions that Pincite can answer."""
    if notice.kind in _LISTS_REPORTS and notice.reports:
        return "\n  ".join([_SMALL_TALK[notice.kind], *map(about_report, notice.reports)])
    if notice.kind in _LISTS_TOPICS and notice.topics:
        return "\n  ".join([_SMALL_TALK[notice.kind], *notice.topics])
    holds = named([f"“{title}”" for title in notice.coverage.titles])
    reports = f" It answers from {holds}." if holds and notice.kind in _SAYS_WHAT_IT_HOLDS else ""
    invited = "\nFor example:\n" + "\n".join(f"  {question}" for question in notice.examples)
    return _SMALL_TALK[notice.kind] + reports + (invited if notice.examples else "")
