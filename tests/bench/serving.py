"""One loaded library: how fast it answers, one question at a time and many at once, and its size.

python tests/bench/serving.py [LIBRARY [QUESTIONS.jsonl]]

Times are of all of retrieval and verdict, in milliseconds, in a process that does nothing else.
Those who ask at once are served by the threads that serve the Telegram bot.
"""

import asyncio
import contextlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from measuring import about, resident_mb, said, spread

from bot.assemble import Pincite
from bot.cli.progress import display
from bot.settings import Settings
from bot.telegram.engine import Engine
from corpus.errors import NotInLibrary

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = ROOT / "tests" / "questions" / "digest.jsonl"
WARMING = 20
SHOWN = 3
ASKERS = 20
CROWD = 200
# Ratios of two throughputs, measured in turn so that a change of the machine's speed meets both.
TURNS = 5


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = sys.argv[1] if len(sys.argv) > 1 else folder
        # Made, where it lacks, by another process: this one only serves.
        command = [sys.executable, "-m", "bot", "rebuild", "--library", library]
        subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        began = time.perf_counter()
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
        alone, together = asyncio.run(throughputs(pincite, questions))
        resident["after twenty at once"] = resident_mb()
        crowd = asyncio.run(waits(pincite, questions))
        resident[f"after {CROWD} at once"] = resident_mb()
        said(
            {
                **about(),
                "passages": pincite.library.count(),
                "reports": len(pincite.active()),
                "seconds to the first answer, imports done": round(loaded, 3),
                "milliseconds": {name: spread(values) for name, values in times.items()},
                f"seconds that each of {CROWD} waits who ask at once": spread(crowd, 2),
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


async def throughputs(
    pincite: Pincite, questions: Sequence[str]
) -> tuple[list[float], list[float]]:
    """Questions a second of one asker and of twenty, in turn."""
    engine = Engine(pincite)
    found: tuple[list[float], list[float]] = ([], [])
    for _ in range(TURNS):
        for values, askers in zip(found, (1, ASKERS), strict=True):
            values.append(await throughput(engine, questions, askers))
    engine.close()
    return found


async def waits(pincite: Pincite, questions: Sequence[str]) -> list[float]:
    """How long each of a crowd waits whose questions come in the same moment, in seconds."""
    engine = Engine(pincite)
    began = time.perf_counter()

    async def wait(question: str) -> float:
        with contextlib.suppress(NotInLibrary):
            await engine.ask(question, k=SHOWN)
        return time.perf_counter() - began

    found = await asyncio.gather(*(wait(questions[n % len(questions)]) for n in range(CROWD)))
    engine.close()
    return list(found)


async def throughput(engine: Engine, questions: Sequence[str], askers: int) -> float:
    """Questions a second where so many askers share them, each waiting for its answer."""

    async def ask_some(part: Sequence[str]) -> None:
        for question in part:
            with contextlib.suppress(NotInLibrary):
                await engine.ask(question, k=SHOWN)

    began = time.perf_counter()
    await asyncio.gather(*(ask_some(questions[place::askers]) for place in range(askers)))
    return len(questions) / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
