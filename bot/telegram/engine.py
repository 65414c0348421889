"""Pincite off the event loop: some threads that search one library for everybody."""

import asyncio
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from bot.answering.answer import Answer, Coverage
from bot.assemble import Pincite
from bot.conversation import reply as talking
from bot.conversation.moves import Conversation
from bot.conversation.reply import Further, Neighbouring, NoMore, Notice, Paging, Reply
from corpus.passage import Passage
from corpus.scope import Scope, Shelved

Result = TypeVar("Result")

# One passage fills a phone's screen; the first and four more are what a person reads on it before
# asking otherwise.
PAGING = Paging(shown=1, ranked=5)
# While as many questions as there are cores are compared, others can be encoded together.
_THREADS = 2 * (os.cpu_count() or 1)


class Engine:
    """What answers, for the event loop."""

    def __init__(self, pincite: Pincite) -> None:
        self._pincite = pincite
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="search")

    async def run(self, work: Callable[[], Result]) -> Result:
        """Do some work in a thread."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    async def reply(self, line: str, conversation: Conversation) -> tuple[Reply, Conversation]:
        """The reply to a line; raises BadQuestion, NotInLibrary and faults."""
        return await self.run(lambda: talking.reply(line, conversation, self._pincite, PAGING))

    async def as_typed(
        self, answer: Answer, conversation: Conversation
    ) -> tuple[Answer, Conversation]:
        """The answer with every word as typed; raises BadQuestion, NotInLibrary and faults."""
        return await self.run(lambda: talking.as_typed(answer, conversation, self._pincite, PAGING))

    async def more(self, conversation: Conversation) -> tuple[Further | NoMore, Conversation]:
        """The next passage; raises NotInLibrary and faults."""
        return await self.run(lambda: talking.more(conversation, self._pincite, PAGING))

    async def neighbouring(
        self, step: int, conversation: Conversation
    ) -> tuple[Neighbouring | Notice, Conversation]:
        """The paragraph `step` after the one in focus; raises faults."""
        return await self.run(lambda: talking.neighbouring(step, conversation, self._pincite))

    async def ask(self, question: str, *, k: int) -> Answer:
        """The answer to a question alone; raises BadQuestion, NotInLibrary and faults."""
        return await self.run(lambda: self._pincite.ask(question, k=k))

    async def reports(self) -> Sequence[Shelved]:
        """The reports that answers come from."""
        return await self.run(self._pincite.active)

    async def coverage(self) -> Coverage:
        """What those reports cover."""
        return await self.run(self._pincite.coverage)

    async def passages_in(self, scope: Scope) -> int:
        """How many passages are in scope; raises NotInLibrary where none is."""
        return len(await self.run(lambda: self._pincite.library.numbers(scope)))

    async def passage(self, name: str) -> tuple[Passage, bool]:
        """A passage by its id and whether it is superseded; raises NotInLibrary."""
        found = await self.run(lambda: self._pincite.library.resolve(name))
        return found.passage, found.superseded

    async def examples(self) -> tuple[str, ...]:
        """Three questions that the library as it stands answers."""
        return tuple(await self.run(self._pincite.examples))

    async def examples_near(self, answer: Answer) -> tuple[str, ...]:
        """Questions that it answers, those near to one that it does not answer first."""
        return tuple(await self.run(lambda: self._pincite.examples_near(answer)))

    async def offered(self) -> tuple[str, ...]:
        """Every question that may have been offered as an example."""
        return tuple(await self.run(self._pincite.offered))

    async def topics(self) -> Sequence[str]:
        """The sections of the first reports."""
        return await self.run(self._pincite.topics)

    @property
    def folder(self) -> Path:
        """The library's folder."""
        return self._pincite.library.folder

    def close(self) -> None:
        """Let the threads end."""
        self._threads.shutdown()
