"""A question as the end of "they do not say ...": "how many women are held", "when it began".

By rule, and only where the rules are sure of the grammar: a subject whose end is not certain leaves
the question word alone ("when"), which is never wrong.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.words import PREPOSITIONS, QUESTION_WORDS
from corpus.english.verbs import BASES, IRREGULAR, is_adverb, is_participle, past, third_person


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BE, _HAVE, _DO = _listed("is are was were"), _listed("has have had"), _listed("do does did")
_MODALS = _listed("can could may might must shall should will would")
_AUXILIARIES = _BE | _HAVE | _DO | _MODALS
_PRONOUNS = _listed(
    "i you he she it we they there anyone anybody anything someone everyone everybody nobody "
    "nothing people women men children"
)
_DETERMINERS = _listed(
    "a an the this that these those any some all many most more no his her its their my our your "
    "every each"
)
_ADVERBS = _listed("not still also already ever never really often now only being")
_COUNTING = _listed("many much long often far large big old high")
_PASTS = _listed(" ".join(past for past, _ in IRREGULAR.values())) - {
    "won",
    *(base for base, (past, _) in IRREGULAR.items() if base == past),
}
_SENTENCE = re.compile(r"(?<=[.?!])\s+")
# A phrase with a question word is not longer: "in which North Korean province".
_LONGEST_PHRASE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Indirect:
    """What a question asks, in its words; not whole where it is the question word alone."""

    text: str
    is_whole: bool


def indirect(question: str) -> Indirect | None:
    """What a question asks as an indirect question; None for a line that is none, as keywords."""
    *_, last = _SENTENCE.split(question.strip())
    said = last.strip(" ?!.…\"“”'").split()
    low = [word.lower().strip(",;:") for word in said]
    at = next((place for place, word in enumerate(low[:2]) if word in QUESTION_WORDS), None)
    if at is None or (at == 1 and low[0] not in PREPOSITIONS):
        if not low or low[0] not in _AUXILIARIES or len(low) == 1:
            return None
        clause = _declared(said[0].lower(), said[1:])
        return Indirect(text=f"whether {clause or 'that is so'}", is_whole=clause is not None)
    if low[at + 1 : at + 2] in (["about"], ["come"], ["if"]) or len(low) == at + 1:
        return None
    said[0] = said[0].lower()
    return _asked(said, low, at)


def _asked(said: Sequence[str], low: Sequence[str], at: int) -> Indirect:
    """The indirect form of a question whose question word stands at a place."""
    after = range(at + 1, len(low))
    place = next((one for one in after if low[one] in _AUXILIARIES), None)
    asks_of_subject = low[at] in {"who", "what", "which", "whose"} or low[at + 1] in {
        "many",
        "much",
    }
    if place is None or (
        asks_of_subject
        and (_has_verb(low, at, place) or _is_predicate(low[place], low[place + 1 :]))
    ):
        is_question = place is not None or asks_of_subject
        text = " ".join(said) if is_question else said[at]
        return Indirect(text=text, is_whole=is_question)
    phrase = said[:place]
    clause = _declared(low[place], said[place + 1 :], low[at] in {"who", "what"})
    if clause and len(phrase) <= _LONGEST_PHRASE:
        return Indirect(text=" ".join([*phrase, clause]), is_whole=True)
    if len(phrase) > _LONGEST_PHRASE:
        counted = {"many": 2, "much": 2}.get(low[at + 1], low[at + 1] in _COUNTING)
        phrase = said[: at + 1 + (1 if low[at + 2] in PREPOSITIONS else counted)]
    return Indirect(text=" ".join(phrase), is_whole=False)


def _has_verb(low: Sequence[str], at: int, place: int) -> bool:
    """Whether a verb stands between the question word and the auxiliary: "who said that it is"."""
    between = low[at + 1 : place]
    if low[at] == "who":
        return bool(between)
    return any(word in _PASTS or word in {"happened", "happens"} for word in between)


def _is_predicate(auxiliary: str, rest: Sequence[str]) -> bool:
    """Whether what follows an auxiliary is its predicate, so that the subject stands before it."""
    if not rest or auxiliary in _DO:
        return False
    first = next((word for word in rest if not _is_adverb(word)), "")
    if auxiliary in _HAVE and not any(map(is_participle, rest)):
        return True
    if auxiliary in _MODALS:
        return first in BASES or first == "be"
    return is_participle(first) or (auxiliary in _BE and first in PREPOSITIONS)


def _is_adverb(word: str) -> bool:
    return word in _ADVERBS or is_adverb(word)


def _declared(auxiliary: str, rest: Sequence[str], asks_what: bool | None = None) -> str | None:
    """A clause in the order of a statement from what follows its auxiliary; None where unsure.

    `asks_what` says whether it is asked who or what the subject is: then all of it may be that;
    it is None where it is asked whether.
    """
    low = [word.lower().strip(",;:") for word in rest]
    if not low or "not" in low or (low[0] == "there" and auxiliary in _DO):
        return None
    place = _predicate(auxiliary, low, rest)
    if place is None and auxiliary in _BE and asks_what is not None:
        place = _end_of_noun(low, rest, names=asks_what)
    if place is None:
        return None
    subject, predicate = list(rest[:place]), list(rest[place:])
    if auxiliary not in _DO:
        return " ".join([*subject, auxiliary, *predicate])
    verb = low[place]
    form = {"did": past, "does": third_person}.get(auxiliary, str)(verb)
    return " ".join([*subject, form, *predicate[1:]])


def _predicate(auxiliary: str, low: Sequence[str], rest: Sequence[str]) -> int | None:
    """Where the one verb that goes with an auxiliary stands; None for none or several."""
    is_verb = BASES.__contains__ if auxiliary in _DO | _MODALS else is_participle
    first = 2 if low[0] in _DETERMINERS else 1
    found = [
        place
        for place in range(first, len(low))
        if is_verb(low[place])
        and low[place - 1] not in _DETERMINERS | PREPOSITIONS | {"and", "or", "who", "that"}
        and rest[place].islower()
    ]
    if low[0] in _PRONOUNS and auxiliary in _BE and (not found or found[0] > 1):
        return 1 if low[0] in {"there", "it", "they", "he", "she"} else None
    if len(found) != 1 and not (found and found[0] == 1 and low[0] in _PRONOUNS):
        return None
    place = found[0]
    if auxiliary in _DO:
        return place
    while place > first and _is_adverb(low[place - 1]):
        place -= 1
    return place


def _end_of_noun(low: Sequence[str], rest: Sequence[str], *, names: bool) -> int | None:
    """Where the subject of "is" ends that no participle follows: before a phrase of place, time."""
    place = next(
        (at for at in range(1, len(low)) if low[at] in PREPOSITIONS - {"of", "like"}), None
    )
    head = rest[: len(rest) if place is None else place]
    is_short = (
        (len(head) == 2 and low[0] in _DETERMINERS)  # noqa: PLR2004  a determiner and its noun
        or len(head) == 1
        or all(word[0].isupper() for word in head)
    )
    has_clause = any(
        word in _AUXILIARIES or (is_participle(word) and before not in PREPOSITIONS)
        for before, word in zip(["", *low], low, strict=False)
    )
    if low[-1] in {"like", "about"} or has_clause:
        return None
    return len(head) if is_short or (names and low[0] in _DETERMINERS) else None
