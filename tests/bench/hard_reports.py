"""Ten thousand questions over reports built to be hard: every quotation a slice at its offsets,
every section and paragraph right by a count of its own, in every medium.

    python -m tests.bench.hard_reports [--questions 10000] [--seed 1]

Prints what is wrong, and JSON with how many questions were asked; exit status 1 where any is.
"""

import argparse
import datetime
import random
import tempfile
from functools import cache
from pathlib import Path

from bot.answering.answering import answer, coverage
from corpus.errors import BadQuestion
from corpus.scope import EVERYTHING
from corpus.storage.library import Library
from corpus.storage.versions import Versions
from embeddings.adding import encode_missing
from embeddings.judging.verdict import shipped_models
from tests.bench.measuring import about, said
from tests.conftest import WordEncoder, read_report
from tests.hard_reports import reports, wrongly_placed, wrongly_quoted
from tests.searching import search_in

_QUESTIONS_A_LIBRARY, _REPORTS_A_LIBRARY = 100, 8


def faults(questions: int, seed: int, folder: Path) -> list[str]:
    """What is wrong with so many answers, a sentence each."""
    chance, made, found = random.Random(seed), reports(seed), []
    for number in range(0, questions, _QUESTIONS_A_LIBRARY):
        plans = [next(made) for _ in range(_REPORTS_A_LIBRARY)]
        inside = folder / str(number)
        inside.mkdir()
        with Library(inside / "library") as library:
            for place, plan in enumerate(plans):
                path = inside / f"report-{place}{plan.ending}"
                path.write_bytes(plan.source.encode())
                report, text, passages = read_report(path)
                found += [f"{path}: {one}" for one in wrongly_placed(plan, passages)]
                library.add(report, text, passages, today=datetime.date(2026, 1, 31))
            count = min(_QUESTIONS_A_LIBRARY, questions - number)
            found += _asked(
                library, [one.words for plan in plans for one in plan.placed], count, chance
            )
    return found


def _asked(library: Library, texts: list[str], count: int, chance: random.Random) -> list[str]:
    words = WordEncoder()
    encode_missing(library, words, [*library.passages(library.numbers()).values()])
    search, covered, found = search_in(library, words), coverage(library.active()), []
    versions = Versions(library.path)
    text_of = cache(lambda name: versions.text(name, 1))
    for _ in range(count):
        asked = " ".join(chance.sample(said := chance.choice(texts).split(), min(len(said), 6)))
        try:
            answered = answer(
                asked, search, covered, k=3, scope=EVERYTHING, model=shipped_models()[-1]
            )
        except BadQuestion:
            continue
        for hit in answered.hits:
            library.prove(hit.passage)
        found += wrongly_quoted(answered, text_of)
    versions.close()
    return found


def main() -> None:
    """Run it as the docstring says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = faults(given.questions, given.seed, Path(folder))
    print("\n".join(found[:20]))
    said({**about(), "questions": given.questions, "seed": given.seed, "wrong": len(found)})
    raise SystemExit(bool(found))


if __name__ == "__main__":
    main()
