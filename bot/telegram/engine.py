"""Pincite off the event loop: one thread that searches, one question of each person at a time."""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from bot.answer import Answer
from bot.answering import coverage
from bot.assemble import Pincite
from bot.telegram.styled import fits_button
from corpus.errors import PinciteError
from corpus.passage import Passage
from corpus.report import Report
from corpus.scope import EVERYTHING, Scope
from embeddings.verdict import Verdict

Result = TypeVar("Result")

# The first and four more: what a person reads on a phone before asking otherwise.
PASSAGES = 5
MOST_EXAMPLES = 3
# Asked of the library at start; those that it answers most surely are offered. Each fits a button.
_CANDIDATES = (
    "What is said about freedom of expression?",
    "What are conditions in prison camps like?",
    "How many people are held in prison camps?",
    "Were people tortured in detention?",
    "Is there enough food and medicine?",
    "Are people free to travel abroad?",
    "Who is made to do forced labour?",
    "How is access to the internet restricted?",
    "Was the death penalty carried out?",
    "Can people protest and assemble?",
    "How are refugees and migrants treated?",
    "How are women and girls treated?",
)


class Engine:
    """What answers, for the event loop. One thread suffices: the model uses every core itself."""

    def __init__(self, pincite: Pincite) -> None:
        self._pincite = pincite
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="search")
        self._examples: tuple[int, tuple[str, ...]] = (-1, ())

    async def run(self, work: Callable[[], Result]) -> Result:
        """Do some work in the thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    async def ask(self, question: str, scope: Scope, *, k: int = PASSAGES) -> Answer:
        """The answer to a question; raises PinciteError."""
        return await self.run(lambda: self._pincite.ask(question, k=k, scope=scope))

    async def reports(self) -> list[Report]:
        """The reports that answers come from."""
        return await self.run(self._pincite.active)

    async def neighbours(self, passage: Passage) -> list[Passage]:
        """All passages of a passage's report in order; raises NotInLibrary."""
        return await self.run(lambda: self._pincite.library.all_passages(passage.report.id))

    async def passages_in(self, scope: Scope) -> int:
        """How many passages are in scope; raises NotInLibrary where none is."""
        return len(await self.run(lambda: self._pincite.library.numbers(scope)))

    async def passage(self, name: str) -> tuple[Passage, bool]:
        """A passage by its id and whether it is superseded; raises NotInLibrary."""
        found = await self.run(lambda: self._pincite.library.resolve(name))
        return found.passage, found.superseded

    async def examples(self) -> tuple[str, ...]:
        """Three questions that the library as it stands answers."""
        return await self.run(self._current_examples)

    def close(self) -> None:
        """Let the thread end."""
        self._thread.shutdown()

    def _current_examples(self) -> tuple[str, ...]:
        generation = self._pincite.library.generation
        if self._examples[0] != generation:
            self._examples = (generation, self._answered())
        return self._examples[1]

    def _answered(self) -> tuple[str, ...]:
        sure = self._surest(_CANDIDATES)
        if len(sure) < MOST_EXAMPLES:
            countries = coverage(self._pincite.active()).countries[:MOST_EXAMPLES]
            about = (f"What is said about {name}?" for name in countries)
            sure += self._surest(filter(_fits, about))
        return tuple(sure[:MOST_EXAMPLES])

    def _surest(self, questions: Iterable[str]) -> list[str]:
        """Those of the questions that are answered, the surest first."""
        sure = []
        for question in questions:
            try:
                answer = self._pincite.ask(question, k=1, scope=EVERYTHING)
            except PinciteError:
                return []
            if answer.verdict is Verdict.ANSWERED:
                sure.append((answer.confidence, question))
        return [question for _, question in sorted(sure, reverse=True)]


def _fits(question: str) -> bool:
    return fits_button(f"q:{question}")
