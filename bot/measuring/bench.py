"""Question sets asked of a library, through the same parts that answer people."""

import contextlib
import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path

from bot.answering.answer import Answer
from bot.answering.answering import checked
from bot.assemble import Pincite
from bot.conversation.moves import Ask, Conversation, Move, interpret
from bot.conversation.reply import reply
from bot.settings import Settings
from corpus.errors import BadQuestion
from corpus.passage import Passage
from corpus.scope import EVERYTHING, Scope, named
from corpus.storage.library import FILE_NAME
from embeddings.adding import Display
from embeddings.encoders.encoder import Encoded, Encoder, Progress
from embeddings.evaluation.gold import Gold, section_name
from embeddings.evaluation.measures import DEPTH
from embeddings.evaluation.outcome import Outcome, ask_each, rank_each, spread
from embeddings.evaluation.questions import Question
from embeddings.evaluation.run import Run
from embeddings.hit import Hit
from embeddings.judging.verdict import Verdict
from embeddings.ranking.fusion import Part
from embeddings.vectors import Vectors

Search = Callable[[str, int, Scope], Sequence[Hit]]

# Questions asked as a person would, one at a time and nothing prepared, so that their time is
# what a person waits; a 95th percentile needs about a hundred.
_TIMED = 100


class RememberingEncoder:
    """An encoder that encodes questions together beforehand, while told to remember."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, Encoded] = {}
        self.remembers = False

    @property
    def identity(self) -> str:
        """As that of the encoder itself."""
        return self._encoder.identity

    @property
    def background(self) -> Vectors:
        """As that of the encoder itself."""
        return self._encoder.background

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> list[Encoded]:
        """As the encoder itself; what is known is not encoded again while remembering."""
        if not self.remembers or not texts:
            return self._encoder.encode(texts, progress)
        missing = [text for text in dict.fromkeys(texts) if text not in self._known]
        if missing:
            self._known |= zip(missing, self._encoder.encode(missing, progress), strict=True)
        return [self._known[text] for text in texts]


class MeasuredPincite(Pincite):
    """A library that answers as ever, with an encoder that can be told to remember."""

    _remembering: RememberingEncoder | None = None

    @property
    def encoder(self) -> RememberingEncoder:
        """The model that the settings name; raises ModelFault."""
        if self._remembering is None:
            self._remembering = RememberingEncoder(super().encoder)
        return self._remembering


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """A library and what it is measured with."""

    pincite: MeasuredPincite
    questions: tuple[Question, ...]
    gold: Gold
    passages: tuple[Passage, ...]
    about: Mapping[str, str]

    def measured(self, display: Display) -> Run:
        """Ask every question; one that follows others, in a conversation with them."""
        ask = partial(replied, self.pincite)
        ask(self.questions[0])
        timed = spread(len(self.questions), _TIMED)
        outcomes: list[Outcome] = []
        with self._prepared(display) as encoder, self._progress(display) as progress:
            for place, question in enumerate(self.questions):
                encoder.remembers = place not in timed
                outcomes += ask_each([question], self.gold, ask, timed=place in timed)
                progress(1)
        return self._run("full", outcomes)

    def ranked(self, name: str, search: Search, display: Display) -> Run:
        """Rank passages for every question by one way of searching."""

        def rank(question: Question) -> Sequence[Hit]:
            move = understood(self.pincite, question)
            return search(move.searched, DEPTH, move.scope) if isinstance(move, Ask) else ()

        with self._prepared(display), self._progress(display) as progress:
            outcomes: list[Outcome] = []
            for question in self.questions:
                outcomes += rank_each([question], self.gold, rank)
                progress(1)
        return self._run(name, outcomes)

    def read(self, name: str, rankings: Mapping[str, tuple[str, ...]]) -> Run:
        """The run of another system's rankings; what it does not rank counts zero."""
        outcomes = [
            Outcome(
                question=question,
                grades=self.gold.get(question.id, {}),
                ids=rankings.get(question.id, ()),
            )
            for question in self.questions
        ]
        return self._run(name, outcomes)

    def _run(self, name: str, outcomes: Sequence[Outcome]) -> Run:
        places = {passage.id: place for place, passage in enumerate(self.passages)}
        first = {
            outcome.question.id: min(places[name] for name in outcome.relevant if name in places)
            for outcome in outcomes
            if places.keys() & outcome.relevant
        }
        sections = {
            question: section_name(self.passages[place])
            for question, place in sorted(first.items(), key=lambda found: found[1])
        }
        return Run.of(name, outcomes, about=self.about, sections=sections)

    @contextlib.contextmanager
    def _prepared(self, display: Display) -> Iterator[RememberingEncoder]:
        encoder = self.pincite.encoder
        encoder.remembers = True
        lines = [line for q in self.questions for line in (*q.turns, q.question)]
        texts = [checked(line) for line in lines]
        try:
            with display("Encoding the questions", len(texts)) as progress:
                encoder.encode(texts, progress)
            yield encoder
        finally:
            encoder.remembers = False

    def _progress(self, display: Display) -> contextlib.AbstractContextManager[Progress]:
        return display("Asking", len(self.questions))


