"""The Telegram side of a talk without Telegram: lines in, the messages out, and how they look."""

import contextlib
import textwrap
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from telegram.ext import ExtBot

from bot.assemble import Pincite
from bot.conversation.moves import Conversation
from bot.conversation.reply import Reply
from bot.telegram.asking import hear
from bot.telegram.desk import Choices, Desk
from bot.telegram.engine import Engine
from bot.telegram.incoming import Sender
from bot.telegram.messages.styled import Draft
from bot.telegram.wire.fairness import Lanes
from corpus.errors import BadQuestion

# A phone's screen without Telegram's own bars: characters a line, lines. A folded quotation shows
# three of its lines; a row of buttons is about as high as two.
WIDTH, SCREEN, FOLDED, ROW = 36, 34, 3, 2


class Listener:
    """Says lines to a library as Telegram does, each talk by another person."""

    def __init__(self, pincite: Pincite) -> None:
        self._engine = _Remembering(pincite)
        self._desk = _KeepingDesk(
            bot=_NamedBot("0:none"),
            engine=self._engine,
            choices=Choices(allowed=frozenset(), inline=False, source=""),
            lanes=Lanes(),
        )

    async def say(
        self, talk: int, number: int, line: str
    ) -> tuple[tuple[Reply | BadQuestion, ...], tuple[Draft, ...]]:
        """What a line was replied, one reply a question of it, and the messages."""
        self._engine.said, self._desk.sent = [], []
        sender = Sender(chat=talk, person=talk, language="en", message=number, in_group=False)
        await hear(self._desk, sender, line, edited=False, repeated=False)
        return tuple(self._engine.said), tuple(self._desk.sent)

    def close(self) -> None:
        """Let the threads end."""
        self._engine.close()


class _Remembering(Engine):
    def __init__(self, pincite: Pincite) -> None:
        super().__init__(pincite)
        self.said: list[Reply | BadQuestion] = []

    async def reply(self, line: str, conversation: Conversation) -> tuple[Reply, Conversation]:
        try:
            said, after = await super().reply(line, conversation)
        except BadQuestion as error:
            self.said.append(error)
            raise
        self.said.append(said)
        return said, after


class _NamedBot(ExtBot[None]):
    @property
    def username(self) -> str:
        return "pincite_bot"


@dataclass(slots=True, kw_only=True, eq=False)
class _KeepingDesk(Desk):
    sent: list[Draft] = field(default_factory=list)

    async def send(self, sender: Sender, draft: Draft, *, reply: bool = True) -> int:
        self.sent.append(draft)
        return 1_000 + len(self.sent)

    @contextlib.asynccontextmanager
    async def typing(self, sender: Sender) -> AsyncIterator[None]:
        yield


def screen(draft: Draft) -> list[str]:
    """A message's lines on a phone, as long as nothing is unfolded."""
    text = draft.body.text
    folds = [mark for mark in draft.body.marks if mark.kind == "expandable_blockquote"]
    for mark in reversed(folds):
        seen = "\n".join(_wrapped(text[mark.start : mark.stop])[:FOLDED])
        text = text[: mark.start] + seen + text[mark.stop :]
    return _wrapped(text)


def _wrapped(text: str) -> list[str]:
    return [line for part in text.split("\n") for line in textwrap.wrap(part, WIDTH) or [""]]
