"""The passages on a topic, of which nothing is asked: those of its section, or the summary."""

import contextlib
from dataclasses import replace
from typing import Protocol

from bot.answering.answer import Topic
from bot.answering.unmet import MET, SILENT
from bot.answering.words import words
from corpus.errors import NotInLibrary
from corpus.scope import EVERYTHING, Scope
from embeddings.hit import Hit
from embeddings.judging.verdict import Verdict

# What reports call a summary of their own, the most telling first.
SUMMARIES = (
    "executive summary",
    "summary",
    "overview",
    "key findings",
    "background",
    "introduction",
)
# What is searched for where no report has one.
_ALL = "the human rights situation"
# What a word shares with its plural or its adjective, at the least.
_STEM = 4


class Search(Protocol):
    """Whatever finds hits, best first."""

    def search(self, question: str, k: int, scope: Scope = ...) -> list[Hit]:
        """The k passages in scope that match a question best, best first."""
        ...


def on_topic(
    search: Search, topic: str, question: str, k: int, scope: Scope = EVERYTHING
) -> list[Hit]:
    """The k best passages on a topic: those of its section first, each part best first.

    Of an empty topic those of the reports' summaries. Raises what the search raises.
    """
    if topic:
        hits = search.search(question, k, scope)
        section = _section(topic, hits)
    else:
        hits = search.search(_ALL, k, scope)
        section = ""
    within: list[Hit] = []
    for title in (section,) if section else () if topic else SUMMARIES:
        with contextlib.suppress(NotInLibrary):
            narrow = replace(scope, section=scope.section or title)
            within = search.search(topic or _ALL, k, narrow)
            break
    seen = {hit.passage.id for hit in within}
    return [*within, *(hit for hit in hits if hit.passage.id not in seen)][:k]


def topic_of(topic: str, best: Hit) -> Topic:
    """What is said of a topic: where its best passage stands, and whether that is a summary."""
    heading = best.passage.section[-1] if best.passage.section else ""
    is_summary = not topic and any(name in heading.casefold() for name in SUMMARIES)
    return Topic(name=topic, section=heading, is_summary=is_summary)


def on_topic_verdict(topic: str, hits: list[Hit], verdict: Verdict) -> Verdict:
    """Perhaps where the best passage speaks of a topic; outside where it says nothing of it.

    Else as it is, and never answered.
    """
    told = {word.plain for word in words(topic) if word.is_content}
    met = [value for word, value in hits[0].why.met if word in told]
    if not topic or (met and max(met) >= MET and verdict is not Verdict.OUTSIDE):
        return Verdict.PERHAPS
    if met and max(met) <= SILENT:
        return Verdict.OUTSIDE
    return Verdict.OUTSIDE if verdict is Verdict.OUTSIDE else Verdict.CLOSEST


def _section(topic: str, hits: list[Hit]) -> str:
    """The path of the section on a topic: of those found one that is called so, else the best."""
    stems = {
        word.plain[:-2] if len(word.plain) > _STEM + 1 else word.plain
        for word in words(topic)
        if word.is_content
    }
    titled = (
        hit.passage.section
        for hit in hits
        if hit.passage.section and all(stem in hit.passage.section[-1].casefold() for stem in stems)
    )
    best = hits[0].passage.section if hits else ()
    return " – ".join(next(titled, best))
