"""What Pincite replies to a line."""

from dataclasses import dataclass

from corpus.passage import Passage
from corpus.scope import EVERYTHING, Scope
from embeddings.hit import Hit
from embeddings.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What a library covers, as far as its reports state it.

    `years` are those of the periods and of the dated publications that the reports list.
    """

    titles: tuple[str, ...]
    countries: tuple[str, ...]
    periods: tuple[str, ...]
    years: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The reply to one question: a verdict, how sure it is, and the hits, best first.

    `question` is as it was asked and `searched` as it was searched; `carried` is what it took
    over from the conversation, in words; `scope` is what was searched. `confidence` is how likely
    the first hit answers, 0 to 1. `reason` is the sentence that says why it is not answered, where
    there is more to say than the verdict. Raises ValueError for a confidence out of range and for
    an answer without a hit.
    """

    question: str
    searched: str
    carried: tuple[str, ...] = ()
    scope: Scope = EVERYTHING
    verdict: Verdict
    confidence: float
    reason: str | None = None
    hits: tuple[Hit, ...]
    coverage: Coverage

    @property
    def notes(self) -> list[str]:
        """What the person did not type: carried over, read as, searched in."""
        notes = [f"carried over: {', '.join(self.carried)}"] if self.carried else []
        if self.hits:
            notes += [
                f"read “{change.asked}” as “{change.read}”" for change in self.hits[0].why.changes
            ]
        if not self.scope.is_everything:
            notes.append(f"searched: {self.scope}")
        return notes

    @property
    def nearest_sections(self) -> tuple[str, ...]:
        """The sections of the hits, each once, by their innermost heading."""
        sections = (hit.passage.section for hit in self.hits)
        return tuple(dict.fromkeys(section[-1] for section in sections if section))

    def __post_init__(self) -> None:
        if not 0 <= self.confidence <= 1:
            raise ValueError("confidence runs from 0 to 1")
        if self.verdict is Verdict.ANSWERED and not self.hits:
            raise ValueError("an answer has a passage")


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
