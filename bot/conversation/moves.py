"""One talk: what a line means after the lines before it. Pure; chat and Telegram use it alike."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answering.words import is_bare, phrases, words
from bot.conversation.follow_up import joined, leans, names_another, without_opener
from bot.conversation.small_talk import SmallTalkKind, plain, without_small_talk
from bot.conversation.topics import topic
from corpus.names.years import years
from corpus.passage import Passage
from corpus.scope import EVERYTHING, Scope
from embeddings.hit import Hit

# A talk of many follow-ups keeps how its subject began and what it came to last.
_FIRST_PHRASES, _LAST_PHRASES = 4, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """What a talk has come to: the last question, its passages, the filters.

    `question` is the last one as searched, empty before the first; `passages` are those shown for
    it in order, and `focus` the one last looked at. `lender` is the last question that was
    answered, or perhaps, and `subject` its words of content: a follow-up leans on these. A refused
    question lends nothing, since nobody goes on from what is not there; one that is perhaps
    answered does, since the person reads a passage under it, and is asked whether it is that.
    `ranked` are the hits that come after those, best first; None where they are to be found anew.
    `scope` holds the filters that the person chose: they stay until chosen otherwise.
    """

    question: str = ""
    lender: str = ""
    subject: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    focus: Passage | None = None
    ranked: tuple[Hit, ...] | None = None
    scope: Scope = EVERYTHING


EMPTY = Conversation()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Search; `carried` is what of it comes from the conversation, empty for a new question.

    `topic` is what a line names without asking anything of it, empty for all there is. `alone` is
    what a follow-up asks without what it takes over, empty where it asks nothing alone: "why?" is
    about the passage in focus.
    """

    searched: str
    carried: tuple[str, ...]
    scope: Scope
    topic: str | None = None
    alone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class More:
    """Show further passages of the last answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """Show the paragraph before (-1) or after (+1) the one in focus."""

    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Show where the passages shown stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallTalk:
    """Answer small talk."""

    kind: SmallTalkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """Nothing comes before this line that it could follow, or it asks nothing."""

    line: str


Move = Ask | More | Neighbour | Sources | SmallTalk | Unclear

_PLACE = r"(?:paragraph|passage|para|part|text|bit|one|lines?|sentences?)s?"
_POINTED = r"(?: (?:that|this|it|these|those))?"
_TOLD = (
    r"what(?: does (?:it|the report|this) say|'s|(?: is| was)?(?: said| written)?"
    r"| comes| came| stands)"
)
_MORE = (
    r"(?:(?:give|show|send|tell)(?: me)? |any |some |a few |a bit |see |read )*"
    r"more(?: results| passages| answers| hits"
    r"| of (?:these|those|them|that|this))?|(?:is there |was there )?anything else|what else"
    r"(?: is there| do you have)?|(?:any |the |see )*(?:other|further|next) "
    r"(?:results|passages|answers|hits|ones|page)|(?:the )?others"
)
_BEFORE = (
    rf"(?:go to )?(?:the )?{_PLACE} (?:just |right )?(?:before|above){_POINTED}"
    rf"|(?:go to )?(?:the )?(?:previous|preceding|prior|last but one) {_PLACE}|previous|prev"
    rf"|(?:go |one |a |step |more |paragraph )*(?:back|up)(?: one| again)?"
    rf"|{_TOLD} (?:just |right )?(?:before|above){_POINTED}"
)
_AFTER = (
    rf"(?:go to )?(?:the )?{_PLACE} (?:just |right )?(?:after|below){_POINTED}"
    rf"|(?:go to )?(?:the )?(?:next|following|subsequent) {_PLACE}|next(?: one)?"
    r"|go on|continue|carry on|(?:read|keep) (?:on|going|reading)|go (?:forward|further|down)"
    rf"|(?:one |more )*(?:further|forward|down)|{_TOLD} (?:just |right )?(?:after|below|next)"
    rf"{_POINTED}"
)
_SOURCES = (
    r"(?:show |list |give |name )?(?:me )?(?:the |your |all |its )*(?:source|citation|reference"
    r"|page number)s?"
    r"(?: (?:and|or) (?:the )?(?:date|page|pages|page number|link|url)s?)?"
    r"|(?:the )?(?:pages|(?:page|paragraph) (?:number|no)s?)"
    r"|where (?:does|did|do) (?:that|this|it|these) come from|where is (?:that|this|it) "
    r"(?:from|written|taken from)|where (?:does|do) (?:it|they) say (?:that|so|this)"
    r"|what(?: is|'s) (?:the|your) (?:source|citation|reference)(?: (?:for|of) (?:that|this|it))?"
    r"|cite(?: that| this| it)?"
    r"|(?:on |in |from )?(?:which|what) (?:report|page|source|document)(?: (?:is|was|says) "
    r"(?:that|this|it|so))?(?: from| in| on)?|how do you know(?: that| this| it)?"
)
# Without "and" before it: "and before that?" asks about an earlier time.
_TERSE = {"before": -1, "before that": -1, "before this": -1, "above": -1}
_TERSE |= {"after": 1, "after that": 1, "after this": 1, "below": 1}


def interpret(line: str, conversation: Conversation) -> Move:
    """What a line asks for, after the conversation so far.

    In order: small talk; a wish about the last answer (more, paragraph before or after, sources);
    a topic; a line without a subject of its own, which takes over that of the last question that
    was answered; a new question, which takes over nothing. Filters apply to all, and a follow-up
    that names another year moves a year's.
    """
    asked, small_talk = without_small_talk(line)
    if not asked:
        return SmallTalk(kind=small_talk) if small_talk else Unclear(line=line)
    move = _about_last_answer(asked)
    if move is not None:
        return move if conversation.passages else Unclear(line=line)
    named = topic(line)
    if named is not None:
        return Ask(searched=named or asked, carried=(), scope=conversation.scope, topic=named)
    follows, (lender, subject) = leans(asked), _lent(conversation, asked)
    if follows and not phrases(asked) and not (lender and is_bare(asked)):
        return Unclear(line=line)
    alone = without_opener(asked)[0]
    if not follows or not lender or names_another(asked, lender):
        return Ask(searched=alone, carried=(), scope=conversation.scope)
    searched, carried = joined(asked, subject, lender)
    return Ask(
        searched=searched,
        carried=carried,
        scope=_moved(conversation.scope, asked),
        alone="" if is_bare(asked) else alone,
    )


def remember(
    conversation: Conversation,
    ask: Ask,
    passages: Sequence[Passage],
    ranked: Sequence[Hit] | None = None,
    *,
    answered: bool = True,
) -> Conversation:
    """The conversation after `passages` were shown to `ask`, the first in focus.

    `ranked` are the hits that come after them. A question that was not `answered` lends nothing: a
    follow-up leaves what it leant on, a new question ends that, too.
    """
    lender, subject = ask.searched, phrases(ask.searched)
    if len(subject) > _FIRST_PHRASES + _LAST_PHRASES:
        subject = subject[:_FIRST_PHRASES] + subject[-_LAST_PHRASES:]
    if not answered:
        leant = bool(ask.carried)
        lender = conversation.lender if leant else ""
        subject = conversation.subject if leant else ()
    return replace(
        conversation,
        question=ask.searched,
        lender=lender,
        subject=subject,
        passages=tuple(passages),
        focus=passages[0] if passages else None,
        ranked=None if ranked is None else tuple(ranked),
        scope=ask.scope,
    )


def shown_more(conversation: Conversation, passages: Sequence[Passage]) -> Conversation:
    """The conversation after further passages of its last answer were shown."""
    if not passages:
        return conversation
    return replace(conversation, passages=(*conversation.passages, *passages), focus=passages[0])


def within(conversation: Conversation, scope: Scope) -> Conversation:
    """The conversation after the person chose filters: what was ranked without them is let go."""
    return replace(conversation, scope=scope, ranked=None)


def neighbour(conversation: Conversation, step: int, report: Sequence[Passage]) -> Passage | None:
    """The passage `step` after the one in focus, None at an end or without a focus.

    `report` holds the passages of the focus's report in order.
    """
    ids = [passage.id for passage in report]
    if conversation.focus is None or conversation.focus.id not in ids:
        return None
    place = ids.index(conversation.focus.id) + step
    return report[place] if 0 <= place < len(report) else None


def focused(conversation: Conversation, passage: Passage) -> Conversation:
    """The conversation after a person looked at `passage`."""
    return replace(conversation, focus=passage)


def _lent(conversation: Conversation, asked: str) -> tuple[str, tuple[str, ...]]:
    """The question that a line leans on, and its subject.

    A refused one lends itself to a line that names nothing but another time: "and 2021?".
    """
    content = [word for word in words(asked) if word.is_content]
    if conversation.lender or not content or not all(word.is_year for word in content):
        return conversation.lender, conversation.subject
    return conversation.question, phrases(conversation.question)


def _about_last_answer(asked: str) -> Move | None:
    terse = plain(asked)
    if terse in _TERSE:
        return Neighbour(step=_TERSE[terse])
    wish = plain(without_opener(asked)[0])
    if re.fullmatch(_MORE, wish):
        return More()
    if re.fullmatch(_BEFORE, wish):
        return Neighbour(step=-1)
    if re.fullmatch(_AFTER, wish):
        return Neighbour(step=1)
    return Sources() if re.fullmatch(_SOURCES, wish) else None


def _moved(scope: Scope, asked: str) -> Scope:
    named = years(asked)
    return replace(scope, year=named[0]) if scope.year is not None and len(named) == 1 else scope
