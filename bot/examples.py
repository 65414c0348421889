"""Questions to begin with: three that the library at hand really answers."""

from collections.abc import Callable, Sequence

from bot.answer import Answer
from corpus.passage import Passage
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


def answered_examples(passages: Sequence[Passage], ask: Callable[[str], Answer]) -> list[str]:
    """At most WANTED questions with the verdict "answered", none twice."""
    sections = dict.fromkeys(passage.section[-1] for passage in passages if passage.section)
    candidates = [*_WRITTEN, *(f"What is reported about {_inside(name)}?" for name in sections)]
    found: list[str] = []
    for question in candidates[:_MOST_TRIED]:
        if len(found) == WANTED:
            break
        if ask(question).verdict is Verdict.ANSWERED:
            found.append(question)
    return found


def _inside(heading: str) -> str:
    """A heading within a sentence: its first letter small, unless the word is all capitals."""
    first = heading.split(maxsplit=1)[0]
    return heading if first.isupper() else heading[0].lower() + heading[1:]
