"""Two systems on the same questions: paired differences, and whether one is worse."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.errors import BadRun
from embeddings.evaluation.intervals import Difference, paired
from embeddings.evaluation.measures import ByQuestion, Measure

# Measures that are about the same questions whatever the system replies; the others' own
# questions differ between two systems, which does not pair.
PAIRED = (
    Measure.HIT_1,
    Measure.HIT_3,
    Measure.RECALL,
    Measure.RECIPROCAL_RANK,
    Measure.NDCG,
    Measure.VERDICT_RECALL,
    Measure.WRONGLY_ANSWERED,
)


class Measured(Protocol):
    """A run, or one that was kept."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def by_question(self) -> ByQuestion:
        """The values of its measures."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The difference of two systems in one measure, over the questions that both have."""

    measure: Measure
    first: str
    second: str
    difference: Difference

    def is_worse(self, size: float) -> bool:
        """Whether the second is worse: significantly so, and by more than a size."""
        loss = self.difference.value if self.measure.lower_is_better else -self.difference.value
        return self.difference.significant and loss > size


def compare(first: Measured, second: Measured, comparisons: int = 1) -> list[Compared]:
    """The differences of each measure that both have on some question.

    Intervals are 95 % each, or hold together for as many `comparisons`.
    """
    return [
        Compared(
            measure=measure,
            first=first.name,
            second=second.name,
            difference=paired(
                [first.by_question[measure][name] for name in shared],
                [second.by_question[measure][name] for name in shared],
                comparisons,
            ),
        )
        for measure in PAIRED
        if (shared := _shared(first, second, measure))
    ]


def compare_all(runs: Sequence[Measured]) -> list[Compared]:
    """Each run after the first against the first, measure by measure."""
    reference, *others = runs
    return [found for other in others for found in compare(reference, other)]


def against(baseline: Measured, run: Measured) -> list[Compared]:
    """A run against a baseline, with intervals that hold for all measures together.

    Raises BadRun where they share no question.
    """
    found = compare(baseline, run, len(PAIRED))
    if not found:
        raise BadRun("the baseline has no question of this set; save one from the same set.")
    return found


def _shared(first: Measured, second: Measured, measure: Measure) -> list[str]:
    return [name for name in first.by_question[measure] if name in second.by_question[measure]]
