"""The measures: a value for each question, and the figures of a set.

What ir_measures defines is left to it. A question without a result counts zero.
"""

import enum
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from embeddings.evaluation.confidence import area_under_risk, auroc, wrong_when_answering
from embeddings.evaluation.intervals import Interval, of_mean, of_statistic
from embeddings.evaluation.outcome import Outcome
from embeddings.judging.verdict import Verdict

# Passages asked for: as many as the deepest measure looks at.
DEPTH = 10


class Measure(enum.StrEnum):
    """What has a value for each question that it is about, from 0 to 1."""

    HIT_1 = "hit@1"
    HIT_3 = "hit@3"
    RECALL = "recall@10"
    RECIPROCAL_RANK = "MRR@10"
    NDCG = "nDCG@10"
    SENTENCE = "right sentence"
    PRECISION = "verdict precision"
    VERDICT_RECALL = "verdict recall"
    WRONGLY_ANSWERED = "wrongly answered"

    @property
    def means(self) -> str:
        """What it is the share or mean of."""
        return _MEANINGS[self]

    @property
    def lower_is_better(self) -> bool:
        """Whether 0 is best."""
        return self is Measure.WRONGLY_ANSWERED


# As ir_measures names them, with their cutoffs.
STANDARD = {
    Measure.HIT_1: ("Success", 1),
    Measure.HIT_3: ("Success", 3),
    Measure.RECALL: ("R", 10),
    Measure.RECIPROCAL_RANK: ("RR", 10),
    Measure.NDCG: ("nDCG", 10),
}
_MEANINGS = {
    Measure.HIT_1: "answerable questions whose first passage answers",
    Measure.HIT_3: "answerable questions with a passage that answers among the first three",
    Measure.RECALL: "passages that answer found among the first ten, mean over the answerable",
    Measure.RECIPROCAL_RANK: "1 / rank of the first passage that answers, mean over the answerable",
    Measure.NDCG: "normalised discounted cumulative gain at rank 10, mean over the answerable",
    Measure.SENTENCE: "highlights that hold the evidence or an answer, where the passage is right",
    Measure.PRECISION: "replies called “answered” whose first passage answers",
    Measure.VERDICT_RECALL: "answerable questions called “answered” whose first passage answers",
    Measure.WRONGLY_ANSWERED: "unanswerable questions called “answered” (0 is best)",
}
STATISTICS = {
    "AUROC": "how often an answerable question has a higher confidence than an unanswerable one",
    "wrong at 90 %": "unanswerable questions answered where 90 % of the answerable are (0 is best)",
    "AURC": "share of replies that is wrong, mean over all thresholds of confidence (0 is best)",
    "latency p50": "seconds from question to reply, half of them below",
    "latency p95": "seconds from question to reply, 95 % of them below",
}

# For each measure the value of each question that it is about, by the question's id.
ByQuestion = Mapping[Measure, Mapping[str, float]]


def values(outcomes: Sequence[Outcome]) -> dict[Measure, dict[str, float]]:
    """The values of each measure; a measure that is about none of the questions is empty."""
    found = standard(outcomes)
    found |= {
        measure: {
            outcome.question.id: float(value)
            for outcome in outcomes
            if (value := of_outcome(outcome)) is not None
        }
        for measure, of_outcome in _OF_OUTCOME.items()
    }
    return found


def standard(outcomes: Sequence[Outcome]) -> dict[Measure, dict[str, float]]:
    """The values of the measures that ir_measures has."""
    import ir_measures

    qrels = {
        outcome.question.id: dict(outcome.grades) for outcome in outcomes if outcome.answerable
    }
    ranked = {
        outcome.question.id: by_rank(outcome.ids) for outcome in outcomes if outcome.answerable
    }
    found: dict[Measure, dict[str, float]] = {measure: {} for measure in STANDARD}
    if qrels:
        # Not by its parser, which needs what Python 3.14 no longer has.
        theirs: dict[Any, Measure] = {
            getattr(ir_measures, name) @ cutoff: measure
            for measure, (name, cutoff) in STANDARD.items()
        }
        for value in ir_measures.iter_calc(list(theirs), qrels, ranked):
            found[theirs[value.measure]][value.query_id] = value.value
    return found


def by_rank(ids: Sequence[str]) -> dict[str, float]:
    """Scores that keep an order: trec_eval sorts by them alone, and ties by name."""
    return {name: float(len(ids) - place) for place, name in enumerate(ids)}


def _precision(outcome: Outcome) -> bool | None:
    return outcome.right if outcome.verdict is Verdict.ANSWERED else None


def _verdict_recall(outcome: Outcome) -> bool | None:
    if outcome.verdict is None or not outcome.answerable:
        return None
    return outcome.verdict is Verdict.ANSWERED and outcome.right


def _wrongly_answered(outcome: Outcome) -> bool | None:
    if outcome.verdict is None or outcome.answerable:
        return None
    return outcome.verdict is Verdict.ANSWERED


_OF_OUTCOME: dict[Measure, Callable[[Outcome], bool | None]] = {
    Measure.SENTENCE: lambda outcome: outcome.right_sentence,
    Measure.PRECISION: _precision,
    Measure.VERDICT_RECALL: _verdict_recall,
    Measure.WRONGLY_ANSWERED: _wrongly_answered,
}


def means(of: ByQuestion, ids: frozenset[str] | None = None) -> dict[Measure, Interval]:
    """The mean of each measure over the questions with these ids, or over all."""
    return {
        measure: of_mean([v for name, v in found.items() if ids is None or name in ids])
        for measure, found in of.items()
    }


def statistics(outcomes: Sequence[Outcome]) -> dict[str, Interval]:
    """The figures of STATISTICS that are not means; see there."""
    judged = [outcome for outcome in outcomes if outcome.confidence is not None]
    able = np.array([o.confidence for o in judged if o.answerable], dtype=np.float64)
    unable = np.array([o.confidence for o in judged if not o.answerable], dtype=np.float64)
    sure = np.array([o.confidence for o in judged], dtype=np.float64)
    right = np.array([o.right for o in judged], dtype=np.float64)
    seconds = np.array([o.seconds for o in outcomes if o.seconds is not None], dtype=np.float64)
    found = [
        of_statistic(auroc, (able,), (unable,)),
        of_statistic(wrong_when_answering, (able,), (unable,)),
        of_statistic(area_under_risk, (sure, right)),
        of_statistic(lambda times: float(np.quantile(times, 0.5)), (seconds,)),
        of_statistic(lambda times: float(np.quantile(times, 0.95)), (seconds,)),
    ]
    return dict(zip(STATISTICS, found, strict=True))
