"""Several questions in one line: each is answered, in order. Pure."""

import re
from dataclasses import dataclass

from bot.answering.words import AUXILIARIES, QUESTION_WORDS, is_bare, phrases, words
from bot.conversation.follow_up import without_opener
from bot.conversation.small_talk import without_small_talk

# A line of more is a text; who asks so many is told which were left.
MOST_QUESTIONS = 3
# An "and" joins two questions where each has so many words.
_SHORTEST = 3
_STOP = re.compile(r"(?<=[.!])\s+")
_END = re.compile(r"\?+[)\]]*\s+")
_AND = re.compile(r",?\s+(?:and|also|and also)\s+", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’|«[^»]*»")
_SUBJECT = re.compile(
    r"(?:there|they|it|he|she|we|i|the|a|an|any|this|that|these|those|his|her|its|their|all|some|"
    r"people|women|men|children)\b|[A-Z]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """The questions of a line in order, and those beyond the first three, which nobody reads."""

    asked: tuple[str, ...]
    left: tuple[str, ...] = ()

    @property
    def is_one(self) -> bool:
        """Whether the line asks one thing."""
        return len(self.asked) == 1


def questions(line: str) -> Several:
    """The questions of a line; a line that asks one thing, or none, is one as it stands.

    A sentence before a question belongs to it ("My client is from Sinuiju. Is she ..."), and so
    does one after the last. What stands in quotation marks is no question of the line's own.
    """
    found: list[str] = []
    waiting = ""
    for part in (piece for sentence in _sentences(line) for piece in _joined_by_and(sentence)):
        if _asks(part):
            found.append(f"{waiting} {part}".strip())
            waiting = ""
        elif found and not part.rstrip().endswith("?"):
            found[-1] = f"{found[-1]} {part}"
        else:
            waiting = f"{waiting} {part}".strip()
    if len(found) < 2:  # noqa: PLR2004  one question, whatever stands around it
        return Several(asked=(line,))
    if waiting:
        found[-1] = f"{found[-1]} {waiting}"
    return Several(asked=tuple(found[:MOST_QUESTIONS]), left=tuple(found[MOST_QUESTIONS:]))


def _sentences(line: str) -> list[str]:
    """A line cut after its question marks, but for those in quotations."""
    quoted = [match.span() for match in _QUOTED.finditer(line)]
    cuts = [
        match.end()
        for match in _END.finditer(line)
        if not any(start <= match.start() < stop for start, stop in quoted)
    ]
    return [line[a:b].strip() for a, b in zip([0, *cuts], [*cuts, len(line)], strict=True)]


def _joined_by_and(sentence: str) -> list[str]:
    """The questions that an "and" joins; one where it joins else, as in "arrest and trial"."""
    for match in _AND.finditer(sentence):
        first, second = sentence[: match.start()], sentence[match.end() :]
        if _is_question(first) and _is_question(second, inverted=True):
            return [first, *_joined_by_and(second)]
    return [sentence]


def _is_question(text: str, *, inverted: bool = False) -> bool:
    """Whether a text opens as a question; `inverted`: its verb before its subject."""
    said = words(text)
    if len(said) < _SHORTEST or not (phrases(text) or is_bare(text)):
        return False
    first, second = said[0].plain, said[1].plain
    if first in AUXILIARIES:
        return not inverted or _SUBJECT.match(text[said[1].start :]) is not None
    if not inverted:
        return first in QUESTION_WORDS
    if first not in QUESTION_WORDS:
        return False
    auxiliary = next((word for word in said[1:4] if word.plain in AUXILIARIES), None)
    if auxiliary is None:
        return False
    _, _, after = text[auxiliary.start :].partition(" ")
    return second in AUXILIARIES or _SUBJECT.match(after) is not None


def _asks(part: str) -> bool:
    """Whether a part of a line is a question of its own, or follows one up ("and in 2020?")."""
    asked, small_talk = without_small_talk(part)
    if small_talk and not asked:
        return False
    rest, opened = without_opener(asked)
    if not (phrases(rest) or is_bare(rest)):
        return False
    sentences = [[word.plain for word in words(one)] for one in _STOP.split(rest)]
    asking = QUESTION_WORDS | AUXILIARIES
    has_clause = any(asking.intersection(plain[:3]) for plain in sentences)
    is_marked = part.rstrip().endswith("?")
    opens = bool(asking.intersection(sentences[-1][:1]))
    return (is_marked and (has_clause or opened)) or opens
