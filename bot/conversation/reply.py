"""One line of a talk to its reply, the same in the local chat and in Telegram."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.answering.answer import Answer, Coverage
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
from bot.conversation.small_talk import small_talk_line
from corpus.passage import Passage
from corpus.scope import Scope
from embeddings.hit import Hit
from embeddings.judging.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """More passages for the last question; the first has the rank `from_rank`."""

    from_rank: int
    hits: tuple[Hit, ...]


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
class Notice:
    """A line that quotes nothing."""

    text: str


Reply = Answer | Further | Neighbouring | Citations | Notice


# A first answer shows its passage and two more; so does each "more".
SHOWN = 3
# What "more" can come to: as many as each of the two searches looks up for any question. Were more
# looked up, the first could be ranked otherwise and a chat say otherwise than `pincite ask`.
RANKED = 25
_NO_MORE = "There are no more passages for this question. Ask it in other words to find others."


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
    ) -> Answer:
        """The answer to a question."""
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

    def examples(self) -> Sequence[str]:
        """Questions that this source answers."""
        ...


def reply(line: str, conversation: Conversation, source: Source) -> tuple[Reply, Conversation]:
    """What to say to a line, and the conversation after it.

    Raises what `Source.ask` raises.
    """
    move = interpret(line, conversation)
    if isinstance(move, Ask):
        return _answered(line, move, conversation, source)
    if isinstance(move, More):
        return _more(conversation, source)
    if isinstance(move, Neighbour):
        return _neighbouring(move, conversation, source)
    if isinstance(move, Sources):
        return Citations(passages=conversation.passages), conversation
    if isinstance(move, SmallTalk):
        text = small_talk_line(move.kind, source.coverage(), source.examples())
        return Notice(text=text), conversation
    before = "No passage was shown" if conversation.question else "Nothing comes before this"
    return Notice(text=f"{before}. Ask a question first."), conversation


def _answered(
    line: str, ask: Ask, conversation: Conversation, source: Source
) -> tuple[Reply, Conversation]:
    found = source.ask(ask.searched, k=RANKED, scope=ask.scope, asked=line, carried=ask.carried)
    shown, ranked = found.hits[:SHOWN], found.hits[SHOWN:]
    answer = replace(found, hits=shown)
    if answer.verdict is Verdict.OUTSIDE:  # then no passage is shown
        return answer, remember(conversation, ask, [])
    return answer, remember(conversation, ask, [hit.passage for hit in shown], ranked)


def _more(conversation: Conversation, source: Source) -> tuple[Reply, Conversation]:
    """The next passages of the ranking that was kept, as the library has them now.

    A report that was added since is not in it: the next question finds that one.
    """
    ranked = conversation.ranked
    if ranked is None:
        ranked = source.ask(conversation.question, k=RANKED, scope=conversation.scope).hits
        seen = {passage.id for passage in conversation.passages}
        ranked = tuple(hit for hit in ranked if hit.passage.id not in seen)
    further: tuple[Hit, ...] = ()
    while ranked and (wanted := SHOWN - len(further)):
        further += tuple(source.standing(ranked[:wanted]))
        ranked = ranked[wanted:]
    conversation = replace(conversation, ranked=ranked)
    if not further:
        return Notice(text=_NO_MORE), conversation
    after = shown_more(conversation, [hit.passage for hit in further])
    return Further(from_rank=len(conversation.passages) + 1, hits=further), after


def _neighbouring(
    move: Neighbour, conversation: Conversation, source: Source
) -> tuple[Reply, Conversation]:
    assert conversation.focus is not None  # interpret moves only from a passage that was shown
    report = source.report_passages(conversation.focus.report.id)
    passage = neighbour(conversation, move.step, report)
    if passage is None:
        end = "first" if move.step < 0 else "last"
        return Notice(text=f"That is the {end} paragraph of the report."), conversation
    return Neighbouring(passage=passage, step=move.step), focused(conversation, passage)
