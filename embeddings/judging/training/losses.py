"""What a reading is charged for: its verdicts, its rankings and its spans."""

from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from embeddings.judging.training.batches import Labels
from embeddings.judging.training.network import Batch, Network, Read

# A label is believed so much: of 780 read a second time six were doubtful.
SURE = 0.99
RANKING_WEIGHT = 0.5
SPAN_WEIGHT = 0.2
# Spans cost a pass each through the joint layer, so not all of a group are taken.
MOST_SPANS = 7
# What a group without labels that count whole is divided by: as many as another has.
USUAL_NUMBER = 24


class Losses(NamedTuple):
    """Each a scalar; `right` is the share of verdicts on labels written by hand that are right."""

    answers: Tensor
    ranking: Tensor
    span: Tensor
    right: Tensor

    @property
    def total(self) -> Tensor:
        """What is minimised."""
        return self.answers + RANKING_WEIGHT * self.ranking + SPAN_WEIGHT * self.span


def losses(network: Network, given: Batch, labels: Labels) -> Losses:
    """Binary for each question, listwise over a question's passages, and over a span's ends."""
    read = network(given)
    scores = read.answers.float()
    own = scores[labels.places[:, 0], labels.places[:, 1]]
    target = SURE * labels.answers + (1 - SURE) * (1 - labels.answers)
    each = functional.binary_cross_entropy_with_logits(own, target, reduction="none")
    is_right = ((own > 0) == (labels.answers > 0)).float()
    counted = labels.weights == 1
    number = int(counted.sum())
    return Losses(
        answers=(each * labels.weights).sum() / (number or USUAL_NUMBER),
        ranking=_ranking(scores, labels),
        span=_spans(network, read, given, labels.spans[:MOST_SPANS]),
        right=is_right[counted].mean() if number else is_right.mean(),
    )


def _ranking(scores: Tensor, labels: Labels) -> Tensor:
    """The cross-entropy of the passage that answers among those that were asked."""
    if not labels.rankings:
        return scores.sum() * 0
    each = [-torch.log_softmax(scores[at[:, 0], at[:, 1]], 0)[0] for at in labels.rankings]
    return torch.stack(each).mean()


def _spans(network: Network, read: Read, given: Batch, spans: Tensor) -> Tensor:
    """The cross-entropy of both ends of the words that answer."""
    if not len(spans):
        return read.answers.float().sum() * 0
    ends = network.spans(read, given, spans[:, :2]).float()
    return functional.cross_entropy(ends.flatten(0, 1), spans[:, 2:].flatten())
