"""What the reader is worth on public collections, far from the reports that it learnt to read.

    python tests/bench/transfer.py KEPT.json COLLECTION...

KEPT names the articles that the reader did not learn from ("articles", as the training's `split`
writes it). A collection (`bench_collections.py` tells where they lie) becomes a library of these
articles. Its questions are asked of it as it is; with the passage that answers taken out of what
was found, with its whole article taken out; and, where the collection has such, questions that a
passage only seems to answer. Figures with 95 % intervals of a bootstrap over questions.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from bench_collections import COLLECTIONS, default_encoder, fill, load
from calibrating import auroc
from measuring import about, said
from reading import without_text

from bot.assemble import Pincite
from bot.cli.progress import display
from bot.settings import Settings
from corpus.storage.library import Library
from embeddings.hit import Hit
from embeddings.judging.reader import Reader
from embeddings.judging.reader_files import shipped_weights
from embeddings.judging.reordering import MOST_READ, Reordering
from embeddings.judging.verdict import fitted_to, judge, shipped_models

# Of a collection so many questions: the interval of an AUROC of .9 is then .06 wide.
MOST_ASKED = 200
# Deep enough that of another article MOST_READ passages are left.
DEPTH = 60
RESAMPLES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, the article and the texts that answer it; no text for one that none answers."""

    question: str
    article: str
    answering: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How likely the first passage answers, and whether it is one that does."""

    confidence: float
    right: bool


Candidates = Callable[[Asked, Sequence[Hit]], Sequence[Hit]]
WAYS: dict[str, Candidates] = {
    "answered": lambda _, hits: hits,
    "paragraph removed": lambda one, hits: [h for h in hits if not answers(one, h)],
    "article removed": lambda one, hits: [h for h in hits if h.passage.report.title != one.article],
}


def answers(one: Asked, hit: Hit) -> bool:
    # A long paragraph is several passages of the library.
    return any(hit.passage.text.strip() in text for text in one.answering)


def sampled(found: Sequence[Asked]) -> list[Asked]:
    chosen = np.random.default_rng(0).permutation(len(found))[:MOST_ASKED]
    return [found[place] for place in sorted(chosen.tolist())]


def seeming(name: str, texts: dict[str, tuple[str, str]]) -> list[Asked]:
    """The questions that a kept passage only seems to answer; none where a collection has none."""
    path = COLLECTIONS / name / "adversarial-tune.jsonl"
    if not path.exists():
        return []
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        Asked(question=line["question"], article=texts[line["passage"]][0], answering=frozenset())
        for line in lines
        if line["passage"] in texts
    ]


class Judging:
    """Reads and judges what a search without a reader found."""

    def __init__(self, pincite: Pincite, reader: Reader) -> None:
        self._search = pincite.retriever.search
        self._reordering = Reordering(reader)
        encoder = pincite.encoder.identity
        self._with = fitted_to(encoder, reader.identity, shipped_models())
        self._without = fitted_to(encoder, None, shipped_models())

    def found(self, one: Asked) -> Sequence[Hit]:
        return self._search(one.question, DEPTH)

    def said(self, one: Asked, hits: Sequence[Hit], *, reads: bool) -> Said:
        if not hits:
            return Said(confidence=0.0, right=False)
        if reads:
            hits = self._reordering.reordered(one.question, hits[:MOST_READ])
        confidence = judge(hits, self._with if reads else self._without).confidence
        return Said(confidence=confidence, right=answers(one, hits[0]))


def interval(measure: Callable[..., float], *parts: Sequence[Said]) -> list[float]:
    """A measure of parts of questions, and the ends of its interval."""
    chance = np.random.default_rng(0)
    again = [
        measure(*([part[n] for n in chance.integers(len(part), size=len(part))] for part in parts))
        for _ in range(RESAMPLES)
    ]
    return [round(float(x), 3) for x in (measure(*parts), *np.percentile(again, [2.5, 97.5]))]


def tells(answered: Sequence[Said], other: Sequence[Said]) -> float:
    return auroc([one.confidence for one in answered], [one.confidence for one in other])


def first(answered: Sequence[Said]) -> float:
    return float(np.mean([one.right for one in answered]))


def measured(name: str, kept: frozenset[str], reader: Reader, folder: Path) -> dict[str, object]:
    collection = load(name)
    texts = {p["id"]: (p["title"], p["text"].strip()) for p in collection.passages}
    texts = {key: both for key, both in texts.items() if both[0] in kept}
    with Library(folder) as library:
        fill(library, default_encoder(), [a for a in collection.articles() if a[0] in kept])
    asked = sampled(
        [
            Asked(
                question=one.question,
                article=texts[min(one.relevant)][0],
                answering=frozenset(texts[key][1] for key in one.relevant),
            )
            for one in collection.questions
            if one.relevant and one.relevant <= texts.keys()
        ]
    )
    other = sampled(seeming(name, texts))
    pincite = Pincite(Settings.read(library=str(folder), reads=False), display)
    for shipped in pincite.active():
        if shipped.id.endswith("-digest"):
            pincite.library.remove(shipped.id)
    judging = Judging(pincite, reader)
    found = {one: judging.found(one) for one in [*asked, *other]}
    told: dict[str, object] = {"asked": len(asked), "only seemingly answered": len(other)}
    for reads in (True, False):
        judged = {
            way: [judging.said(one, left(one, found[one]), reads=reads) for one in asked]
            for way, left in WAYS.items()
        }
        if other:
            judged["only seemingly answered"] = [
                judging.said(one, found[one], reads=reads) for one in other
            ]
        told["with the reader" if reads else "without"] = {
            "right passage first": interval(first, judged["answered"]),
            **{
                f"AUROC, answered or {way}": interval(tells, judged["answered"], some)
                for way, some in judged.items()
                if way != "answered"
            },
        }
    nothing = without_text(found[asked[0]][0])
    alone = [
        [reader.read(one.question, [nothing])[0].answers for one in part] for part in (asked, other)
    ]
    if other:
        told["AUROC by the question alone, only seemingly answered"] = round(auroc(*alone), 3)
    pincite.library.close()
    return told


def main() -> None:
    path, *names = sys.argv[1:]
    kept = frozenset(json.loads(Path(path).read_text("utf-8"))["articles"])
    weights = shipped_weights()
    assert weights is not None
    reader = Reader(weights)
    found: dict[str, object] = dict(about())
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            found[name] = measured(name, kept, reader, Path(folder))
    said(found)


if __name__ == "__main__":
    main()
