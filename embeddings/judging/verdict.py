"""Whether the best hit answers the question: a small logistic model in plain numbers."""

import enum
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources

from embeddings.hit import Hit

# What tells an answer: of thirty signals tried (ranks, each MaxSim, BM25, cosines and their
# margins, agreement of the rankings), these three told answered from unanswered questions as well
# as all together, and better on collections that the model was not fitted on.
ANSWER_SIGNALS = ("score", "margin", "coverage")
# What tells whether the library is about the question at all, answered or not; the cosine added
# nothing to these.
SUBJECT_SIGNALS = ("score", "coverage")


class Verdict(enum.StrEnum):
    """What an answer claims to be."""

    ANSWERED = "answered"
    CLOSEST = "closest"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Logistic:
    """A logistic model of named signals, and the likelihood from which it says yes."""

    intercept: float
    slopes: Mapping[str, float]
    yes_from: float

    def likelihood(self, signals: Mapping[str, float]) -> float:
        """From 0 to 1."""
        logit = self.intercept + sum(slope * signals[name] for name, slope in self.slopes.items())
        return 1 / (1 + math.exp(-logit))


# Says yes of everything: where nothing tells what the library is not about, nothing is outside it.
ALWAYS = Logistic(intercept=0.0, slopes={}, yes_from=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """`answer`: whether the best hit answers; `subject`: whether the library is about this.

    `encoder` is the identity of the encoder whose signals it was fitted on: those of another are
    spread otherwise, and say nothing to it.
    """

    encoder: str
    answer: Logistic
    subject: Logistic


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfitted:
    """What stands in for a model where none is fitted to the encoder of this identity."""

    encoder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A verdict and how likely it is that the best hit answers, 0 to 1."""

    verdict: Verdict
    confidence: float


def fitted_to(encoder: str, models: Sequence[Model]) -> Model | Unfitted:
    """The first of the models that is fitted to the encoder of this identity."""
    return next((one for one in models if one.encoder == encoder), Unfitted(encoder=encoder))


def judge(hits: Sequence[Hit], model: Model | Unfitted) -> Judgement:
    """The judgement of a question's hits, best first; unfitted, they are the closest at most."""
    if not hits:
        return Judgement(verdict=Verdict.OUTSIDE, confidence=0.0)
    if isinstance(model, Unfitted):
        return Judgement(verdict=Verdict.CLOSEST, confidence=0.0)
    signals = signals_of(hits[0])
    confidence = model.answer.likelihood(signals)
    if confidence >= model.answer.yes_from:
        verdict = Verdict.ANSWERED
    elif model.subject.likelihood(signals) >= model.subject.yes_from:
        verdict = Verdict.CLOSEST
    else:
        verdict = Verdict.OUTSIDE
    return Judgement(verdict=verdict, confidence=confidence)


def signals_of(best: Hit) -> dict[str, float]:
    """The signals of a question's best hit, by their names."""
    return {
        "score": best.score,
        "margin": best.why.margin,
        "coverage": best.why.coverage,
    }


@cache
def shipped_model() -> Model:
    """The model that `verdict.json` holds."""
    text = (resources.files("embeddings.judging") / "verdict.json").read_text(encoding="utf-8")
    return model_from_json(text)


def model_from_json(text: str) -> Model:
    """A model from what `model_to_json` writes; raises KeyError, TypeError or ValueError."""
    fields = json.loads(text)["model"]
    return Model(
        encoder=fields["encoder"],
        answer=Logistic(**fields["answer"]),
        subject=Logistic(**fields["subject"]),
    )


def model_to_json(model: Model, **about: object) -> str:
    """A model, and what is to be said about its fit, as an indented JSON object."""
    return json.dumps({"model": asdict(model), **about}, indent=2, ensure_ascii=False) + "\n"
