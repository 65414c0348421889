"""One line of a talk to its reply, the same in the local chat and in Telegram."""

from collections.abc import Sequence
from typing import Protocol

from bot.answer import Answer, Citations, Coverage, Further, Neighbouring, Notice, Reply
from bot.conversation import (
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
from bot.small_talk import small_talk_line
from corpus.passage import Passage
from corpus.scope import Scope
from embeddings.hit import Hit
from embeddings.verdict import Verdict

# A first answer shows its passage and two more; so does each "more".
SHOWN = 3


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
        answer = source.ask(
            move.searched, k=SHOWN, scope=move.scope, asked=line, carried=move.carried
        )
        outside = answer.verdict is Verdict.OUTSIDE  # then no passage is shown
        shown = [] if outside else [hit.passage for hit in answer.hits]
        return answer, remember(conversation, move, shown)
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


def _more(conversation: Conversation, source: Source) -> tuple[Reply, Conversation]:
    shown = conversation.shown
    answer = source.ask(conversation.question, k=shown + SHOWN, scope=conversation.scope)
    further: tuple[Hit, ...] = answer.hits[shown:]
    if not further:
        return Notice(text="There are no more passages."), conversation
    after = shown_more(conversation, [hit.passage for hit in further])
    return Further(from_rank=shown + 1, hits=further), after


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
