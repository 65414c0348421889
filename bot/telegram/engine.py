"""Pincite off the event loop: some threads that search one library for everybody."""

import asyncio
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from bot.answering.answer import Answer, Coverage
from bot.assemble import Pincite
from bot.conversation.moves import Ask
from corpus.passage import Passage
from corpus.scope import Scope, Shelved
from embeddings.hit import Hit

Result = TypeVar("Result")

# The first and four more: what a person reads on a phone before asking otherwise.
PASSAGES = 5
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

    async def ask(self, ask: Ask, asked: str, *, k: int = PASSAGES) -> Answer:
        """The answer to what a line asks; raises BadQuestion, NotInLibrary and faults."""
        return await self.run(
            lambda: self._pincite.ask(
                ask.searched, k=k, scope=ask.scope, asked=asked, carried=ask.carried
            )
        )

    async def reports(self) -> Sequence[Shelved]:
        """The reports that answers come from."""
        return await self.run(self._pincite.active)

    async def coverage(self) -> Coverage:
        """What those reports cover."""
        return await self.run(self._pincite.coverage)

    async def neighbours(self, passage: Passage) -> list[Passage]:
        """All passages of a passage's report in order; raises NotInLibrary."""
        return await self.run(lambda: self._pincite.library.all_passages(passage.report.id))

    async def standing(self, hits: Sequence[Hit]) -> list[Hit]:
        """Those of the hits that answers may still come from, as their passages stand now."""
        return await self.run(lambda: self._pincite.standing(hits))

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

    @property
    def folder(self) -> Path:
        """The library's folder."""
        return self._pincite.library.folder

    def close(self) -> None:
        """Let the threads end."""
        self._threads.shutdown()
