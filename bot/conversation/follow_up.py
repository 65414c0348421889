"""Follow-up questions by rules: does a line lean on the one before, and what does it take over.

A line leans on the conversation where it has no subject of its own (`leans`); it is then searched
together with the subject of the question before it (`joined`).
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.answering.words import (
    AUXILIARIES,
    COMPARED,
    CONJUNCTIONS,
    ECHOES,
    OBJECTS,
    PREPOSITIONS,
    PRONOUNS,
    QUESTION_WORDS,
    SUBJECTS,
    TAILS,
    Word,
    phrases,
    words,
)
from corpus.names.years import times
from corpus.passage import Span

_OPENER = re.compile(
    r"(?:and|n|but|or|so|also|then|plus|what about|how about|what if|(?:the )?same"
    r"(?= (?:for|in|with|of|at|about|to)\b)|more (?:about|on)|only|even)(?!\w)[\s,]*",
    re.IGNORECASE,
)
_IN = re.compile(r"\b(?:in|during|of|for|throughout)\s$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
# Chosen on questions of public test collections, nearly all of which lean on nothing: so many
# words of content make a question whole in spite of a pronoun; so many before a pronoun that is
# an object hold its noun; so many make a question of its own after "and".
_WHOLE, _NOUN_BEFORE, _WHOLE_AFTER_AND = 5, 3, 3


def without_opener(line: str) -> tuple[str, bool]:
    """A line without "and", "what about", "same for" at its start, and whether it had one."""
    rest = line
    while (opener := _OPENER.match(rest)) and opener.end() < len(rest):
        rest = rest[opener.end() :]
    return rest, rest != line


def leans(line: str) -> bool:
    """Whether a line needs the question before it to be understood.

    Of several sentences, the first with a subject decides: "Is it legal? And how long does it ...".
    """
    parts = [found for part in _SENTENCE_END.split(line) if (found := words(part))]
    told = [part for part in parts if sum(word.is_content for word in part) > 1]
    if len(parts) > 1 and told:
        return _leans(" ".join(word.written for word in told[0]))
    return _leans(line)


def names_another(line: str, question: str) -> bool:
    """Whether a line names a subject of its own: "What about the WHO?", "And the Olympic Games?".

    Not where the name takes the place of one of its kind in the question.
    """
    rest, opened = without_opener(line)
    said = words(rest)
    content = [word for word in said if word.is_content]
    if not opened or not content or line.isupper() or said[0].plain in PREPOSITIONS | COMPARED:
        return False
    named = all(word.written[0].isupper() and not word.slot for word in content)
    return named and not _replaced(rest, question)


def joined(line: str, subject: Sequence[str], question: str) -> tuple[str, tuple[str, ...]]:
    """What to search for a line that leans on `question`, and what of its subject is kept.

    "Why?" after "Were medicines scarce?" is "Why were medicines scarce?".
    Where the line only names another time, month, group of people or thing of the same name
    ("State Security" after "Social Security"), that takes the place of the one in the question;
    else the line follows the subject. The headings above the passage in focus are not added: on
    59 follow-ups they found no more (52 first with them, 53 without, by vectors alone).
    """
    rest, _ = without_opener(line)
    if _asks_of_a_fact(rest, question):
        return f"{rest.rstrip(' ?!.')} {question[0].lower()}{question[1:]}", tuple(subject)
    moved = _moved(rest, question)
    if moved is not None:
        replaced = _replaced(moved.left, moved.question)
        if replaced or (replaced is not None and moved.gone):
            question = moved.question
            for old, new in replaced:
                question = new.join(
                    re.split(rf"(?<!\w){re.escape(old)}(?!\w)", question, maxsplit=1)
                )
            gone = {old for old, _ in replaced} | moved.gone
            kept = tuple(part for phrase in subject if (part := _without(phrase, gone)))
            return question, kept
    slots = {word.slot for word in words(rest)} - {None}
    gone = {word.written for word in words(question) if word.slot in slots}
    if times(rest):
        gone |= _written(question)
    said = {word.plain for word in words(rest)}
    kept = tuple(
        part
        for phrase in subject
        if (part := _without(phrase, gone)) and not {word.plain for word in words(part)} <= said
    )
    return (f"{', '.join(kept)}: {rest}" if kept else rest), kept


def _asks_of_a_fact(rest: str, question: str) -> bool:
    """Whether a line is "why?", "since when?", "for how long?" after a question for yes or no.

    Then both together are the question: "Why were medicines scarce?".
    """
    said, asked = [word.plain for word in words(rest)], words(question)
    asks = QUESTION_WORDS - {"who", "whom", "whose", "what", "which"}
    return (
        bool(asked)
        and asked[0].plain in AUXILIARIES
        and bool(asks.intersection(said))
        and asks.union(("since", "until", "for", "long", "often", "not")).issuperset(said)
    )


def _leans(line: str) -> bool:
    rest, opened = without_opener(line)
    said = words(rest)
    content = [word for word in said if word.is_content]
    plain = [word.plain for word in said]
    if not content or _points_out(said):
        return True
    if ECHOES.intersection(plain) and len(content) < _NOUN_BEFORE:
        return True
    building = {word.plain for word in said if not word.is_content}
    has_clause = bool((QUESTION_WORDS | AUXILIARIES) & building)
    if opened:
        return not has_clause or len(content) < _WHOLE_AFTER_AND
    if has_clause:
        return len(content) == 1 and not _is_complete(plain)
    return (
        (plain[0] in PREPOSITIONS | COMPARED and len(content) < _WHOLE)
        or all(word.slot for word in content)
        or (len(content) == 1 and rest.rstrip().endswith("?"))
    )


def _is_complete(plain: Sequence[str]) -> bool:
    """Whether a question with one word of content is whole: a definition, or an existence."""
    return "there" in plain or (
        plain[0] in {"what", "who"} and plain[1] in AUXILIARIES and "the" not in plain
    )


def _points_out(said: Sequence[Word]) -> bool:
    """Whether a word such as "it" or "those" stands for something that the line does not name."""
    plain = ["", *(word.plain for word in said), ""]
    total = sum(word.is_content for word in said)
    named = 0
    for place, word in enumerate(said, 1):
        if _demonstrates(plain[place - 1], word.plain, plain[place + 1]):
            return True
        if total < _WHOLE and _is_unbound(plain, place, named):
            return True
        named += word.is_content
    return False


def _demonstrates(before: str, word: str, after: str) -> bool:
    """Whether a word points: "is that true?", "who lives there?", but not "people that"."""
    match word:
        case "that":
            return before in AUXILIARIES | PREPOSITIONS | {""} or not after
        case "this" | "these":
            return after not in {"year", "month", "report", "library"}
        case "those":
            return after not in {"who", "that", "whose", "with", "in"}
        case "there":
            return not {before, after} & AUXILIARIES
        case _:
            return word in TAILS and not after and bool(before)


def _is_unbound(plain: Sequence[str], place: int, named: int) -> bool:
    """Whether the pronoun at a place has no noun among the `named` words of content before it."""
    before, word, after = plain[place - 1 : place + 2]
    if word not in PRONOUNS or (
        word == "it" and {"to", "that"}.intersection(plain[place + 1 : place + 3])
    ):
        return False
    if before in AUXILIARIES and word in SUBJECTS:
        return not (named and CONJUNCTIONS.intersection(plain[:place]))
    opens_clause = before in CONJUNCTIONS | QUESTION_WORDS | {"that"} or after in AUXILIARIES
    return named < (_NOUN_BEFORE if word in OBJECTS and not opens_clause else 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moved:
    """A question at the time that a line names, what else the line says, and the words gone."""

    question: str
    left: str
    gone: frozenset[str]


def _moved(rest: str, question: str) -> _Moved | None:
    """The question with its time replaced by the line's; None where there is no one time to.

    "Since", "before" or "between" go with their years, and take the place of "in".
    """
    said, asked = times(rest), times(question)
    if not said:
        return _Moved(question=question, left=rest, gone=frozenset())
    if len(said) > 1 or len(asked) != 1:
        return None
    new, old = said[0], asked[0]
    if new.is_plain and old.is_plain:
        taken, place = new.figures, old.figures
        put = rest[taken.start : taken.stop]
    else:
        lead = _IN.search(question[: old.span.start])
        if old.is_plain and lead is None:
            return None
        place = Span(start=lead.start() if lead else old.span.start, stop=old.span.stop)
        taken = new.span
        put = ("in " if new.is_plain else "") + rest[taken.start : taken.stop]
    return _Moved(
        question=question[: place.start] + put + question[place.stop :],
        left=f"{rest[: taken.start]} {rest[taken.stop :]}",
        gone=_written(question),
    )


def _written(question: str) -> frozenset[str]:
    """The times of a question, as phrases and as words of phrases."""
    return frozenset(
        written
        for time in times(question)
        for figures in [question[time.figures.start : time.figures.stop]]
        for written in [question[time.span.start : time.span.stop], *figures.split()]
    )


def _replaced(rest: str, question: str) -> list[tuple[str, str]] | None:
    """What of the question each phrase of the line replaces; None unless every one does.

    A phrase that the question says too replaces itself, so nothing else takes its place, and one
    thing is not replaced by two: "and women and men?" asks about both.
    """
    asked = words(question)
    said = {word.plain for word in asked}
    own = {word.plain for word in words(rest)}
    if not own & QUESTION_WORDS <= said:
        return None
    pairs: list[tuple[str, str]] = []
    for phrase in _named(rest):
        if {word.plain for word in words(phrase)} <= said:
            continue
        old = _rival(phrase, asked, phrases(question))
        if old is None or old in dict(pairs) or {word.plain for word in words(old)} <= own:
            return None
        pairs.append((old, phrase))
    return pairs


def _named(rest: str) -> list[str]:
    """The phrases of a line; of "May 2020" each word, since each can replace one."""
    named = []
    for phrase in phrases(rest):
        parts = phrase.split()
        named += parts if all(word.slot for word in words(f" {phrase}")) else [phrase]
    return named


def _rival(phrase: str, asked: Sequence[Word], subject: Sequence[str]) -> str | None:
    """What of a question is of one kind with a phrase."""
    *_, last = words(f" {phrase}")
    if phrase == last.written:
        # Years have been replaced before; one alone here may be a number.
        alike = [w.written for w in asked if w.slot and w.slot == last.slot and not w.is_year]
    else:
        alike = [
            part
            for part in subject
            if len(part.split()) > 1 and words(part)[-1].plain == last.plain
        ]
    return alike[0] if alike else None


def _without(phrase: str, gone: Collection[str]) -> str:
    if phrase in gone:
        return ""
    return " ".join(word for word in phrase.split() if word not in gone)
