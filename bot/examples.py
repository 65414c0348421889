"""Questions to begin with: three that the library at hand really answers."""

from collections.abc import Callable, Iterable
from itertools import chain, islice

from bot.answer import Answer
from embeddings.verdict import Verdict

WANTED = 3
# A large library need not be asked about every section it has.
_MOST_TRIED = 40
# Of the report that Pincite's digest retells; where a library does not answer them, its sections
# are asked about.
_WRITTEN = (
    "How many people fled to the South in 2021?",
    "What is songbun?",
    "How many detainees are held in kwanliso?",
)


def answered_examples(
    sections: Iterable[tuple[str, ...]], ask: Callable[[str], Answer]
) -> list[str]:
    """At most WANTED questions with the verdict "answered", none twice.

    `sections` are paths of headings; no more of them are read than questions are tried.
    """
    about = (f"What is reported about {_inside(path[-1])}?" for path in sections if path)
    found: list[str] = []
    for question in dict.fromkeys(islice(chain(_WRITTEN, about), _MOST_TRIED)):
        if len(found) == WANTED:
            break
        if ask(question).verdict is Verdict.ANSWERED:
            found.append(question)
    return found


def _inside(heading: str) -> str:
    """A heading within a sentence: its first letter small, unless the word is all capitals."""
    first = heading.split(maxsplit=1)[0]
    return heading if first.isupper() else heading[0].lower() + heading[1:]
