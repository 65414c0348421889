"""What a reading is charged for: its verdicts and its rankings."""

from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from embeddings.judging.training.batches import Labels
from embeddings.judging.training.network import Batch, Network

# A label is believed so much: of 780 read a second time six were doubtful.
SURE = 0.99
RANKING_WEIGHT = 0.5
# What a group without a passage's own questions is divided by: as many as another has.
USUAL_NUMBER = 24


class Losses(NamedTuple):
    """Each a scalar; `right` is the share of verdicts on labels written by hand that are right."""

    answers: Tensor
    ranking: Tensor
    right: Tensor

    @property
    def total(self) -> Tensor:
        """What is minimised."""
        return self.answers + RANKING_WEIGHT * self.ranking


def losses(network: Network, given: Batch, labels: Labels) -> Losses:
    """Binary for each question, and listwise over a question's passages."""
    scores = network(given).float()
    said = scores[labels.places[:, 0], labels.places[:, 1]]
    target = SURE * labels.answers + (1 - SURE) * (1 - labels.answers)
    each = functional.binary_cross_entropy_with_logits(said, target, reduction="none")
    is_right = ((said > 0) == (labels.answers > 0)).float()
    number = int(labels.own.sum())
    return Losses(
        answers=(each * labels.weights).sum() / (number or USUAL_NUMBER),
        ranking=_ranking(scores, labels),
        right=is_right[labels.own].mean() if number else is_right.mean(),
    )


def _ranking(scores: Tensor, labels: Labels) -> Tensor:
    """The cross-entropy of the passage that answers among those that were asked."""
    if not labels.rankings:
        return scores.sum() * 0
    each = [-torch.log_softmax(scores[at[:, 0], at[:, 1]], 0)[0] for at in labels.rankings]
    return torch.stack(each).mean()
