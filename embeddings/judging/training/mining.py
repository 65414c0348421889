"""Hard negatives: paragraphs that share a question's words and were not written to answer it."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from embeddings.judging.training.paragraphs import Paragraph, country_name

SAME_REPORT = 10
OTHER_COUNTRIES = 8
# Other countries' paragraphs are looked for in so many drawn at random: any of them may do.
DRAWN = 4_000
# A paragraph that says nearly the same answers as well, and is no negative.
SAME_TEXT = 0.6
# Beside the questions' words, the paragraph's own: what speaks of the same and is not it.
WEIGHT_OF_PARAGRAPH = {"same": 0.3, "other": 0.5}

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mined:
    """For a paragraph's id, others that look like answers to its questions, best first."""

    same_report: Mapping[str, Sequence[Paragraph]]
    other_countries: Mapping[str, Sequence[Paragraph]]


class _Pool:
    """Paragraphs as unit vectors of the weights of their words."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.paragraphs = paragraphs
        self._words = TfidfVectorizer(sublinear_tf=True, stop_words="english", dtype=np.float32)
        self._vectors = self._words.fit_transform(paragraph.text for paragraph in paragraphs)
        self.row = {paragraph.id: row for row, paragraph in enumerate(paragraphs)}

    def asked(self, paragraph: Paragraph, rows: Sequence[int]) -> Scores:
        """How well each row meets the paragraph's answered questions, the best of them."""
        questions = [asked.question for asked in paragraph.asked if asked.answer is not None]
        similar = self._words.transform(questions) @ self._vectors[rows].T
        best: Scores = similar.toarray().max(axis=0)
        return best

    def alike(self, paragraph: Paragraph, rows: Sequence[int]) -> Scores:
        """How much each row says the same as the paragraph."""
        similar = self._vectors[rows] @ self._vectors[self.row[paragraph.id]].T
        alike: Scores = similar.toarray()[:, 0]
        return alike


def mine(paragraphs: Sequence[Paragraph], others: Sequence[Paragraph], seed: int) -> Mined:
    """For each paragraph that answers something, hard negatives among all of them."""
    unique = {paragraph.id: paragraph for paragraph in [*others, *paragraphs]}
    pool = _Pool(list(unique.values()))
    of_report: dict[str, list[int]] = defaultdict(list)
    for row, paragraph in enumerate(pool.paragraphs):
        of_report[paragraph.report].append(row)
    chance = random.Random(seed)  # noqa: S311  no secret hangs on it
    same: dict[str, list[Paragraph]] = {}
    other: dict[str, list[Paragraph]] = {}
    for paragraph in paragraphs:
        if not any(asked.answer is not None for asked in paragraph.asked):
            continue
        own = pool.row[paragraph.id]
        here = [row for row in of_report[paragraph.report] if row != own]
        same[paragraph.id] = _best(pool, paragraph, here, "same", SAME_REPORT)
        drawn = chance.sample(range(len(pool.paragraphs)), min(DRAWN, len(pool.paragraphs)))
        elsewhere = [row for row in drawn if _of_another(pool.paragraphs[row], paragraph)]
        other[paragraph.id] = _best(pool, paragraph, elsewhere, "other", OTHER_COUNTRIES)
    return Mined(same_report=same, other_countries=other)


def _of_another(one: Paragraph, other: Paragraph) -> bool:
    return country_name(one.country or "") != country_name(other.country or "")


def _best(
    pool: _Pool, paragraph: Paragraph, rows: Sequence[int], kind: str, most: int
) -> list[Paragraph]:
    if not rows:
        return []
    alike = pool.alike(paragraph, rows)
    scores = pool.asked(paragraph, rows) + WEIGHT_OF_PARAGRAPH[kind] * alike
    scores[alike > SAME_TEXT] = 0
    order = np.argsort(-scores, kind="stable")[:most].tolist()
    return [pool.paragraphs[rows[place]] for place in order if scores[place] > 0]
