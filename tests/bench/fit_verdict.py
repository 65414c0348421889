"""Fit the verdict to what the reader says, on questions about countries kept aside.

    python tests/bench/fit_verdict.py KEPT_ASIDE.json WORK [--share 0.25] [--write]

KEPT_ASIDE.json is what the reader's training kept aside (see country_sheets); WORK is a folder for
the library and for what was read, so that only what changed is done again. Half of the questions
have no answer: near ones (the report speaks of it and does not say), far ones, and ones asked of
another country or year. Prints the figures; --write also writes embeddings/judging/verdict.json.
"""

import argparse
import datetime
import json
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from bench_collections import load
from calibrating import Call, at_risk, calibration_error, risk_coverage
from country_sheets import Asked, asked_of, kept_aside, library_of

from bot.assemble import Pincite
from corpus.metadata import slug
from corpus.passage import Passage, Span
from corpus.scope import Scope
from embeddings.hit import Hit, Reading
from embeddings.judging.calibration import Judged, fit, reached
from embeddings.judging.reader import Reader
from embeddings.judging.reader_files import shipped_weights
from embeddings.judging.reordering import FEWEST_READ, MOST_READ, Reordering
from embeddings.judging.verdict import (
    READ_SIGNALS,
    Model,
    model_to_json,
    signals_of,
)

TARGET = Path(__file__).resolve().parents[2] / "embeddings" / "judging" / "verdict.json"
# Of what is called answered at most this share is wrong, where half of the questions are near: half
# of the one in ten that is wanted, since passages that come first and were not named do not count.
MOST_WRONG = 0.05
# Of the questions that the library answers this share is to be called perhaps at least; of those
# that it is about, this share is not to be called outside.
PERHAPS_SHARE = 0.97
SUBJECT_SHARE = 0.97
SUBJECT_SIGNALS = ("reading", "score", "coverage")
FAR_SHARE, ELSEWHERE_SHARE = 0.25, 0.25
FOLDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """A question: its kind, whether its best hit answers, that hit's signals.

    `ranks` is where the passage that answers stood in retrieval's first MOST_READ, and how far
    its score lay below the best one's; None where it did not or where there is none.
    """

    group: str
    kind: str
    right: bool
    signals: dict[str, float]
    ranks: tuple[int, float] | None


class Remembering:
    """A reader that reads no pair twice, even in the next run."""

    def __init__(self, reader: Reader, path: Path) -> None:
        self._reader, self._path = reader, path
        self.identity = reader.identity
        self._known: dict[str, float] = json.loads(path.read_text()) if path.exists() else {}

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        names = [f"{hit.passage.id} {question}" for hit in hits]
        missing = [hit for name, hit in zip(names, hits, strict=True) if name not in self._known]
        for hit, found in zip(missing, self._reader.read(question, missing), strict=True):
            self._known[f"{hit.passage.id} {question}"] = found.answers
        return [Reading(answers=self._known[name]) for name in names]

    def sentences(self, _: str, __: Passage, spans: Sequence[Span]) -> list[float]:
        return [0.0] * len(spans)  # which sentence stands out is no signal

    def keep(self) -> None:
        self._path.write_text(json.dumps(self._known))


def observe(
    pincite: Pincite, asked: Sequence[Asked], far: Sequence[str], reordering: Reordering
) -> Iterator[Observed]:
    """Every question of each kind, asked as with the filter of a report."""
    chance = random.Random(1)
    reports = sorted({(slug(one.report), one.country, one.year) for one in asked})

    def one(question: str, report: str, kind: str, source: Asked) -> Iterator[Observed]:
        hits = pincite.retriever.search(question, MOST_READ, Scope(report=report))
        best = reordering.reordered(question, hits)[0]
        right = [n for n, hit in enumerate(hits) if kind == "answered" and answers(hit, source)]
        yield Observed(
            group=source.passage[:60],
            kind=kind,
            right=kind == "answered" and answers(best, source),
            signals=signals_of(best),
            ranks=(right[0], hits[0].score - hits[right[0]].score) if right else None,
        )

    for source in asked:
        own = slug(source.report)
        kind = "near" if source.answer is None else "answered"
        yield from one(source.question, own, kind, source)
        if chance.random() < FAR_SHARE:
            yield from one(chance.choice(far), own, "far", source)
        if chance.random() < ELSEWHERE_SHARE:
            abroad = [name for name, country, _ in reports if country != source.country]
            later = [n for n, c, year in reports if c == source.country and year != source.year]
            body = source.question.rstrip("?. ")
            if later and chance.random() < 1 / 2:
                question = f"{body} in {source.year}?"
                yield from one(question, chance.choice(later), "elsewhere", source)
            else:
                named = source.country.lower() in source.question.lower()
                question = source.question if named else f"{body} in {source.country}?"
                yield from one(question, chance.choice(abroad), "elsewhere", source)


def answers(hit: Hit, source: Asked) -> bool:
    """Whether a hit holds the words that answer, letter for letter but for its spaces."""
    return source.answer is not None and plain(source.answer) in plain(hit.passage.text)


def plain(text: str) -> str:
    return " ".join(text.split())


def judged(one: Observed, *, yes: bool) -> Judged:
    return Judged(signals=one.signals, yes=yes, group=one.kind)


