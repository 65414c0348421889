"""One loaded library: how fast it answers, one question at a time and twenty at once, and its size.

python tests/bench/serving.py [LIBRARY [QUESTIONS.jsonl]]

Times are of all of retrieval and verdict, in milliseconds, in a process that does nothing else.
"""

import json
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from measuring import about, resident_mb, said, spread

from bot.assemble import Pincite
from bot.progress import display
from bot.settings import Settings
from corpus.errors import NotInLibrary

QUESTIONS = Path(__file__).resolve().parents[1] / "questions" / "digest.jsonl"
WARMING = 20
SHOWN = 3
ASKERS = 20
# Ratios of two throughputs, measured in turn so that a change of the machine's speed meets both.
TURNS = 5


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        library = sys.argv[1] if len(sys.argv) > 1 else folder
        pincite = Pincite(Settings.read(library=library), display)
        pincite.ask("What is said about food?", k=SHOWN)
        loaded = time.perf_counter() - began
        questions = read(Path(sys.argv[2]) if len(sys.argv) > 2 else QUESTIONS)
        ask = asking(pincite)
        in_turn(ask, questions[:WARMING])
        resident = {"after start": resident_mb()}
        times = {
            "all of retrieval and verdict": in_turn(ask, questions),
            "encoding the question alone": in_turn(
                lambda question: pincite.encoder.encode([question]), questions
            ),
        }
        resident["after the questions"] = resident_mb()
        alone, together = throughputs(ask, questions)
        resident["after twenty at once"] = resident_mb()
        said(
            {
                **about(),
                "passages": pincite.library.count(),
                "reports": len(pincite.active()),
                "seconds to the first answer, imports done": round(loaded, 3),
                "milliseconds": {name: spread(values) for name, values in times.items()},
                "resident MiB": resident,
                "questions a second": {
                    "one at a time": spread(alone),
                    f"{ASKERS} at once": spread(together),
                    "ratio": spread([b / a for a, b in zip(alone, together, strict=True)], 2),
                },
            }
        )


def read(path: Path) -> list[str]:
    """The questions of a set; of several turns the last."""
    return [json.loads(line)["question"] for line in path.read_text("utf-8").splitlines()]


def asking(pincite: Pincite) -> Callable[[str], object]:
    """Asks a question; one that names what the library lacks is answered, too."""

    def ask(question: str) -> object:
        try:
            return pincite.ask(question, k=SHOWN)
        except NotInLibrary as error:
            return error

    return ask


def in_turn(ask: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """Milliseconds of each question, one after the other."""
    times = []
    for question in questions:
        began = time.perf_counter()
        ask(question)
        times.append((time.perf_counter() - began) * 1000)
    return times


def throughputs(
    ask: Callable[[str], object], questions: Sequence[str]
) -> tuple[list[float], list[float]]:
    """Questions a second of one asker and of twenty, in turn."""
    found: tuple[list[float], list[float]] = ([], [])
    for _ in range(TURNS):
        for values, askers in zip(found, (1, ASKERS), strict=True):
            values.append(throughput(ask, questions, askers))
    return found


def throughput(ask: Callable[[str], object], questions: Sequence[str], askers: int) -> float:
    """Questions a second where so many askers share them."""

    def ask_some(part: Sequence[str]) -> None:
        for question in part:
            ask(question)

    threads = [
        threading.Thread(target=ask_some, args=(questions[place::askers],))
        for place in range(askers)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(questions) / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
