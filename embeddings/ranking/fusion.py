"""One score of a passage for a question, from four signals as they are."""

import enum
from collections.abc import Collection, Mapping, Sequence

from embeddings.ranking.late_interaction import Interaction

# Found on three collections (Wikipedia paragraphs, passages for search questions, scientific
# articles), each on one half of its questions; the optimum is flat: LEXICAL and DENSE anywhere
# from 0.05 to 0.2 change hit@1 by less than half a point.
PASSAGE = 0.5
SENTENCE = 0.5
LEXICAL = 0.1
DENSE = 0.1

# By so much an item of a list of publications has to be better than the report itself, to come
# before it where the question does not name the item's year: it is a teaser of another text, of
# another time. `pincite eval tests/questions/report.jsonl`, with the report it is about: hit@1 is
# 0.910 with 0, 0.924 with 0.01, 0.931 with 0.025 and 0.03, 0.924 with 0.045 (n = 144); digest.jsonl
# on the shipped digest: 0.882 with 0, 0.890 with 0.03 (n = 136). Both sets had a say in the choice.
TEASER = 0.03


class Part(enum.StrEnum):
    """How much of the recipe ranks: all of it, or a part, to measure what each adds."""

    DENSE = "dense"
    LEXICAL = "lexical"
    FUSION = "fusion"
    FULL = "full"


def fuse(part: Part, interaction: Interaction, cosine: float, bm25: float) -> float:
    """The score that orders passages; comparable across questions.

    `bm25` is divided by what a passage of average length that has each term once would get.
    """
    if part is Part.DENSE:
        return cosine
    if part is Part.LEXICAL:
        return bm25
    if part is Part.FUSION:
        return (cosine + bm25) / 2
    return (
        PASSAGE * interaction.passage
        + SENTENCE * interaction.sentence
        + LEXICAL * bm25
        + DENSE * cosine
    )


def candidates(*rankings: Sequence[tuple[int, float]]) -> list[int]:
    """Every number that any ranking has, once, in the order of their best ranks."""
    ranks: dict[int, int] = {}
    for ranking in rankings:
        for rank, (number, _) in enumerate(ranking):
            ranks[number] = min(rank, ranks.get(number, rank))
    return sorted(ranks, key=lambda number: (ranks[number], number))


def normalised(bm25: Mapping[int, float], weights: Collection[float]) -> dict[int, float]:
    """BM25 scores divided by the sum of the question's term weights."""
    total = sum(weights)
    return {number: score / total for number, score in bm25.items()} if total > 0 else {}
