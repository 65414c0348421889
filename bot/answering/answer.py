"""What Pincite replies to a line."""

from dataclasses import dataclass
from typing import Literal

from bot.answering.unmet import NOTHING_UNMET, Unmet
from corpus.scope import EVERYTHING, Scope
from embeddings.hit import Hit
from embeddings.judging.verdict import Model, Unfitted, Verdict
from embeddings.wording import Change


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
class NotCovered:
    """Countries or years that a question names and no report is about.

    `asked` are those that it names; `covered` is what the reports are about, which may be empty
    for years.
    """

    kind: Literal["country", "year"]
    asked: tuple[str, ...]
    covered: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What a line names without asking anything of it, empty for all there is.

    `section` is the innermost heading over the passages that are shown first, empty for none;
    `is_summary` says that it is the reports' own summary.
    """

    name: str
    section: str
    is_summary: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The reply to one question: a verdict, how sure it is, and the hits, best first.

    `question` is as it was asked and `searched` as it was searched; `carried` is what it took
    over from the conversation, in words; `scope` is what was searched. `confidence` is how likely
    the first hit answers, 0 to 1, and `judged_by` what told so. `not_covered` is what of it no
    report is about, None where that is not why it is not answered; `unmet` is what of it the
    first hit does not meet; `topic` is what was named, where nothing was asked of it. `language`
    is the ISO 639-1 code of another language than English that the question is in: then nothing
    was searched. Raises
    ValueError for a confidence out of range and for an answer without a hit.
    """

    question: str
    searched: str
    carried: tuple[str, ...] = ()
    scope: Scope = EVERYTHING
    verdict: Verdict
    confidence: float
    judged_by: Model | Unfitted
    not_covered: NotCovered | None = None
    unmet: Unmet = NOTHING_UNMET
    topic: Topic | None = None
    language: str | None = None
    hits: tuple[Hit, ...]
    coverage: Coverage

    @property
    def is_judged(self) -> bool:
        """Whether it could be told if the passages answer: a verdict is fitted to this search."""
        return not isinstance(self.judged_by, Unfitted)

    @property
    def changes(self) -> tuple[Change, ...]:
        """The words of the question that were read as others."""
        return self.hits[0].why.changes if self.hits else ()

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