def check_askable(questions: Sequence[Question]) -> None:
    """Raise BadQuestionSet for a question that could not be asked."""
    for question in questions:
        try:
            field = "question"
            checked(question.question)
            field = "turns"
            for turn in question.turns:
                checked(turn)
        except BadQuestion as error:
            raise question.fault(field, str(error).rstrip(".")) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoSearch:
    """What came of a line that asks for no search, such as "more": for a question, nothing."""

    verdict: Verdict = Verdict.OUTSIDE
    confidence: float = 0.0
    hits: tuple[Hit, ...] = ()


def understood(pincite: Pincite, question: Question) -> Move:
    """What a question asks for, in a conversation with the turns before it where it has any."""
    if not question.turns:
        return Ask(searched=question.question, carried=(), scope=EVERYTHING)
    conversation = Conversation()
    for turn in question.turns:
        _, conversation = reply(turn, conversation, pincite)
    return interpret(question.question, conversation)


def replied(pincite: Pincite, question: Question) -> Answer | NoSearch:
    """The answer to a question as it is understood."""
    move = understood(pincite, question)
    if not isinstance(move, Ask):
        return NoSearch()
    return pincite.ask(
        move.searched, k=DEPTH, scope=move.scope, asked=question.question, carried=move.carried
    )


def active_passages(pincite: Pincite) -> tuple[Passage, ...]:
    """The passages that answers come from, in the library's order."""
    numbers = pincite.library.numbers()
    found = pincite.library.passages(numbers)
    return tuple(found[number] for number in numbers)


def about(pincite: MeasuredPincite, sets: Mapping[str, str]) -> dict[str, str]:
    """What is run on what: sets by name with their text, library, model, version."""
    digests = {name: hashlib.sha256(text.encode()).hexdigest()[:12] for name, text in sets.items()}
    return {
        "questions": ", ".join(f"{Path(name).name} ({sha})" for name, sha in digests.items()),
        "reports": named([report.id for report in pincite.active()]),
        "model": pincite.encoder.identity,
        "reader": pincite.verdict_model.reader or "none",
        "version": f"Pincite {version('pincite')}",
    }


def ways_of_searching(pincite: Pincite) -> dict[str, Search]:
    """What `--compare` can compare, by name."""
    return {part.value: partial(pincite.retriever.search, part=part) for part in Part}


@contextlib.contextmanager
def with_model(settings: Settings, model: str, display: Display) -> Iterator[MeasuredPincite]:
    """A copy of the library, encoded with another model, for as long as it is measured."""
    with tempfile.TemporaryDirectory(prefix="pincite-", ignore_cleanup_errors=True) as folder:
        for file in settings.library.glob(f"{FILE_NAME}*"):
            shutil.copy2(file, folder)
        pincite = MeasuredPincite(replace(settings, library=Path(folder), model=model), display)
        try:
            pincite.rebuild()
            yield pincite
        finally:
            pincite.library.close()
