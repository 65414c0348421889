"""A hit: a passage that a search found, and why."""

import math
from dataclasses import dataclass, replace

from corpus.english.attribution import tags
from corpus.passage import Passage, Span
from corpus.quoted import Quoted
from embeddings.wording import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the reader makes of a question and a passage.

    `answers`: the logarithm of the odds that the passage answers, by the reader alone. Raises
    ValueError where it is not finite.
    """

    answers: float

    def __post_init__(self) -> None:
        if not math.isfinite(self.answers):
            raise ValueError("a reading is finite")

    @property
    def likelihood(self) -> float:
        """How likely it is that the passage answers, 0 to 1, by the reader alone."""
        return 1 / (1 + math.exp(-self.answers))


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The signals that a hit was ranked by.

    `terms`: the question's stemmed words that the passage has; `dense_rank` and `lexical_rank`
    from 1, None where that search did not reach it; `cosine` between the vectors; `bm25` divided
    by what a passage that has every term once would get; `passage_maxsim`, `sentence_maxsim` and
    `coverage` as in Interaction; `margin` of the score over
    that of the fourth passage after it;
    `changes` are the words of the question that were read as others; `met` says how well some word
    piece of the passage meets each word of the question as it was read, from -1 to 1; `reading`
    is None where the reader did not read the passage.
    """

    terms: tuple[str, ...]
    dense_rank: int | None
    lexical_rank: int | None
    cosine: float
    bm25: float
    passage_maxsim: float
    sentence_maxsim: float
    coverage: float
    margin: float
    changes: tuple[Change, ...] = ()
    met: tuple[tuple[str, float], ...] = ()
    reading: Reading | None = None

    def __post_init__(self) -> None:
        signals = (self.cosine, self.bm25, self.passage_maxsim, self.sentence_maxsim, self.margin)
        if not all(math.isfinite(signal) for signal in signals):
            raise ValueError("signals are finite")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage found; `highlight` is what answers in its text: a sentence, or neighbours that
    belong together.

    Raises ValueError where the score is not finite or the highlight leaves the text.
    """

    passage: Passage
    score: float
    highlight: Span
    why: Why

    @property
    def quoted(self) -> Quoted:
        """The passage's text with what is highlighted as the quotation."""
        return Quoted(text=self.passage.text, span=self.highlight)

    @property
    def tags(self) -> tuple[str, ...]:
        """Who says what is highlighted, and how surely, in the passage's words."""
        return tags(self.quoted)

    def __post_init__(self) -> None:
        if not math.isfinite(self.score):
            raise ValueError("scores are finite")
        # Made to be refused where it cannot be.
        Quoted(text=self.passage.text, span=self.highlight)
        # So that whatever cites it cites where these words stand.
        object.__setattr__(self, "passage", replace(self.passage, quoted=self.highlight))