def fitted(observed: Sequence[Observed], encoder: str, reader: str) -> Model:
    """The two models and the likelihoods from which they say yes.

    A question whose passage is there but not first counts for nothing in the first model, since
    the passage that is first may answer it: sheets name one passage of a whole report. Sets that
    name every one (see reading.py) count it as wrong.
    """
    answerable = [one for one in observed if one.kind == "answered"]
    known = telling(observed)
    answer = fit(
        [judged(one, yes=one.right) for one in known],
        READ_SIGNALS,
        kept=1.0,
        of=[judged(one, yes=True) for one in answerable],
    )
    near = [one for one in known if one.kind in ("answered", "near")]
    calls = called(near, answer.likelihood)
    answer = replace(answer, yes_from=at_risk(calls, MOST_WRONG))
    perhaps = reached(answer, PERHAPS_SHARE, [judged(one, yes=True) for one in answerable])
    subject = [judged(one, yes=one.kind in ("answered", "near")) for one in observed]
    return Model(
        encoder=encoder,
        reader=reader,
        answer=answer,
        perhaps_from=min(perhaps, answer.yes_from),
        subject=fit(
            subject,
            SUBJECT_SIGNALS,
            kept=SUBJECT_SHARE,
            of=[one for one in subject if one.yes],
        ),
    )


def telling(observed: Sequence[Observed]) -> list[Observed]:
    """The questions whose first hit is known to answer or not to."""
    return [one for one in observed if one.right or one.kind != "answered"]


def called(
    observed: Sequence[Observed], likelihood: Callable[[dict[str, float]], float]
) -> list[Call]:
    return [Call(confidence=likelihood(one.signals), right=one.right) for one in observed]


def held_out(observed: Sequence[Observed], encoder: str, reader: str) -> list[Call]:
    """The calls of each fold of paragraphs by a model that is fitted on the others.

    Weighed as in fitting: half of the questions have an answer.
    """
    groups = sorted({one.group for one in observed})
    random.Random(0).shuffle(groups)
    fold = {group: number % FOLDS for number, group in enumerate(groups)}
    calls: list[Call] = []
    for number in range(FOLDS):
        model = fitted([one for one in observed if fold[one.group] != number], encoder, reader)
        held = [one for one in telling(observed) if fold[one.group] == number]
        calls += called(held, model.answer.likelihood)
    of_right = sum(call.right for call in calls) / len(calls)
    return [
        replace(call, weight=0.5 / (of_right if call.right else 1 - of_right)) for call in calls
    ]


def depths(observed: Sequence[Observed]) -> dict[str, Any]:
    """Where retrieval has the passage that answers: for what is read, and how far it goes."""
    answerable = [one for one in observed if one.kind == "answered"]
    ranks = [one.ranks for one in answerable]
    gaps = [ranks[1] for ranks in ranks if ranks and ranks[0] >= FEWEST_READ]
    return {
        "n": len(answerable),
        **{
            f"among the first {depth}": share([bool(r and r[0] < depth) for r in ranks])
            for depth in (1, FEWEST_READ, 5, MOST_READ)
        },
        "of those beyond the fewest, score below the best": {
            f"{part}%": round(float(np.percentile(gaps, part)), 3) for part in (50, 90, 95)
        }
        if gaps
        else {},
    }


def share(values: Sequence[bool]) -> float:
    return round(float(np.mean(values)), 3)


def document(observed: Sequence[Observed], encoder: str, reader: str) -> str:
    """The text of verdict.json."""
    model = fitted(observed, encoder, reader)
    kinds = ("answered", "near", "far", "elsewhere")
    near = [one for one in telling(observed) if one.kind in ("answered", "near")]
    held = held_out(observed, encoder, reader)
    return model_to_json(
        model,
        fitted=str(datetime.date.today()),
        fitted_on={kind: sum(one.kind == kind for one in observed) for kind in kinds},
        calibration_error_held_out=round(calibration_error(held), 3),
        right_first=share([one.right for one in observed if one.kind == "answered"]),
        depths=depths(observed),
        called_answered={
            kind: share(
                [
                    model.answer.likelihood(one.signals) >= model.answer.yes_from
                    for one in observed
                    if one.kind == kind
                ]
            )
            for kind in kinds
        },
        risk_coverage=risk_coverage(called(near, model.answer.likelihood)),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kept_aside", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    weights = shipped_weights()
    if weights is None:
        sys.exit("No reader lies in embeddings/judging/weights; there is nothing to fit to.")
    reader = Remembering(Reader(weights), given.work / f"{weights.identity}.json")
    asked = asked_of(kept_aside(given.kept_aside).chosen_on)
    names = sorted({slug(one.report) for one in asked})
    passages = sorted({one.passage for one in asked})
    random.Random(0).shuffle(passages)
    kept = set(passages[: round(given.share * len(passages))])
    asked = [one for one in asked if one.passage in kept]
    far = [question.question for name in ("squad", "clapnq") for question in load(name).questions]
    observed: list[Observed] = []
    with library_of(given.work / "library", names, reads=False) as pincite:
        try:
            for one in observe(pincite, asked, far, Reordering(reader)):
                observed.append(one)
                if len(observed) % 100 == 0:
                    print(len(observed), file=sys.stderr, flush=True)
        finally:
            reader.keep()
        encoder = pincite.encoder.identity
    (given.work / "observed.json").write_text(json.dumps([asdict(one) for one in observed]))
    text = document(observed, encoder, reader.identity)
    print(text)
    if given.write:
        TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
