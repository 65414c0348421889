"""How much each word piece of an encoder says: its inverse document frequency."""

import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.vectors import Integers, Vectors

# A library of one report is too small to tell common pieces from rare ones, so it is counted as
# BACKGROUND passages more, in which pieces occur as in ordinary text.
BACKGROUND = 300
# Where a vocabulary is in order of frequency, by Zipf's law: its word of rank r stands in a share
# of about ZIPF / r of all passages (counted over 18,750 paragraphs of speeches with BERT's, whose
# first word is "the": 4.8 / r at rank 10, 7.4 at 130, 8.2 at 600, 10 at 7,000).
ZIPF = 8.0
# Of the marks, letters and signs that a vocabulary has before its first word.
_SHARE_OF_MARKS = 0.05
# Where a vocabulary states the probabilities of its pieces: a passage of so many holds one of
# probability p in a share of p times as many. It is ZIPF again: of BERT's 30,522 pieces the one of
# rank r makes up 1 / (10.9 r) of a text by Zipf's law, 10.9 being the sum of 1 / r.
_PIECES_A_PASSAGE = ZIPF * 10.9
# What stands for the blank before a word (in SentencePiece; in GPT-2's bytes).
_BLANKS = "▁Ġ"


def background(tokenizer: str) -> Vectors:
    """The share of ordinary passages that hold each piece of a vocabulary, shape (vocabulary,).

    `tokenizer` is a `tokenizer.json`. A Unigram vocabulary states how likely each piece is (Kudo,
    ACL 2018); WordPiece, BPE and word vocabularies are made most frequent first and stand in that
    order. Empty where a vocabulary is of another kind or has no word to begin its order with.
    """
    model: dict[str, Any] = json.loads(tokenizer)["model"]
    match model.get("type"):
        case "Unigram":
            return _by_likelihood(np.array([score for _, score in model["vocab"]], np.float64))
        case "WordPiece" | "BPE" | "WordLevel":
            marks = model.get("continuing_subword_prefix"), model.get("end_of_word_suffix")
            return _by_order(model["vocab"], *(mark or "" for mark in marks))
    return np.zeros(0, np.float32)


def _by_likelihood(scores: NDArray[np.float64]) -> Vectors:
    """From the logarithms of probabilities; a piece that was added by hand has the score 0."""
    shares = np.minimum(1.0, _PIECES_A_PASSAGE * np.exp(np.minimum(scores, 0.0)))
    return np.where(scores < 0, shares, _SHARE_OF_MARKS).astype(np.float32)


def _by_order(vocabulary: dict[str, int], continues: str, ends: str) -> Vectors:
    """From the ranks of the pieces, the first word being the first.

    A word has two letters or more, besides what marks that it `continues` or `ends` one.
    """
    words = []
    for piece, number in vocabulary.items():
        letters = piece.removeprefix(continues).removesuffix(ends).lstrip(_BLANKS)
        if len(letters) > 1 and letters.isalpha():
            words.append(number)
    if not words:
        return np.zeros(0, np.float32)
    ranks = np.arange(max(vocabulary.values()) + 1) - min(words) + 1
    shares = np.minimum(1.0, ZIPF / np.maximum(ranks, 1))
    return np.where(ranks < 1, _SHARE_OF_MARKS, shares).astype(np.float32)


def piece_weights(pieces: Integers, frequency: Integers, passages: int, shares: Vectors) -> Vectors:
    """Inverse document frequency of each piece, shape (pieces,).

    `frequency` counts the passages of the library that hold each piece of the vocabulary, shape
    (vocabulary,), and `passages` all of them; `shares` are the encoder's `background`. Where that
    is empty, the library's own passages are all that tells.
    """
    known = _looked_up(frequency, pieces, 0)
    ordinary = BACKGROUND if len(shares) else 0
    holding = known + ordinary * _looked_up(shares, pieces, _SHARE_OF_MARKS)
    total = passages + ordinary
    weights: Vectors = np.log1p((total - holding + 0.5) / (holding + 0.5)).astype(np.float32)
    return weights


def _looked_up(values: NDArray[Any], places: Integers, beyond: float) -> NDArray[Any]:
    """The values at places, `beyond` where there is none."""
    padded = np.append(values, beyond)
    return padded[np.minimum(places, len(values))]
