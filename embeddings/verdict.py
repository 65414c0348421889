"""Whether the best hit answers the question: a small logistic model in plain numbers."""

import enum
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources

from embeddings.hit import Hit

# Of thirty signals tried (ranks, each MaxSim, BM25, cosines and their margins, agreement of the
# rankings), these three told answered from unanswered questions as well as all together, and
# better on collections that the model was not fitted on.
SIGNALS = ("score", "margin", "coverage")


class Verdict(enum.StrEnum):
    """What an answer claims to be."""

    ANSWERED = "answered"
    CLOSEST = "closest"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Weights of the signals and the confidences from which a verdict holds."""

    intercept: float
    slopes: Mapping[str, float]
    answered_from: float
    closest_from: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A verdict and how likely it is that the best hit answers, 0 to 1."""

    verdict: Verdict
    confidence: float


def judge(hits: Sequence[Hit], model: Model | None = None) -> Judgement:
    """The judgement of a question's hits, best first, by the model that ships with Pincite."""
    if not hits:
        return Judgement(verdict=Verdict.OUTSIDE, confidence=0.0)
    model = model or shipped_model()
    values = dict(zip(SIGNALS, signals(hits[0]), strict=True))
    logit = model.intercept + sum(model.slopes[name] * value for name, value in values.items())
    confidence = 1 / (1 + math.exp(-logit))
    if confidence >= model.answered_from:
        verdict = Verdict.ANSWERED
    elif confidence >= model.closest_from:
        verdict = Verdict.CLOSEST
    else:
        verdict = Verdict.OUTSIDE
    return Judgement(verdict=verdict, confidence=confidence)


def signals(best: Hit) -> tuple[float, float, float]:
    """The values of SIGNALS for a question's best hit."""
    return best.score, best.why.margin, best.why.coverage


@cache
def shipped_model() -> Model:
    """The model that `verdict.json` holds."""
    text = (resources.files("embeddings") / "verdict.json").read_text(encoding="utf-8")
    return model_from_json(text)


def model_from_json(text: str) -> Model:
    """A model from the object that `model_to_json` writes; raises ValueError."""
    fields = json.loads(text)["model"]
    return Model(**fields)


def model_to_json(model: Model, **about: object) -> str:
    """A model, and what is to be said about its fit, as an indented JSON object."""
    return json.dumps({"model": asdict(model), **about}, indent=2, ensure_ascii=False) + "\n"
