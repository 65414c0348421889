"""Fit the verdict of what no reader has read, on halves of public collections; report the others.

Libraries: each collection whole, and small ones of whole articles, 28 to 60 passages each. In
each: its questions, the same with the relevant paragraphs left out (their neighbours stay), with
the whole article left out, and questions of other collections.

    python tests/bench/fit_unread_verdict.py             prints the figures
    python tests/bench/fit_unread_verdict.py --write     also writes verdict-unread.json
"""

import datetime
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from bench_collections import Collection, Question, Remembering, default_encoder, fill, load

from corpus.scope import Scope
from corpus.storage.library import Library
from embeddings.engine import Engine
from embeddings.judging.calibration import Judged, fit
from embeddings.judging.verdict import (
    ANSWER_SIGNALS,
    SUBJECT_SIGNALS,
    Model,
    model_to_json,
    signals_of,
)
from embeddings.local.engine import LocalEngine
from embeddings.local.index import SearchIndex, open_index
from embeddings.retriever import Retriever
from embeddings.vectors import Numbers

NAMES = ("squad", "clapnq", "covidqa")
MOST_QUESTIONS = {"whole": 200, "small": 12}
FAR_QUESTIONS = 15
SMALL = (28, 60)
# Of the questions that are answered this share is to be called so, perhaps; of those that
# the library is about, answered or not, this share is not to be called outside.
PERHAPS_SHARE = 0.90
SUBJECT_SHARE = 0.95
TARGET = Path(__file__).resolve().parents[2] / "embeddings" / "judging" / "verdict-unread.json"

Articles = list[tuple[str, list[dict[str, str]]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """One question in one set-up: its best hit's signals, and whether that hit answers."""

    collection: str
    library: str
    setup: str
    half: str
    answers: bool | None
    signals: dict[str, float]


class Among(LocalEngine):
    """The engine of a library as if it had only some passages, None for all of them."""

    def __init__(self, library: Library, index: SearchIndex, among: Numbers | None) -> None:
        assert library.model is not None
        super().__init__(library, library.model, index)
        self._among = among

    def allowed(self, _: Scope) -> Numbers | None:
        """The numbers of those passages."""
        return self._among


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A library of a collection's articles."""

    engine_of: Callable[[Numbers | None], Engine]
    encoder: Remembering
    collection: str
    library: str

    def observe(
        self,
        setup: str,
        question: Question,
        allowed: Sequence[int] | None = None,
        relevant: frozenset[str] = frozenset(),
    ) -> Iterator[Observed]:
        """A question among the allowed passages; `relevant` are the texts that answer it."""
        among = None if allowed is None else np.array(sorted(allowed), np.int64)
        engine = self.engine_of(among)
        hits = Retriever(lambda: engine, self.encoder).search(question.question, 2)
        if hits:
            yield Observed(
                collection=self.collection,
                library=self.library,
                setup=setup,
                half=question.half,
                answers=setup == "answered" and hits[0].passage.text.strip() in relevant,
                signals=signals_of(hits[0]),
            )


def in_library(
    collection: Collection,
    kind: str,
    articles: Articles,
    far: Sequence[Question],
    encoder: Remembering,
) -> Iterator[Observed]:
    """Every set-up in a library made of some articles."""
    chance = random.Random(0)
    texts = {p["id"]: p["text"].strip() for _, inside in articles for p in inside}
    titles = {p["id"]: title for title, inside in articles for p in inside}
    own = [q for q in collection.questions if q.relevant and q.relevant <= set(texts)]
    others = [q for q in collection.questions if q.relevant and not q.relevant & set(texts)]
    with tempfile.TemporaryDirectory() as folder, Library(Path(folder)) as library:
        numbers = fill(library, encoder, articles)
        here = Setting(
            engine_of=partial(Among, library, open_index(library, encoder.identity)),
            encoder=encoder,
            collection=collection.name,
            library=kind,
        )
        for question in chance.sample(own, min(len(own), MOST_QUESTIONS[kind])):
            relevant = frozenset(texts[name] for name in question.relevant)
            about = {titles[name] for name in question.relevant}
            beside = [n for name, n in numbers.items() if name not in question.relevant]
            elsewhere = [n for name, n in numbers.items() if titles[name] not in about]
            yield from here.observe("answered", question, None, relevant)
            yield from here.observe("paragraph removed", question, beside)
            if len(elsewhere) >= SMALL[0] // 2:
                yield from here.observe("article removed", question, elsewhere)
        for question in chance.sample(far, FAR_QUESTIONS):
            yield from here.observe("far", question)
        if kind == "small":
            for question in chance.sample(others, min(len(others), FAR_QUESTIONS)):
                yield from here.observe("article removed", question)


def small_groups(collection: Collection, chance: random.Random) -> Iterator[Articles]:
    """Articles in groups of 28 to 60 passages; a longer article is cut to 45 neighbours."""
    articles = [(title, inside[:45]) for title, inside in collection.articles()]
    chance.shuffle(articles)
    group: Articles = []
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
    groups: dict[tuple[str, str, str], list[Observed]] = defaultdict(list)
    for one in observed:
        groups[one.collection, one.library, one.setup].append(one)
    rows: list[dict[str, object]] = []
    for (collection, library, setup), found in sorted(groups.items()):
        if setup == "answered":
            continue
        answered = groups[collection, library, "answered"]
        positive, negative = (
            np.array([model.answer.likelihood(one.signals) for one in side])
            for side in (answered, found)
        )
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
                "called": verdicts(found, model),
                "answerable_called": verdicts(answered, model),
            }
        )
    return rows


