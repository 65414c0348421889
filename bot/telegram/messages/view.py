"""What a message shows of an answer. Pure."""

from dataclasses import dataclass

from bot.answering.answer import Answer
from corpus.passage import Passage
from corpus.quoted import Quoted
from embeddings.hit import Hit
from embeddings.judging.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """An answer as one message shows it: which of its passages, or a paragraph near it.

    `key` names the view in the data of its buttons; `near` is the neighbouring paragraph shown
    instead; `repeated` says that the question is shown, too, because a button asked it. `link` is
    the address that continues a group's answer in private.
    """

    key: str
    answer: Answer
    position: int = 0
    near: Passage | None = None
    repeated: bool = False
    link: str | None = None

    @property
    def passage(self) -> Passage | None:
        """The passage that the message shows, None where it shows none."""
        if self.near is not None:
            return self.near
        if self.answer.verdict is Verdict.OUTSIDE or not self.answer.hits:
            return None
        return self.answer.hits[self.position].passage

    @property
    def quoted(self) -> Quoted | None:
        """That passage with what of it answers, None for one that was not found as an answer."""
        if self.near is not None or self.passage is None:
            return None
        return self.answer.hits[self.position].quoted

    @property
    def is_refusal(self) -> bool:
        """Whether the message says that there is no answer, and not another passage after that."""
        moved = self.position > 0 or self.near is not None
        return self.answer.verdict in (Verdict.CLOSEST, Verdict.OUTSIDE) and not moved

    @property
    def left(self) -> tuple[Hit, ...]:
        """The hits that come after the one shown."""
        if self.answer.verdict is Verdict.OUTSIDE:
            return ()
        return self.answer.hits[self.position + 1 :]
