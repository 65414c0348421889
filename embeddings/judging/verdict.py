"""Whether the best hit answers the question: a small logistic model in plain numbers."""

import enum
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources

from corpus.json_values import from_values
from corpus.stated import read_json
from embeddings.hit import Hit

# What tells an answer where no reader has read: of thirty signals tried (ranks, each MaxSim, BM25,
# cosines and their margins, agreement of the rankings), these three told answered from unanswered
# questions as well as all together, and better on collections that the model was not fitted on.
ANSWER_SIGNALS = ("score", "margin", "coverage")
# Where one has. How many of the question's words the passage has is left out: in the sheets that
# this is fitted on, their writers' rule puts them where a passage does not answer.
READ_SIGNALS = ("reading", "score")
# What tells whether the library is about the question at all, answered or not; the cosine added
# nothing to these.
SUBJECT_SIGNALS = ("score", "coverage")


# From about 710 on exp() overflows; the likelihood is none long before.
_LARGEST_EXPONENT = 700.0


class Verdict(enum.StrEnum):
    """What an answer claims to be; `closest` is where the reports do not say."""

    ANSWERED = "answered"
    PERHAPS = "perhaps"
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
        return 1 / (1 + math.exp(min(-logit, _LARGEST_EXPONENT)))


# Says yes of everything: where nothing tells what the library is not about, nothing is outside it.
ALWAYS = Logistic(intercept=0.0, slopes={}, yes_from=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """`answer`: whether the best hit answers; `subject`: whether the library is about this.

    `encoder` and `reader` are the identities of those whose signals it was fitted on, the second
    None for a model that needs none: signals of others are spread otherwise, and say nothing to
    it. From the likelihood `perhaps_from` on, the best hit may answer.
    """

    encoder: str
    reader: str | None
    answer: Logistic
    perhaps_from: float
    subject: Logistic


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfitted:
    """What stands in for a model where none is fitted to this encoder with this reader."""

    encoder: str
    reader: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A verdict and how likely it is that the best hit answers, 0 to 1."""

    verdict: Verdict
    confidence: float


def fitted_to(encoder: str, reader: str | None, models: Sequence[Model]) -> Model | Unfitted:
    """The first of the models that is fitted to an encoder with a reader, or with none."""
    fitting = (one for one in models if (one.encoder, one.reader) == (encoder, reader))
    return next(fitting, Unfitted(encoder=encoder, reader=reader))


def judge(hits: Sequence[Hit], model: Model | Unfitted) -> Judgement:
    """The judgement of a question's hits, best first; unfitted, they are the closest at most.

    That the words of a question stand in a passage does not say that it answers: what no reader
    has read is called "perhaps" at most.
    """
    if not hits:
        return Judgement(verdict=Verdict.OUTSIDE, confidence=0.0)
    if isinstance(model, Unfitted):
        return Judgement(verdict=Verdict.CLOSEST, confidence=0.0)
    signals = signals_of(hits[0])
    confidence = model.answer.likelihood(signals)
    if confidence >= model.answer.yes_from and hits[0].why.reading is not None:
        verdict = Verdict.ANSWERED
    elif confidence >= model.perhaps_from:
        verdict = Verdict.PERHAPS
    elif model.subject.likelihood(signals) >= model.subject.yes_from:
        verdict = Verdict.CLOSEST
    else:
        verdict = Verdict.OUTSIDE
    return Judgement(verdict=verdict, confidence=confidence)


def signals_of(best: Hit) -> dict[str, float]:
    """The signals of a question's best hit, by their names."""
    reading = best.why.reading
    found = {"score": best.score, "margin": best.why.margin, "coverage": best.why.coverage}
    return found if reading is None else found | {"reading": reading.answers}


@cache
def shipped_models() -> tuple[Model, ...]:
    """Those that come with Pincite: for its reader where one does, and last for none."""
    folder = resources.files("embeddings.judging")
    files = [folder / name for name in ("verdict.json", "verdict-unread.json")]
    texts = [file.read_text(encoding="utf-8") for file in files if file.is_file()]
    return tuple(map(model_from_json, texts))


def model_from_json(text: str) -> Model:
    """A model from what `model_to_json` writes; raises KeyError, TypeError or ValueError.

    One that was written before there was a reader was fitted without, and what it calls answered
    is called perhaps.
    """
    fields = read_json(text)["model"]
    if "perhaps_from" not in fields:
        fields = {**fields, "perhaps_from": fields["answer"]["yes_from"]}
    model = from_values(Model, {"reader": None, **fields, "encoder": fields["encoder"]})
    known = {*ANSWER_SIGNALS, *(READ_SIGNALS if model.reader else ())}
    if unknown := {*model.answer.slopes, *model.subject.slopes} - known:
        raise ValueError(f"no signals are {unknown}")
    return model


def model_to_json(model: Model, **about: object) -> str:
    """A model, and what is to be said about its fit, as an indented JSON object."""
    return json.dumps({"model": asdict(model), **about}, indent=2, ensure_ascii=False) + "\n"
