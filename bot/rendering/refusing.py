"""What is said where the reports do not say: what they speak of, and what is missed.

"These reports speak of the camps but do not say how many women are held." Made by rule from the
question's own words; where no good sentence can be made, a plain one that is never wrong.
"""

import re
from collections.abc import Iterator, Sequence

from bot.answering.answer import Answer
from bot.answering.unmet import Unmet, WrongFigure
from bot.answering.words import PREPOSITIONS, Word, words
from bot.rendering.indirect import Indirect, indirect
from corpus.english.folded import fold
from corpus.english.verbs import BASES, is_adverb, is_participle
from corpus.names.mentions import mentions
from corpus.passage import Passage

_PLAIN = "These reports do not answer this, as far as Pincite can tell."
_ARTICLES = frozenset({"a", "an", "the"})
# A question word that says nothing alone.
_EMPTY = frozenset({"what", "how", "which"})
# What a word shares with its plural or its adjective, at the least.
_STEM = 4
_MOST_WORDS = 3
# Words of content that say nothing of what is missed.
_VAGUE = frozenset({"anybody", "anyone", "number", "people", "persons"})


def does_not_say(answer: Answer) -> str:
    """The sentence over the closest passage of an answer that none answers."""
    passage = answer.hits[0].passage
    question = answer.question if answer.carried else answer.searched
    asked = indirect(question)
    topic = _topic(answer.searched, passage, asked)
    missing = listed([f"“{word}”" for word in _missing(question, answer.unmet)])
    speaking = f"These reports speak of {topic} but" if topic else "These reports"
    if asked is not None and asked.is_whole:
        said = f"{speaking} do not say {_without(asked.text, topic)}"
    elif missing:
        spoken = f"These reports speak of {topic}, but the" if topic else "The"
        said = f"{spoken} closest passage says nothing of {missing}"
    elif asked is not None and asked.text not in _EMPTY:
        said = f"{speaking} do not say {asked.text}"
    else:
        return _PLAIN
    return f"{said}, as far as Pincite can tell."


def corrections(unmet: Unmet) -> list[str]:
    """What of a question its section names or counts otherwise, a sentence each."""
    names = [f"“{name}”" for name in unmet.names]
    said = [_figure(wrong) for wrong in unmet.figures]
    if names or unmet.years:
        said.append(f"The section does not name {listed([*names, *unmet.years])}.")
    return said


def _figure(wrong: WrongFigure) -> str:
    if wrong.given is None:
        return f"The section does not give the figure {wrong.asked}."
    return f"The report gives {wrong.given}, not {wrong.asked}."


def _missing(question: str, unmet: Unmet) -> Sequence[str]:
    """What a passage does not meet, as it is written, each once; countries are said apart."""
    named = {word for name in unmet.names for word in fold(name.replace("-", " ")).words}
    others = [
        word.written
        for word in words(question)
        if word.plain in unmet.words
        and word.plain not in named | _VAGUE
        and not mentions(word.written).countries
    ]
    return [*unmet.names, *dict.fromkeys(others)][:_MOST_WORDS]


def _topic(question: str, passage: Passage, asked: Indirect | None) -> str:
    """The thing that a question names and its passage speaks of; empty where none is sure.

    What is asked how many there are of is none, nor are a country and a time.
    """
    held = fold(passage.searched).words
    how_many = r"(?:\w+ )?(?:how (?:many|much)|which|what) (\S+)"
    counted = re.match(how_many, asked.text) if asked else None
    for phrase in _nouns(question):
        named = [word for word in words(f"x {phrase}")[1:] if word.is_content]
        is_told = all(
            any(one.startswith(word.plain[: max(_STEM, len(word.plain) - 2)]) for one in held)
            for word in named
        )
        is_time_or_place = all(word.slot for word in named) or mentions(phrase).countries
        is_counted = counted is not None and counted[1].lower() in phrase.lower()
        if is_told and not is_time_or_place and not is_counted:
            return phrase
    return ""


def _nouns(question: str) -> Iterator[str]:
    """Words that follow "the" or a preposition and are surely a noun, with their article."""
    said = words(question)
    for place in range(1, len(said)):
        before, first = said[place - 1], said[place]
        article = before.plain in _ARTICLES
        opened = said[place - 2] if article and before.plain != "the" and place > 1 else before
        if opened.plain not in PREPOSITIONS | {"the"} or first.follows_stop:
            continue
        run, ends = _run(said[place:])
        is_cut = ends and not (article and before.plain == "the")
        if run and not is_cut and not run[-1].written.endswith(("'s", "’s")):
            yield " ".join([*([before.plain] if article else []), *(one.written for one in run)])


def _run(said: Sequence[Word]) -> tuple[Sequence[Word], bool]:
    """The words of content that open a text, and whether what may be a verb ends them."""
    run: list[Word] = []
    for word in said:
        if not word.is_content or (run and word.follows_stop):
            return run, False
        if word.plain in BASES or is_participle(word.plain) or is_adverb(word.plain):
            return run, True
        run.append(word)
    return run, False


def _without(clause: str, topic: str) -> str:
    """A clause without the phrase at its end that names the topic: it was just said."""
    if not topic:
        return clause
    prepositions = "|".join(sorted(PREPOSITIONS))
    country = r"(?: in [A-Z]\w*(?: [A-Z]\w*)*)?"
    shorter = re.sub(rf" (?:{prepositions}) {re.escape(topic)}{country}$", "", clause)
    return shorter if len(shorter.split()) > _MOST_WORDS else clause


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: a, b and c."""
    *first, last = names or [""]
    return f"{', '.join(first)} and {last}" if first else last
