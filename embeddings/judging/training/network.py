"""The reader's network: the lower layers of MPNet, and a head that says whether a passage answers.

MPNet (Song et al. 2020, arXiv:2004.09297) as all-mpnet-base-v2 has it; the attention's bias says
who may look at whom, so one pass reads a passage and all questions about it (see packing), and
from a question's own words comes whether the passage answers. Which words answer is asked of each
sentence alone: heads that point at the first and the last word, without and with a layer of their
own, found the right sentence in 38 and 34 of 100, sentences read alone in 94 (n = 120, countries
kept aside). The encoder's upper layers are left out: they serve its vectors, and a network that is
fine-tuned loses little with them (Sajjad et al. 2023, arXiv:2004.03844).
"""

import hashlib
import math
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from corpus.errors import ModelFault
from embeddings.judging.packing import PADDING, PASSAGE_SEGMENT

WEIGHTS_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
LAYERS = 8
DIMENSIONS = 768
HEADS = 12
INNER = 3_072
VOCABULARY = 30_527
POSITIONS = 514
# Of MPNet's relative positions: how many kinds of distance, and from where on they are one kind.
DISTANCES = 32
FARTHEST = 128
# Added to a score before the softmax, enough to leave nothing of it.
NEVER = -10_000.0
HEAD_NAMES = ("pool", "answers")


class Batch(NamedTuple):
    """Sequences as `packing.pack` makes them, padded; `first` and `share` find the questions.

    `tokens`, `positions`, `segments`: shape (sequences, length). `first`: each question's first
    token, shape (sequences, questions). `share`: one over a question's length at its tokens and
    0 elsewhere, shape (sequences, questions, length).
    """

    tokens: Tensor
    positions: Tensor
    segments: Tensor
    first: Tensor
    share: Tensor


def distance_kinds(distance: Tensor) -> Tensor:
    """MPNet's kinds of relative position, from key to query; as its authors number them."""
    one_way = DISTANCES // 2
    exact = one_way // 2
    far = distance.abs()
    scaled = torch.log(far.float().clamp(min=1) / exact) / math.log(FARTHEST / exact)
    logarithmic = exact + (scaled * (one_way - exact)).long()
    kind = torch.where(far < exact, far, logarithmic.clamp(max=one_way - 1))
    return kind + (distance > 0).long() * one_way


class _Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.projected = nn.Linear(DIMENSIONS, 3 * DIMENSIONS)
        self.attended = nn.Linear(DIMENSIONS, DIMENSIONS)
        self.norm = nn.LayerNorm(DIMENSIONS, eps=1e-5)
        self.inner = nn.Linear(DIMENSIONS, INNER)
        self.outer = nn.Linear(INNER, DIMENSIONS)
        self.last_norm = nn.LayerNorm(DIMENSIONS, eps=1e-5)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        several, length, _ = states.shape
        parts = self.projected(states).view(several, length, 3, HEADS, DIMENSIONS // HEADS)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        found = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=bias.to(query.dtype)
        )
        found = found.transpose(1, 2).reshape(several, length, DIMENSIONS)
        states = self.norm(states + self.attended(found))
        inner = functional.gelu(self.inner(states))
        result: Tensor = self.last_norm(states + self.outer(inner))
        return result


class Network(nn.Module):
    """Reads packed sequences."""

    def __init__(self, layers: int = LAYERS) -> None:
        super().__init__()
        self.word = nn.Embedding(VOCABULARY, DIMENSIONS, padding_idx=PADDING)
        self.position = nn.Embedding(POSITIONS, DIMENSIONS)
        self.norm = nn.LayerNorm(DIMENSIONS, eps=1e-5)
        self.distance = nn.Embedding(DISTANCES, HEADS)
        self.layers = nn.ModuleList(_Layer() for _ in range(layers))
        self.pool = nn.Linear(2 * DIMENSIONS, DIMENSIONS)
        self.answers = nn.Linear(DIMENSIONS, 1)
        nn.init.normal_(self.answers.weight, std=0.02)
        nn.init.zeros_(self.answers.bias)

    def forward(self, batch: Batch) -> Tensor:
        """Logits that the passage answers, shape (sequences, questions)."""
        states = self.norm(self.word(batch.tokens) + self.position(batch.positions))
        key, query = batch.segments[:, None, :], batch.segments[:, :, None]
        seen = (key == PASSAGE_SEGMENT) | ((key == query) & (key > PASSAGE_SEGMENT))
        bias = self._bias(batch.positions, seen)
        for layer in self.layers:
            states = layer(states, bias)
        first = torch.gather(states, 1, batch.first[..., None].expand(-1, -1, DIMENSIONS))
        mean = batch.share.to(states.dtype) @ states
        question = functional.gelu(self.pool(torch.cat([first, mean], -1)))
        answers: Tensor = self.answers(question)[..., 0]
        return answers

    def _bias(self, positions: Tensor, seen: Tensor) -> Tensor:
        """Added to the scores of attention, shape (sequences, heads, length, length)."""
        distance = positions[:, None, :] - positions[:, :, None]
        kinds: Tensor = self.distance(distance_kinds(distance))
        return kinds.permute(0, 3, 1, 2) + (~seen).float()[:, None] * NEVER


def from_encoder(weights: Path, layers: int = LAYERS) -> Network:
    """A network with the encoder's lower layers and an untaught head.

    `weights` is the `model.safetensors` of all-mpnet-base-v2; raises ModelFault if it is not.
    """
    if hashlib.sha256(weights.read_bytes()).hexdigest() != WEIGHTS_SHA256:
        raise ModelFault(
            f"{weights} is not all-mpnet-base-v2; its SHA-256 should be {WEIGHTS_SHA256}."
        )
    given = load_file(weights)
    network = Network(layers)
    network.load_state_dict(network.state_dict() | _renamed(given, layers))
    return network


def _renamed(given: dict[str, Tensor], layers: int) -> dict[str, Tensor]:
    """The encoder's tensors under this network's names."""
    named = {
        "word.weight": given["embeddings.word_embeddings.weight"],
        "position.weight": given["embeddings.position_embeddings.weight"],
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
        "distance.weight": given["encoder.relative_attention_bias.weight"],
    }
    places = {
        "attended": "attention.attn.o",
        "norm": "attention.LayerNorm",
        "inner": "intermediate.dense",
        "outer": "output.dense",
        "last_norm": "output.LayerNorm",
    }
    for layer in range(layers):
        there = f"encoder.layer.{layer}."
        here = f"layers.{layer}."
        for kind in ("weight", "bias"):
            parts = [given[f"{there}attention.attn.{part}.{kind}"] for part in "qkv"]
            named[f"{here}projected.{kind}"] = torch.cat(parts)
            for own, its in places.items():
                named[f"{here}{own}.{kind}"] = given[f"{there}{its}.{kind}"]
    return named
