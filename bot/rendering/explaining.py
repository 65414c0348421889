"""Why these passages, and why this verdict: the card of `--explain`, as lines of text."""

from bot.answering.answer import Answer
from bot.answering.unmet import unmet_words
from bot.rendering.reasons import notes, reason
from corpus.citing.citations import pinpoint
from embeddings.hit import Hit
from embeddings.judging.verdict import Model, Unfitted, Verdict, signals_of

_MOST_HITS = 3
_BESIDE = "nothing in the passage speaks of what is new in this line"


def card(answer: Answer) -> list[str]:
    """The lines of the card, without styling."""
    lines = [f"verdict     {answer.verdict}, confidence {answer.confidence:.2f}{_stage(answer)}"]
    if why := reason(answer):
        lines.append(f"reason      {why}")
    if answer.searched != answer.question:
        lines.append(f"searched    {answer.searched}")
    lines += [f"note        {note}" for note in notes(answer)]
    for rank, hit in enumerate(answer.hits[:_MOST_HITS], 1):
        lines += _hit(rank, hit)
    return lines


def _stage(answer: Answer) -> str:
    """Which test a refusal failed."""
    if not answer.hits:
        return " (nothing was found)"
    if answer.not_covered:
        return " (what the question names is not in the library)"
    if isinstance(answer.judged_by, Unfitted):
        return " (no verdict is fitted to the model)"
    return _failed(answer, answer.judged_by)


def _failed(answer: Answer, model: Model) -> str:
    """Which test of the verdict's model a refusal failed."""
    match answer.verdict:
        case Verdict.ANSWERED:
            return f" (answered from {model.answer.yes_from:.2f})"
        case Verdict.PERHAPS:
            return f" ({_doubt(answer, model)})"
        case Verdict.CLOSEST if not answer.confidence:
            return f" ({_BESIDE})"
        case Verdict.CLOSEST:
            return f" (below {model.perhaps_from:.2f}: related, not an answer)"
    subject = model.subject.likelihood(signals_of(answer.hits[0]))
    needed = model.subject.yes_from
    return f" (likelihood {subject:.2f} that the library is about this, of {needed:.2f} needed)"


def _doubt(answer: Answer, model: Model) -> str:
    """Why a passage is called perhaps."""
    if answer.topic is not None:
        return "a topic, of which nothing is asked"
    if model.reader is None:
        return f"perhaps from {model.perhaps_from:.2f}; without a reader nothing is answered"
    if answer.confidence < model.answer.yes_from:
        return f"perhaps from {model.perhaps_from:.2f}, answered from {model.answer.yes_from:.2f}"
    return "its section has not what the question names" if answer.unmet.is_wrong else _BESIDE


def _hit(rank: int, hit: Hit) -> list[str]:
    why = hit.why
    return [
        f"{rank}. {hit.passage.id}  {pinpoint(hit.passage)}",
        f"   score     {hit.score:.3f}, {why.margin:.3f} above the fifth",
        f"   words     {', '.join(why.terms) or 'none'}; BM25 {why.bm25:.2f}, "
        f"rank {why.lexical_rank or 'not reached'}",
        f"   meaning   cosine {why.cosine:.2f}, rank {why.dense_rank or 'not reached'}",
        f"   MaxSim    passage {why.passage_maxsim:.2f}, sentence {why.sentence_maxsim:.2f}; "
        f"{why.coverage:.0%} of the question’s weight stands in the sentence",
        f"   not met   {', '.join(unmet_words(why)) or 'none of its words'}",
        f"   reading   {_reading(hit)}",
    ]


def _reading(hit: Hit) -> str:
    """What the reader says of a passage."""
    reading = hit.why.reading
    if reading is None:
        return "not read"
    return f"{reading.likelihood:.0%} likely to answer, by the reader alone"
