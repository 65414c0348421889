"""A run: a system's figures on a question set, kept and compared."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.errors import BadRun
from corpus.remedy import Remedy
from corpus.stated import read_json
from embeddings.evaluation.intervals import Interval
from embeddings.evaluation.measures import ByQuestion, Measure, means, statistics, values
from embeddings.evaluation.outcome import Outcome

_FORMAT = "pincite evaluation"
_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a system made of a question set.

    `about` says what was run on what: model, library, sets. `sections` is the section of each
    answerable question, by the question's id. Everything else is derived from the outcomes.
    """

    name: str
    about: Mapping[str, str]
    outcomes: tuple[Outcome, ...]
    sections: Mapping[str, str]
    by_question: ByQuestion
    figures: Mapping[Measure, Interval]
    statistics: Mapping[str, Interval]

    @classmethod
    def of(
        cls,
        name: str,
        outcomes: Sequence[Outcome],
        *,
        about: Mapping[str, str],
        sections: Mapping[str, str],
    ) -> "Run":
        """The run of a system's outcomes."""
        by_question = values(outcomes)
        return cls(
            name=name,
            about=about,
            outcomes=tuple(outcomes),
            sections=sections,
            by_question=by_question,
            figures=means(by_question),
            statistics=statistics(outcomes),
        )

    def by_kind(self) -> dict[str, dict[Measure, Interval]]:
        """The figures of each kind of question, in the order of the set."""
        kinds = dict.fromkeys(outcome.question.kind for outcome in self.outcomes)
        return {
            kind: self._part([o for o in self.outcomes if o.question.kind == kind])
            for kind in kinds
        }

    def by_section(self) -> dict[str, dict[Measure, Interval]]:
        """The figures of the answerable questions on each section, in the library's order."""
        ordered = dict.fromkeys(self.sections.values())
        return {
            section: self._part(
                [o for o in self.outcomes if self.sections.get(o.question.id) == section]
            )
            for section in ordered
        }

    def failures(self) -> list[Outcome]:
        """Answerable questions whose first passage does not answer, and wrong “answered”s."""
        wrong = self.by_question[Measure.WRONGLY_ANSWERED]
        return [
            outcome
            for outcome in self.outcomes
            if (not outcome.right if outcome.answerable else wrong.get(outcome.question.id))
        ]

    def _part(self, outcomes: Sequence[Outcome]) -> dict[Measure, Interval]:
        return means(self.by_question, frozenset(outcome.question.id for outcome in outcomes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """What a saved run is compared by."""

    name: str
    about: Mapping[str, str]
    by_question: ByQuestion


def to_json(run: Run) -> str:
    """A run to be kept: figures, and values and passage ids by question; no question's text."""
    figures: dict[str, Interval] = {measure.value: run.figures[measure] for measure in run.figures}
    figures |= run.statistics
    kept: dict[str, Any] = {
        "format": _FORMAT,
        "version": _VERSION,
        "name": run.name,
        "about": dict(run.about),
        "figures": {
            name: {
                "value": figure.value,
                "low": figure.low,
                "high": figure.high,
                "n": figure.n,
            }
            for name, figure in figures.items()
            if figure.n
        },
        "questions": {
            outcome.question.id: {
                "kind": outcome.question.kind,
                "section": run.sections.get(outcome.question.id),
                "relevant": sorted(outcome.relevant),
                "ranking": list(outcome.ids),
                "verdict": outcome.verdict,
                "confidence": outcome.confidence,
                "seconds": outcome.seconds,
                "values": {
                    str(measure): found[outcome.question.id]
                    for measure, found in run.by_question.items()
                    if outcome.question.id in found
                },
            }
            for outcome in run.outcomes
        },
    }
    return json.dumps(kept, ensure_ascii=False, indent=1) + "\n"


def from_json(name: str, text: str) -> Baseline:
    """A run that was kept; raises BadRun."""
    try:
        kept = read_json(text)
        if kept["format"] != _FORMAT or kept["version"] != _VERSION:
            raise KeyError
        by_question: dict[Measure, dict[str, float]] = {measure: {} for measure in Measure}
        for question, row in kept["questions"].items():
            for measure, value in row["values"].items():
                by_question[Measure(measure)][question] = float(value)
        return Baseline(name=kept["name"], about=kept["about"], by_question=by_question)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadRun(
            f"{name} is not an evaluation that this version of Pincite saved", Remedy.SAVE_RUN
        ) from None
