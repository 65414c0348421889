"""What a question is made of: the words that build it, and the words it is about."""

import re
from dataclasses import dataclass

from corpus.names.years import numbers, times


def listed(words: str) -> frozenset[str]:
    """The words of a text, to be looked up."""
    return frozenset(words.split())


# Words that no passage is searched for: they build the question.
AUXILIARIES = listed(
    "is are was were be been being am has have had having do does did done can could may "
    "might must shall should will would isn't aren't wasn't weren't hasn't haven't hadn't "
    "don't doesn't didn't can't couldn't won't wouldn't cannot"
)
QUESTION_WORDS = listed("who whom whose what which when where why how")
PREPOSITIONS = listed(
    "about above according across after against among around at before below between by "
    "during except for from in inside into like of off on onto out outside over since through "
    "to toward towards under until up upon via with within without"
)
CONJUNCTIONS = listed("and or but so if because whether while though although than as")
SUBJECTS = listed("it they he she")
OBJECTS = listed("it them him")
PERSONAL = listed("they he she her his its their theirs hers themselves itself")
PRONOUNS = SUBJECTS | OBJECTS | PERSONAL
TAILS = listed("some any one ones none all each both that this these those")
ECHOES = listed("else too instead others another same likewise such either neither")
COMPARED = listed("better worse more less fewer higher lower earlier later")
_LIGHT = listed(
    "a an the i you me my your we us our not no yes there here now still also even only just "
    "really altogether exactly actually precisely please ever yet again then many much long "
    "often most some "
    "any every get gets got getting go goes going say says said tell tells told happen "
    "happens happened mean means meant know known"
)
_FUNCTION = (
    AUXILIARIES
    | QUESTION_WORDS
    | PREPOSITIONS
    | CONJUNCTIONS
    | PRONOUNS
    | TAILS
    | ECHOES
    | COMPARED
    | _LIGHT
)
_MONTHS = listed(
    "january february march april may june july august september october november december"
)
_PEOPLE = listed(
    "people persons women men children girls boys adults babies families anyone anybody"
)
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*['’]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word as written and for comparing; whether passages are searched for it.

    `start` is where it begins in its text.
    """

    written: str
    plain: str
    start: int
    is_content: bool
    is_year: bool
    follows_stop: bool

    @property
    def slot(self) -> str | None:
        """What kind of thing it is, where another of its kind can replace it in a question."""
        if self.is_year:
            return "year"
        if self.plain in _MONTHS and self.is_content:
            return "month"
        return "people" if self.plain in _PEOPLE else None


def words(text: str) -> list[Word]:
    """The words of a text in order."""
    found, end = [], 0
    figures = [time.figures for time in times(text)]
    for match in _WORD.finditer(text):
        plain = match[0].casefold().replace("’", "'").removesuffix("'s").rstrip("'")
        # "May" is a month unless it opens the question.
        is_month = match[0] == "May" and match.start() > 0
        # The WHO and the US, but not WHO in a line that is all capitals.
        is_acronym = len(match[0]) > 1 and match[0].isupper() and not text.isupper()
        found.append(
            Word(
                written=match[0],
                plain=plain,
                start=match.start(),
                is_content=plain not in _FUNCTION or is_month or is_acronym,
                is_year=any(years.start <= match.start() < years.stop for years in figures),
                follows_stop=bool(text[end : match.start()].strip()),
            )
        )
        end = match.end()
    return found


def phrases(question: str) -> tuple[str, ...]:
    """The subject of a question: its words of content, adjacent ones together.

    "Since 2003" and "over 2000" are phrases: 2003 alone is another time, 2000 alone a year.
    """
    runs: list[list[str]] = [[]]
    worded = [time.span for time in times(question) if not time.is_plain] + numbers(question)
    for word in words(question):
        around = [span for span in worded if span.start <= word.start < span.stop]
        if around:
            longest = max(around, key=lambda span: span.stop - span.start)
            runs += [[question[longest.start : longest.stop].strip()], []]
            continue
        if word.follows_stop or not word.is_content:
            runs.append([])
        if word.is_content:
            runs[-1].append(word.written)
    return tuple(dict.fromkeys(" ".join(run) for run in runs if run))


def is_function(word: str) -> bool:
    """Whether an English word in lower case only builds sentences."""
    return word in _FUNCTION


def is_bare(line: str) -> bool:
    """Whether a line asks without any word of content: "why?", "when was that?"."""
    said = words(line)
    asking = QUESTION_WORDS | AUXILIARIES | COMPARED | PREPOSITIONS
    return not any(word.is_content for word in said) and any(word.plain in asking for word in said)
