"""One line of a talk to its reply, the same in the local chat and in Telegram.

A reply is facts: each front end says them in its own words.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.answering.answer import Answer, Coverage
from bot.answering.words import words
from bot.conversation.moves import (
    Ask,
    Conversation,
    More,
    Neighbour,
    SmallTalk,
    Sources,
    focused,
    interpret,
    neighbour,
    remember,
    shown_more,
)
from bot.conversation.small_talk import SmallTalkKind
from corpus.errors import NotInLibrary
from corpus.passage import Passage
from corpus.report import Report
from corpus.scope import Scope
from embeddings.hit import Hit
from embeddings.judging.verdict import Verdict
from embeddings.wording import quoted_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """More passages for the last question; the first has the rank `from_rank`.

    `scope` is what was searched for them, None where they were ranked with the answer.
    """

    from_rank: int
    hits: tuple[Hit, ...]
    scope: Scope | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbouring:
    """The paragraph before (-1) or after (+1) the one in focus."""

    passage: Passage
    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Citations:
    """The full citations of the passages last shown, in their order."""

    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoMore:
    """There is no further passage for the last question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndOfReport:
    """The report has no paragraph before (-1) or after (+1) the one in focus."""

    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """The library does not have the report of the passage in focus any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Superseded:
    """The newest version of the report does not have the passage in focus."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallTalkAnswered:
    """Small talk, with what can be said to it: what there is to ask about, and questions.

    `reports` are the first of those that answers come from, and `topics` their sections.
    """

    kind: SmallTalkKind
    coverage: Coverage
    examples: tuple[str, ...]
    reports: tuple[Report, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingAsked:
    """The line follows something, and no question was asked before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingShown:
    """The line follows something, and no passage was shown for the question before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingAnswered:
    """The line follows something, and the question before it was not answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoWords:
    """The line asks nothing that can be searched."""


# A reply that quotes nothing.
Notice = (
    NoMore
    | EndOfReport
    | Gone
    | Superseded
    | SmallTalkAnswered
    | NothingAsked
    | NothingShown
    | NothingAnswered
    | NoWords
)
Reply = Answer | Further | Neighbouring | Citations | Notice


# A first answer in a terminal shows its passage and two more; so does each "more".
SHOWN = 3
# What "more" can come to: as many as each of the two searches looks up for any question. Were more
# looked up, the first could be ranked otherwise and a chat say otherwise than a single question.
RANKED = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """How many passages a reply shows, and how many are ranked for a question in all."""

    shown: int
    ranked: int


IN_A_TERMINAL = Paging(shown=SHOWN, ranked=RANKED)


class Source(Protocol):
    """What a talk is answered from."""

    def ask(
        self,
        question: str,
        *,
        k: int,
        scope: Scope,
        asked: str | None = None,
        carried: tuple[str, ...] = (),
        topic: str | None = None,
    ) -> Answer:
        """The answer to a question, or to a topic."""
        ...

    def report_passages(self, report_id: str) -> Sequence[Passage]:
        """The passages of a report in order."""
        ...

    def standing(self, hits: Sequence[Hit]) -> Sequence[Hit]:
        """Those of the hits that answers may still come from, as their passages stand now."""
        ...

    def coverage(self) -> Coverage:
        """What there is to ask about."""
        ...

    def reports(self) -> Sequence[Report]:
        """The first of the reports that answers come from."""
        ...

    def topics(self) -> Sequence[str]:
        """The sections of these reports."""
        ...

    def examples(self) -> Sequence[str]:
        """Questions that this source answers."""
        ...


def reply(
    line: str, conversation: Conversation, source: Source, paging: Paging = IN_A_TERMINAL
) -> tuple[Reply, Conversation]:
    """What to say to a line, and the conversation after it.

    Raises what `Source.ask` raises.
    """
    move = interpret(line, conversation)
    if isinstance(move, Ask):
        return answered(line, move, conversation, source, paging)
    if isinstance(move, More):
        return more(conversation, source, paging)
    if isinstance(move, Neighbour):
        return neighbouring(move.step, conversation, source)
    if isinstance(move, Sources):
        return Citations(passages=conversation.passages), conversation
    if isinstance(move, SmallTalk):
        return _to_small_talk(move.kind, source), conversation
    return _unclear(conversation), conversation


def more(
    conversation: Conversation, source: Source, paging: Paging = IN_A_TERMINAL
) -> tuple[Further | NoMore, Conversation]:
    """The next passages of the ranking that was kept, as the library has them now.

    Where other filters were chosen since, they are ranked anew. A report that was added since is
    not in a ranking that was kept: the next question finds that one. Raises what `Source.ask`
    raises.
    """
    ranked, scope = conversation.ranked, None
    if ranked is None and conversation.question and conversation.passages:
        found = source.ask(conversation.question, k=paging.ranked, scope=conversation.scope)
        seen = {passage.id for passage in conversation.passages}
        ranked = tuple(hit for hit in found.hits if hit.passage.id not in seen)
        scope = found.scope
    standing = tuple(source.standing(ranked or ()))
    hits, left = standing[: paging.shown], standing[paging.shown :]
    conversation = replace(conversation, ranked=left)
    if not hits:
        return NoMore(), conversation
    after = shown_more(conversation, [hit.passage for hit in hits])
    return Further(from_rank=len(conversation.passages) + 1, hits=hits, scope=scope), after


def neighbouring(
    step: int, conversation: Conversation, source: Source
) -> tuple[Neighbouring | Notice, Conversation]:
    """The paragraph `step` after the one in focus, as its report stands now."""
    if conversation.focus is None:
        return NothingAsked(), conversation
    try:
        report = source.report_passages(conversation.focus.report.id)
    except NotInLibrary:
        return Gone(), conversation
    if all(passage.id != conversation.focus.id for passage in report):
        return Superseded(), conversation
    passage = neighbour(conversation, step, report)
    if passage is None:
        return EndOfReport(step=step), conversation
    return Neighbouring(passage=passage, step=step), focused(conversation, passage)


def answered(
    line: str, ask: Ask, conversation: Conversation, source: Source, paging: Paging
) -> tuple[Answer, Conversation]:
    """The answer to a question of a talk, and the talk after it; raises as `Source.ask` does."""
    near = _near(line, ask, conversation, source, paging)
    found = near or _found(line, ask, source, paging)
    if ask.alone and found.verdict is not Verdict.ANSWERED:
        alone = replace(ask, searched=ask.alone, carried=())
        found_alone = _found(line, alone, source, paging)
        if _stands_alone(found_alone, found):
            found, ask = found_alone, alone
    shown, left = found.hits[: paging.shown], found.hits[paging.shown :]
    answer = replace(found, hits=shown)
    if answer.verdict is Verdict.OUTSIDE:  # then no passage is shown
        return answer, remember(conversation, ask, [], (), answered=False)
    return answer, remember(
        conversation,
        ask,
        [hit.passage for hit in shown],
        None if near else left,  # "more" goes on in the whole library
        answered=is_answer(answer),
    )


def as_typed(
    answer: Answer, conversation: Conversation, source: Source, paging: Paging = IN_A_TERMINAL
) -> tuple[Answer, Conversation]:
    """The answer to the same question, with every word that was read as another left as it is.

    Raises what `Source.ask` raises.
    """
    ask = Ask(
        searched=quoted_words(answer.searched, answer.changes),
        carried=answer.carried,
        scope=conversation.scope,
        topic=answer.topic.name if answer.topic else None,
    )
    line = quoted_words(answer.question, answer.changes)
    return answered(line, ask, conversation, source, paging)


def is_answer(answer: Answer) -> bool:
    """Whether a passage is shown as one that answers, or perhaps does."""
    return answer.verdict in (Verdict.ANSWERED, Verdict.PERHAPS)


def _stands_alone(alone: Answer, joined: Answer) -> bool:
    """Whether a follow-up is answered better by itself than with what it took over.

    A single word has to be answered, where it is refused with what came before: "women" alone is
    any women, and "the cost" perhaps the price of rice.
    """
    if sum(word.is_content for word in words(alone.searched)) > 1:
        return alone.verdict is Verdict.ANSWERED or (is_answer(alone) and not is_answer(joined))
    return alone.verdict is Verdict.ANSWERED and not is_answer(joined)


def _found(line: str, ask: Ask, source: Source, paging: Paging) -> Answer:
    return source.ask(
        ask.searched,
        k=paging.ranked,
        scope=ask.scope,
        asked=line,
        carried=ask.carried,
        topic=ask.topic,
    )


def _near(
    line: str, ask: Ask, conversation: Conversation, source: Source, paging: Paging
) -> Answer | None:
    """The answer to "why?" or "when?" in the passage in focus and beside it; None if not sure.

    One that may answer is no better there than elsewhere.
    """
    focus = conversation.focus
    if focus is None or not ask.carried or ask.alone:
        return None
    try:
        report = source.report_passages(focus.report.id)
    except NotInLibrary:
        return None
    beside = [neighbour(conversation, step, report) for step in (-1, 1)]
    ids = {passage.id for passage in beside if passage and passage.section == focus.section}
    scope = replace(ask.scope, report=focus.report.id, passages=frozenset({focus.id, *ids}))
    try:
        found = _found(line, replace(ask, scope=scope), source, paging)
    except NotInLibrary:  # it is not in the newest version, or not within a filter
        return None
    return found if found.verdict is Verdict.ANSWERED else None


def _to_small_talk(kind: SmallTalkKind, source: Source) -> SmallTalkAnswered:
    try:
        examples = tuple(source.examples())
    except NotInLibrary:  # there is no report to ask about
        examples = ()
    return SmallTalkAnswered(
        kind=kind,
        coverage=source.coverage(),
        examples=examples,
        reports=tuple(source.reports()),
        topics=tuple(source.topics()),
    )


def _unclear(
    conversation: Conversation,
) -> NothingAsked | NothingShown | NothingAnswered | NoWords:
    if conversation.question and not conversation.lender:
        return NothingAnswered()
    if conversation.passages:
        return NoWords()
    return NothingShown() if conversation.question else NothingAsked()
