"""A hit: a passage that a search found, and why."""

import math
from dataclasses import dataclass

from corpus.passage import Passage, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage found; `highlight` is the answering sentence in its text.

    `score` orders the hits of one question and means nothing across questions; `cosine` is
    between the question's vector and the passage's, -1 to 1. Raises ValueError where a score is
    not finite or the highlight leaves the text.
    """

    passage: Passage
    score: float
    cosine: float
    highlight: Span

    def __post_init__(self) -> None:
        if not (math.isfinite(self.score) and math.isfinite(self.cosine)):
            raise ValueError("scores are finite")
        if self.highlight.stop > len(self.passage.text):
            raise ValueError("the highlight lies within the passage")
