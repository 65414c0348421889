"""Fit the verdict on public collections, report it on the halves that it was not fitted on.

Libraries: each collection whole, and small ones of whole articles, 28 to 60 passages each. In
each: its questions, the same with the relevant paragraphs left out (their neighbours stay), with
the whole article left out, and questions of other collections.

    python tests/bench/fit_verdict.py             prints the figures
    python tests/bench/fit_verdict.py --write     also writes embeddings/verdict.json
"""

import datetime
import json
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from bench_collections import Collection, Question, Remembering, default_encoder, fill, load

from corpus.library import Library
from embeddings.calibration import Judged, fit
from embeddings.retriever import Retriever
from embeddings.verdict import Model, model_to_json, signals

NAMES = ("squad", "clapnq", "covidqa")
MOST_QUESTIONS = {"whole": 300, "small": 20}
FAR_QUESTIONS = 60
SMALL = (28, 60)
TARGET = Path(__file__).resolve().parents[2] / "embeddings" / "verdict.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """One question in one set-up: its best hit's signals, and whether that hit answers."""

    collection: str
    library: str
    setup: str
    half: str
    answers: bool | None
    signals: tuple[float, ...]
    confidence: float = 0.0


def observe(
    retriever: Retriever,
    collection: str,
    library: str,
    setup: str,
    question: Question,
    allowed: Sequence[int] | None,
    relevant: set[str],
) -> Observed | None:
    hits = retriever.search_among(question.question, 2, allowed)
    if not hits:
        return None
    found = hits[0].passage.text.strip()
    return Observed(
        collection=collection,
        library=library,
        setup=setup,
        half=question.half,
        answers=found in relevant if setup == "answered" else False,
        signals=signals(hits[0]),
    )


def in_library(
    collection: Collection,
    kind: str,
    articles: Sequence[tuple[str, list[dict[str, str]]]],
    far: Sequence[Question],
    encoder: Remembering,
    chance: random.Random,
) -> Iterator[Observed]:
    """Every set-up in a library made of some articles."""
    with tempfile.TemporaryDirectory() as folder, Library(Path(folder)) as library:
        numbers = fill(library, encoder, articles)
        retriever = Retriever(library, encoder)
        texts = {p["id"]: p["text"].strip() for _, inside in articles for p in inside}
        title_of = {p["id"]: title for title, inside in articles for p in inside}
        own = [q for q in collection.questions if q.relevant and q.relevant <= set(texts)]
        others = [q for q in collection.questions if q.relevant and not q.relevant & set(texts)]
        for question in chance.sample(own, min(len(own), MOST_QUESTIONS[kind])):
            relevant = {texts[name] for name in question.relevant}
            titles = {title_of[name] for name in question.relevant}
            beside = [n for name, n in numbers.items() if name not in question.relevant]
            elsewhere = [n for name, n in numbers.items() if title_of[name] not in titles]
            for setup, allowed in (
                ("answered", None),
                ("paragraph removed", beside),
                ("article removed", elsewhere),
            ):
                if allowed is None or len(allowed) >= SMALL[0] // 2:
                    yield from filter(
                        None,
                        [
                            observe(
                                retriever, collection.name, kind, setup, question, allowed, relevant
                            )
                        ],
                    )
        for setup, questions in (("article removed", others), ("far", far)):
            if setup == "far" or kind == "small":
                for question in chance.sample(questions, min(len(questions), FAR_QUESTIONS // 4)):
                    yield from filter(
                        None,
                        [observe(retriever, collection.name, kind, setup, question, None, set())],
                    )


def small_groups(
    collection: Collection, chance: random.Random
) -> Iterator[list[tuple[str, list[dict[str, str]]]]]:
    """Articles in groups of 28 to 60 passages; a longer article is cut to 45 neighbours."""
    articles = [(title, inside[:45]) for title, inside in collection.articles()]
    chance.shuffle(articles)
    group: list[tuple[str, list[dict[str, str]]]] = []
    for article in articles:
        group.append(article)
        if sum(len(inside) for _, inside in group) >= SMALL[0]:
            yield group
            group = []


def auroc(positive: np.ndarray, negative: np.ndarray) -> float:
    return float((positive[:, None] > negative).mean() + (positive[:, None] == negative).mean() / 2)


def interval(positive: np.ndarray, negative: np.ndarray, measure) -> tuple[float, float, float]:
    """A measure with its bootstrap 95 % interval."""
    chance = np.random.default_rng(0)
    again = [
        measure(chance.choice(positive, len(positive)), chance.choice(negative, len(negative)))
        for _ in range(500)
    ]
    low, high = np.percentile(again, [2.5, 97.5])
    return measure(positive, negative), float(low), float(high)


def wrongly_answered(positive: np.ndarray, negative: np.ndarray) -> float:
    """Share of unanswerable questions at or above the confidence that 90 % of the others have."""
    return float((negative >= np.quantile(positive, 0.1)).mean())


def report(observed: list[Observed], model: Model) -> list[dict[str, object]]:
    groups: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for one in observed:
        logit = model.intercept + float(np.dot(list(model.slopes.values()), one.signals))
        groups[one.collection, one.library, one.setup].append(1 / (1 + np.exp(-logit)))
    rows = []
    for (collection, library, setup), values in sorted(groups.items()):
        if setup == "answered":
            continue
        positive = np.array(groups[collection, library, "answered"])
        negative = np.array(values)
        area, wrong = (
            [round(x, 3) for x in interval(positive, negative, m)]
            for m in (auroc, wrongly_answered)
        )
        rows.append(
            {
                "collection": collection,
                "library": library,
                "setup": setup,
                "answerable": len(positive),
                "unanswerable": len(negative),
                "auroc": area,
                "wrongly_answered_at_90": wrong,
                "called_answered": round(float((negative >= model.answered_from).mean()), 3),
                "called_outside": round(float((negative < model.closest_from).mean()), 3),
                "answerable_called_answered": round(
                    float((positive >= model.answered_from).mean()), 3
                ),
            }
        )
    return rows


def main() -> None:
    chance = random.Random(0)
    encoder = Remembering(default_encoder())
    collections = [load(name) for name in NAMES]
    observed: list[Observed] = []
    for collection in collections:
        far = [q for other in collections if other is not collection for q in other.questions]
        far = chance.sample(far, FAR_QUESTIONS * 4)
        libraries = [("whole", collection.articles())]
        libraries += [("small", group) for group in small_groups(collection, chance)]
        for kind, articles in libraries:
            observed += in_library(collection, kind, articles, far, encoder, chance)
        print(collection.name, len(observed), file=sys.stderr, flush=True)
    judged = [
        Judged(
            signals=one.signals,
            answers=bool(one.answers),
            group=f"{one.collection} {one.library} {one.setup}",
        )
        for one in observed
        if one.half == "A" and (one.answers or one.setup != "answered")
    ]
    model = fit(judged)
    rows = report([one for one in observed if one.half == "B"], model)
    about = {
        "fitted": str(datetime.date.today()),
        "fitted_on": f"{len(judged)} questions of {', '.join(NAMES)}, half A",
        "reported_on": "half B of the same collections",
        "figures": rows,
    }
    text = model_to_json(model, **about)
    print(text)
    if "--write" in sys.argv:
        TARGET.write_text(text, encoding="utf-8")
    Path("/tmp/observed.json").write_text(
        json.dumps(
            [[o.collection, o.library, o.setup, o.half, o.answers, *o.signals] for o in observed]
        )
    )


if __name__ == "__main__":
    main()