def verdicts(observed: list[Observed], model: Model) -> dict[str, float]:
    """Share of each verdict."""
    answered = [model.answer.likelihood(o.signals) >= model.answer.yes_from for o in observed]
    about = [model.subject.likelihood(o.signals) >= model.subject.yes_from for o in observed]
    closest = [b and not a for a, b in zip(answered, about, strict=True)]
    return {
        "answered": round(float(np.mean(answered)), 3),
        "closest": round(float(np.mean(closest)), 3),
        "outside": round(1 - float(np.mean(answered)) - float(np.mean(closest)), 3),
    }


def fitted(observed: list[Observed], encoder: str) -> Model:
    """The two models, for the encoder of this identity.

    A question whose relevant passage is there but not first teaches the first nothing, since
    another passage may answer it; that nine in ten are answered counts it all the same.
    """

    def judged(one: Observed, *, yes: bool) -> Judged:
        group = f"{one.collection} {one.library} {one.setup}"
        return Judged(signals=one.signals, yes=yes, group=group)

    about = ("answered", "paragraph removed")
    known = [one for one in observed if one.answers or one.setup != "answered"]
    answerable = [judged(one, yes=True) for one in observed if one.setup == "answered"]
    subject = [judged(one, yes=one.setup in about) for one in observed]
    answer = fit(
        [judged(one, yes=bool(one.answers)) for one in known],
        ANSWER_SIGNALS,
        kept=PERHAPS_SHARE,
        of=answerable,
    )
    return Model(
        encoder=encoder,
        reader=None,
        answer=answer,
        perhaps_from=answer.yes_from,
        subject=fit(
            subject,
            SUBJECT_SIGNALS,
            kept=SUBJECT_SHARE,
            of=[one for one in subject if one.yes],
        ),
    )


def observe_all(encoder: Remembering) -> list[Observed]:
    chance = random.Random(0)
    collections = [load(name) for name in NAMES]
    observed: list[Observed] = []
    for collection in collections:
        far = [q for other in collections if other is not collection for q in other.questions]
        far = chance.sample(far, FAR_QUESTIONS * 16)
        libraries = [("whole", collection.articles())]
        libraries += [("small", group) for group in small_groups(collection, chance)]
        for kind, articles in libraries:
            observed += in_library(collection, kind, articles, far, encoder)
        print(collection.name, len(observed), file=sys.stderr, flush=True)
    return observed


def risk_coverage(observed: list[Observed], model: Model) -> list[dict[str, float]]:
    """Of the most confident share of questions, how many are not answered by their first hit.

    As many questions have their paragraph in the library as have only its neighbours there.
    """
    hard = [one for one in observed if one.setup in ("answered", "paragraph removed")]
    order = sorted(hard, key=lambda one: -model.answer.likelihood(one.signals))
    shares = [step / 10 for step in range(1, 11)]
    return [
        {
            "coverage": share,
            "risk": round(
                1 - float(np.mean([bool(o.answers) for o in order[: int(share * len(order))]])), 3
            ),
        }
        for share in shares
    ]


def document(observed: list[Observed], encoder: str) -> str:
    """The text of verdict.json."""
    tuning = [one for one in observed if one.half == "A"]
    held = [one for one in observed if one.half == "B"]
    model = fitted(tuning, encoder)
    return model_to_json(
        model,
        fitted=str(datetime.date.today()),
        fitted_on=f"{len(tuning)} questions of {', '.join(NAMES)}, half A",
        reported_on=f"{len(held)} questions, half B of the same collections",
        risk_coverage=risk_coverage(held, model),
        figures=report(held, model),
    )


def main() -> None:
    encoder = Remembering(default_encoder())
    text = document(observe_all(encoder), encoder.identity)
    print(text)
    if "--write" in sys.argv:
        TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
