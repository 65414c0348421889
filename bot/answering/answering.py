"""The path of a question, without input or output: what to search, what to say."""

import contextlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from bot.answering.answer import Answer, Coverage, NotCovered
from bot.answering.languages import other_language
from bot.answering.topics import Search, on_topic, on_topic_verdict, topic_of
from bot.answering.unmet import MET, NOTHING_UNMET, SILENT, unmet
from bot.answering.words import is_function, words
from corpus.english.figures import in_thousands
from corpus.errors import BadQuestion, NotInLibrary
from corpus.names.mentions import Mentions, country_named, mentions
from corpus.passage import Passage
from corpus.scope import EVERYTHING, Scope, Shelved
from embeddings.hit import Hit
from embeddings.judging.verdict import Model, Unfitted, Verdict, judge

# The default model reads 256 word pieces, about 1,000 characters; more would not be searched.
LONGEST_QUESTION = 1_000
MOST_PASSAGES = 100


def answer(
    question: str,
    search: Search,
    covered: Coverage,
    *,
    k: int,
    model: Model | Unfitted,
    scope: Scope = EVERYTHING,
    asked: str | None = None,
    carried: tuple[str, ...] = (),
    topic: str | None = None,
    section: Callable[[Passage], str] = lambda passage: passage.text,
) -> Answer:
    """The answer to a question from what is covered, with at most k passages.

    The verdict is by `model`; `section` gives the text of the section that a passage stands in. A
    passage is called "perhaps" at most where the question has a figure, a name or a year that its
    section has not, or is a `topic`: of that nothing is asked (bot.answering.topics.on_topic).
    `asked` is the line as the person typed it, where `question` is more than that because it
    takes over what is `carried` from the conversation. A line in another language than English is
    not searched: of 300 such (tests/questions/languages.jsonl) 84 were "perhaps" answered, half of
    them by what says nothing of it. Raises BadQuestion for a question or a k that cannot be
    searched, NotInLibrary for a scope that holds nothing.
    """
    check_number(k)
    searched = checked(question)
    if language := other_language(question if asked is None else asked):
        return Answer(
            question=question if asked is None else asked,
            searched=searched,
            scope=scope,
            verdict=Verdict.OUTSIDE,
            confidence=0.0,
            judged_by=model,
            language=language,
            hits=(),
            coverage=covered,
        )
    named = mentions(searched)
    find = search.search if topic is None else partial(on_topic, search, topic)
    hits, searched_in = _search(find, searched, k, scope, narrowed(scope, named, covered))
    judgement = judge(hits, model)
    lacking = not_covered(named, covered, hits)
    verdict, confidence = judgement.verdict, judgement.confidence
    # What is carried over was held against the passages of the question before.
    own = asked if carried and asked else searched
    missed = unmet(own, hits[0], partial(section, hits[0].passage)) if hits else NOTHING_UNMET
    beside = bool(carried and hits) and is_beside(asked or question, carried, hits[0])
    if lacking is not None:
        verdict, confidence = Verdict.OUTSIDE, 0.0
    elif topic is not None:
        verdict = on_topic_verdict(topic, hits, verdict)
    elif verdict is Verdict.ANSWERED and (missed.is_wrong or beside):
        verdict = Verdict.PERHAPS
    elif verdict is Verdict.PERHAPS and (beside or speaks_of_none(hits[0])):
        verdict, confidence = Verdict.CLOSEST, 0.0
    return Answer(
        question=question if asked is None else asked,
        searched=searched,
        carried=carried,
        scope=searched_in,
        verdict=verdict,
        confidence=confidence,
        judged_by=model,
        not_covered=lacking,
        unmet=missed,
        topic=None if topic is None or not hits else topic_of(topic, hits[0]),
        hits=tuple(hits),
        coverage=covered,
    )


def narrowed(scope: Scope, named: Mentions, covered: Coverage) -> Scope:
    """The scope narrowed to the one country and the one year that a question names.

    Only where there are several to choose from, and where the person has not chosen.
    """
    countries = [name for name in covered.countries if country_named(name) in named.countries]
    if len(covered.countries) > 1 and len(countries) == 1 and scope.country is None:
        scope = replace(scope, country=countries[0])
    years = [year for year in named.years if year in covered.years]
    if len(covered.years) > 1 and len(years) == 1 and scope.year is None:
        scope = replace(scope, named_year=years[0])
    return scope


def not_covered(named: Mentions, covered: Coverage, hits: Sequence[Hit]) -> NotCovered | None:
    """Which countries or years of the question no report is about.

    None where there is no such, or where the best passage names it all the same.
    """
    text = hits[0].passage.searched if hits else ""
    known = {country_named(name) for name in covered.countries}
    countries = [
        name
        for name in named.countries
        if known and name not in known and name not in mentions(text).countries
    ]
    if countries:
        return NotCovered(kind="country", asked=tuple(countries), covered=covered.countries)
    years = [
        str(year)
        for year in named.years
        if covered.years and year not in covered.years and str(year) not in text
    ]
    if years:
        return NotCovered(kind="year", asked=tuple(years), covered=covered.periods)
    return None


def is_beside(line: str, carried: Sequence[str], best: Hit) -> bool:
    """Whether a follow-up says something new, and the best passage speaks of none of it.

    What is carried over brings the passage of the question before to the top, whatever is new.
    """
    known = {word.plain for phrase in carried for word in words(phrase)}
    new = {word.plain for word in words(line) if word.is_content} - known
    met = [value for word, value in best.why.met if word in new]
    return bool(met) and max(met) < MET


def speaks_of_none(best: Hit) -> bool:
    """Whether a passage comes near to no word of content that was searched for."""
    met = [value for word, value in best.why.met if not is_function(word)]
    return bool(met) and max(met) <= SILENT


def _search(
    find: Callable[[str, int, Scope], list[Hit]],
    question: str,
    k: int,
    scope: Scope,
    narrow: Scope,
) -> tuple[list[Hit], Scope]:
    """Hits within the narrower scope, else within the wider, and which it was."""
    if narrow != scope:
        with contextlib.suppress(NotInLibrary):
            return find(question, k, narrow), narrow
    return find(question, k, scope), scope


def check_number(k: int) -> None:
    """Raise BadQuestion where k is not a number of passages."""
    if not 1 <= k <= MOST_PASSAGES:
        raise BadQuestion(f"{k} is not a number of passages; give one from 1 to {MOST_PASSAGES}.")


def checked(question: str) -> str:
    """The question as it is searched; raises BadQuestion."""
    searched = in_thousands(" ".join(question.split()))
    if not any(character.isalnum() for character in searched):
        raise BadQuestion("the question is empty; ask in a few words or a sentence.")
    if len(searched) > LONGEST_QUESTION:
        raise BadQuestion(
            f"the question has {len(searched):,} characters; ask in at most {LONGEST_QUESTION:,}."
        )
    return searched


def coverage(reports: Sequence[Shelved], press_years: Iterable[int] = ()) -> Coverage:
    """What reports cover, each thing once, in the order of the reports."""
    periods = [report.period for report in reports if report.period]
    return Coverage(
        titles=_distinct(report.title for report in reports),
        countries=_distinct(report.country for report in reports),
        periods=_distinct(str(period) for period in periods),
        years=frozenset(press_years).union(*(period.years for period in periods)),
    )


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
