"""MaxSim: how well each word piece of a question is met by some word piece of a passage.

After Khattab and Zaharia (ColBERT, SIGIR 2020), over the token vectors of an ordinary sentence
encoder, each piece of the question weighted by its inverse document frequency.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.passage import Span
from embeddings.vectors import Encoded, Integers, Vectors

# A library of one report is too small to tell common pieces from rare ones, so it is counted as
# BACKGROUND passages more, in which pieces occur as Zipf's law has them: BERT's vocabulary is in
# order of frequency from "the" on, and a piece of rank r stands in a share of about ZIPF / r of
# all passages (counted over 18,750 paragraphs of speeches: 4.8 / r at rank 10, 7.4 at 130, 8.2
# at 600, 10 at 7,000).
BACKGROUND = 300
ZIPF = 8.0
_FIRST_WORD = 1996  # "the" in the vocabulary of BERT uncased; before it stand marks and letters
_SHARE_OF_MARKS = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """A question against a passage, each from -1 to 1 but for `coverage`, from 0 to 1.

    `passage`: idf-weighted MaxSim over the whole passage; `sentence`: over its best sentence;
    `best`: which sentence that is; `coverage`: the share of the question's weight whose word
    pieces themselves occur in that sentence.
    """

    passage: float
    sentence: float
    best: int
    coverage: float


def piece_weights(pieces: Integers, frequency: Integers, passages: int) -> Vectors:
    """Inverse document frequency of each piece, shape (pieces,).

    `frequency` counts the passages of the library that hold each piece of the vocabulary, shape
    (vocabulary,), and `passages` all of them.
    """
    rank = np.maximum(pieces - _FIRST_WORD + 1, 1)
    share = np.where(pieces < _FIRST_WORD, _SHARE_OF_MARKS, np.minimum(1.0, ZIPF / rank))
    known = np.where(pieces < len(frequency), frequency[np.minimum(pieces, len(frequency) - 1)], 0)
    holding = known + BACKGROUND * share
    total = passages + BACKGROUND
    weights: Vectors = np.log1p((total - holding + 0.5) / (holding + 0.5)).astype(np.float32)
    return weights


def interact(
    question: Encoded, weights: Vectors, passage: Encoded, sentences: Sequence[Span]
) -> Interaction:
    """A question, its pieces weighted, against a passage and its sentences.

    `sentences` are spans of the text that `passage` encodes, at least one.
    """
    total = float(weights.sum())
    if not len(passage.pieces) or total <= 0:
        return Interaction(passage=-1.0, sentence=-1.0, best=0, coverage=0.0)
    similar = question.tokens @ passage.tokens.T
    shares = weights / total
    scores = np.full(len(sentences), -1.0)
    starts = passage.offsets[:, 0]
    members = [(starts >= span.start) & (starts < span.stop) for span in sentences]
    for row, inside in enumerate(members):
        if inside.any():
            scores[row] = shares @ similar[:, inside].max(axis=1)
    best = int(np.argmax(scores))
    met = np.isin(question.pieces, passage.pieces[members[best]])
    return Interaction(
        passage=float(shares @ similar.max(axis=1)),
        sentence=float(scores[best]),
        best=best,
        coverage=float(shares[met].sum()),
    )
