"""Other names of the field's terms: "kwanliso" for a political prison camp, "songbun", 관리소.

The groups are a list to be read and corrected, `thesaurus.toml`. The terms of a question that
stand in it can be searched under their other forms as well.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources

from corpus.names.phrases import Phrases, phrases
from corpus.passage import Span

_HANGUL = re.compile("[가-힣]")


def expansions(question: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The terms found in a question, as written there, each with its other forms.

    In the question's order. A term inside a longer one is not found again, and a form that the
    question holds already is left out.
    """
    latin, hangul = _groups()
    terms = [*latin.found(question), *_found_hangul(question, hangul)]
    terms.sort(key=lambda found: found[1].start)
    found: dict[tuple[str, ...], tuple[str, tuple[str, ...]]] = {}
    for group, span in terms:
        others = tuple(form for form in group if not _holds(question, form))
        if others:
            found.setdefault(group, (question[span.start : span.stop], others))
    return tuple(found.values())


def _holds(question: str, form: str) -> bool:
    return re.search(rf"\b{re.escape(form)}", question, re.IGNORECASE) is not None


def _found_hangul(
    question: str, meanings: dict[str, tuple[str, ...]]
) -> Iterator[tuple[tuple[str, ...], Span]]:
    """Forms in Hangul, whose particles are written on to the word; the longest first."""
    free = question
    for form in sorted(meanings, key=len, reverse=True):
        if (start := free.find(form)) >= 0:
            free = free.replace(form, " " * len(form))
            yield meanings[form], Span(start=start, stop=start + len(form))


@cache
def _groups() -> tuple[Phrases[tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """The group of each form, in Latin letters and in Hangul; read once, when first asked."""
    text = resources.files("corpus.names").joinpath("thesaurus.toml").read_text("utf-8")
    groups = [tuple(group) for group in tomllib.loads(text)["groups"]]
    meaning = {form: group for group in groups for form in group}
    hangul = {form: group for form, group in meaning.items() if _HANGUL.search(form)}
    latin = {form: group for form, group in meaning.items() if form not in hangul}
    return phrases(latin), hangul
