"""Rows of questions to padded tensors, and the labels that belong to them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from embeddings.judging.packing import PADDING, PADDING_SEGMENT, QUESTION_START, Packed, pack
from embeddings.judging.training.examples import Row
from embeddings.judging.training.network import Batch


class Labels(NamedTuple):
    """What the network should say of a batch's questions.

    `places`: sequence and number of each question, shape (questions, 2). `answers`, `weights` and
    `own`, whether a question was written for its passage: shape (questions,). `rankings`: of
    questions that were asked of several passages, their places with the one that answers first.
    """

    places: Tensor
    answers: Tensor
    weights: Tensor
    own: Tensor
    rankings: list[Tensor]


def batch(packed: Sequence[Packed]) -> Batch:
    """Sequences padded to the longest of them."""
    length = max(len(one.tokens) for one in packed)
    most = max(max(one.segments) for one in packed)
    shape = (len(packed), length)
    tokens = torch.full(shape, PADDING)
    positions = torch.full(shape, QUESTION_START)
    segments = torch.full(shape, PADDING_SEGMENT)
    for row, one in enumerate(packed):
        stop = len(one.tokens)
        tokens[row, :stop] = torch.tensor(one.tokens)
        positions[row, :stop] = torch.tensor(one.positions)
        segments[row, :stop] = torch.tensor(one.segments)
    own = segments[:, None, :] == torch.arange(1, most + 1)[None, :, None]
    share = own.float() / own.sum(-1, keepdim=True).clamp(min=1)
    return Batch(
        tokens=tokens,
        positions=positions,
        segments=segments,
        first=own.int().argmax(-1),
        share=share,
    )


def of_rows(rows: Sequence[Row]) -> tuple[Batch, Labels]:
    """A group's rows as the network reads them, with their labels."""
    packed = [pack(row.tokens, [question.tokens for question in row.questions]) for row in rows]
    asked = [
        (at, number, question)
        for at, row in enumerate(rows)
        for number, question in enumerate(row.questions)
    ]
    among: dict[str, list[tuple[bool, int, int]]] = defaultdict(list)
    for at, number, question in asked:
        if question.among is not None:
            among[question.among].append((question.answers, at, number))
    labels = Labels(
        places=torch.tensor([(at, number) for at, number, _ in asked]),
        answers=torch.tensor([float(question.answers) for _, _, question in asked]),
        weights=torch.tensor([question.weight for _, _, question in asked]),
        own=torch.tensor([question.is_own for _, _, question in asked]),
        rankings=[
            torch.tensor([place[1:] for place in sorted(places, reverse=True)])
            for places in among.values()
            if len(places) > 1 and sum(place[0] for place in places) == 1
        ],
    )
    return batch(packed), labels
